import { html, LitElement, nothing } from "lit";
import "../lesson/sheet-handle.ts";
import { sayChallenge } from "../messages/challenge.ts";
import { addressOf } from "../spec/link.ts";
import "../styles/challenge.css";
import "../styles/lesson.css";
import { pageAddress } from "../view/embed-foot.ts";
import "../view/lab-page.ts";
import { type Rank, textIn } from "./challenge.ts";
import type { Play, Result } from "./play.ts";

/** A challenge beside the lab: the rule, tries and score. On a narrow page the text is a sheet, as a lesson's. */
export class ChallengePage extends LitElement {
  static override properties = {
    play: { attribute: false },
    sheet: { state: true },
    said: { state: true },
  };
  declare play: Play;
  /** Height of the sheet, as a share of the window. */
  declare sheet: number;
  declare said: string;
  #heard: Play | undefined;

  constructor() {
    super();
    this.sheet = 0.36;
    this.said = "";
  }

  override createRenderRoot(): this {
    return this;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#listen(undefined);
  }

  protected override willUpdate(): void {
    this.#listen(this.play);
  }

  #listen(play: Play | undefined): void {
    if (this.#heard === play) return;
    this.#heard?.removeEventListener("change", this.#changed);
    play?.addEventListener("change", this.#changed);
    this.#heard = play;
    this.said = "";
  }

  readonly #changed = (): void => this.requestUpdate();

  override render() {
    const { play } = this;
    const { shown, lab, trouble } = play;
    const challenge = textIn(play.challenge);
    return html`<div class="lesson challenge" style="--text:40ch;--sheet:${this.sheet * 100}dvh">
      <aside class="lesson-text" aria-label=${sayChallenge.challenge}>
        <sheet-handle .share=${this.sheet} @raise=${({ detail }: CustomEvent<number>) => {
          this.sheet = detail;
        }}></sheet-handle>
        <div class="lesson-body" tabindex="0" role="group" aria-label=${sayChallenge.ruleAndScore}>
          <p class="where"><span class="kind">${sayChallenge.challenge}</span><span>${shown ? sayChallenge.aResult : challenge.once ? sayChallenge.oneTry : sayChallenge.tries(play.tries)}</span></p>
          <h1 tabindex="-1">${challenge.title}</h1>
          ${trouble ? html`<p class="complaint" role="alert">${trouble}</p>` : nothing}
          <p>${challenge.rule}</p>
          ${shown ? this.#shown() : this.#playing()}
          ${this.#ranks()}
          <p class="small"><b>${sayChallenge.theScore}</b> ${challenge.scoring.says()}</p>
        </div>
      </aside>
      <div class="lesson-lab"><lab-page .lab=${lab}></lab-page></div>
    </div>`;
  }

  /** What may be done while one plays, and how far one has come. */
  #playing() {
    const { play } = this;
    const { judging, last, best } = play;
    const challenge = textIn(play.challenge);
    return html`<p>${sayChallenge.mayChange(challenge.may, (text) => html`<b>${text}</b>`)}</p>
      <div class="step-acts">
        <button class="outlined hand-in" ?disabled=${judging !== undefined} @click=${this.#handIn}>${challenge.once ? sayChallenge.handInAndSee : sayChallenge.handIn}</button>
        ${challenge.once ? nothing : html`<button class="link" @click=${this.#giveIn}>${sayChallenge.giveIn}</button>`}
      </div>
      <div class="score" role="status">${this.#progress()}${last && !judging ? this.#scored(last, sayChallenge.thisTry) : nothing}</div>
      ${best ? html`<p class="best"><b>${sayChallenge.best}</b> ${this.#spoken(best)}. ${this.#copy(best)}</p>` : nothing}`;
  }

  /** A result is computed anew by whoever opens it. */
  #shown() {
    const { last, judging, challenge, lab } = this.play;
    const again = addressOf({ page: "challenge", challenge: challenge.id });
    const inLab = addressOf({ page: "lab", exhibit: challenge.exhibit, spec: lab.spec });
    return html`<div class="score" role="status">${this.#progress()}${last && !judging ? this.#scored(last, sayChallenge.theseSettings) : nothing}</div>
      <p class="small">${sayChallenge.computed}${challenge.blind ? sayChallenge.seed(lab.spec.seed ?? 0) : ""}</p>
      <div class="step-acts"><a class="outlined" href=${again}>${sayChallenge.play}</a>
        ${last?.value === undefined ? nothing : this.#copy(last)} <a class="link" href=${inLab}>${sayChallenge.openInLab}</a></div>`;
  }

  #progress() {
    const { judging } = this.play;
    if (!judging) return nothing;
    return html`<p><progress max=${judging.of} value=${judging.done} aria-label=${sayChallenge.scoring}></progress>
      ${sayChallenge.runs(judging.done, judging.of)}</p>`;
  }

  #scored(result: Result, what: string) {
    const { value, because, rank } = result;
    const first =
      value === undefined
        ? sayChallenge.noScore
        : sayChallenge.scored(what, this.#spoken(result), rank !== undefined);
    return html`<p><b>${first}</b> ${because}</p>`;
  }

  #spoken({ value, rank }: Result): string {
    const said =
      value === undefined ? sayChallenge.noScoreYet : this.play.challenge.scoring.spoken(value);
    return rank ? sayChallenge.withRank(said, rankName(rank)) : said;
  }

  /** Ranks; who reaches them is told afterwards. */
  #ranks() {
    const { shown, last, best } = this.play;
    const challenge = textIn(this.play.challenge);
    const reached = (shown ? last : best)?.rank;
    const { better, spoken } = challenge.scoring;
    return html`<table class="ranks"><caption class="hidden">${sayChallenge.ranksCaption}</caption><tbody>${challenge.ranks.map(
      (rank) => html`<tr class=${rank.at === reached?.at ? "chosen" : ""}>
        <th scope="row">${rankName(rank)}${rank.at === reached?.at ? html`<span class="hidden">${sayChallenge.reached}</span>` : nothing}</th>
        <td>${sayChallenge.orBetter(spoken(rank.at), better)}${shown ? html`<br /><span class="by">${rank.by}</span>` : nothing}</td></tr>`,
    )}</tbody></table>`;
  }

  #copy({ spec }: Result) {
    return html`<button class="link" @click=${() => this.#take(`${pageAddress()}${addressOf(this.play.placeOf(spec))}`)}>${sayChallenge.copyLink}</button>
      <span class="small" aria-live="polite">${this.said}</span>`;
  }

  async #take(link: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(link);
      this.said = sayChallenge.copied;
    } catch {
      // Without leave to write the clipboard it can still be taken by hand.
      window.prompt(sayChallenge.copyThis, link);
    }
  }

  readonly #handIn = (): void => {
    if (this.play.challenge.once) this.#giveIn();
    else
      void this.play.handIn().then(async () => {
        await this.updateComplete;
        // On a sheet it may stand below what is seen.
        this.querySelector(".score")?.scrollIntoView({ block: "nearest" });
      });
  };

  /** The address is computed when it is asked for, and stands nowhere before. */
  readonly #giveIn = (): void => {
    location.hash = addressOf(this.play.answer);
  };
}

/** What a rank is called. */
function rankName({ name }: Rank): string {
  return sayChallenge.ranks[name] ?? name;
}

customElements.define("challenge-page", ChallengePage);
