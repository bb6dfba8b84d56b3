import { html, nothing, type PropertyValues } from "lit";
import type { Phase } from "../figures/figure.ts";
import "../figures/figure-view.ts";
import { place } from "../figures/figure.ts";
import type { FigureView } from "../figures/figure-view.ts";
import { say } from "../messages/say.ts";
import { saySweep } from "../messages/sweep.ts";
import { methodColour, methodLetter } from "../view/methods.ts";
import "../view/panel-more.ts";
import { words } from "../view/tex.ts";
import { axisLabel, axisSymbol, edges, plainOf, refined } from "./axes.ts";
import { MARGINS, mapFigure, mapLayout, mapTitle, scaleEnds } from "./map-figure.ts";
import type { Picture, SweepSpec, TheoryCurve } from "./protocol.ts";
import { cellLine, heightAt, methodName } from "./reading.ts";
import { StudyPart } from "./study-part.ts";
import { placeText } from "./words.ts";

const PHONE = matchMedia("(max-width: 700px)");
/** Pixels that make a drag of a press. */
const DRAG = 6;
/** How near the pointer must be to a line to be told about it, in px. */
const NEAR = 9;

/** The map of cells, with contours and theory; cells are chosen, boxes drawn, the column dragged. */
export class MapPart extends StudyPart {
  static override properties = {
    ...StudyPart.properties,
    height: { attribute: false },
    told: { state: true },
  };
  declare height: number;
  /** A curve of theory under the pointer, and where to tell of it. */
  declare told: { curve: TheoryCurve; left: number; top: number } | undefined;
  #press: { x: number; y: number; cell: number; moved: boolean } | undefined;
  /** Whether the press that ended last was a drag. */
  #dragged = false;
  #key: unknown[] = [];
  #figure: Phase | undefined;

  override render() {
    const { study } = this;
    const { x, y } = study.sweep;
    const { catalogue, sweep } = study;
    const [xs, ys] = [axisSymbol(catalogue, sweep, x), axisSymbol(catalogue, sweep, y)];
    const reading = study.hover ?? study.at;
    return html`<section class="panel map" data-panel="map">
      <div class="title-line"><h2>${mapTitle(this.study)}</h2>${this.#scale()}${this.#about()}
        ${this.#tabs()}</div>
      <div class="labelled map-area">
        <figure-view .figure=${this.#made()} .layout=${mapLayout(study, this.height)} .label=${this.#alternative()}></figure-view>
        ${this.#overlay(xs, ys)}
        <span class="axis-name up">${words(axisLabel(catalogue, sweep, y))}</span>
        <span class="axis-name across" style="top:${this.height - 18}px">${words(axisLabel(catalogue, sweep, x))}</span>
        <span class="reading">${cellLine(study, reading, xs, ys)}</span>
        ${this.#handle(plainOf(xs))}
        ${this.told ? html`<p class="told" style="left:${this.told.left}px;top:${this.told.top}px"><b>${this.told.curve.title}</b>: ${this.told.curve.holds_for}</p>` : nothing}
      </div>
      ${this.#refine()}
    </section>`;
  }

