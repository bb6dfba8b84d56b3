import { html, nothing } from "lit";
import { type Stretch, shown } from "../figures/axis.ts";
import { series } from "../figures/figure.ts";
import type { Layout } from "../figures/figure-view.ts";
import "../figures/figure-view.ts";
import { extent, Ranges, roomy } from "../figures/ranges.ts";
import { say } from "../messages/say.ts";
import type { PanelData } from "../solve/protocol.ts";
import type { MethodRecording } from "../solve/recording.ts";
import { chosenOf } from "../spec/spikes.ts";
import { holdIn } from "./held.ts";
import { icon, mark } from "./icons.ts";
import { letterButton } from "./letter-button.ts";
import { methodColour, nameOf } from "./methods.ts";
import { more } from "./panel-more.ts";
import { Part } from "./part.ts";
import { active, ended, given, panelAt, tally } from "./seen.ts";
import "./spike-editor.ts";
import { readout } from "./spike-options.ts";
import "./curve-editor.ts";

/** Margins inside every plot, so that data edges align down a column. */
export const MARGIN = { left: 36, right: 8, top: 10, bottom: 24 };

/** The signal: truth and estimate, one row a method, and the editor on the first. */
export class SignalPart extends Part {
  readonly #ranges = new Ranges();

  override render() {
    const { lab } = this;
    const { recording } = lab;
    if (!recording) return html`<div class="figure" style="height:240px"></div>`;
    const curve = this.#inCurveMode;
    const rows = recording.methods;
    const pictured = this.#isPicture;
    return html`${rows.map(
      (method, i) => html`
      <div class="row ${pictured && i > 0 ? "as-picture" : ""} ${lab.lifted === undefined || lab.lifted === "signal" ? "" : "dimmed"} ${lab.pointed !== undefined && lab.drawnLetters[i] !== lab.pointed ? "faded" : ""}">
        <div class="title-line">
          ${
            rows.length > 1
              ? html`${letterButton(lab, lab.drawnLetters[i] ?? i, nameOf(lab, i))}<h2>${nameOf(lab, i)}</h2>`
              : html`<h2>${this.#title}</h2>${more({ id: "signal", name: this.#title, acts: this.#acts(curve) }, this.#numbers(method))}`
          }
          ${pictured ? nothing : curve ? this.#curveLegend(i) : this.#legend(method, i, rows.length === 1)}
          ${i === 0 ? this.#tools(curve) : ""}
        </div>
        ${curve ? this.#curve(method, i) : this.#stems(method, i)}
      </div>`,
    )}`;
  }

  /** Whether the link leaves the signal to the reader. */
  get #free(): boolean {
    return holdIn(this.lab, "signal") === "free";
  }

  /** Truth and estimate, for the table. */
  #numbers(method: MethodRecording): Record<string, ArrayLike<number>> {
    const truth = given(this.lab, "truth")?.values;
    const estimate = method.at(this.lab.playhead)?.estimate ?? [];
    const { heads } = say.panels;
    return { ...(truth ? { [heads.truth]: truth } : {}), [heads.estimate]: estimate };
  }

  /** Whether the signal is a picture. The truth then stands beside the first method's, and the others beside each other. */
  get #isPicture(): boolean {
    const first = this.lab.recording?.methods[0]?.frames[0];
    return panelAt(first, "signal")?.kind === "image";
  }

