import { html, noChange, nothing } from "lit";
import type { Scale } from "../figures/figure.ts";
import { isMagnified, type Layout } from "../figures/figure-view.ts";
import "../figures/figure-view.ts";
import { extent, logRange, Ranges, roomy } from "../figures/ranges.ts";
import { say } from "../messages/say.ts";
import type { PanelData } from "../solve/protocol.ts";
import type { MethodRecording } from "../solve/recording.ts";
import type { Paint } from "../spec/catalogue.ts";
import { actsIn } from "../words/panels.ts";
import { letterButton } from "./letter-button.ts";
import { methodColour, nameOf } from "./methods.ts";
import { columns, figureOf, isVector, labelOf, pointsOf, readAt } from "./panel-figure.ts";
import "./panel-more.ts";
import "./panel-reader.ts";
import "./paint-editor.ts";
import { Part } from "./part.ts";
import { focused, panelAt } from "./seen.ts";
import { tableView } from "./table-view.ts";
import { words } from "./tex.ts";

/** Where on the page: the wide column, the narrow one, or below both. */
export type Place = "picture" | "beside" | "below";

/** Heights in CSS pixels: what has two dimensions is tall. */
const HEIGHTS = { picture: 400, plane: 300, vector: 110, drawn: 220, hall: 250 };

/** Panels of any problem, drawn by their kind, where its page says. */
export class ProblemPanels extends Part {
  static override properties = { ...Part.properties, place: { attribute: false } };
  declare place: Place;
  readonly #ranges = new Ranges();
  /** Whether anything has been shown. */
  #drawn = false;

