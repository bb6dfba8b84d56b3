import { html, nothing, svg } from "lit";
import type { Lab } from "../lab.ts";
import { type Handout, NOTHING, withGuess, withStep } from "../spec/handout.ts";
import { addressOf } from "../spec/link.ts";
import "../styles/builder.css";
import { pageAddress } from "../view/embed-foot.ts";
import { frameHeight } from "../view/frame-height.ts";
import { Listener } from "../view/part.ts";
import { frameCode } from "../words/embed-code.ts";
import { count } from "../words/numbers.ts";
import "./hold-switch.ts";
import "./part-switch.ts";
import { qrCode } from "./qr-code.ts";

/** Turns the page of a lab into its own editor. Its own restrictions, if it has any, become the draft. */
export function begin(lab: Lab): void {
  lab.draft ??= lab.handout ?? NOTHING;
  lab.release();
}

const GUESSES: readonly (readonly [Handout["guess"], string])[] = [
  [undefined, "no"],
  ["index", "where the estimate is largest"],
  ["recovered", "recovered or not"],
];
const FRAME_LEAST = 200;

/** The strip above the page: what the link asks first, and the link in all its forms. */
export class HandoutBuilder extends Listener {
  static override properties = {
    ...Listener.properties,
    said: { state: true },
    height: { state: true },
  };
  declare said: string;
  /** Of the frame, in px; as high as the page needs without one. */
  declare height: number;

  constructor() {
    super();
    this.said = "";
    this.height = FRAME_LEAST;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // The page has no switches yet.
    this.height = Math.ceil(frameHeight());
  }

  override createRenderRoot(): this {
    return this;
  }

  protected override firstUpdated(): void {
    this.querySelector<HTMLElement>("h2")?.focus();
  }

  override render() {
    const { lab } = this;
    const { draft } = lab;
    if (!draft) return nothing;
    const hash = addressOf({ ...lab.place, handout: draft });
    const link = `${pageAddress()}${hash}`;
    const code = frameCode(pageAddress(), hash, `${lab.exhibit.title}, Pursuit`, this.height);
    return html`<section class="builder" aria-label="Handout">
      <div class="builder-asks">
        <h2 tabindex="-1">Make a handout</h2>
        <p>Each value below has three places: <i class="place" data-place="free"></i> free, <i class="place" data-place="locked"></i> locked,
          <i class="place" data-place="hidden"></i> hidden. Parts of the page are shown or hidden by their titles.</p>
        ${this.#first(draft)}${this.#guess(draft)}
      </div>
      <div class="builder-link">
        ${this.#row("Link", link, html`<span class="length">${count(link.length, "character", "characters")}</span>`)}
        ${this.#row("Frame", code, this.#size())}
        <p class="builder-acts"><a class="outlined" href=${link} target="_blank" rel="noopener">Open as student</a>
          <button class="outlined" @click=${this.#done}>Done</button> <span role="status">${this.said}</span></p>
      </div>
      ${drawing(link)}
    </section>`;
  }

  #row(name: string, text: string, more: unknown) {
    return html`<div class="builder-row"><label><span class="name">${name}</span>
      <input class="whole" type="text" readonly .value=${text} @focus=${(event: FocusEvent) => (event.target as HTMLInputElement).select()} /></label>
      <button class="outlined" aria-label="Copy ${name.toLowerCase()}" @click=${() => this.#copy(name, text)}>Copy</button>${more}</div>`;
  }

  #size() {
    return html`<label class="length">Height <input type="number" min=${FRAME_LEAST} max="9999" step="10" .value=${String(this.height)}
      @change=${(event: Event) => {
        const asked = Number((event.target as HTMLInputElement).value);
        this.height = Math.min(9999, Math.max(FRAME_LEAST, Math.round(asked) || FRAME_LEAST));
      }} /> px</label>`;
  }

  #first(draft: Handout) {
    const change = (event: Event) => {
      const { value } = event.target as HTMLInputElement;
      this.#edit(withStep(draft, value === "" ? undefined : Number(value)));
    };
    return html`<p><label>First step <input type="number" min="0" max="999999" placeholder="last" .value=${draft.step === undefined ? "" : String(draft.step)} @change=${change} /></label>
      ${draft.step === undefined ? html`<button class="link" @click=${() => this.#edit(withStep(draft, this.lab.playhead))}>Take the present one, ${this.lab.playhead}</button>` : html`<button class="link" @click=${() => this.#edit(withStep(draft, undefined))}>Take the last</button>`}</p>`;
  }

  #guess(draft: Handout) {
    // An index is one of the ground lab's signal; other problems have no axis in common.
    const kinds = GUESSES.filter(([kind]) => kind === undefined || !this.lab.page);
    if (kinds.length < 2) return nothing;
    return html`<fieldset class="guesses"><legend>Guess first</legend>${kinds.map(
      ([kind, words]) =>
        html`<label><input type="radio" name="guess-first" .checked=${draft.guess === kind} @change=${() => this.#edit(withGuess(draft, kind))} />${words}</label>`,
    )}</fieldset>`;
  }

  #edit(draft: Handout): void {
    this.lab.draft = draft;
    this.lab.announce();
  }

  async #copy(name: string, text: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      this.said = `${name} copied, ${count(text.length, "character", "characters")}.`;
    } catch {
      // Without leave to write the clipboard it can still be taken by hand.
      window.prompt("Copy this", text);
    }
  }

  readonly #done = (): void => {
    const { lab } = this;
    lab.draft = undefined;
    lab.announce();
    this.dispatchEvent(new CustomEvent("handout-done", { bubbles: true }));
    document.querySelector<HTMLElement>("share-menu .share > button")?.focus();
  };
}

/** The link as a QR code, dark on light in any theme, as readers of it expect. */
function drawing(link: string) {
  const code = qrCode(link);
  if (!code)
    return html`<p class="builder-qr">The link is too long for a QR code, which holds 2953 characters.</p>`;
  return html`<div class="builder-qr">${svg`<svg viewBox="0 0 ${code.size} ${code.size}" role="img" aria-label="QR code of the link" shape-rendering="crispEdges">
    <rect width="100%" height="100%" fill="#fff"></rect><path d=${code.path} fill="#000"></path></svg>`}</div>`;
}

customElements.define("handout-builder", HandoutBuilder);