  get #inCurveMode(): boolean {
    return (
      given(this.lab, "signal-truth") !== undefined ||
      panelAt(this.lab.recording?.methods[0]?.frames[0], "signal") !== undefined
    );
  }

  /** The problem's own word where it shows something else than the signal. */
  get #title(): string {
    return this.lab.recording?.description.facts.profile ?? say.signal.title;
  }

  #acts(curve: boolean): string {
    if (this.lab.recording?.description.facts.profile) return "profile";
    return curve ? "curve" : "signal";
  }

  #tools(curve: boolean) {
    const { lab } = this;
    return html`<span class="tools">${this.#stretch()}
      ${this.#modes(curve)}
      <button class="plain" aria-label=${say.page.undo} title=${say.page.undoKey} ?disabled=${!lab.canUndo} @click=${() => lab.undo()}>${icon("undo")}</button>
      <button class="plain" aria-label=${say.page.redo} title=${say.page.redoKey} ?disabled=${!lab.canRedo} @click=${() => lab.redo()}>${icon("redo")}</button>
    </span>`;
  }

  /** Spikes or a curve, where the problem has bases in which a curve is sparse. */
  #modes(curve: boolean) {
    const { lab } = this;
    if (!this.#free || !lab.catalogue.schemaAt(lab.spec, ["problem", "basis"])) return nothing;
    return html`<span class="tabs" role="group" aria-label=${say.signal.whatIsDrawn}>
        <button aria-pressed=${curve ? "false" : "true"} @click=${() => curve && lab.patch({ problem: { basis: "identity", signal: { id: "sparse" } } })}>${say.signal.spikes}</button>
        <button aria-pressed=${curve ? "true" : "false"} @click=${() => !curve && this.#toCurve()}>${say.signal.curve}</button>
      </span>`;
  }

  /** Which part of the index axis is in view, and the way back to all of it. */
  #stretch() {
    const stretch = (this.#inCurveMode && this.lab.samples) || this.lab.axis;
    // A part of an axis that was longer is no part of this one.
    if (!stretch || stretch.to >= (this.lab.recording?.description.facts.cols ?? 0)) return nothing;
    return html`<span class="axis-part">${say.signal.part(Math.ceil(stretch.from), Math.floor(stretch.to))}
      <button class="link" title=${say.signal.showAllTitle} @click=${() => {
        this.lab.axis = this.lab.samples = undefined;
        this.lab.announce();
      }}>${say.signal.showAll}</button></span>`;
  }

  /** From spikes to a curve that is sparse in a basis which takes this length. */
  #toCurve(): void {
    const n = this.lab.recording?.description.facts.cols ?? 256;
    const powerOfTwo = (n & (n - 1)) === 0;
    this.lab.patch({
      problem: {
        basis: powerOfTwo ? "haar" : "dct",
        signal: { id: "waveform", name: powerOfTwo ? "blocks" : "doppler" },
      },
    });
  }

  #legend(method: MethodRecording, i: number, wordy: boolean) {
    const { lab } = this;
    const truth = given(lab, "truth");
    const estimate = method.at(lab.playhead)?.estimate;
    if (!truth || !estimate) return nothing;
    const { found, missed, wrong } = tally(
      truth.values,
      estimate,
      lab.recording?.description.facts.active_threshold ?? 0,
    );
    const over = ended(method, lab.playhead);
    const colour =
      (lab.recording?.methods.length ?? 1) > 1 ? methodColour(lab.drawnLetters[i]) : "estimate";
    return html`<span class="legend">
      <span title=${say.signal.found}>${mark("found", colour)}<b>${found}</b>${wordy ? ` ${say.signal.found}` : ""}</span>
      <span title=${over ? say.signal.missed : say.signal.notYet}>${mark(over ? "missed" : "waiting")}<b>${missed}</b>${wordy ? ` ${over ? say.signal.missed : say.signal.notYet}` : ""}</span>
      <span title=${say.signal.falseAlarms}>${mark("false")}<b>${wrong}</b>${wordy ? ` ${say.signal.falseAlarms}` : ""}</span>
    </span>`;
  }

  #layout(frame: {
    height: number;
    y: [number, number];
    n: number;
    last: boolean;
    stretch?: Stretch | undefined;
  }): Layout {
    const { height, y, n, last, stretch = this.lab.axis } = frame;
    return {
      ...MARGIN,
      height,
      bottom: last ? MARGIN.bottom : 6,
      x: { ...shown(stretch, n), kind: "index", ticks: last },
      y: { from: y[0], to: y[1], ticks: true },
    };
  }

  #stems(method: MethodRecording, i: number) {
    const { lab } = this;
    const { recording } = lab;
    const estimate = method.at(lab.playhead)?.estimate;
    if (!recording || !estimate) return nothing;
    const truth = given(lab, "truth")?.values;
    const many = recording.methods.length > 1;
    const last = i === recording.methods.length - 1;
    const needed = roomy(
      extent(truth, ...recording.methods.map((one) => one.at(one.last)?.estimate)),
      0.12,
    );
    const y = this.#ranges.settle("stems", needed, lab.dragging);
    const { facts } = recording.description;
    const layout = this.#layout({
      height: rowHeight(recording.methods.length, last),
      y,
      n: estimate.length,
      last,
    });
    const figure = {
      kind: "stems" as const,
      ...(truth ? { truth: series(truth) } : {}),
      estimate: series(estimate),
      threshold: truth ? facts.active_threshold : 0,
      ended: ended(method, lab.playhead),
      colour: many ? methodColour(lab.drawnLetters[i]) : "estimate",
      selected: this.#chosen,
    };
    const view = html`<figure-view .figure=${figure} .layout=${layout} .hoverX=${lab.hover?.axis === "index" ? lab.hover.at : undefined} .guessX=${lab.guess}
      .label=${this.#describe(truth, estimate, facts.active_threshold)}></figure-view>`;
    return html`<spike-editor .lab=${lab} .method=${i} .editable=${this.#free && i === 0 && truth !== undefined && !facts.complex && !facts.profile}>${view}</spike-editor>`;
  }

  get #chosen(): number[] {
    return [...chosenOf(this.lab.selected, this.lab.together)];
  }

  #describe(truth: Float64Array | undefined, estimate: Float64Array, threshold: number): string {
    if (!truth) return say.signal.unknown(active(estimate, threshold).length, estimate.length);
    const { found, missed, wrong } = tally(truth, estimate, threshold);
    return say.signal.described(estimate.length, found, missed, wrong);
  }

  #curveLegend(i: number) {
    const { lab } = this;
    const colour =
      (lab.recording?.methods.length ?? 1) > 1 ? methodColour(lab.drawnLetters[i]) : "estimate";
    return html`<span class="legend"><span><i class="swatch" style="background:var(--truth)"></i>${say.signal.truth}</span>
      <span><i class="swatch" style="background:var(--${colour})"></i>${say.signal.estimate}</span></span>${this.#coefficient(i)}`;
  }

  /** The coefficient at the line: their figure is too low for a readout of its own. */
  #coefficient(i: number) {
    const { hover, recording, playhead } = this.lab;
    const at = hover?.axis === "index" && recording?.methods.length === 1 ? hover.at : undefined;
    const estimate = recording?.methods[i]?.at(playhead)?.estimate;
    if (at === undefined || !estimate) return nothing;
    const text = readout(given(this.lab, "truth")?.values[at], estimate[at] ?? 0);
    return html`<span class="reading">${say.signal.coefficient(at, text)}</span>`;
  }

  #curve(method: MethodRecording, i: number) {
    const { lab } = this;
    const { recording } = lab;
    const frame = method.at(lab.playhead);
    const signal = panelAt(frame, "signal");
    if (!recording || !frame?.estimate || !signal) return nothing;
    const truth = given(lab, "signal-truth");
    const many = recording.methods.length > 1;
    if (signal.kind === "image") return this.#pictures(signal, truth, i === 0);
    const last = i === recording.methods.length - 1;
    const y = this.#ranges.settle(
      "curve",
      roomy(extent(truth?.values, panelAt(method.at(method.last), "signal")?.values), 0.12),
      lab.dragging,
    );
    const all = lab.samples ?? { from: 0, to: Math.max(1, signal.values.length - 1) };
    const layout = this.#layout({
      height: many ? rowHeight(recording.methods.length, last) : 176,
      y,
      n: signal.values.length,
      last: last && many,
      stretch: all,
    });
    const figure = {
      kind: "curves" as const,
      lines: [
        ...(truth ? [{ y: series(truth.values), colour: "truth", width: 2.5 }] : []),
        {
          y: series(signal.values),
          colour: many ? methodColour(lab.drawnLetters[i]) : "estimate",
          width: 1.5,
        },
      ],
    };
    const view = html`<figure-view .figure=${figure} .layout=${layout} .label=${say.signal.ownDomain}
      .hoverX=${lab.hover?.axis === "sample" ? lab.hover.at : undefined}></figure-view>`;
    return html`<curve-editor .lab=${lab} .estimate=${signal.values} .editable=${this.#free && i === 0 && truth !== undefined && !recording.description.facts.complex}>${view}</curve-editor>
      ${many ? "" : this.#coefficients(method, frame.estimate)}`;
  }

  /** The coefficients in the basis, as small stems under the curve. */
  #coefficients(method: MethodRecording, estimate: Float64Array) {
    const { lab } = this;
    const truth = given(lab, "truth")?.values;
    const y = this.#ranges.settle(
      "coefficients",
      roomy(extent(truth, method.at(method.last)?.estimate), 0.12),
      lab.dragging,
    );
    const figure = {
      kind: "stems" as const,
      ...(truth ? { truth: series(truth) } : {}),
      estimate: series(estimate),
      threshold: lab.recording?.description.facts.active_threshold ?? 0,
      ended: ended(method, lab.playhead),
      selected: this.#chosen,
    };
    const layout = this.#layout({ height: 88, y, n: estimate.length, last: true });
    const editable = this.#free && truth !== undefined && !lab.recording?.description.facts.complex;
    return html`<spike-editor .lab=${lab} .method=${0} .coefficients=${true} .editable=${editable}><figure-view
      .figure=${figure} .layout=${layout} .hoverX=${lab.hover?.axis === "index" ? lab.hover.at : undefined} .label=${say.signal.inBasis}></figure-view></spike-editor>`;
  }

  #pictures(signal: PanelData, truth: PanelData | undefined, first: boolean) {
    const peak = Math.max(...roomy(extent(truth?.values ?? signal.values), 0));
    const picture = (panel: PanelData, name: string) => {
      const figure = {
        kind: "heat" as const,
        rows: panel.rows,
        cols: panel.cols,
        values: series(panel.values),
        scheme: "grey" as const,
        peak,
      };
      const layout: Layout = {
        height: 240,
        left: 0,
        right: 0,
        top: 0,
        bottom: 0,
        x: { from: 0, to: panel.cols },
        y: { from: 0, to: panel.rows },
      };
      return html`<figure class="picture"><figure-view .figure=${figure} .layout=${layout} .label=${say.signal.picture(name, panel.rows, panel.cols)}></figure-view><figcaption>${name}</figcaption></figure>`;
    };
    return html`<div class="pictures">${truth && first ? picture(truth, say.signal.truthPicture) : ""}${picture(signal, say.signal.estimatePicture)}</div>`;
  }
}

/** Height of a row: one method has the whole figure, several share a taller one. */
function rowHeight(methods: number, last: boolean): number {
  const rows = [240, 172, 130, 114];
  return (rows[methods - 1] ?? 114) + (last && methods > 1 ? 18 : 0);
}

customElements.define("signal-part", SignalPart);
