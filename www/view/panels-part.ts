import { html, nothing, type TemplateResult } from "lit";
import { shown } from "../figures/axis.ts";
import { type Figure, type Scale, type Span, series } from "../figures/figure.ts";
import type { FigureView, Layout } from "../figures/figure-view.ts";
import "../figures/figure-view.ts";
import { extent, logRange, Ranges, roomy } from "../figures/ranges.ts";
import { say } from "../messages/say.ts";
import type { Frame, PanelData } from "../solve/protocol.ts";
import type { MethodRecording } from "../solve/recording.ts";
import { short } from "../words/numbers.ts";
import { methodColour } from "./methods.ts";
import { columns, figureOf, labelOf } from "./panel-figure.ts";
import { more } from "./panel-more.ts";
import "./panel-reader.ts";
import { Part } from "./part.ts";
import { active, focused, given, truePlaces } from "./seen.ts";
import { MARGIN } from "./signal-part.ts";
import { words } from "./tex.ts";

/** The title line of a panel: its name, and what is shown. */
export function titleLine(
  title: string,
  about: TemplateResult,
  caption: string,
  extra: unknown = nothing,
): TemplateResult {
  return html`<div class="title-line"><h2>${title}</h2>${about}<span class="caption">${words(caption)}</span>${extra}</div>`;
}

/** Height of a panel that is a picture, in CSS pixels. */
const PICTURE = 200;

/** Panels on the index axis below the signal: what the method looks at, and the support by step. */
export class PanelsPart extends Part {
  readonly #ranges = new Ranges();

  override render() {
    const seen = focused(this.lab);
    if (!seen) return nothing;
    // The problem's own panels have places of their own on the page.
    const own =
      seen.frame.panels?.filter((panel) => panel.id !== "residual" && panel.id !== "signal") ?? [];
    const one = (panel: PanelData) => {
      if (panel.kind === "heat")
        return panel.x.label === "column" ? this.#picture(panel) : this.#map(panel);
      if (panel.x.label === "index") return this.#panel(panel, seen.method, seen.frame);
      return this.#other(panel, seen.method);
    };
    return html`${own.map(one)}${this.#raster(seen.method)}`;
  }

