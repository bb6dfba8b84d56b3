import { html, LitElement } from "lit";
import { sayLesson } from "../messages/lesson.ts";

/** Heights at which the sheet rests: down to play, a third to read along, up to read. */
const RESTS = [0.13, 0.36, 0.86];
/** A press that moves less than this, in px, is a click. */
const CLICK = 6;

/** The handle of the sheet that a lesson's text is on a narrow page. Fires `raise` with a share of the window's height. */
export class SheetHandle extends LitElement {
  static override properties = { share: { type: Number } };
  declare share: number;
  #from: { y: number; share: number; moved: boolean } | undefined;

  override createRenderRoot(): this {
    return this;
  }

  override render() {
    return html`<div class="handle" role="slider" tabindex="0" aria-orientation="vertical" aria-label=${sayLesson.sheet.height}
      aria-valuenow=${Math.round(this.share * 100)} aria-valuemin="13" aria-valuemax="86" aria-valuetext=${sayLesson.sheet.share(Math.round(this.share * 100))}
      @keydown=${this.#key} @pointerdown=${this.#down} @pointermove=${this.#move} @pointerup=${this.#up} @pointercancel=${this.#up}></div>`;
  }

  #key(event: KeyboardEvent): void {
    const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const next =
      by > 0
        ? RESTS.find((rest) => rest > this.share + 0.01)
        : RESTS.findLast((rest) => rest < this.share - 0.01);
    if (next !== undefined) this.#raise(next);
  }

  #down(event: PointerEvent): void {
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    this.#from = { y: event.clientY, share: this.share, moved: false };
  }

  #move(event: PointerEvent): void {
    const from = this.#from;
    if (!from) return;
    from.moved ||= Math.abs(event.clientY - from.y) > CLICK;
    if (from.moved) this.#raise(from.share + (from.y - event.clientY) / window.innerHeight);
  }

  /** It comes to rest at the nearest height; a click goes to the next. */
  #up(): void {
    const from = this.#from;
    this.#from = undefined;
    if (!from) return;
    const near = RESTS.reduce((a, b) =>
      Math.abs(b - this.share) < Math.abs(a - this.share) ? b : a,
    );
    const next = RESTS[(RESTS.indexOf(near) + 1) % RESTS.length] ?? near;
    this.#raise(from.moved ? near : next);
  }

  #raise(share: number): void {
    const detail = Math.min(0.92, Math.max(0.08, share));
    this.dispatchEvent(new CustomEvent("raise", { detail }));
  }
}

customElements.define("sheet-handle", SheetHandle);
