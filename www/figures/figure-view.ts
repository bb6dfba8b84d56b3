import { html, LitElement } from "lit";
import {
  draw_axes,
  draw_data,
  heat_pixels,
  type Look,
  svg,
} from "../../target/web/front/pursuit.js";
import { type Cell, cellAt, sayCell } from "./cell.ts";
import { draw, withdraw } from "./draw-queue.ts";
import {
  alike,
  type Figure,
  type Frame,
  type Heat,
  hasRoom,
  place,
  valueAtPlace,
} from "./figure.ts";
import { look, onLookChange } from "./look.ts";

/** Height and margins of a figure; its width is the element's own. */
/** With `equal`, a unit is as long on one axis as on the other: the shorter one shows more. */
export type Layout = Omit<Frame, "width"> & { equal?: boolean };

const alive = new Set<FigureView>();
/** How much larger the page is than its own CSS pixels (a lecture's `zoom`). */
let magnified = 1;

/** Whether the page is so much larger that a screen holds less of it. */
export function isMagnified(): boolean {
  return magnified > 1;
}

/** Has all figures drawn as sharp as a page needs that is so much larger. */
export function magnify(scale: number): void {
  if (scale === magnified) return;
  magnified = scale;
  for (const view of alive) view.redrawAll();
}

/** Pixels to one of CSS, where it is not the screen that says so. */
let density: number | undefined;

/** Draws all figures at once, with so many pixels to one of CSS; without a number, as the screen has them. */
export function drawAll(ratio: number | undefined): void {
  density = ratio;
  for (const view of alive) view.drawNow();
}

onLookChange(() => {
  for (const view of alive) view.redrawAll();
});

/**
 * One figure on two canvases: axes, drawn when the frame changes, and data, drawn when anything does.
 * Lines for hover and playhead are elements above it; words are the page's. The canvas is a picture with a
 * text alternative (`label`); what can be done with it is up to the views around.
 */
export class FigureView extends LitElement {
  static override properties = {
    figure: { attribute: false },
    layout: { attribute: false },
    label: { attribute: false },
    hoverX: { attribute: false },
    hoverY: { attribute: false },
    guessX: { attribute: false },
    playX: { attribute: false },
    playY: { attribute: false },
    cell: { state: true },
    band: { attribute: false },
  };

  declare figure: Figure | undefined;
  declare layout: Layout | undefined;
  declare label: string;
  /** Values at which the hover line stands, vertical or horizontal. */
  declare hoverX: number | undefined;
  declare hoverY: number | undefined;
  /** The value that was guessed: a hollow mark stands there. */
  declare guessX: number | undefined;
  /** Values at which the playhead stands. */
  declare playX: number | undefined;
  declare playY: number | undefined;
  /** A part of the horizontal axis that is being marked. */
  declare band: [number, number] | undefined;
  /** The cell of a map under the pointer, and on which side of the map it lies. */
  declare cell: (Cell & { side: "left" | "right" }) | undefined;

  #width = 0;
  #axesKey = "";
  /** The figure that stands on the canvas of data. */
  #drawn: Figure | undefined;
  // The observer also tells the first size. To ask for it would lay out the page once for each figure.
  #resize = new ResizeObserver(([entry]) => this.#measure(entry?.contentRect.width ?? 0));

