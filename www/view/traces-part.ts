import { html, nothing } from "lit";
import { noise_sensitivity } from "../../target/web/front/pursuit.js";
import { type Line, series } from "../figures/figure.ts";
import type { FigureView, Layout } from "../figures/figure-view.ts";
import "../figures/figure-view.ts";
import { logRange, Ranges } from "../figures/ranges.ts";
import { textOf } from "../messages/cards.ts";
import { say } from "../messages/say.ts";
import type { MethodRecording } from "../solve/recording.ts";
import { lassoMethods } from "../spec/penalty.ts";
import { short } from "../words/numbers.ts";
import "./compared-traces.ts";
import { more } from "./panel-more.ts";
import "./panel-reader.ts";
import { titleLine } from "./panels-part.ts";
import { Part } from "./part.ts";
import { given, truePlaces } from "./seen.ts";
import { worstError } from "./worst-error.ts";

/** Traces in the order in which they are drawn, with their colours when one method is shown. */
const KNOWN: { [name in keyof typeof say.traces.names]: { colour: string; dash: number[] } } = {
  relative_error: { colour: "estimate", dash: [5, 3] },
  relative_residual: { colour: "residual", dash: [] },
  predicted_error: { colour: "theory", dash: [6, 2] },
  hamming: { colour: "residual", dash: [] },
  duality_gap: { colour: "theory", dash: [2, 2.5] },
};
const NAMES = Object.keys(KNOWN) as (keyof typeof KNOWN)[];

/** What theory can draw here. */
type Overlay = keyof typeof say.traces.overlays;

/** Convergence by step: all traces of one method; of several, one trace. */
export class TracesPart extends Part {
  static override properties = { ...Part.properties, off: { state: true } };
  /** Lines of theory that were switched off. */
  declare off: ReadonlySet<Overlay>;
  readonly #ranges = new Ranges();

  constructor() {
    super();
    this.off = new Set();
  }

  override render() {
    const { recording } = this.lab;
    if (!recording) return nothing;
    return recording.methods.length === 1
      ? this.#one(recording.methods[0] as MethodRecording)
      : html`<compared-traces .lab=${this.lab}></compared-traces>`;
  }