  /** A panel over an axis of its own, such as layers. */
  #other(panel: PanelData, method: MethodRecording) {
    const { lab } = this;
    const lifted = lab.lifted === undefined || lab.lifted === panel.id;
    const threshold = panel.marks.find((mark) => mark.kind === "threshold")?.value;
    const drawn = figureOf(panel, "estimate");
    const figure =
      drawn.kind === "bars" && threshold !== undefined ? { ...drawn, threshold } : drawn;
    const last = panelOf(method.at(method.last), panel.id);
    const lists = [panel.values, last?.values, threshold === undefined ? [] : [threshold]];
    const needed = panel.y.log ? logRange(lists) : roomy(extent(...lists));
    const [from, to] = this.#ranges.settle(`${lab.focus} ${panel.id}`, needed, lab.dragging);
    const layout: Layout = {
      ...MARGIN,
      height: 110,
      bottom: 24,
      x: { from: 0, to: Math.max(1, panel.cols - 1), kind: "index", ticks: true },
      y: { from, to, kind: panel.y.log ? "log" : "linear", ticks: true },
    };
    return html`<section class="panel ${lifted ? "" : "dimmed"}" data-panel=${panel.id}>
      ${titleLine(panel.title, more({ id: panel.id, name: panel.title, caption: panel.caption }, columns(panel)), panel.caption)}
      <figure-view .figure=${figure} .layout=${layout} .label=${labelOf(panel)}></figure-view>
    </section>`;
  }

  /** A map whose columns are those of a picture, as wide as it is high. */
  #picture(panel: PanelData) {
    const { lab } = this;
    const lifted = lab.lifted === undefined || lab.lifted === panel.id;
    const layout: Layout = {
      ...{ height: PICTURE, left: 0, right: 0, top: 0, bottom: 0 },
      x: { from: 0, to: Math.max(1, panel.cols - 1), kind: "index" },
      y: { from: Math.max(1, panel.rows - 1), to: 0, kind: "index" },
    };
    const width = Math.round((PICTURE * panel.cols) / panel.rows);
    return html`<section class="panel as-picture ${lifted ? "" : "dimmed"}" data-panel=${panel.id}>
      ${titleLine(panel.title, more({ id: panel.id, name: panel.title, caption: panel.caption }, { [say.panels.heads.value]: panel.values }), panel.caption)}
      <figure-view style="max-width:${width}px" .figure=${figureOf(panel, "estimate")} .layout=${layout} .label=${labelOf(panel)}></figure-view>
    </section>`;
  }

  /** A map over the index axis, and under it the truth on the same scale where the problem knows it. */
  #map(panel: PanelData) {
    const { lab } = this;
    const lifted = lab.lifted === undefined || lab.lifted === panel.id;
    const truth = given(lab, `${panel.id}-truth`);
    const peak = Math.max(...extent((truth ?? panel).values).map(Math.abs));
    const label = say.panels.map(panel.title, panel.rows, panel.cols, truth !== undefined);
    return html`<section class="panel ${lifted ? "" : "dimmed"}" data-panel=${panel.id}>
      ${titleLine(panel.title, more({ id: panel.id, name: panel.title, caption: panel.caption }, { [say.panels.heads.value]: panel.values }), panel.caption)}
      <panel-reader .lab=${lab} .length=${panel.cols} .name=${panel.title} .about=${label} .say=${(at: number) => columnOf(panel, at)}>
        ${this.#heat(panel, peak, label)}${truth ? this.#heat(truth, peak, truth.title) : nothing}
      </panel-reader>
    </section>`;
  }

  #heat({ rows, cols, values }: PanelData, peak: number, label: string) {
    const figure: Figure = {
      kind: "heat",
      rows,
      cols,
      values: series(values),
      scheme: "diverging",
      ...(peak > 0 ? { peak } : {}),
    };
    const layout: Layout = {
      ...MARGIN,
      height: Math.min(96, 14 + 7 * rows),
      top: 6,
      bottom: 4,
      x: { from: 0, to: Math.max(1, cols - 1), kind: "index" },
      y: { from: rows, to: 1, kind: "index" },
    };
    const { hover } = this.lab;
    return html`<figure-view .figure=${figure} .layout=${layout} .hoverX=${hover?.axis === "index" ? hover.at : undefined} .label=${label}></figure-view>`;
  }

  #panel(panel: PanelData, method: MethodRecording, frame: Frame) {
    const { lab } = this;
    const lifted = lab.lifted === undefined || lab.lifted === panel.id;
    const figure = this.#figure(panel, frame);
    const last = panelOf(method.at(method.last), panel.id);
    const threshold = panel.marks.find((mark) => mark.kind === "threshold")?.value;
    const values = figure.values;
    const all = extent(values, last && shape(last), threshold === undefined ? [] : [threshold]);
    const y = this.#ranges.settle(`${lab.focus} ${panel.id}`, roomy(all), lab.dragging);
    const scale: Scale = panel.y.log
      ? { from: positive(values), to: Math.max(...roomy(all)), kind: "log", ticks: true }
      : { from: y[0], to: y[1], ticks: true };
    const layout: Layout = {
      ...MARGIN,
      height: 92,
      bottom: 8,
      x: { ...shown(lab.axis, values.length), kind: "index" },
      y: scale,
    };
    const hover = lab.hover?.axis === "index" ? lab.hover.at : undefined;
    const label = say.panels.list(
      panel.title,
      values.length,
      short(Math.max(...extent(values).map(Math.abs)), 3),
    );
    return html`<section class="panel ${lifted ? "" : "dimmed"}" data-panel=${panel.id}>
      ${titleLine(panel.title, more({ id: panel.id, name: panel.title, caption: panel.caption }, { [say.panels.heads.value]: panel.values }), panel.caption, this.#value(values, hover))}
      <panel-reader .lab=${lab} .length=${values.length} .zooms=${true} .name=${say.panels.support} .about=${label} .say=${(at: number) => this.#words(values, at)}>
        <figure-view .figure=${figure.figure} .layout=${layout} .hoverX=${hover} .label=${label}></figure-view>
      </panel-reader>
    </section>`;
  }

  /** The value under the hover line, in the panel's own title line. */
  #value(values: Float64Array, hover: number | undefined) {
    if (hover === undefined || values[hover] === undefined) return nothing;
    return html`<span class="reading">${this.#words(values, hover)}</span>`;
  }

  #words(values: Float64Array, at: number): string {
    return `${at}: ${short(values[at] ?? 0, 3)}`;
  }

  #figure(panel: PanelData, frame: Frame): { figure: Figure; values: Float64Array } {
    const values = shape(panel);
    if (panel.kind === "stems")
      return { values, figure: { kind: "stems", estimate: series(values), ended: true } };
    const chosen = panel.marks.find((mark) => mark.kind === "chosen")?.index;
    const threshold = panel.marks.find((mark) => mark.kind === "threshold")?.value;
    const figure: Figure = {
      kind: "bars",
      values: series(values),
      // With a threshold, what the method holds active is lit; with a choice, only the choice is.
      active: threshold === undefined ? [] : [...(frame.support ?? [])],
      ...(chosen === undefined ? {} : { chosen, label: say.panels.picks(chosen) }),
      ...(threshold === undefined ? {} : { threshold }),
    };
    return { values, figure };
  }

  #raster(method: MethodRecording) {
    const { lab } = this;
    const n = method.frames[0]?.estimate?.length ?? 0;
    const truth = given(lab, "truth")?.values;
    const threshold = lab.recording?.description.facts.active_threshold ?? 0;
    const right = active(truth, threshold);
    const last = Math.max(1, method.last);
    const many = (lab.recording?.methods.length ?? 1) > 1;
    const figure: Figure = {
      kind: "raster",
      spans: stays(method, truth && truePlaces(lab), lab.playhead),
      truth: right.length <= 400 ? right : [],
      colour: many ? methodColour(lab.drawnLetters[lab.focus]) : "estimate",
    };
    const layout: Layout = {
      ...MARGIN,
      height: 140,
      x: { ...shown(lab.axis, n), kind: "index", ticks: true },
      y: { from: last, to: 0, kind: "index", ticks: true },
    };
    const hover = lab.hover;
    // The playhead in the raster is the timeline's: it is dragged up and down.
    const drag = (event: PointerEvent) => {
      const step = (event.currentTarget as FigureView).valueAt(event)?.y;
      // A finger there scrolls, or presses to read; it has the timeline at the bottom.
      if (event.buttons === 1 && event.pointerType !== "touch" && step !== undefined)
        lab.player.seek(step);
    };
    const label = say.panels.stays(figure.spans.length, last);
    const { support, heads } = say.panels;
    const numbers = {
      [heads.index]: figure.spans.map(({ index }) => index),
      [heads.from]: figure.spans.map(({ from }) => from),
      [heads.to]: figure.spans.map(({ to }) => to),
    };
    return html`<section class="panel ${lab.lifted === undefined || lab.lifted === "support" ? "" : "dimmed"}" data-panel="support">
      ${titleLine(support, more({ id: "support", name: support }, numbers), say.panels.supportCaption(right.length > 0), hover?.axis === "index" ? html`<span class="reading">${stayOf(figure.spans, hover.at)}</span>` : nothing)}
      <panel-reader .lab=${lab} .length=${n} .zooms=${true} .name=${say.panels.support} .about=${label} .say=${(at: number) => stayOf(figure.spans, at)}><figure-view .figure=${figure} .layout=${layout} .playY=${Math.min(lab.playhead, last)}
        .hoverX=${hover?.axis === "index" ? hover.at : undefined} .hoverY=${hover?.axis === "step" ? hover.at : undefined}
        .label=${label} @pointermove=${drag}></figure-view></panel-reader>
    </section>`;
  }
}