  constructor() {
    super();
    this.label = "";
    this.addEventListener("pointermove", (event) => this.#read(event));
    this.addEventListener("pointerleave", () => {
      this.cell = undefined;
    });
  }

  override createRenderRoot(): this {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    alive.add(this);
    this.#resize.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    alive.delete(this);
    withdraw(this.#draw);
    this.#resize.disconnect();
  }

  /** The frame as drawn, if the element has a size that leaves room for a plot. */
  get frame(): Frame | undefined {
    if (!this.layout || this.#width === 0) return undefined;
    const { equal, ...layout } = this.layout;
    const frame = { ...layout, width: this.#width };
    if (!hasRoom(frame)) return undefined;
    return equal ? withEqualUnits(frame) : frame;
  }

  redrawAll(): void {
    this.#axesKey = "";
    this.requestUpdate();
  }

  /** Place of a pointer within the element, in its own CSS pixels. */
  spotOf(event: { clientX: number; clientY: number }): { left: number; top: number } {
    const box = this.getBoundingClientRect();
    return {
      left: (event.clientX - box.left) / magnified,
      top: (event.clientY - box.top) / magnified,
    };
  }

  /** Data value under a pointer, horizontal and vertical, whether or not it is within the plot. */
  valueAt(event: { clientX: number; clientY: number }): { x: number; y: number } | undefined {
    const frame = this.frame;
    if (!frame) return undefined;
    const { left, top } = this.spotOf(event);
    const across = (left - frame.left) / (frame.width - frame.left - frame.right);
    const down = (top - frame.top) / (frame.height - frame.top - frame.bottom);
    return { x: valueAtPlace(frame.x, across), y: valueAtPlace(frame.y, 1 - down) };
  }

  /** Place of a value within the element, in CSS pixels. */
  pixelAt(x: number, y: number): { left: number; top: number } | undefined {
    const frame = this.frame;
    if (!frame) return undefined;
    return {
      left: frame.left + place(frame.x, x) * (frame.width - frame.left - frame.right),
      top: frame.top + (1 - place(frame.y, y)) * (frame.height - frame.top - frame.bottom),
    };
  }

  /** The figure as SVG, axes and all. */
  svg(): string | undefined {
    const frame = this.frame;
    return this.figure && frame ? svg(this.figure, frame, look(this)) : undefined;
  }

  /** The figure as a picture on the page's paper, with `ratio` of its pixels to one of CSS. */
  picture(ratio: number): HTMLCanvasElement | undefined {
    const { frame, figure } = this;
    if (!frame || !figure) return undefined;
    const layers = [document.createElement("canvas"), document.createElement("canvas")] as const;
    const [axes, data] = layers;
    draw_axes(axes, frame, ratio, look(this));
    drawData(data, figure, frame, ratio, look(this));
    const sheet = document.createElement("canvas");
    [sheet.width, sheet.height] = [axes.width, axes.height];
    const context = sheet.getContext("2d");
    if (!context) return undefined;
    context.fillStyle = getComputedStyle(this).getPropertyValue("--paper");
    context.fillRect(0, 0, sheet.width, sheet.height);
    for (const layer of layers) context.drawImage(layer, 0, 0);
    return sheet;
  }

  /** Takes its present width and draws, all at once: before it is printed there is no next frame. */
  drawNow(): void {
    this.#width = Math.floor(this.clientWidth);
    this.#axesKey = "";
    this.requestUpdate();
    this.performUpdate();
    withdraw(this.#draw);
    this.#draw();
    if (density !== undefined) this.#flatten(density);
  }

  /**
   * Puts the whole picture onto the axes, as bare pixels: a browser that prints plays a canvas's strokes again, and then
   * the empty parts of the one with the data are white over the axes.
   */
  #flatten(ratio: number): void {
    const sheet = this.picture(ratio);
    const pixels = sheet?.getContext("2d")?.getImageData(0, 0, sheet.width, sheet.height);
    if (pixels) this.querySelector("canvas")?.getContext("2d")?.putImageData(pixels, 0, 0);
  }

  override render() {
    const height = this.layout?.height ?? 0;
    return html`
      <div class="figure" role="img" aria-label=${this.label} style="height:${height}px">
        <canvas class="axes"></canvas>
        <canvas class="data"></canvas>
        ${this.#lines()}
        ${this.cell && this.figure?.kind === "heat" ? html`<span class="map-reading ${this.cell.side}" aria-hidden="true">${sayCell(this.cell)}</span>` : ""}
      </div>
    `;
  }

  /** Reads the cell under the pointer. It is said on the other side of the map. */
  #read(event: PointerEvent): void {
    const { figure, frame } = this;
    if (figure?.kind !== "heat" || !frame) return;
    const spot = this.spotOf(event);
    const cell = cellAt(figure, frame, spot);
    this.cell = cell && { ...cell, side: spot.left > frame.width / 2 ? "left" : "right" };
  }

  #lines() {
    const frame = this.frame;
    if (!frame) return "";
    const { left, right, top, bottom, width, height } = frame;
    const upright = (value: number | undefined, kind: string) => {
      const share = value === undefined ? Number.NaN : place(frame.x, value);
      if (!(share >= -0.001 && share <= 1.001)) return "";
      const x = left + share * (width - left - right);
      return html`<div class="line upright ${kind}" style="left:${x}px;top:${top - 6}px;height:${height - top - bottom + 6}px"></div>`;
    };
    const level = (value: number | undefined, kind: string) => {
      const share = value === undefined ? Number.NaN : place(frame.y, value);
      if (!(share >= -0.001 && share <= 1.001)) return "";
      const y = top + (1 - share) * (height - top - bottom);
      return html`<div class="line level ${kind}" style="top:${y}px;left:${left}px;width:${width - left - right}px"></div>`;
    };
    return [
      this.#marked(frame),
      upright(this.guessX, "guess"),
      upright(this.hoverX, "hover"),
      level(this.hoverY, "hover"),
      upright(this.playX, "playhead"),
      level(this.playY, "playhead"),
    ];
  }

  /** The part that is being marked, from edge to edge at most. */
  #marked({ left, right, top, bottom, width, height, x }: Frame) {
    if (!this.band) return "";
    const places = this.band.map((value) => Math.min(1, Math.max(0, place(x, value))));
    const room = width - left - right;
    const [from, to] = [Math.min(...places) * room, Math.max(...places) * room];
    return html`<div class="band" style="left:${left + from}px;width:${to - from}px;top:${top}px;height:${height - top - bottom}px"></div>`;
  }

  protected override updated(): void {
    draw(this.#draw);
  }

  readonly #draw = (): void => {
    const frame = this.frame;
    const [axes, data] = this.querySelectorAll("canvas");
    if (!axes || !data) return;
    if (!frame) {
      // What was drawn for more room would stand over its neighbours.
      for (const canvas of [axes, data]) [canvas.width, canvas.height] = [0, 0];
      this.#axesKey = "";
      return;
    }
    const ratio = density ?? Math.min(3, (window.devicePixelRatio || 1) * magnified);
    const key = JSON.stringify([frame, ratio]);
    if (key !== this.#axesKey) {
      this.#axesKey = key;
      for (const canvas of [axes, data]) {
        canvas.style.width = `${frame.width}px`;
        canvas.style.height = `${frame.height}px`;
      }
      draw_axes(axes, frame, ratio, look(this));
      this.#drawn = undefined;
    }
    // Hover lines and titles change far more often than data do.
    if (!this.figure || alike(this.figure, this.#drawn)) return;
    this.#drawn = this.figure;
    drawData(data, this.figure, frame, ratio, look(this));
  };

  #measure(room: number): void {
    const width = Math.floor(room);
    if (width === this.#width) return;
    this.#width = width;
    this.requestUpdate();
  }
}

/** The same frame with the shorter axis made longer on both sides, so that a unit is as long on one axis as on the other. */
function withEqualUnits(frame: Frame): Frame {
  const { x, y } = frame;
  const across = (x.to - x.from) / (frame.width - frame.left - frame.right);
  const down = (y.to - y.from) / (frame.height - frame.top - frame.bottom);
  const stretched = (scale: Frame["x"], by: number) => {
    const room = ((scale.to - scale.from) * (by - 1)) / 2;
    return { ...scale, from: scale.from - room, to: scale.to + room };
  };
  return across < down
    ? { ...frame, x: stretched(x, down / across) }
    : { ...frame, y: stretched(y, across / down) };
}

function drawData(
  canvas: HTMLCanvasElement,
  figure: Figure,
  frame: Frame,
  ratio: number,
  colours: Look,
): void {
  draw_data(canvas, figure, frame, ratio, colours);
  if (figure.kind === "heat") paint(canvas, figure, frame, ratio, colours);
}

/** Paints a map at its own resolution and lets the canvas scale it: far cheaper than a rectangle a cell. */
function paint(
  canvas: HTMLCanvasElement,
  heat: Heat,
  frame: Frame,
  ratio: number,
  colours: Look,
): void {
  const context = canvas.getContext("2d");
  if (!context || heat.rows === 0 || heat.cols === 0) return;
  const small = document.createElement("canvas");
  [small.width, small.height] = [heat.cols, heat.rows];
  const pixels = new Uint8ClampedArray(heat_pixels(heat, colours));
  small.getContext("2d")?.putImageData(new ImageData(pixels, heat.cols, heat.rows), 0, 0);
  const { left, right, top, bottom, width, height } = frame;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.imageSmoothingEnabled = heat.rows > 2 * height || heat.cols > 2 * width;
  context.drawImage(small, left, top, width - left - right, height - top - bottom);
}

customElements.define("figure-view", FigureView);
