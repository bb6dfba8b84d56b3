import { html, nothing, type TemplateResult } from "lit";
import type { Challenge } from "../challenge/challenge.ts";
import type { lessonsOf } from "../lesson/shelf.ts";
import { addressOf } from "../spec/link.ts";
import { measuredInWords } from "../words/claims.ts";
import { Part } from "./part.ts";
import "./take-away.ts";
import { tex, words } from "./tex.ts";
import { whenIdle } from "./when-idle.ts";

/** The text of an exhibit: the idea, what to watch, what to try; claims and paper. */
export class NotesPart extends Part {
  static override properties = {
    ...Part.properties,
    tried: { state: true },
    lessonsOf: { state: true },
    challenges: { state: true },
  };
  /** The edit that was applied last, for "back". */
  declare tried: number | undefined;
  /** Tells the lessons that use an exhibit, once they are known: the page does not need them at first. */
  declare lessonsOf: typeof lessonsOf | undefined;

  /** Challenges in this exhibit's lab, likewise. */
  declare challenges: readonly Challenge[] | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    whenIdle(async () => {
      this.lessonsOf = (await import("../lesson/shelf.ts")).lessonsOf;
      this.challenges = (await import("../challenge/shelf.ts")).CHALLENGES;
    });
  }

  override render() {
    const { exhibit } = this.lab;
    return html`<div class="notes">
      <section>
        <h2>The idea</h2>
        <p>${words(exhibit.idea)}</p>
        <div class="formula" tabindex="0" role="group" aria-label="Formula">${tex(exhibit.formula, true)}</div>
        <p>${words(exhibit.consequence)}</p>
      </section>
      <section>
        <h2>What to watch</h2>
        <ol>${exhibit.watch.map(({ panel, text }) => html`<li @pointerenter=${() => this.lab.lift(panel)} @pointerleave=${() => this.lab.lift(undefined)}>${starred(text)}</li>`)}</ol>
        <p class="breaks">${words(exhibit.breaks)}</p>
      </section>
      <section>
        <h2>Try this</h2>
        <ul class="tries">${exhibit.try_this.map(
          ({ link, question, patch }, i) => html`<li>
          <button class="link" @click=${() => {
            this.lab.patch(JSON.parse(patch));
            this.tried = i;
            this.#show();
          }}>${link}</button> ${words(question)}
          ${
            this.tried === i && this.lab.canUndo
              ? html` <button class="link" @click=${() => {
                  this.lab.undo();
                  this.tried = undefined;
                }}>Back</button>`
              : nothing
          }</li>`,
        )}</ul>
      </section>
    </div>
    <footer class="claims">
      <div>${exhibit.claims.map(
        (
          claim,
          i,
        ) => html`<p><b>Claim</b> ${words(claim.statement)}. Measured: ${measuredInWords(claim, claim.measured)}.
        <claim-run .number=${i} .lab=${this.lab}></claim-run></p>`,
      )}</div>
      <nav aria-label="About this exhibit">
        <a href=${addressOf({ page: "methods", query: exhibit.title })}>Cost and limits, beside other methods</a>
        <a href=${exhibit.paper.link} target="_blank" rel="noopener">Paper: ${exhibit.paper.authors}, ${exhibit.paper.year}</a>
        ${this.lessonsOf?.(exhibit.id).map(
          ({ number, lesson }) =>
            html`<a href=${addressOf({ page: "lesson", lesson: lesson.id, step: 1 })} title=${lesson.title}>Lesson ${number}</a>`,
        )}
        ${this.challenges
          ?.filter((challenge) => challenge.exhibit === exhibit.id)
          .map(
            ({ id, title }) =>
              html`<a href=${addressOf({ page: "challenge", challenge: id })}>Challenge: ${title}</a>`,
          )}
        <take-away .lab=${this.lab}></take-away>
      </nav>
    </footer>`;
  }

  /** Goes up to the sentence and the picture, which an edit from down here changes unseen. */
  #show(): void {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const top = this.closest("main")?.querySelector("spec-sentence");
    top?.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
  }
}

/** Words between asterisks are a panel's name. */
function starred(text: string): TemplateResult {
  return html`${text.split("*").map((piece, i) => (i % 2 === 1 ? html`<b>${piece}</b>` : words(piece)))}`;
}

customElements.define("notes-part", NotesPart);
