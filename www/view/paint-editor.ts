import { html, nothing } from "lit";
import type { Figure } from "../figures/figure.ts";
import type { FigureView, Layout } from "../figures/figure-view.ts";
import "../figures/figure-view.ts";
import type { PanelData } from "../solve/protocol.ts";
import type { Paint } from "../spec/catalogue.ts";
import { bent, type Point, stroked } from "../spec/curve.ts";
import {
  beginLine,
  brushed,
  cleared,
  continueLine,
  endLine,
  type LineStroke,
  nonnegative,
  type Painting,
  paintingOf,
  withPainted,
} from "../spec/paint.ts";
import { short } from "../words/numbers.ts";
import { curveAct } from "./curve-keys.ts";
import { holdIn } from "./held.ts";
import { icon } from "./icons.ts";
import { paintAct } from "./paint-keys.ts";
import { Part } from "./part.ts";
import { given } from "./seen.ts";

/** Time between two runs while a stroke goes on, in ms: long enough for the first steps of one to be seen. */
const PACE = 160;
/** Steps of the brush's light in one of the brightest, and the most of them. */
const SHADES = { step: 20, most: 30 };
/** Largest radius of the brush, in pixels. */
const BROADEST = 12;

/** A stroke as it goes: what it started from, what it has made, and what came of it in the Spec. */
interface PaintStroke {
  painting: Painting;
  values: ArrayLike<number>;
  last: Point;
  line: LineStroke | undefined;
  group: string;
  told: boolean;
}

/**
 * A figure that is painted on: a picture with a round brush, a line freehand. The hand is followed at once and the runs a
 * few times a second; what is painted is the truth of the Spec, so that undo, links and reloads know it.
 */
export class PaintEditor extends Part {
  static override properties = {
    ...Part.properties,
    paint: { attribute: false },
    panel: { attribute: false },
    layout: { attribute: false },
    figure: { attribute: false },
    label: { attribute: false },
    stroke: { state: true },
    brush: { state: true },
    at: { state: true },
    byKeys: { state: true },
    said: { state: true },
  };
  declare paint: Paint;
  declare panel: PanelData;
  declare layout: Layout;
  /** How the panel is drawn. */
  declare figure: (panel: PanelData) => Figure;
  declare label: string;
  declare stroke: PaintStroke | undefined;
  /** Radius in pixels, and light in steps. */
  declare brush: { radius: number; shade: number };
  /** The pixel, or the sample, under pointer or keys. */
  declare at: Point | undefined;
  declare byKeys: boolean;
  declare said: string;
  #timer = 0;

  constructor() {
    super();
    this.brush = { radius: 1.5, shade: SHADES.step };
    this.byKeys = false;
    this.said = "";
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  get #isLine(): boolean {
    return this.panel.kind === "curves";
  }

