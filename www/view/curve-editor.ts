import { html, nothing } from "lit";
import { revealed, type Stretch, shown } from "../figures/axis.ts";
import type { FigureView } from "../figures/figure-view.ts";
import { say } from "../messages/say.ts";
import {
  beginStroke,
  bent,
  continueStroke,
  endStroke,
  type Point,
  type Stroke,
  stroked,
} from "../spec/curve.ts";
import { withSignal } from "../spec/fit.ts";
import { rounded } from "../spec/spikes.ts";
import { fixed } from "../words/numbers.ts";
import { AxisGestures } from "./axis-gestures.ts";
import { type CurveAct, curveAct } from "./curve-keys.ts";
import { LongPress } from "./long-press.ts";
import { Listener } from "./part.ts";
import { READOUT, readoutBox, surroundings } from "./readout.ts";
import { given } from "./seen.ts";
import type { Spot } from "./spike-hit.ts";
import { readout } from "./spike-options.ts";

/** A finger draws once it has gone sideways this many px: up and down it scrolls. */
const DRAWS = 6;

/** A curve is drawn freehand over the figure: the stroke overwrites the values that it passes. */
export class CurveEditor extends Listener {
  static override properties = {
    ...Listener.properties,
    editable: { attribute: false },
    estimate: { attribute: false },
    brush: { state: true },
    held: { state: true },
    byKeys: { state: true },
  };
  static override styles = READOUT;

  declare editable: boolean;
  /** The estimated curve at the playhead. */
  declare estimate: ArrayLike<number>;
  /** The index under the keyboard's brush. */
  declare brush: number;
  /** The stroke that the brush draws while it is held down. */
  declare held: string | undefined;
  declare byKeys: boolean;

