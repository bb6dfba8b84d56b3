import { html, nothing, svg } from "lit";
import type { Lab } from "../lab.ts";
import { sayHandout } from "../messages/handout.ts";
import { type Handout, NOTHING, withGuess, withStep } from "../spec/handout.ts";
import { addressOf } from "../spec/link.ts";
import "../styles/builder.css";
import { pageAddress } from "../view/embed-foot.ts";
import { frameHeight } from "../view/frame-height.ts";
import { Listener } from "../view/part.ts";
import { frameCode } from "../words/embed-code.ts";
import "./hold-switch.ts";
import "./part-switch.ts";
import { qrCode } from "./qr-code.ts";

/** Turns the page of a lab into its own editor. Its own restrictions, if it has any, become the draft. */
export function begin(lab: Lab): void {
  lab.draft ??= lab.handout ?? NOTHING;
  lab.release();
}

const GUESSES: readonly Handout["guess"][] = [undefined, "index", "recovered"];
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
    return html`<section class="builder" aria-label=${sayHandout.handout}>
      <div class="builder-asks">
        <h2 tabindex="-1">${sayHandout.heading}</h2>
        <p>${sayHandout.places(place("free"), place("locked"), place("hidden"))}</p>
        ${this.#first(draft)}${this.#guess(draft)}
      </div>
      <div class="builder-link">
        ${this.#row("link", link, html`<span class="length">${sayHandout.characters(link.length)}</span>`)}
        ${this.#row("frame", code, this.#size())}
        <p class="builder-acts"><a class="outlined" href=${link} target="_blank" rel="noopener">${sayHandout.asStudent}</a>
          <button class="outlined" @click=${this.#done}>${sayHandout.done}</button> <span role="status">${this.said}</span></p>
      </div>
      ${drawing(link)}
    </section>`;
  }

  #row(kind: "link" | "frame", text: string, more: unknown) {
    const name = sayHandout[kind];
    const copy = kind === "link" ? sayHandout.copyLink : sayHandout.copyFrame;
    return html`<div class="builder-row"><label><span class="name">${name}</span>
      <input class="whole" type="text" readonly .value=${text} @focus=${(event: FocusEvent) => (event.target as HTMLInputElement).select()} /></label>
      <button class="outlined" aria-label=${copy} @click=${() => this.#copy(name, text)}>${sayHandout.copy}</button>${more}</div>`;
  }

  #size() {
    return html`<label class="length">${sayHandout.height} <input type="number" min=${FRAME_LEAST} max="9999" step="10" .value=${String(this.height)}
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
    return html`<p><label>${sayHandout.firstStep} <input type="number" min="0" max="999999" placeholder=${sayHandout.last} .value=${draft.step === undefined ? "" : String(draft.step)} @change=${change} /></label>
      ${draft.step === undefined ? html`<button class="link" @click=${() => this.#edit(withStep(draft, this.lab.playhead))}>${sayHandout.takePresent(this.lab.playhead)}</button>` : html`<button class="link" @click=${() => this.#edit(withStep(draft, undefined))}>${sayHandout.takeLast}</button>`}</p>`;
  }

  #guess(draft: Handout) {
    // An index is one of the ground lab's signal; other problems have no axis in common.
    const kinds = GUESSES.filter((kind) => kind === undefined || !this.lab.page);
    if (kinds.length < 2) return nothing;
    return html`<fieldset class="guesses"><legend>${sayHandout.guessFirst}</legend>${kinds.map(
      (kind) =>
        html`<label><input type="radio" name="guess-first" .checked=${draft.guess === kind} @change=${() => this.#edit(withGuess(draft, kind))} />${sayHandout.guesses[kind ?? "no"]}</label>`,
    )}</fieldset>`;
  }

  #edit(draft: Handout): void {
    this.lab.draft = draft;
    this.lab.announce();
  }

  async #copy(name: string, text: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      this.said = sayHandout.copied(name, text.length);
    } catch {
      // Without leave to write the clipboard it can still be taken by hand.
      window.prompt(sayHandout.copyThis, text);
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

/** The mark of a place of a switch. */
function place(name: string) {
  return html`<i class="place" data-place=${name}></i>`;
}

/** The link as a QR code, dark on light in any theme, as readers of it expect. */
function drawing(link: string) {
  const code = qrCode(link);
  if (!code) return html`<p class="builder-qr">${sayHandout.qrTooLong}</p>`;
  return html`<div class="builder-qr">${svg`<svg viewBox="0 0 ${code.size} ${code.size}" role="img" aria-label=${sayHandout.qr} shape-rendering="crispEdges">
    <rect width="100%" height="100%" fill="#fff"></rect><path d=${code.path} fill="#000"></path></svg>`}</div>`;
}

customElements.define("handout-builder", HandoutBuilder);