  #one(method: MethodRecording) {
    const { lab } = this;
    const worst = this.#worst(method);
    const offered: Overlay[] = [
      ...(method.traces.predicted_error ? ["predicted" as const] : []),
      ...(worst === undefined ? [] : ["worst" as const]),
    ];
    const { page } = lab;
    const scaled = page
      ? page.quantities
          .filter(({ name, colour }) => colour !== "" && method.traces[name])
          .map(({ name, title, colour }, i) => ({
            name: title,
            colour,
            dash: i === 0 ? [] : [5, 3],
            y: method.traces[name] ?? [],
          }))
      : NAMES.filter(
          (name) =>
            method.traces[name] && !(name === "predicted_error" && this.off.has("predicted")),
        ).map((name) => ({
          ...KNOWN[name],
          name: say.traces.names[name],
          y: relative(method, name),
        }));
    const lines: Line[] = scaled.map(({ y, colour, dash }) => ({
      x: series(method.steps),
      y: series(y),
      colour,
      dash,
      until: lab.playhead,
    }));
    const bound = worst !== undefined && !this.off.has("worst") ? worst : undefined;
    if (bound !== undefined)
      lines.unshift({
        x: series([0, Math.max(1, method.last)]),
        y: series([bound, bound]),
        colour: "theory",
        dash: [6, 4],
        width: 1.25,
      });
    const facts = lab.recording?.description.facts;
    const size = norm(given(lab, "measurements")?.values);
    const noise = facts && facts.noise_norm > 0 && size > 0 ? facts.noise_norm / size : undefined;
    const y = this.#ranges.settle(
      "one",
      logRange([...scaled.map(({ y }) => y), [noise ?? 0, bound ?? 0]]),
      lab.dragging,
    );
    const figure = {
      kind: "curves" as const,
      lines,
      crosses: this.#wrongPicks(method),
      rules: noise ? [{ y: noise }] : [],
    };
    const ends = scaled.map(({ name, y }) => ({
      name,
      value: y[Math.min(lab.playhead, y.length - 1)] ?? 0,
    }));
    if (noise) ends.push({ name: say.traces.noise, value: noise });
    if (bound !== undefined) ends.push({ name: say.traces.worst, value: bound });
    const told = ends.map(({ name, value }) => `${name} ${short(value, 2)}`);
    const about = say.traces.about(method.last, told.join(", "));
    const read = (at: number) => say.traces.at(at, readings(scaled, at));
    const { convergence, heads } = say.panels;
    return html`<section class="panel ${lab.lifted === undefined || lab.lifted === "convergence" ? "" : "dimmed"}" data-panel="convergence">
      ${titleLine(convergence, more({ id: "convergence", name: convergence }, { [heads.step]: method.steps, ...method.traces }), page ? say.traces.byStep : say.traces.relative, this.#reading(scaled))}
      <div class="labelled"><panel-reader .lab=${lab} .axis=${"step"} .length=${method.last + 1} .name=${convergence} .about=${about} .say=${read} .keysOnly=${true}>
        ${this.#view(figure, [0, Math.max(1, method.last)], y, about)}</panel-reader>
        ${this.#endLabels(ends, y)}</div>
      ${this.#switches(offered)}
      ${this.#moral(method)}
    </section>`;
  }

  /** The error that theory does not let a penalized method exceed, where it says so; one that is tuned best. */
  #worst(method: MethodRecording): number | undefined {
    const { lab } = this;
    const { facts, spec } = lab.recording?.description ?? {};
    const penalized = spec && lassoMethods(spec, lab.catalogue).includes(0);
    if (!facts || !(penalized || method.traces.predicted_error)) return undefined;
    return worstError(facts, norm(given(lab, "truth")?.values), noise_sensitivity);
  }

  #switches(offered: Overlay[]) {
    if (offered.length === 0) return nothing;
    const turn = (id: Overlay) => {
      const off = new Set(this.off);
      if (!off.delete(id)) off.add(id);
      this.off = off;
    };
    return html`<div class="overlays" role="group" aria-label=${say.traces.lines}><span>${say.traces.theory}</span>${offered.map(
      (id) =>
        html`<label title=${say.traces.overlays[id].title}><input type="checkbox" .checked=${!this.off.has(id)} @change=${() => turn(id)}> ${say.traces.overlays[id].name}</label>`,
    )}</div>`;
  }

  #view(
    figure: { kind: "curves"; lines: Line[] },
    x: [number, number],
    y: [number, number],
    label: string,
  ) {
    const { lab } = this;
    const layout: Layout = {
      height: 216,
      left: 36,
      right: 58,
      top: 10,
      bottom: 24,
      x: { from: x[0], to: x[1], kind: "linear", ticks: true },
      y: { from: y[0], to: y[1], kind: "log", ticks: true },
    };
    const seek = (event: PointerEvent) => {
      const step = (event.currentTarget as FigureView).valueAt(event)?.x;
      if (step !== undefined && event.buttons === 1) lab.player.seek(step);
      else if (step !== undefined)
        lab.point(
          step >= -0.5 && step <= lab.player.last + 0.5
            ? { axis: "step", at: Math.round(step) }
            : undefined,
        );
    };
    return html`<figure-view .figure=${figure} .layout=${layout} .label=${label}
      .playX=${lab.playhead} .hoverX=${lab.hover?.axis === "step" ? lab.hover.at : undefined}
      @pointerdown=${(event: PointerEvent) => {
        (event.currentTarget as Element).setPointerCapture(event.pointerId);
        seek(event);
      }} @pointermove=${seek} @pointerleave=${() => lab.point(undefined)}></figure-view>`;
  }

  /** Names at the right edge, moved apart where they would touch. */
  #endLabels(ends: { name: string; value: number }[], y: [number, number]) {
    const [top, bottom] = [10, 216 - 24];
    const place = (value: number) => {
      const share = Math.log(Math.max(value, 1e-300) / y[0]) / Math.log(y[1] / y[0]);
      return Math.min(bottom, Math.max(top, bottom - share * (bottom - top)));
    };
    const labels = ends
      .map(({ name, value }) => ({ name, top: place(value) }))
      .sort((a, b) => a.top - b.top);
    for (let i = 1; i < labels.length; i += 1) {
      const [above, below] = [labels[i - 1], labels[i]];
      if (above && below && below.top - above.top < 16) below.top = above.top + 16;
    }
    return labels.map(
      ({ name, top }) => html`<span class="end-label" style="top:${top - 9}px">${name}</span>`,
    );
  }

  #reading(lines: { name: string; y: number[] }[]) {
    const at = this.lab.hover?.axis === "step" ? this.lab.hover.at : undefined;
    if (at === undefined) return nothing;
    return html`<span class="reading">${at}: ${readings(lines, at)}</span>`;
  }

  /** A cross on the error at each pick that was wrong. */
  #wrongPicks(method: MethodRecording): { x: number; y: number }[] {
    const truth = truePlaces(this.lab);
    const errors = method.traces.relative_error;
    // A method that takes picks back makes none that counts as wrong for good.
    const repents = method.events.some(({ event }) => event.kind === "drop");
    if (truth.size === 0 || !errors || repents) return [];
    const wrong = method.events.filter(
      ({ event }) => event.kind === "pick" && !truth.has(event.index),
    );
    if (wrong.length > 40) return [];
    return wrong
      .filter(({ step }) => step <= this.lab.playhead)
      .map(({ step }) => ({ x: step, y: errors[step] ?? 0 }));
  }

  #moral(method: MethodRecording) {
    const { text, lang } = textOf(this.lab.exhibit);
    const watch = text.watch.find((one) => one.panel === "convergence");
    return watch && method
      ? html`<p class="moral" lang=${lang}>${watch.text.replace(/ in \*[^*]*\*/, "")}</p>`
      : nothing;
  }
}

/** All lines at a step, in words. */
function readings(lines: { name: string; y: number[] }[], at: number): string {
  return lines.map(({ name, y }) => `${name} ${short(y[at] ?? Number.NaN, 2)}`).join(", ");
}

/** A trace relative to its first value where it is not relative already. */
function relative(method: MethodRecording, name: string): number[] {
  const values = method.traces[name] ?? [];
  if (/^(relative|predicted)|gap$/.test(name)) return values;
  const first = values.find((value) => value > 0) ?? 1;
  return values.map((value) => value / first);
}

function norm(values: Float64Array | undefined): number {
  return Math.sqrt(values?.reduce((sum, value) => sum + value * value, 0) ?? 0);
}

customElements.define("traces-part", TracesPart);