  override render() {
    const { lab, place } = this;
    const seen = focused(lab);
    const { page } = lab;
    if (!page || !seen) {
      // Until a new run has a step to show, the old one stays: a hand may be painting on it.
      if (this.#drawn) return noChange;
      return html`<div class="figure" style="height:${HEIGHTS.picture}px"></div>`;
    }
    this.#drawn = true;
    const methods = lab.recording?.methods ?? [];
    if (place === "picture" && methods.length > 1) return this.#pictures(methods, page.picture);
    const panels = seen.frame.panels ?? [];
    const named = (ids: string[]) => ids.flatMap((id) => panels.filter((panel) => panel.id === id));
    const known = [...page.picture, ...page.beside];
    const chosen =
      place === "below"
        ? panels.filter(({ id }) => !known.includes(id))
        : named(place === "picture" ? page.picture : page.beside);
    const first = chosen[0]?.id;
    return html`<div class="problem-panels in-${place}">${chosen.map((panel) =>
      this.#panel(panel, seen.method, place === "picture" && panel.id === first),
    )}</div>`;
  }

  /** The picture of each method that is compared: the first of the list that it has. */
  #pictures(methods: MethodRecording[], ids: string[]) {
    const { lab } = this;
    return html`<div class="problem-panels in-picture">${methods.map((method, i) => {
      const frame = method.at(lab.playhead);
      const panel = ids.map((id) => panelAt(frame, id)).find((one) => one !== undefined);
      const letter = lab.drawnLetters[i] ?? i;
      const faded = lab.pointed !== undefined && lab.pointed !== letter;
      if (!panel) return nothing;
      return html`<section class="panel ${faded ? "faded" : ""}">
        <div class="title-line">${letterButton(lab, letter, nameOf(lab, i))}<h2>${nameOf(lab, i)}</h2></div>
        ${panel.kind === "table" ? tableView(panel) : this.#figure(panel, method, HEIGHTS.plane, methodColour(letter))}</section>`;
    })}</div>`;
  }

  #panel(panel: PanelData, method: MethodRecording, main: boolean) {
    const { lab } = this;
    const lit = lab.lifted === undefined || lab.lifted === panel.id;
    const second = lab.second === panel.id ? "second" : "";
    const hover = lab.hover?.axis === "index" ? lab.hover.at : undefined;
    const reading =
      reads(panel) && hover !== undefined && hover < panel.cols
        ? html`<span class="reading">${readAt(panel, hover)}</span>`
        : nothing;
    // The picture is always there; on a phone the others take turns.
    return html`<section class="panel ${lit ? "" : "dimmed"} ${second} ${isVector(panel) || panel.kind === "table" ? "long" : ""}" data-panel=${main ? nothing : panel.id}>
      <div class="title-line"><h2>${panel.title}</h2>
        <panel-more .name=${panel.title} .about=${say.panels.shows(panel.caption)} .acts=${this.#acts(panel)} .columns=${columns(panel)}></panel-more>
        <span class="caption">${words(panel.caption)}</span>${reading}</div>
      ${panel.kind === "table" ? tableView(panel) : this.#figure(panel, method, this.#height(panel, main), "estimate")}
    </section>`;
  }

  #height(panel: PanelData, main: boolean): number {
    if (isVector(panel) && this.#isPainted(panel)) return HEIGHTS.drawn;
    if (isVector(panel) && !(main && panel.kind === "band")) return HEIGHTS.vector;
    if (isMagnified()) return HEIGHTS.hall;
    return this.place === "picture" ? HEIGHTS.picture : HEIGHTS.plane;
  }

  #isPainted(panel: PanelData): boolean {
    const paint = this.lab.page?.paint;
    return paint ? isPainted(panel, paint) : false;
  }

  /** What can be done in a panel by hand. */
  #acts(panel: PanelData): string[] {
    if (!this.#isPainted(panel)) return [];
    return actsIn(isVector(panel) ? "painted-line" : "painted-picture");
  }

  #figure(panel: PanelData, method: MethodRecording, height: number, colour: string) {
    const { lab } = this;
    const last = panelAt(method.at(method.last), panel.id);
    const label = labelOf(panel);
    const layout: Layout = {
      ...{ height, left: 36, right: 8, top: 10, bottom: 24 },
      ...this.#scales(panel, last),
    };
    const paint = lab.page?.paint;
    if (paint && isPainted(panel, paint))
      return html`<paint-editor style=${picture(panel, layout)} .lab=${lab} .paint=${paint} .panel=${panel} .layout=${layout}
        .figure=${(shown: PanelData) => figureOf(shown, colour)} .label=${label}></paint-editor>`;
    const hover = lab.hover?.axis === "index" && reads(panel) ? lab.hover.at : undefined;
    const view = html`<figure-view style=${picture(panel, layout)} .figure=${figureOf(panel, colour)} .layout=${layout} .hoverX=${hover} .label=${label}></figure-view>`;
    return reads(panel)
      ? html`<panel-reader .lab=${lab} .length=${panel.cols} .name=${panel.title} .about=${label} .say=${(at: number) => readAt(panel, at)}>${view}</panel-reader>`
      : view;
  }

  /** Axes that stand still while one scrubs: they hold what is shown and what comes last. */
  #scales(panel: PanelData, last: PanelData | undefined): Pick<Layout, "x" | "y" | "equal"> {
    const index = (to: number): Scale => ({
      from: 0,
      to: Math.max(1, to),
      kind: "index",
      ticks: true,
    });
    if (panel.kind === "links") {
      const [x, y] = [0, 1].map((side) => planeRange(panel.values, side));
      return { x: x as Scale, y: y as Scale, equal: true };
    }
    if (panel.kind === "heat" || panel.kind === "image")
      return {
        x: index(panel.cols - 1),
        y: { from: Math.max(1, panel.rows - 1), to: 0, kind: "index", ticks: true },
      };
    const { lab } = this;
    const data = pointsOf(panel).filter((_, i) => i % 2 === 1);
    const lists = [panel.values, last?.values, data];
    const needed = panel.y.log ? logRange(lists) : roomy(extent(...lists));
    const [from, to] = this.#ranges.settle(`${lab.focus} ${panel.id}`, needed, lab.dragging);
    return {
      x: index(panel.cols - 1),
      y: { from, to, kind: panel.y.log ? "log" : "linear", ticks: true },
    };
  }
}

/** A map whose horizontal axis is called `column` is a picture: its pixels are as wide as high. */
function picture({ x, rows, cols }: PanelData, { height, left, right, top, bottom }: Layout) {
  if (x.label !== "column") return nothing;
  const width = ((height - top - bottom) * cols) / rows + left + right;
  return `max-width:${width}px`;
}

/** Whether a panel is the one that is painted on: the truth as a picture, or the curves that it is one of. */
function isPainted({ id, kind, rows }: PanelData, paint: Paint): boolean {
  const picture = kind === "heat" || kind === "image";
  return picture ? id === paint.truth : id === paint.line && kind === "curves" && rows === 2;
}

/** Whether the line of all index axes runs through a panel. */
function reads(panel: PanelData): boolean {
  return isVector(panel) && panel.x.label === "index";
}

/** The range of all ends of lines, across (0) or up (1). */
function planeRange(values: Float64Array, side: number): Scale {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let row = 0; row < values.length; row += 5) {
    for (const value of [values[row + side], values[row + 2 + side]] as number[]) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  const room = 0.06 * (high - low) || 1;
  return { from: low - room, to: high + room, kind: "linear", ticks: true };
}

customElements.define("problem-panels", ProblemPanels);