  #scale() {
    const { study } = this;
    const [low, high] = scaleEnds(study);
    return html`<span class="scale">${low}<i class=${study.minus === undefined ? "seq" : "div"}></i>${high}</span>`;
  }

  /** Which method's map, and the difference of two. */
  #tabs() {
    const { study } = this;
    const { methods } = study.sweep.spec;
    if (methods.length < 2) return nothing;
    const a = study.method;
    const differs = study.minus !== undefined;
    const less = (b: number) => {
      const name = saySweep.minus(methodLetter(a), methodLetter(b));
      // With many methods there is room for what is taken away only: the map's own letter is pressed.
      const text = methods.length === 2 ? name : `\u2212 ${methodLetter(b)}`;
      return html`<button aria-pressed=${study.minus === b ? "true" : "false"} aria-label=${name} title=${saySweep.minus(methodName(study, a), methodName(study, b))}
        @click=${() => study.look({ minus: study.minus === b ? undefined : b })}>${text}</button>`;
    };
    return html`<span class="tabs" role="group" aria-label=${saySweep.whichMap}>
      ${methods.map(
        (_, i) =>
          html`<button aria-pressed=${(!differs || methods.length > 2) && i === a ? "true" : "false"} title=${methodName(study, i)} @click=${() => study.look({ method: i, minus: undefined })}><span
          class="letter" style="background:var(--${methodColour(i)})">${methodLetter(i)}</span></button>`,
      )}
      ${methods.map((_, b) => (b === a ? nothing : less(b)))}
    </span>`;
  }

  #about() {
    const { study } = this;
    const theory = study.drawn.map(({ title, holds_for }) => `${title}: ${holds_for}.`).join(" ");
    const about = saySweep.about(study.counts, theory);
    const picture = study.pictures[study.method];
    return html`<panel-more .name=${saySweep.theMap} .about=${about} .columns=${picture ? this.#columns(picture) : {}}></panel-more>`;
  }

  #columns(picture: Picture): Record<string, ArrayLike<number>> {
    const { cells, counts } = this.study;
    const { heads } = saySweep;
    const nth = (k: number) => Float64Array.from(cells, (_, i) => picture.cells[3 * i + k] ?? 0);
    return {
      x: cells.map(({ at }) => at[0]),
      y: cells.map(({ at }) => at[1]),
      [heads.trials]: nth(0),
      ...(counts ? { [heads.successes]: nth(1) } : {}),
      [heads.value]: nth(2),
    };
  }

  #alternative(): string {
    const { study } = this;
    const { x, y } = study.sweep;
    const range = (axis: typeof x) => {
      const name = plainOf(axisLabel(study.catalogue, study.sweep, axis));
      return saySweep.fromTo(name, placeText(axis.from), placeText(axis.to));
    };
    const { trials, cells } = study;
    return saySweep.map(mapTitle(this.study), range(x), range(y), trials, cells.length);
  }

  /** The figure is made anew only with new numbers: hovering repaints nothing. */
  #made(): Phase {
    const { study } = this;
    const key = [study.pictures, study.method, study.minus, study.sweep, study.added, say];
    if (!this.#figure || key.some((part, i) => part !== this.#key[i])) {
      this.#key = key;
      this.#figure = mapFigure(study);
    }
    return this.#figure;
  }

  #overlay(xs: string, ys: string) {
    const { study } = this;
    const { x, y } = study.sweep;
    const { column, row } = study;
    const { left, right, top, bottom } = MARGINS;
    const across = (i: number) => (100 * i) / x.steps;
    const down = (j: number) => (100 * (y.steps - j)) / y.steps;
    const frame = (kind: string, a: number, b: number) => {
      const [i, k] = [Math.min(a % x.steps, b % x.steps), Math.max(a % x.steps, b % x.steps) + 1];
      const rows = [Math.floor(a / x.steps), Math.floor(b / x.steps)];
      const [j, l] = [Math.min(...rows), Math.max(...rows) + 1];
      return html`<i class=${kind} style="left:${across(i)}%;width:${across(k - i)}%;top:${down(l)}%;height:${down(j) - down(l)}%"></i>`;
    };
    const id = `cell-${study.at}`;
    return html`<div class="grid" role="grid" tabindex="0" aria-label=${saySweep.cells} aria-rowcount=${y.steps} aria-colcount=${x.steps}
      aria-activedescendant=${id} aria-multiselectable="false"
      style="left:${left}px;right:${right}px;top:${top}px;height:${this.height - top - bottom}px"
      @pointerdown=${this.#down} @pointermove=${this.#move} @pointerup=${this.#up} @click=${this.#click} @pointercancel=${this.#drop} @pointerleave=${this.#leave}
      @keydown=${this.#keys}>
      <i class="at-column" style="left:${across(column + 0.5)}%"></i>
      <i class="at-row" style="top:${down(row + 0.5)}%"></i>
      ${study.hover === undefined || study.hover === study.open ? nothing : frame("pointed", study.hover, study.hover)}
      ${study.open === undefined ? nothing : frame("chosen", study.open, study.open)}
      ${study.box ? frame("box", ...study.box) : nothing}
      ${frame("cursor", study.at, study.at)}
      <div role="row" class="hidden" aria-rowindex=${row + 1}><div role="gridcell" id=${id} aria-colindex=${column + 1}
        aria-selected=${study.open === study.at ? "true" : "false"}>${plainOf(cellLine(study, study.at, xs, ys))}</div></div>
    </div>`;
  }

  /** The column of the slice, dragged below the axis. */
  #handle(name: string) {
    const { study } = this;
    const { x } = study.sweep;
    const share = (study.column + 0.5) / x.steps;
    const value = study.cells[study.column]?.at[0] ?? 0;
    return html`<div class="column-rail" style="left:${MARGINS.left}px;right:${MARGINS.right}px;top:${this.height - MARGINS.bottom}px">
      <span class="column-handle" role="slider" tabindex="0" aria-label=${saySweep.columnOfSlice} aria-valuemin="1" aria-valuemax=${x.steps} aria-valuenow=${study.column + 1}
        aria-valuetext="${name} = ${placeText(value)}" style="left:${100 * share}%"
        @pointerdown=${(event: PointerEvent) => {
          (event.currentTarget as Element).setPointerCapture(event.pointerId);
        }}
        @pointermove=${(event: PointerEvent) => {
          if (!(event.currentTarget as Element).hasPointerCapture(event.pointerId)) return;
          const rail = (event.currentTarget as Element).parentElement?.getBoundingClientRect();
          if (rail)
            this.#toColumn(Math.floor(((event.clientX - rail.left) / rail.width) * x.steps));
        }}
        @keydown=${this.#handleKeys}></span></div>`;
  }

  #toColumn(column: number): void {
    const { study } = this;
    const { x } = study.sweep;
    study.look({ at: study.row * x.steps + Math.min(Math.max(0, column), x.steps - 1) });
  }

  readonly #handleKeys = (event: KeyboardEvent): void => {
    const { column, sweep } = this.study;
    const to: Record<string, number> = {
      ArrowLeft: column - 1,
      ArrowDown: column - 1,
      ArrowRight: column + 1,
      ArrowUp: column + 1,
      Home: 0,
      End: sweep.x.steps - 1,
    };
    const next = to[event.key];
    if (next === undefined) return;
    this.#toColumn(next);
    event.preventDefault();
    event.stopPropagation();
  };

  #refine() {
    const { study } = this;
    const { box } = study;
    if (!box) return nothing;
    const { x } = study.sweep;
    const [a, b] = box;
    const wide = Math.abs((a % x.steps) - (b % x.steps)) + 1;
    const tall = Math.abs(Math.floor(a / x.steps) - Math.floor(b / x.steps)) + 1;
    return html`<p class="refine" role="status">${saySweep.chosen(wide, tall)}
      <button class="link" @click=${() => this.dispatchEvent(new CustomEvent<SweepSpec>("refine", { detail: refined(study.sweep, box), bubbles: true }))}>${saySweep.refine}</button>
      <button class="link" @click=${() => study.look({ box: undefined })}>${saySweep.clear}</button></p>`;
  }

  /** The cell under a pointer. */
  #cellAt(event: MouseEvent): number {
    const { x, y } = this.study.sweep;
    const area = (event.currentTarget as Element).getBoundingClientRect();
    const within = (share: number, count: number) =>
      Math.min(Math.max(0, Math.floor(share * count)), count - 1);
    const column = within((event.clientX - area.left) / area.width, x.steps);
    const row = within((area.bottom - event.clientY) / area.height, y.steps);
    return row * x.steps + column;
  }

  readonly #down = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    this.#press = { x: event.clientX, y: event.clientY, cell: this.#cellAt(event), moved: false };
    if (event.pointerType === "mouse")
      (event.currentTarget as Element).setPointerCapture(event.pointerId);
  };

  readonly #move = (event: PointerEvent): void => {
    const { study } = this;
    const cell = this.#cellAt(event);
    const press = this.#press;
    if (press) {
      if (Math.hypot(event.clientX - press.x, event.clientY - press.y) > DRAG) press.moved = true;
      // A finger that moves scrolls the page.
      if (press.moved && event.pointerType === "mouse")
        study.look({ box: [press.cell, cell], hover: undefined });
      return;
    }
    this.told = this.#curveAt(event);
    if (cell !== study.hover) study.look({ hover: cell });
  };

  readonly #up = (): void => {
    this.#dragged = this.#press?.moved === true;
    this.#press = undefined;
  };

  /** Not when the finger lifts: the page would have scrolled before the click, which would then be another part's. */
  readonly #click = (event: MouseEvent): void => {
    if (this.#dragged) return;
    const cell = this.#cellAt(event);
    this.study.look({ at: cell, open: cell, box: undefined });
    // The sheet of the cell covers the lower half of a phone: the map goes above it.
    if (PHONE.matches) this.scrollIntoView({ block: "start" });
  };

  readonly #drop = (): void => {
    this.#press = undefined;
  };

  readonly #leave = (): void => {
    this.told = undefined;
    if (!this.#press) this.study.look({ hover: undefined });
  };

  /** A curve of theory near the pointer. */
  #curveAt(event: PointerEvent): MapPart["told"] {
    const { study } = this;
    const view = this.querySelector<FigureView>("figure-view");
    const at = view?.valueAt(event);
    if (!view || !at || !study.counts) return undefined;
    const [x, y] = [edges(study.sweep.x), edges(study.sweep.y)];
    const area = (event.currentTarget as Element).getBoundingClientRect();
    for (const curve of study.drawn) {
      const height = heightAt(curve.points, at.x);
      if (height === undefined) continue;
      const distance = Math.abs(place(y, height) - place(y, at.y)) * area.height;
      if (distance > NEAR) continue;
      const left = MARGINS.left + place(x, at.x) * area.width;
      return {
        curve,
        left: Math.min(left, MARGINS.left + area.width - 220),
        top: MARGINS.top + (1 - place(y, at.y)) * area.height + 14,
      };
    }
    return undefined;
  }

  readonly #keys = (event: KeyboardEvent): void => {
    const { study } = this;
    const { x, y } = study.sweep;
    const { column, row } = study;
    const moves: Record<string, [number, number]> = {
      ArrowLeft: [column - 1, row],
      ArrowRight: [column + 1, row],
      ArrowUp: [column, row + 1],
      ArrowDown: [column, row - 1],
      Home: [0, row],
      End: [x.steps - 1, row],
      PageUp: [column, row + 5],
      PageDown: [column, row - 5],
    };
    const move = moves[event.key];
    if (move) {
      const within = (i: number, count: number) => Math.min(Math.max(0, i), count - 1);
      const at = within(move[1], y.steps) * x.steps + within(move[0], x.steps);
      const from = study.box?.[0] ?? study.at;
      study.look({ at, hover: undefined, box: event.shiftKey ? [from, at] : undefined });
    } else if (event.key === "Enter" || event.key === " ") study.look({ open: study.at });
    else if (event.key === "Escape" && (study.box || study.open !== undefined))
      study.look(study.box ? { box: undefined } : { open: undefined });
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  protected override updated(_changed: PropertyValues): void {
    this.dataset.trials = String(this.study.trials);
  }
}

customElements.define("map-part", MapPart);
