import { html, nothing } from "lit";
import type { Figure } from "../figures/figure.ts";
import type { FigureView, Layout } from "../figures/figure-view.ts";
import "../figures/figure-view.ts";
import { say } from "../messages/say.ts";
import type { PanelData } from "../solve/protocol.ts";
import type { Paint } from "../spec/catalogue.ts";
import { bent, type Point, stroked } from "../spec/curve.ts";
import { cleared, nonnegative, type Painting, paintingOf, withPainted } from "../spec/paint.ts";
import { short } from "../words/numbers.ts";
import { curveAct } from "./curve-keys.ts";
import { holdIn } from "./held.ts";
import { paintAct } from "./paint-keys.ts";
import { PaintStroke } from "./paint-stroke.ts";
import { brushTools, canvasTools, changedTip, lightOf, TIP, type Tip } from "./paint-tools.ts";
import { Part } from "./part.ts";
import { given } from "./seen.ts";

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
    tip: { state: true },
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
  declare tip: Tip;
  /** The pixel, or the sample, under pointer or keys. */
  declare at: Point | undefined;
  /** Whether keys lead the brush. */
  declare byKeys: boolean;
  declare said: string;
  #stroke: PaintStroke | undefined;

  constructor() {
    super();
    this.tip = TIP;
    this.byKeys = false;
    this.said = "";
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stroke?.stop();
    this.#stroke = undefined;
  }

  get #isLine(): boolean {
    return this.panel.kind === "curves";
  }

  get #view(): FigureView | null {
    return this.querySelector("figure-view");
  }

  /** What is there now; nothing where it is not to be painted on. */
  get #painting(): Painting | undefined {
    const { recording, catalogue, spec } = this.lab;
    const truth = given(this.lab, this.paint.truth);
    const { param, total } = this.paint;
    const held = ["signal", `problem.${param}`, `problem.${total}`];
    if (!recording || !truth || held.some((name) => holdIn(this.lab, name) !== "free"))
      return undefined;
    const drawn = { spec: recording.description.spec, truth };
    const painting = paintingOf(catalogue, spec, this.paint, drawn);
    const fits = painting?.rows === truth.rows && painting.cols === truth.cols;
    return fits ? painting : undefined;
  }

  override render() {
    const painting = this.#stroke?.painting ?? this.#painting;
    const values = this.#stroke?.values ?? painting?.values;
    const hover = this.lab.hover?.axis === "index" && this.#isLine ? this.lab.hover.at : undefined;
    const view = html`<figure-view .figure=${this.figure(this.#shown(values))} .layout=${this.layout} .label=${this.label} .hoverX=${hover}></figure-view>`;
    if (!painting || !values) return view;
    const name = say.paint.on(this.panel.title, this.#isLine ? say.paint.line : say.paint.picture);
    return html`<div class="paint-stage ${this.#isLine ? "is-line" : ""}" role="application" tabindex="0" aria-label=${name}
        aria-description=${this.label} @pointerdown=${this.#down} @pointermove=${this.#move} @pointerup=${this.#end} @pointercancel=${this.#cancel}
        @pointerleave=${this.#leave} @keydown=${this.#key} @focusout=${this.#blur}>
        <div aria-hidden="true">${view}</div>${this.#mark(values)}
      </div>
      <div class="paint-tools" role="group" aria-label=${say.paint.painting}>
        ${
          this.#isLine
            ? html`<span>${say.paint.draw}</span>`
            : brushTools(this.tip, this.#light(painting), (tip) => this.#choose(tip))
        }${canvasTools(this.lab, () => this.#write(cleared(painting)))}
      </div>
      <span class="hidden" role="status">${this.said}</span>`;
  }

  /** The panel with what is painted in place of what was drawn. */
  #shown(values: ArrayLike<number> | undefined): PanelData {
    if (!values) return this.panel;
    const all = Float64Array.from(this.panel.values);
    all.set(Array.from(values).slice(0, all.length));
    return { ...this.panel, values: all };
  }

  /** The brush's light in words. */
  #light({ unit }: Painting): string {
    return `${short(lightOf(this.tip, unit), 3)} ${this.panel.y.label}`;
  }

  #choose(tip: Tip): void {
    this.tip = tip;
    if (this.#stroke) this.#stroke.brush = this.#brush(this.#stroke.painting);
  }

  #brush({ unit }: Painting) {
    return this.#isLine ? undefined : { radius: this.tip.radius, light: lightOf(this.tip, unit) };
  }

  /** The brush over the figure, as wide as what it paints. */
  #mark(values: ArrayLike<number>) {
    const { at } = this;
    const frame = this.#view?.frame;
    if (!at || !frame || (this.#isLine && !this.byKeys)) return nothing;
    const box = (left: number, top: number, width: number, height: number) =>
      html`<div class="paint-brush ${this.#stroke ? "held" : ""}" style="left:${left}px;top:${top}px;width:${width}px;height:${height}px"></div>`;
    if (this.#isLine) {
      const spot = this.#view?.pixelAt(at.x, values[at.x] ?? 0);
      return spot && box(spot.left, spot.top, 9, 9);
    }
    const { width, height } = this.#pixel(frame);
    const across = 2 * this.tip.radius;
    const [left, top] = [frame.left + (at.x + 0.5) * width, frame.top + (at.y + 0.5) * height];
    return box(left, top, across * width, across * height);
  }

  /** How wide and high a pixel of the picture is on the screen. */
  #pixel({ width, height, left, right, top, bottom }: NonNullable<FigureView["frame"]>) {
    const { rows, cols } = this.panel;
    return { width: (width - left - right) / cols, height: (height - top - bottom) / rows };
  }

  /** Where a pointer is: pixels from the middle of the first one, or a sample and a value. */
  #place(event: PointerEvent): Point | undefined {
    const view = this.#view;
    const frame = view?.frame;
    if (!view || !frame) return undefined;
    if (this.#isLine) return view.valueAt(event);
    const box = view.getBoundingClientRect();
    const { width, height } = this.#pixel(frame);
    return {
      x: (event.clientX - box.left - frame.left) / width - 0.5,
      y: (event.clientY - box.top - frame.top) / height - 0.5,
    };
  }

  #write(painting: Painting, group?: string): void {
    const { lab } = this;
    lab.edit(withPainted(lab.catalogue, lab.spec, this.paint, painting), group);
  }

  #begin(at: Point, straight: boolean): void {
    const painting = this.#painting;
    if (!painting) return;
    this.lab.dragging = true;
    const group = `painted at ${performance.now()}`;
    const write = (now: Painting) => this.#write(now, group);
    this.#stroke = new PaintStroke(painting, at, this.#brush(painting), straight, write);
    this.requestUpdate();
  }

  #end(): void {
    if (!this.#stroke) return;
    this.#stroke.end();
    this.#stroke = undefined;
    this.lab.settle();
    this.requestUpdate();
  }

  /** The browser took the finger to scroll: what was begun did not happen. */
  #cancel(): void {
    const stroke = this.#stroke;
    this.#stroke = undefined;
    if (!stroke) return;
    stroke.stop();
    this.lab.settle();
    if (stroke.told) this.lab.undo();
    this.requestUpdate();
  }

  #down(event: PointerEvent): void {
    const at = this.#place(event);
    if (event.button !== 0 || !at) return;
    this.#end();
    this.byKeys = false;
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    this.#begin(at, event.shiftKey);
  }

  #move(event: PointerEvent): void {
    const at = this.#place(event);
    // What keys hold down is theirs.
    if (!at || (this.#stroke && this.byKeys)) return;
    this.byKeys = false;
    this.at = this.#isLine ? undefined : at;
    if (this.#isLine) this.#point(Math.round(at.x));
    this.#stroke?.go(at, event.shiftKey);
    this.requestUpdate();
  }

  #leave(): void {
    if (this.#stroke || this.byKeys) return;
    this.at = undefined;
    if (this.#isLine) this.lab.point(undefined);
  }

  #point(at: number): void {
    const there = at >= 0 && at < this.panel.cols;
    this.lab.point(there ? { axis: "index", at } : undefined);
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
    this.#say();
    this.requestUpdate();
  }

  /** The nearest pixel or sample to a place; the one in the middle without one. */
  #near(place = { x: this.panel.cols / 2, y: this.panel.rows / 2 }): Point {
    const inside = (value: number, length: number) =>
      Math.min(length - 1, Math.max(0, Math.round(value)));
    return { x: inside(place.x, this.panel.cols), y: inside(place.y, this.panel.rows) };
  }

  #pictureKey(event: KeyboardEvent): boolean {
    const act = paintAct(event, this.#stroke !== undefined);
    if (!act) return false;
    const here = this.#near(this.at);
    this.at = here;
    if (act.act === "go") {
      this.at = this.#near({ x: here.x + act.right, y: here.y + act.down });
      this.#stroke?.go(this.at, false);
    } else if (act.act === "light") this.#choose(changedTip(this.tip, act.by, 0));
    else if (act.act === "width") this.#choose(changedTip(this.tip, 0, act.by));
    else if (act.act === "release") this.#end();
    else this.#begin(here, false);
    return true;
  }

  #lineKey(event: KeyboardEvent): boolean {
    const act = curveAct(event, { editable: true, held: this.#stroke !== undefined });
    const painting = this.#painting;
    if (!act || !painting) return false;
    const values = Array.from(this.#stroke?.values ?? painting.values);
    const { x } = this.#near(this.at);
    const here = { x, y: values[x] ?? 0 };
    this.at = here;
    if (act.act === "go") {
      this.at = this.#near({ x: x + act.by, y: 0 });
      this.#point(this.at.x);
      this.#stroke?.set(stroked(values, here, { x: this.at.x, y: here.y }));
    } else if (act.act === "lift") {
      const lifted = { x, y: here.y + act.by * painting.unit };
      if (this.#stroke) this.#stroke.set(stroked(values, lifted, lifted));
      else this.#bend(painting, bent(values, x, act.by * painting.unit), x);
    } else if (act.act === "hold") this.#begin(here, false);
    else if (act.act === "release") this.#end();
    else return false;
    return true;
  }

  #bend(painting: Painting, values: number[], at: number): void {
    this.#write({ ...painting, values: nonnegative(values) }, `bend ${at}`);
  }

  /** What is under the brush, for those who hear the page. */
  #say(): void {
    const painting = this.#painting;
    if (!painting) return;
    const { x, y } = this.#near(this.at);
    const values = this.#stroke?.values ?? painting.values;
    const value = values[this.#isLine ? x : y * this.panel.cols + x] ?? 0;
    const there = `${short(value, 3)} ${this.panel.y.label}`;
    const place = this.#isLine ? say.paint.sampleAt(x) : say.paint.pixelAt(y, x);
    const light = this.#isLine ? undefined : this.#light(painting);
    this.said = say.paint.under(place, there, light, this.#stroke !== undefined);
  }
}

customElements.define("paint-editor", PaintEditor);
