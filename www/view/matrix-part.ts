import { html, nothing } from "lit";
import { type Heat, series } from "../figures/figure.ts";
import type { Layout } from "../figures/figure-view.ts";
import "../figures/figure-view.ts";
import { say } from "../messages/say.ts";
import { short } from "../words/numbers.ts";
import "./diagnosis-part.ts";
import { more } from "./panel-more.ts";
import "./panel-reader.ts";
import { Part } from "./part.ts";
import { focused, given, truePlaces } from "./seen.ts";
import { tex } from "./tex.ts";

/** The matrix as a heat map with its active columns lit, or its Gram matrix. */
export class MatrixPart extends Part {
  static override properties = { ...Part.properties, gram: { state: true } };
  declare gram: boolean;
  #key: unknown[] = [];
  #heat: Heat | undefined;

  constructor() {
    super();
    this.gram = false;
  }

  override render() {
    const { lab } = this;
    const facts = lab.recording?.description.facts;
    const panel = given(lab, this.gram ? "gram" : "matrix");
    const frame = focused(lab)?.frame;
    if (!facts || !panel || !frame) return nothing;
    const lit = this.gram ? [] : [...(frame.support ?? [])];
    const shown = lit.map((index) => Math.floor((index * panel.cols) / facts.cols));
    const layout: Layout = {
      height: this.gram ? 300 : 132,
      left: 36,
      right: 8,
      top: this.gram ? 4 : 14,
      bottom: 20,
      x: { from: 0, to: facts.cols - 1, kind: "index", ticks: true },
      y: { from: this.gram ? facts.cols - 1 : facts.rows, to: this.gram ? 0 : 1, kind: "index" },
    };
    const coherence = largest(given(lab, "gram"));
    const support = [...(frame.support ?? [])];
    const label = say.panels.matrixLabel(
      facts.rows,
      facts.cols,
      support.length,
      short(coherence, 2),
    );
    return html`<section class="panel ${lab.lifted === undefined || lab.lifted === "matrix" ? "" : "dimmed"}" data-panel="matrix">
      <div class="title-line"><h2>${say.panels.matrix}</h2>${more({ id: "matrix", name: say.panels.matrix })}
        <span class="caption">${this.gram ? say.panels.coherence(short(coherence, 2)) : say.panels.columnsLit(facts.rows, facts.cols)}</span>
        <span class="tabs" role="group" aria-label=${say.panels.whichMatrix}>
          <button aria-pressed=${this.gram ? "false" : "true"} @click=${() => {
            this.gram = false;
          }}><span class="hidden">A</span><span aria-hidden="true">${tex("A")}</span></button>
          <button aria-pressed=${this.gram ? "true" : "false"} title=${say.panels.gram} @click=${() => {
            this.gram = true;
          }}><span class="hidden">${say.panels.gram}</span><span aria-hidden="true">${tex("A^{\\!\\top}\\! A")}</span></button>
        </span></div>
      <div class="labelled">
        <panel-reader .lab=${lab} .length=${facts.cols} .name=${say.panels.matrix} .about=${label} .say=${(at: number) => say.panels.column(at, support.includes(at))}>
          <figure-view .figure=${this.#figure(panel, shown)} .layout=${layout} .label=${label}
            .hoverX=${lab.hover?.axis === "index" ? lab.hover.at : undefined}></figure-view></panel-reader>
        ${this.gram ? nothing : this.#flags(support, facts.cols)}
        <span class="row-label" style="top:${layout.top - 4}px">1</span><span class="row-label" style="bottom:${layout.bottom - 4}px">${this.gram ? facts.cols : facts.rows}</span>
      </div>
      ${lab.blind ? nothing : html`<diagnosis-part .lab=${lab}></diagnosis-part>`}
    </section>`;
  }

  /** The map is made anew only when matrix or active columns change: hovering must not repaint it. */
  #figure(panel: { rows: number; cols: number; values: Float64Array }, shown: number[]): Heat {
    const key = [panel.values, this.gram, shown.join()];
    if (!this.#heat || key.some((part, i) => part !== this.#key[i])) {
      this.#key = key;
      this.#heat = {
        kind: "heat",
        rows: panel.rows,
        cols: panel.cols,
        values: series(panel.values),
        scheme: this.gram ? "sequential" : "diverging",
        active: shown,
        ...(this.gram ? { peak: Math.max(0.2, largest(panel)) } : {}),
      };
    }
    return this.#heat;
  }

  /** A small flag above each active column: a cross where it is wrong. */
  #flags(support: number[], cols: number) {
    const truth = given(this.lab, "truth")?.values;
    const right = truePlaces(this.lab);
    if (support.length > 120) return nothing;
    return html`<div class="flags" aria-hidden="true">${support.map((index) => {
      const wrong = truth !== undefined && !right.has(index);
      return html`<i class=${wrong ? "wrong" : ""} style="left:${(100 * index) / Math.max(1, cols - 1)}%">${wrong ? "✕" : "▾"}</i>`;
    })}</div>`;
  }
}

/** Largest entries that were looked for already, by the matrix. */
const largestOf = new WeakMap<Float64Array, number>();

/** The largest entry off the diagonal. */
function largest(panel: { cols: number; values: Float64Array } | undefined): number {
  if (!panel) return 0;
  const known = largestOf.get(panel.values);
  if (known !== undefined) return known;
  let most = 0;
  for (let place = 0; place < panel.values.length; place += 1) {
    if (place % panel.cols !== Math.floor(place / panel.cols))
      most = Math.max(most, panel.values[place] ?? 0);
  }
  largestOf.set(panel.values, most);
  return most;
}

customElements.define("matrix-part", MatrixPart);