  #stroke: (Stroke & { group: string }) | undefined;
  /** Where a finger came down: it draws, scrolls or presses. */
  #waiting: PointerEvent | undefined;
  #finger: Spot | undefined;
  readonly #axis = new AxisGestures(this);
  readonly #press = new LongPress(this, {
    pressed: (event) => {
      this.#waiting = undefined;
      this.#point(event);
    },
    moved: (event) => this.#point(event),
    lifted: () => {
      this.#finger = undefined;
      this.lab.point(undefined);
    },
  });

  constructor() {
    super();
    this.estimate = [];
    this.brush = 0;
    this.byKeys = false;
    this.addEventListener("axis-gesture", () => this.#cancel());
    this.addEventListener("focusout", () => {
      this.byKeys = false;
      this.#release();
    });
  }

  // The figure is given as a child, so it is slotted through a shadow root of its own.
  override render() {
    const value = this.#values[this.brush];
    return html`<style>
        :host { display: block; position: relative; }
        .stage { touch-action: pan-y; cursor: ${this.editable ? "crosshair" : "default"}; border-radius: 4px; user-select: none; -webkit-touch-callout: none; }
        .stage:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
        .brush { position: absolute; width: 9px; height: 9px; margin: -6.5px; border: 2px solid var(--focus); border-radius: 50%; pointer-events: none; }
        .brush.held { background: var(--focus); }
      </style>
      <div class="stage" role="slider" tabindex=${this.editable ? "0" : "-1"} aria-orientation="horizontal"
        aria-label=${say.signal.brush}
        aria-valuemin="0" aria-valuemax=${Math.max(0, this.length - 1)} aria-valuenow=${this.brush}
        aria-valuetext=${say.signal.brushAt(this.brush, value === undefined ? "" : fixed(value, 2), this.held !== undefined)}
        @focus=${this.#focused} @pointerdown=${this.#down} @pointermove=${this.#move} @pointerup=${this.#up} @pointercancel=${this.#cancel}
        @pointerleave=${() => !this.#stroke && this.lab.point(undefined)} @keydown=${this.#key}>
        <div aria-hidden="true"><slot></slot></div>
      </div>
      ${this.#mark(value)}${this.#readout()}`;
  }

  get #view(): FigureView | null {
    return this.querySelector("figure-view");
  }

  get #values(): ArrayLike<number> {
    return given(this.lab, "signal-truth")?.values ?? [];
  }

  get length(): number {
    return this.estimate.length;
  }

  get stretch(): Stretch | undefined {
    return this.lab.samples;
  }

  set stretch(stretch: Stretch | undefined) {
    this.lab.samples = stretch;
  }

  get line(): number | undefined {
    return this.lab.hover?.axis === "sample" ? this.lab.hover.at : undefined;
  }

  #inView(index: number): boolean {
    const { from, to } = shown(this.stretch, this.length);
    return index >= from && index <= to;
  }

  /** The keyboard's brush, filled while it is held down. */
  #mark(value: number | undefined) {
    const spot = value === undefined ? undefined : this.#view?.pixelAt(this.brush, value);
    if (!this.byKeys || !this.editable || !spot || !this.#inView(this.brush)) return nothing;
    return html`<div class="brush ${this.held ? "held" : ""}" style="left:${spot.left}px;top:${spot.top}px"></div>`;
  }

  #readout() {
    const view = this.#view;
    const at = this.lab.hover?.axis === "sample" ? this.lab.hover.at : undefined;
    if (at === undefined || !view || at >= this.length || !this.#inView(at)) return nothing;
    const around = surroundings(view, at, [this.#values, this.estimate], (_, head) => head);
    // What the basis leaves of a zero is not a number to read.
    const clean = (value: number | undefined) => value && Math.round(value * 1e9) / 1e9;
    const text = readout(clean(this.#values[at]), clean(this.estimate[at]) ?? 0);
    return around && readoutBox(say.signal.sample(at), text, around, this.#finger);
  }

  #write(values: readonly number[], group: string): void {
    const signal = { id: "curve", values: values.map(rounded) };
    this.lab.edit(withSignal(this.lab.spec, signal), group);
  }

  #focused(event: FocusEvent): void {
    this.byKeys = (event.currentTarget as Element).matches(":focus-visible");
  }

  #point(event: PointerEvent): void {
    const x = this.#view?.valueAt(event)?.x;
    if (event.pointerType === "touch") {
      const box = this.getBoundingClientRect();
      this.#finger = { left: event.clientX - box.left, top: event.clientY - box.top };
    }
    const index = Math.round(x ?? -1);
    const there = index >= 0 && index < this.length && this.#inView(index);
    this.lab.point(there ? { axis: "sample", at: index } : undefined);
  }

  #down(event: PointerEvent): void {
    this.byKeys = false;
    if (!this.editable || event.button !== 0) return;
    if (event.pointerType === "touch") this.#waiting = event;
    else this.#begin(event);
  }

  #begin(event: PointerEvent): void {
    const at = this.#view?.valueAt(event);
    if (!at) return;
    this.#waiting = undefined;
    this.renderRoot.querySelector(".stage")?.setPointerCapture(event.pointerId);
    this.lab.dragging = true;
    const stroke = beginStroke(this.#values, at, event.shiftKey);
    this.#stroke = { ...stroke, group: `stroke ${event.timeStamp}` };
    this.#write(stroke.values, this.#stroke.group);
  }

  #move(event: PointerEvent): void {
    if (this.#press.pressing) return;
    const start = this.#waiting;
    if (start && Math.abs(event.clientX - start.clientX) > DRAWS) this.#begin(start);
    const at = this.#view?.valueAt(event);
    if (event.pointerType !== "touch" || this.#stroke) this.#point(event);
    if (this.#stroke && at) this.#draw(at, event.shiftKey);
  }

  #draw(at: Point, straight: boolean): void {
    if (!this.#stroke) return;
    const { group } = this.#stroke;
    this.#stroke = { ...continueStroke(this.#stroke, at, straight), group };
    this.#write(this.#stroke.values, group);
  }

  #up(): void {
    // A finger that came and went is a dot.
    if (this.#waiting) this.#begin(this.#waiting);
    const stroke = this.#stroke;
    this.#stroke = undefined;
    if (this.#finger) {
      this.#finger = undefined;
      this.lab.point(undefined);
    }
    if (!stroke) return;
    this.#write(endStroke(stroke), stroke.group);
    this.lab.settle();
  }

  /** The browser took the finger to scroll, or two fingers zoom: what was begun did not happen. */
  #cancel(): void {
    const stroke = this.#stroke;
    this.#waiting = this.#stroke = this.#finger = undefined;
    if (!stroke) return;
    this.lab.settle();
    this.lab.undo();
  }

  #key(event: KeyboardEvent): void {
    const { editable } = this;
    const act = curveAct(event, { editable, held: this.held !== undefined });
    if (!act) return;
    this.byKeys = true;
    event.preventDefault();
    event.stopPropagation();
    this.#perform(act);
  }

  #perform(act: CurveAct): void {
    if (act.act === "go") this.#go(act.by);
    else if (act.act === "lift") this.#lift(act.by);
    else if (act.act === "hold") this.held = `brush held at ${performance.now()}`;
    else if (act.act === "release") this.#release();
    else this.#axis.act(act);
  }

  /** Moves the brush; held down, it draws a straight piece at its own height. */
  #go(by: number): void {
    const { lab } = this;
    const from = this.brush;
    this.brush = Math.min(this.length - 1, Math.max(0, from + by));
    lab.samples = revealed(lab.samples, this.length, this.brush);
    lab.point({ axis: "sample", at: this.brush });
    const y = this.#drawn[from];
    if (!this.held || y === undefined) return;
    this.#write(stroked(this.#drawn, { x: from, y }, { x: this.brush, y }), this.held);
  }

  #lift(by: number): void {
    const values = this.#drawn;
    if (!this.held) {
      this.#write(bent(values, this.brush, by), `brush ${this.brush}`);
      return;
    }
    const here = { x: this.brush, y: (values[this.brush] ?? 0) + by };
    this.#write(stroked(values, here, here), this.held);
  }

  #release(): void {
    this.held = undefined;
    this.lab.settle();
  }

  /** The curve as drawn last: its picture may still be on its way. */
  get #drawn(): number[] {
    const { signal } = this.lab.spec.problem as { signal?: { id: string; values?: number[] } };
    return Array.from(signal?.id === "curve" ? (signal.values ?? []) : this.#values);
  }
}

customElements.define("curve-editor", CurveEditor);