/** The values of a map's column, from the first line on. */
function columnOf({ rows, cols, values }: PanelData, at: number): string {
  const some = Array.from({ length: Math.min(rows, 4) }, (_, i) =>
    short(values[i * cols + at] ?? 0, 2),
  );
  return `${at}: ${some.join(", ")}${rows > 4 ? say.panels.andMore : ""}`;
}

/** Since when an index is in the support. */
function stayOf(spans: Span[], index: number): string {
  const stay = spans.findLast((span) => span.index === index);
  const words = stay
    ? say.panels.stay(Math.ceil(stay.from + 0.5), Math.floor(stay.to))
    : say.panels.neverIn;
  return `${index}: ${words}`;
}

/** The numbers of a panel as they are drawn: correlations by modulus where only the size matters to a choice. */
function shape(panel: PanelData): Float64Array {
  const chooses = panel.marks.some((mark) => mark.kind === "chosen");
  return chooses ? panel.values.map(Math.abs) : panel.values;
}

function panelOf(frame: Frame | undefined, id: string): PanelData | undefined {
  return frame?.panels?.find((panel) => panel.id === id);
}

function positive(values: Float64Array): number {
  let least = Number.POSITIVE_INFINITY;
  let most = 1e-300;
  for (const value of values) {
    if (value > 0 && value < least) least = value;
    if (value > most) most = value;
  }
  return Math.max(least === Number.POSITIVE_INFINITY ? 1e-3 : least, most * 1e-12) * 0.8;
}

/** When each index was in the support, up to the playhead, from the kept frames. */
function stays(method: MethodRecording, truth: Set<number> | undefined, playhead: number): Span[] {
  const open = new Map<number, Span>();
  const spans: Span[] = [];
  let previous = 0;
  for (const frame of method.frames) {
    if (frame.step > playhead) break;
    const now = new Set(frame.support);
    for (const [index, span] of open) {
      if (now.has(index)) continue;
      span.to = frame.step - 0.5;
      open.delete(index);
    }
    for (const index of now) {
      if (open.has(index)) continue;
      const span = {
        index,
        from: Math.max(previous, 0),
        to: frame.step,
        wrong: truth !== undefined && !truth.has(index),
      };
      open.set(index, span);
      spans.push(span);
    }
    for (const span of open.values()) span.to = frame.step;
    previous = frame.step;
  }
  // A method that starts with everything active has no wrong picks to point at.
  return spans.length > 4000 ? spans.slice(0, 4000) : spans;
}

customElements.define("panels-part", PanelsPart);
