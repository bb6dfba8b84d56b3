import { html, LitElement } from "lit";
import { sayLesson } from "../messages/lesson.ts";

/** Narrowest and widest text, in `ch`. */
export const NARROW = 40;
export const WIDE = 52;
const STEP = 2;

/** The line between the text and the lab: it drags and moves by keys. Fires `widen` with the width of the text in `ch`. */
export class LessonDivider extends LitElement {
  static override properties = { width: { type: Number } };
  declare width: number;
  #from: { x: number; width: number } | undefined;

  constructor() {
    super();
    this.width = 44;
  }

  override createRenderRoot(): this {
    return this;
  }

  override render() {
    return html`<div class="divider" role="separator" aria-orientation="vertical" tabindex="0" aria-label=${sayLesson.lesson.widthOfText}
      aria-valuenow=${Math.round(this.width)} aria-valuemin=${NARROW} aria-valuemax=${WIDE} title=${sayLesson.lesson.dragOrKeys}
      @keydown=${this.#key} @pointerdown=${this.#down} @pointermove=${this.#move} @pointerup=${this.#up} @pointercancel=${this.#up}></div>`;
  }

  #key(event: KeyboardEvent): void {
    const widths: Record<string, number> = {
      ArrowLeft: this.width - STEP,
      ArrowRight: this.width + STEP,
      Home: NARROW,
      End: WIDE,
    };
    const width = widths[event.key];
    if (width === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this.#widen(width);
  }

  #down(event: PointerEvent): void {
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    this.#from = { x: event.clientX, width: this.width };
  }

  #move(event: PointerEvent): void {
    if (!this.#from) return;
    // The width of a letter of the text, which is what `ch` is, near enough.
    const text = this.parentElement?.querySelector(".lesson-body") ?? document.body;
    const letter = text.getBoundingClientRect().width / Math.max(1, this.width);
    this.#widen(this.#from.width + (event.clientX - this.#from.x) / letter);
  }

  #up(): void {
    this.#from = undefined;
  }

  #widen(width: number): void {
    const detail = Math.min(WIDE, Math.max(NARROW, width));
    this.dispatchEvent(new CustomEvent("widen", { detail }));
  }
}

customElements.define("lesson-divider", LessonDivider);