  get #editable(): boolean {
    const held = ["signal", `problem.${this.paint.param}`];
    return held.every((name) => holdIn(this.lab, name) === "free") && this.#painting !== undefined;
  }

  /** What is there now. */
  get #painting(): Painting | undefined {
    const { recording, catalogue, spec } = this.lab;
    const truth = given(this.lab, this.paint.truth);
    if (!recording || !truth) return undefined;
    const painting = paintingOf(catalogue, spec, this.paint, {
      spec: recording.description.spec,
      truth,
    });
    const fits = painting?.rows === truth.rows && painting.cols === truth.cols;
    return fits ? painting : undefined;
  }

  /** The light that the brush leaves, in the panel's unit. */
  #light(unit: number): number {
    return (this.brush.shade / SHADES.step) * unit;
  }

  override render() {
    const editable = this.#editable;
    const painting = this.stroke?.painting ?? this.#painting;
    const values = this.stroke?.values ?? painting?.values;
    const name = this.panel.title;
    const hover = this.lab.hover?.axis === "index" && this.#isLine ? this.lab.hover.at : undefined;
    const keys = this.#isLine
      ? "Left and right move the brush, up and down bend the line there; Space holds it down to draw, then up and down lift it."
      : "Arrows move the brush, with Shift by eight. Space holds it down to paint. Plus and minus make it lighter and darker, brackets broader and finer.";
    const view = html`<figure-view .figure=${this.figure(this.#shown(values))} .layout=${this.layout} .label=${this.label} .hoverX=${hover}></figure-view>`;
    if (!editable) return view;
    return html`<div class="paint-stage ${this.#isLine ? "is-line" : ""}" role="application" tabindex="0" aria-label=${`Paint on ${name}. ${keys}`}
        aria-description=${this.label} @pointerdown=${this.#down} @pointermove=${this.#move} @pointerup=${this.#up} @pointercancel=${this.#cancel}
        @pointerleave=${this.#leave} @keydown=${this.#key} @focusout=${this.#blur}>
        <div aria-hidden="true">${view}</div>${this.#mark(values)}
      </div>
      ${painting ? this.#tools(painting) : nothing}
      <span class="hidden" role="status">${this.said}</span>`;
  }

  /** The panel with what is painted in place of what was drawn. */
  #shown(values: ArrayLike<number> | undefined): PanelData {
    if (!values) return this.panel;
    const all = Float64Array.from(this.panel.values);
    all.set(Array.from(values).slice(0, this.panel.cols * (this.#isLine ? 1 : this.panel.rows)));
    return { ...this.panel, values: all };
  }

  #tools(painting: Painting) {
    const { lab } = this;
    const { radius, shade } = this.brush;
    const light = `${short(this.#light(painting.unit), 3)} ${this.panel.y.label}`;
    const width = Math.round(2 * radius);
    const brush = html`<label>Light <input type="range" min="0" max=${SHADES.most} .value=${String(shade)} aria-valuetext=${light}
          @input=${(event: Event) => this.#choose({ shade: Number((event.target as HTMLInputElement).value) })} /><output>${light}</output></label>
      <label>Width <input type="range" min="1" max=${2 * BROADEST} .value=${String(width)} aria-valuetext="${width} pixels"
          @input=${(event: Event) => this.#choose({ radius: Number((event.target as HTMLInputElement).value) / 2 })} /><output>${width}</output></label>`;
    return html`<div class="paint-tools" role="group" aria-label="Painting">
      ${this.#isLine ? html`<span class="hint">Draw on the truth.</span>` : brush}
      <span class="tools"><button class="link" title="An even, dim light" @click=${() => this.#write(cleared(painting))}>Clear</button>
        <button class="plain" aria-label="Undo" title="Undo (Ctrl+Z)" ?disabled=${!lab.canUndo} @click=${() => lab.undo()}>${icon("undo")}</button>
        <button class="plain" aria-label="Redo" title="Redo (Ctrl+Shift+Z)" ?disabled=${!lab.canRedo} @click=${() => lab.redo()}>${icon("redo")}</button></span>
    </div>`;
  }

  #choose(change: Partial<PaintEditor["brush"]>): void {
    this.brush = { ...this.brush, ...change };
  }

  /** The brush over the figure, as wide as what it paints. */
  #mark(values: ArrayLike<number> | undefined) {
    const { at } = this;
    const frame = this.querySelector<FigureView>("figure-view")?.frame;
    if (!at || !frame || (this.#isLine && !this.byKeys)) return nothing;
    const held = this.stroke ? "held" : "";
    if (this.#isLine) {
      const spot = this.querySelector<FigureView>("figure-view")?.pixelAt(
        at.x,
        values?.[at.x] ?? 0,
      );
      return (
        spot &&
        html`<div class="paint-brush ${held}" style="left:${spot.left}px;top:${spot.top}px;width:9px;height:9px"></div>`
      );
    }
    const [width, height] = this.#pixel(frame);
    const [left, top] = [frame.left + (at.x + 0.5) * width, frame.top + (at.y + 0.5) * height];
    return html`<div class="paint-brush ${held}" style="left:${left}px;top:${top}px;width:${2 * this.brush.radius * width}px;height:${2 * this.brush.radius * height}px"></div>`;
  }

  /** How wide and high a pixel of the picture is on the screen. */
  #pixel({ width, height, left, right, top, bottom }: NonNullable<FigureView["frame"]>) {
    return [
      (width - left - right) / this.panel.cols,
      (height - top - bottom) / this.panel.rows,
    ] as const;
  }

  /** Where a pointer is: pixels from the middle of the first one, or a sample and a value. */
  #place(event: PointerEvent): Point | undefined {
    const view = this.querySelector<FigureView>("figure-view");
    const frame = view?.frame;
    if (!view || !frame) return undefined;
    if (this.#isLine) return view.valueAt(event);
    const box = view.getBoundingClientRect();
    const [width, height] = this.#pixel(frame);
    return {
      x: (event.clientX - box.left - frame.left) / width - 0.5,
      y: (event.clientY - box.top - frame.top) / height - 0.5,
    };
  }

  #write(painting: Painting, group?: string): void {
    const { lab } = this;
    lab.edit(withPainted(lab.catalogue, lab.spec, this.paint, painting), group);
  }

  #begin(at: Point, straight: boolean, group: string): void {
    const painting = this.#painting;
    if (!painting) return;
    this.lab.dragging = true;
    const line = this.#isLine ? beginLine(painting.values, at, straight) : undefined;
    const values = line?.values ?? brushed(painting, at, at, this.#tip(painting));
    this.stroke = { painting, values, last: at, line, group, told: false };
    this.#tellSoon();
  }

  #tip({ unit }: Painting) {
    return { radius: this.brush.radius, light: this.#light(unit) };
  }

  #continue(at: Point, straight: boolean): void {
    const { stroke } = this;
    if (!stroke) return;
    const { painting, last } = stroke;
    const line = stroke.line && continueLine(stroke.line, at, straight);
    const values =
      line?.values ??
      brushed({ ...painting, values: stroke.values }, last, at, this.#tip(painting));
    this.stroke = { ...stroke, values, last: at, line };
    this.#tellSoon();
  }

  #tellSoon(): void {
    if (this.#timer === 0) this.#timer = window.setTimeout(() => this.#tell(), PACE);
  }

  /** Brings what is painted so far into the Spec. */
  #tell(): void {
    clearTimeout(this.#timer);
    this.#timer = 0;
    const { stroke } = this;
    if (!stroke) return;
    this.stroke = { ...stroke, told: true };
    this.#write({ ...stroke.painting, values: stroke.values }, stroke.group);
  }

  #end(): void {
    const { stroke } = this;
    if (!stroke) return;
    const values = stroke.line ? endLine(stroke.line) : stroke.values;
    this.stroke = { ...stroke, values };
    this.#tell();
    this.stroke = undefined;
    this.lab.settle();
  }

  #down(event: PointerEvent): void {
    this.byKeys = false;
    const at = this.#place(event);
    if (event.button !== 0 || !at) return;
    this.#end();
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    this.#begin(at, event.shiftKey, `paint ${event.timeStamp}`);
  }

  #move(event: PointerEvent): void {
    const at = this.#place(event);
    if (!at) return;
    this.byKeys = false;
    this.at = this.#isLine ? undefined : at;
    if (this.#isLine) this.#point(Math.round(at.x));
    this.#continue(at, event.shiftKey);
  }

  #up(): void {
    this.#end();
  }

  #leave(): void {
    if (this.stroke || this.byKeys) return;
    this.at = undefined;
    if (this.#isLine) this.lab.point(undefined);
  }

  #point(at: number): void {
    const there = at >= 0 && at < this.panel.cols;
    this.lab.point(there ? { axis: "index", at } : undefined);
  }

  /** The browser took the finger to scroll: what was begun did not happen. */
  #cancel(): void {
    const { stroke } = this;
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.stroke = undefined;
    if (!stroke) return;
    this.lab.settle();
    if (stroke.told) this.lab.undo();
  }

  #blur(): void {
    // A pointer has its stroke wherever the focus goes.
    if (this.byKeys) {
      this.#end();
      this.at = undefined;
    }
    this.byKeys = false;
    this.said = "";
  }

  #key(event: KeyboardEvent): void {
    const done = this.#isLine ? this.#lineKey(event) : this.#pictureKey(event);
    if (!done) return;
    this.byKeys = true;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Where the keys' brush stands: in the middle to begin with. */
  get #here(): Point {
    const { rows, cols } = this.panel;
    const { x, y } = this.at ?? { x: cols / 2, y: rows / 2 };
    const inside = (value: number, length: number) =>
      Math.min(length - 1, Math.max(0, Math.round(value)));
    return { x: inside(x, cols), y: this.#isLine ? y : inside(y, rows) };
  }

  #pictureKey(event: KeyboardEvent): boolean {
    const act = paintAct(event, this.stroke !== undefined);
    if (!act) return false;
    const here = this.#here;
    const { shade, radius } = this.brush;
    if (act.act === "go") {
      this.at = { x: here.x + act.right, y: here.y + act.down };
      this.at = this.#here;
      this.#continue(this.at, false);
    } else if (act.act === "light")
      this.#choose({ shade: Math.min(SHADES.most, Math.max(0, shade + act.by)) });
    else if (act.act === "width")
      this.#choose({ radius: Math.min(BROADEST, Math.max(0.5, radius + act.by / 2)) });
    else if (act.act === "release") this.#end();
    else {
      this.at = here;
      this.#begin(here, false, `paint held at ${performance.now()}`);
    }
    this.#say();
    return true;
  }

  #lineKey(event: KeyboardEvent): boolean {
    const act = curveAct(event, { editable: true, held: this.stroke !== undefined });
    const painting = this.#painting;
    if (!act || !painting) return false;
    const from = this.#here.x;
    const values = this.stroke?.values ?? painting.values;
    const here = { x: from, y: values[from] ?? 0 };
    if (act.act === "go") {
      const x = Math.min(this.panel.cols - 1, Math.max(0, from + act.by));
      this.at = { x, y: 0 };
      this.#point(x);
      if (this.stroke) this.#set(stroked(Array.from(values), here, { x, y: here.y }));
    } else if (act.act === "lift") this.#lift(values, here, act.by * painting.unit);
    else if (act.act === "hold") {
      this.at = here;
      this.#begin(here, false, `paint held at ${performance.now()}`);
    } else if (act.act === "release") this.#end();
    else return false;
    this.#say();
    return true;
  }

  /** Lifts the brush that is held down, or bends the line under it. */
  #lift(values: ArrayLike<number>, here: Point, by: number): void {
    const list = Array.from(values);
    const painting = this.#painting;
    const lifted = { x: here.x, y: here.y + by };
    this.at = here;
    if (this.stroke) this.#set(stroked(list, lifted, lifted));
    else if (painting)
      this.#write({ ...painting, values: nonnegative(bent(list, here.x, by)) }, `bend ${here.x}`);
  }

  /** The values of a stroke that keys draw: nothing of it is a tremor. */
  #set(values: number[]): void {
    if (!this.stroke) return;
    this.stroke = { ...this.stroke, values: nonnegative(values), line: undefined };
    this.#tellSoon();
  }

  /** What is under the brush, for those who hear the page. */
  #say(): void {
    const { x, y } = this.#here;
    const painting = this.#painting;
    if (!painting) return;
    const values = this.stroke?.values ?? painting.values;
    const unit = this.panel.y.label;
    const there = `${short(values[this.#isLine ? x : y * this.panel.cols + x] ?? 0, 3)} ${unit}`;
    const place = this.#isLine ? `sample ${x}` : `row ${y}, column ${x}`;
    const brush = this.#isLine
      ? ""
      : `; the brush has ${short(this.#light(painting.unit), 3)} ${unit}`;
    this.said = `${place}: ${there}${brush}${this.stroke ? ", held down" : ""}`;
  }
}

customElements.define("paint-editor", PaintEditor);
