import { html } from "lit";
import { type Line, type Slice, series } from "../figures/figure.ts";
import type { FigureView, Layout } from "../figures/figure-view.ts";
import "../figures/figure-view.ts";
import { saySweep } from "../messages/sweep.ts";
import { methodColour, methodDash } from "../view/methods.ts";
import "../view/panel-more.ts";
import { words } from "../view/tex.ts";
import { axisLabel, axisSymbol, axisValue, edges, plainOf } from "./axes.ts";
import { MARGINS, sliceRange } from "./map-figure.ts";
import { fallsAlong, fitAt, heightAt, pointIn, readCell } from "./reading.ts";
import { StudyPart } from "./study-part.ts";
import { placeText } from "./words.ts";

/** Points of a fit's curve. */
const POINTS = 160;

/** One column of the map: upright beside it, on the same scale; on a phone lying below it. */
export class SlicePart extends StudyPart {
  static override properties = {
    ...StudyPart.properties,
    height: { attribute: false },
    upright: { attribute: false },
  };
  declare height: number;
  declare upright: boolean;
  #key: unknown[] = [];
  #figure: Slice | undefined;

  override render() {
    const { study } = this;
    const { catalogue, sweep } = study;
    const symbol = axisSymbol(catalogue, sweep, sweep.x);
    const at = study.cells[study.column]?.at[0] ?? 0;
    const up = axisLabel(catalogue, sweep, sweep.y);
    return html`<section class="panel slice" data-panel="slice">
      <div class="title-line"><h2>${saySweep.sliceAt(html`${words(symbol)} = ${placeText(at)}`)}</h2><panel-more .name=${saySweep.theSlice}
        .about=${saySweep.aboutSlice(study.counts)}
        .columns=${this.#columns()}></panel-more></div>
      <div class="labelled">
        <figure-view .figure=${this.#made()} .layout=${this.#layout()}
          .label=${saySweep.slice(study.counts, plainOf(up), `${plainOf(symbol)} = ${placeText(at)}`)}
          @pointermove=${this.#point} @pointerleave=${() => study.look({ hover: undefined })}
          @click=${this.#choose}></figure-view>
        <span class="axis-name across">${this.upright ? (study.counts ? saySweep.succeedPercent : saySweep.value) : words(up)}</span>
      </div>
    </section>`;
  }

  #cells(): number[] {
    const { x, y } = this.study.sweep;
    return Array.from({ length: y.steps }, (_, j) => j * x.steps + this.study.column);
  }

  #layout(): Layout {
    const { study } = this;
    const places = edges(study.sweep.y);
    const values = { ...sliceRange(study), ticks: true };
    const { top, bottom, left, right } = MARGINS;
    return this.upright
      ? {
          height: this.height,
          top,
          bottom,
          left: 10,
          right: 16,
          x: values,
          y: { ...places, ticks: false },
        }
      : { height: 190, top: 10, bottom, left, right, x: { ...places, ticks: true }, y: values };
  }

  #made(): Slice {
    const { study } = this;
    const key = [
      study.pictures,
      study.method,
      study.column,
      study.at,
      study.sweep,
      study.added,
      this.upright,
    ];
    if (!this.#figure || key.some((part, i) => part !== this.#key[i])) {
      this.#key = key;
      this.#figure = this.#make();
    }
    return this.#figure;
  }

  #make(): Slice {
    const { study } = this;
    const scale = study.counts ? 100 : 1;
    const cells = this.#cells();
    const readings = cells.map((cell) => readCell(study, cell));
    const list = (of: (reading: (typeof readings)[number]) => number) =>
      series(readings.map((reading) => (reading.trials > 0 ? scale * of(reading) : Number.NaN)));
    const at = study.cells[study.column]?.at[0] ?? 0;
    return {
      kind: "slice",
      upright: this.upright,
      profile: {
        at: series(cells.map((cell) => study.cells[cell]?.at[1] ?? 0)),
        value: list(({ value }) => value),
        low: list(({ low }) => low),
        high: list(({ high }) => high),
        colour: methodColour(study.method),
        chosen: study.row,
      },
      fits: study.sweep.spec.methods.flatMap((_, i) => this.#fit(i)),
      theory: study.counts
        ? study.drawn.flatMap(({ title, points }) => {
            const height = heightAt(points, at);
            return height === undefined
              ? []
              : [{ at: height, name: `${title} ${placeText(height)}` }];
          })
        : [],
      ...(study.counts ? { level: 50 } : {}),
    };
  }

  /** The logistic curve of a method in this column, where it has one. */
  #fit(method: number): Line[] {
    const { study } = this;
    const point = pointIn(study, method);
    if (!point) return [];
    const around = edges(study.sweep.y);
    const axis = { ...study.sweep.y, from: around.from, to: around.to, steps: POINTS };
    const places = Array.from({ length: POINTS }, (_, i) => axisValue(axis, i));
    const falls = fallsAlong(this.#cells().map((cell) => readCell(study, cell, method)));
    const log = study.sweep.y.scale === "log";
    return [
      {
        x: series(places),
        y: series(places.map((at) => 100 * fitAt(point, at, log, falls))),
        colour: methodColour(method),
        dash:
          method === study.method
            ? []
            : methodDash(method).length > 0
              ? methodDash(method)
              : [4, 3],
        width: method === study.method ? 2 : 1.5,
      },
    ];
  }

  #columns(): Record<string, ArrayLike<number>> {
    const { study } = this;
    const cells = this.#cells();
    const readings = cells.map((cell) => readCell(study, cell));
    const { heads } = saySweep;
    return {
      y: cells.map((cell) => study.cells[cell]?.at[1] ?? 0),
      [heads.trials]: readings.map(({ trials }) => trials),
      [heads.value]: readings.map(({ value }) => value),
      [heads.low]: readings.map(({ low }) => low),
      [heads.high]: readings.map(({ high }) => high),
    };
  }

  #rowAt(event: MouseEvent): number | undefined {
    const at = (event.currentTarget as FigureView).valueAt(event);
    if (!at) return undefined;
    const { y } = this.study.sweep;
    const around = edges(y);
    const forward = (v: number) => (around.kind === "log" ? Math.log(v) : v);
    const value = forward(this.upright ? at.y : at.x);
    const [from, to] = [forward(around.from), forward(around.to)];
    const row = Math.floor(((value - from) / (to - from)) * y.steps);
    return row >= 0 && row < y.steps ? row : undefined;
  }

  readonly #point = (event: PointerEvent): void => {
    const row = this.#rowAt(event);
    const { study } = this;
    study.look({ hover: row === undefined ? undefined : row * study.sweep.x.steps + study.column });
  };

  readonly #choose = (event: MouseEvent): void => {
    const row = this.#rowAt(event);
    const { study } = this;
    if (row === undefined) return;
    const cell = row * study.sweep.x.steps + study.column;
    study.look({ at: cell, open: cell });
  };
}

customElements.define("slice-part", SlicePart);
