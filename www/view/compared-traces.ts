import { html, nothing } from "lit";
import { type Line, place, type Scale, series } from "../figures/figure.ts";
import type { FigureView, Layout } from "../figures/figure-view.ts";
import "../figures/figure-view.ts";
import { faint } from "../figures/look.ts";
import { logRange, Ranges } from "../figures/ranges.ts";
import { say } from "../messages/say.ts";
import { short } from "../words/numbers.ts";
import { pointing } from "./letter-button.ts";
import { methodColour, methodDash, methodLetter, nameOf } from "./methods.ts";
import { more } from "./panel-more.ts";
import "./panel-reader.ts";
import { Part } from "./part.ts";
import { type Along, placeWords, type StepAxis, stepAt, stepAxis } from "./step-axis.ts";

/** One method's line: where its steps stand and what it is there. */
interface Trace {
  letter: number;
  name: string;
  x: number[];
  y: number[];
  last: number;
}

/** Height and margins of the comparison. */
const COMPARED = { height: 268, left: 36, right: 58, top: 24, bottom: 24 };

/** How near the pointer comes to a line that it points at, in px. */
const NEAR = 14;

function comparedLayout(axis: StepAxis, y: [number, number]): Layout {
  return {
    ...COMPARED,
    x: { from: axis.from, to: axis.to, kind: axis.log ? "log" : "linear", ticks: true },
    y: { from: y[0], to: y[1], kind: "log", ticks: true },
  };
}

/** How far along the axis a place is, from 0 to 1. */
function shareOf(axis: StepAxis, at: number): number {
  const scale: Scale = { from: axis.from, to: axis.to, kind: axis.log ? "log" : "linear" };
  return place(scale, at);
}

/** The left edge of what stands at a share of the axis: the style sheet knows the width, and it may change. */
function leftAt(share: number, by = 0): string {
  const { left, right } = COMPARED;
  return `calc(${left + by}px + ${share} * (100% - ${left + right}px))`;
}

/** The letter of the line under the pointer, which is at `x` of the axis. */
function nearest(
  view: FigureView,
  traces: Trace[],
  event: PointerEvent,
  x: number,
): number | undefined {
  const spot = view.spotOf(event);
  const gaps = traces.map((trace) => {
    const step = stepAt(trace.x, x);
    const at = view.pixelAt(trace.x[step] ?? 0, trace.y[step] ?? 0);
    const gap = at ? Math.hypot(spot.left - at.left, spot.top - at.top) : Number.POSITIVE_INFINITY;
    return { letter: trace.letter, gap };
  });
  return gaps.filter(({ gap }) => gap <= NEAR).sort((a, b) => a.gap - b.gap)[0]?.letter;
}

/** What a trace is called. */
function traceName(name: string): string {
  return say.compared.traces[name] ?? name.replaceAll("_", " ");
}

/** A small list to choose from, in a title line. */
function pick(label: string, value: string, options: string[][], choose: (id: string) => void) {
  return html`<select class="pick" aria-label=${label} @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}>${options.map(
    ([id, text]) => html`<option value=${id ?? ""} ?selected=${id === value}>${text}</option>`,
  )}</select>`;
}

/** One trace of all methods, by step, by time or by products with A. */
export class ComparedTraces extends Part {
  static override properties = {
    ...Part.properties,
    chosen: { state: true },
    along: { state: true },
  };
  /** The trace that is compared, and what runs along the axis. */
  declare chosen: string;
  declare along: Along;
  readonly #ranges = new Ranges();

  constructor() {
    super();
    this.chosen = "relative_error";
    this.along = "step";
  }

  override render() {
    const { lab } = this;
    const methods = lab.recording?.methods ?? [];
    const names = [...new Set(methods.flatMap((method) => Object.keys(method.traces)))];
    const first = lab.page?.quantities[0]?.name ?? names[0] ?? "";
    const chosen = names.includes(this.chosen) ? this.chosen : first;
    const axis = stepAxis(methods, this.along);
    const values = methods.map((method) => method.traces[chosen] ?? []);
    const traces: Trace[] = methods.map((method, i) => ({
      letter: lab.drawnLetters[i] ?? i,
      name: nameOf(lab, i),
      x: axis.places[i] ?? [],
      y: values[i] ?? [],
      last: method.last,
    }));
    const behind = ({ letter }: Trace) => lab.pointed !== undefined && letter !== lab.pointed;
    // What is pointed at is drawn last, above the others.
    const drawn = [...traces.filter(behind), ...traces.filter((trace) => !behind(trace))];
    const lines: Line[] = drawn.map((trace) => ({
      x: series(trace.x),
      y: series(trace.y),
      colour: behind(trace) ? faint(methodColour(trace.letter)) : methodColour(trace.letter),
      dash: methodDash(trace.letter),
      until: trace.x[Math.min(lab.playhead, trace.x.length - 1)] ?? axis.from,
    }));
    const y = this.#ranges.settle(`all ${chosen}`, logRange(values), lab.dragging);
    const title = chosen === "relative_error" ? say.compared.errorToTruth : traceName(chosen);
    const { along } = say.compared;
    const numbers = Object.fromEntries(
      traces.flatMap(({ letter, x, y }) => [
        [`${methodLetter(letter)} ${along[axis.along].unit}`, x],
        [methodLetter(letter), y],
      ]),
    );
    return html`<section class="panel ${lab.lifted === undefined || lab.lifted === "convergence" ? "" : "dimmed"}" data-panel="convergence">
      <div class="title-line"><h2>${title}</h2>${more({ id: "convergence", name: title }, numbers)}<span class="picks">${pick(
        say.compared.axis,
        this.along,
        Object.entries(along).map(([id, { choice }]) => [id, choice]),
        (id) => {
          this.along = id as Along;
        },
      )}${pick(
        say.compared.trace,
        chosen,
        names.map((name) => [name, traceName(name)]),
        (id) => {
          this.chosen = id;
        },
      )}</span><span class="caption">${axis.log ? say.compared.logarithmic : nothing}</span></div>
      <div class="labelled">${this.#compared({ kind: "curves", lines }, traces, axis, y, say.compared.figure(title, methods.length, along[axis.along].choice))}
        ${this.#letters(traces, y, axis)}${this.#caption(traces, axis)}</div>
    </section>`;
  }

  /** The method on whose costs the playhead stands: the focused one, or the longest once that has ended. */
  #leader(traces: Trace[], reached: (trace: Trace) => boolean): Trace | undefined {
    const focused = traces[this.lab.focus];
    if (focused && reached(focused)) return focused;
    return traces.reduce<Trace | undefined>((a, b) => (a && a.last >= b.last ? a : b), undefined);
  }

  #playPlace(traces: Trace[], axis: StepAxis): { leader: Trace | undefined; place: number } {
    const { playhead } = this.lab;
    const leader = this.#leader(traces, ({ last }) => last >= playhead);
    return { leader, place: leader?.x[Math.min(playhead, leader.x.length - 1)] ?? axis.from };
  }

  #compared(
    figure: { kind: "curves"; lines: Line[] },
    traces: Trace[],
    axis: StepAxis,
    y: [number, number],
    label: string,
  ) {
    const { lab } = this;
    const stepOf = (place: number) => {
      const leader = this.#leader(traces, ({ x }) => (x.at(-1) ?? 0) >= place);
      return leader ? stepAt(leader.x, place) : 0;
    };
    const { leader, place } = this.#playPlace(traces, axis);
    const hovered = lab.hover?.axis === "step" ? leader?.x[lab.hover.at] : undefined;
    const move = (event: PointerEvent) => {
      const view = event.currentTarget as FigureView;
      const at = view.valueAt(event)?.x;
      if (at === undefined) return;
      if (event.buttons === 1) lab.player.seek(stepOf(at));
      else {
        lab.point({ axis: "step", at: stepOf(at) });
        lab.pointMethod(nearest(view, traces, event, at));
      }
    };
    const read = (at: number) => {
      const values = traces.map(
        ({ letter, y }) =>
          `${methodLetter(letter)} ${short(y[Math.min(at, y.length - 1)] ?? Number.NaN, 2)}`,
      );
      return say.compared.at(at, values.join(", "));
    };
    const length = Math.max(...traces.map(({ last }) => last)) + 1;
    return html`<panel-reader .lab=${lab} .axis=${"step"} .length=${length} .name=${say.panels.comparison} .about=${label} .say=${read} .keysOnly=${true}><figure-view .figure=${figure} .layout=${comparedLayout(axis, y)} .label=${label} .playX=${place} .hoverX=${hovered}
      @pointerdown=${(event: PointerEvent) => {
        (event.currentTarget as Element).setPointerCapture(event.pointerId);
        move(event);
      }} @pointermove=${move} @pointerleave=${() => {
        lab.point(undefined);
        lab.pointMethod(undefined);
      }} @click=${() => lab.pointed !== undefined && lab.show(lab.pointed)}></figure-view></panel-reader>`;
  }

  /** Where the playhead stands, for the one method whose panels are shown. */
  #caption(traces: Trace[], axis: StepAxis) {
    const { leader, place } = this.#playPlace(traces, axis);
    if (!leader) return nothing;
    const share = shareOf(axis, place);
    return html`<span class="play-caption ${share > 0.5 ? "before" : "after"}" style="left:${leftAt(share)}"><b style="color:var(--${methodColour(leader.letter)})">${methodLetter(leader.letter)}</b> ${placeWords(axis, place)}</span>`;
  }

  /** A letter where each line ends, moved apart where two would touch. */
  #letters(traces: Trace[], y: [number, number], axis: StepAxis) {
    const { lab } = this;
    const bottom = COMPARED.height - COMPARED.bottom;
    const labels = traces
      .map(({ letter, name, x, y: values }) => {
        const share = Math.log(Math.max(values.at(-1) ?? 0, 1e-300) / y[0]) / Math.log(y[1] / y[0]);
        const top = bottom - share * (bottom - COMPARED.top);
        return {
          letter,
          name,
          top: Math.min(bottom, Math.max(COMPARED.top, top)),
          share: shareOf(axis, x.at(-1) ?? axis.from),
        };
      })
      .sort((a, b) => a.top - b.top);
    labels.forEach((label, i) => {
      for (const above of labels.slice(0, i))
        if (Math.abs(above.share - label.share) < 0.07 && label.top - above.top < 18)
          label.top = above.top + 18;
    });
    return labels.map(({ letter, name, top, share }) => {
      const { on, off, focus } = pointing(lab, letter);
      const behind = lab.pointed !== undefined && lab.pointed !== letter;
      return html`<button class="letter-label ${behind ? "faded" : ""}" style="top:${top - 12}px;left:${leftAt(share, 6)};color:var(--${methodColour(letter)})"
        aria-label=${say.sentence.showPanelsOf(methodLetter(letter), name)} @pointerenter=${on} @pointerleave=${off} @focus=${focus} @blur=${off}
        @click=${() => lab.show(letter)}>${methodLetter(letter)}</button>`;
    });
  }
}

customElements.define("compared-traces", ComparedTraces);
