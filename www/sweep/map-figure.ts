import { type Phase, series } from "../figures/figure.ts";
import type { Layout } from "../figures/figure-view.ts";
import { saySweep } from "../messages/sweep.ts";
import { methodColour, methodLetter } from "../view/methods.ts";
import { edges } from "./axes.ts";
import { methodName } from "./reading.ts";
import type { Study } from "./study.ts";
import { metricName, placeText } from "./words.ts";

/** Margins of the map; the slice beside it has the same above and below. */
export const MARGINS = { left: 58, right: 8, top: 8, bottom: 40 };

/** Room beside the map on a wide page: header, sentence, title line and foot, in px. */
const AROUND = 310;

/** How high the map is in a window, in px: as a square on a phone, and never too low to point at a cell. */
export function mapHeight(phone: boolean, window: { width: number; height: number }): number {
  return phone
    ? Math.max(260, Math.min(window.width, 420))
    : Math.max(340, Math.min(640, window.height - AROUND));
}

/** The map's frame: its cells fill it. */
export function mapLayout(study: Study, height: number): Layout {
  const { x, y } = study.sweep;
  return { height, ...MARGINS, x: { ...edges(x), ticks: true }, y: { ...edges(y), ticks: true } };
}

/** What the map shows, and of which method. */
export function mapTitle(study: Study): string {
  const name = methodName(study, study.method);
  if (study.minus !== undefined) return saySweep.minus(name, methodName(study, study.minus));
  return study.counts
    ? saySweep.successOf(name)
    : saySweep.metricOf(name, metricName(study.sweep.metric));
}

/** What the colours of the map run from and to: all rates, or the values that are there; a difference has 0 in its middle. */
export function valueRange(study: MapState): { from: number; to: number } {
  const { method, minus, counts } = study;
  if (counts) return { from: minus === undefined ? 0 : -1, to: 1 };
  const values = valuesOf(study, method);
  const others = minus === undefined ? undefined : valuesOf(study, minus);
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const [cell, own] of values.entries()) {
    const value = others ? Math.abs(own - (others[cell] ?? Number.NaN)) : own;
    if (value < from) from = value;
    if (value > to) to = value;
  }
  if (!(from <= to)) return { from: others ? -1 : 0, to: 1 };
  return others ? { from: -(to || 1), to: to || 1 } : { from, to };
}

/** What stands at the ends of the map's scale. */
export function scaleEnds(study: MapState): [low: string, high: string] {
  const { from, to } = valueRange(study);
  const text = (value: number) => {
    if (!study.counts) return placeText(value);
    return value === 0 ? "0" : `${value < 0 ? "\u2212" : ""}100\u2009%`;
  };
  return [text(from), text(to)];
}

/** What the slice shows of a method's values: rates in per cent, or a little more than what is there. */
export function sliceRange(study: MapState): { from: number; to: number } {
  if (study.counts) return { from: 0, to: 100 };
  const { from, to } = valueRange({
    counts: false,
    method: study.method,
    minus: undefined,
    pictures: study.pictures,
  });
  const room = 0.05 * (to - from || Math.abs(to) || 1);
  return { from: from - room, to: to + room };
}

/** The part of a study that its map shows. */
type MapState = Pick<Study, "counts" | "method" | "minus" | "pictures">;

/** A method's value in every cell; not a number where it has no trial. */
function valuesOf({ pictures }: MapState, method: number): number[] {
  const cells = pictures[method]?.cells ?? new Float64Array(0);
  return Array.from({ length: cells.length / 3 }, (_, cell) => cells[3 * cell + 2] ?? Number.NaN);
}

/** The values of all cells as colours take them: 0 to 1, or -1 to 1 for a difference. */
export function colourValues(study: MapState): Float64Array {
  const { method, minus } = study;
  const { from, to } = valueRange(study);
  const others = minus === undefined ? undefined : valuesOf(study, minus);
  return Float64Array.from(valuesOf(study, method), (value, cell) =>
    others ? (value - (others[cell] ?? Number.NaN)) / to : (value - from) / (to - from || 1),
  );
}

/** The map of a method, or of what it has over another. */
export function mapFigure(study: Study): Phase {
  const { sweep, minus } = study;
  const count = study.cells.length;
  const own = study.pictures[study.method]?.cells;
  const shares = Float64Array.from({ length: count }, (_, cell) =>
    Math.min(1, (own?.[3 * cell] ?? 0) / sweep.trials),
  );
  const known = colourValues(study);
  const values = Float64Array.from({ length: count }, (_, cell) => known[cell] ?? Number.NaN);
  const many = sweep.spec.methods.length > 1;
  const contours = study.pictures.flatMap(({ contour }, i) => {
    if (contour.length === 0) return [];
    const list = (of: (point: (typeof contour)[number]) => number) => series(contour.map(of));
    return [
      {
        x: list((point) => point.x),
        y: list((point) => point.y),
        low: list((point) => point.low),
        high: list((point) => point.high),
        colour: methodColour(i),
        name: `${many ? `${methodLetter(i)} ` : ""}${methodName(study, i)}`,
        banded: i === study.method,
      },
    ];
  });
  return {
    kind: "phase",
    cols: sweep.x.steps,
    rows: sweep.y.steps,
    shares: series(shares),
    values: series(values),
    scheme: minus !== undefined ? "diverging" : "sequential",
    contours,
    theory: study.counts
      ? study.drawn.map(({ title, points }) => ({
          x: series(points.map(([x]) => x)),
          y: series(points.map(([, y]) => y)),
          name: saySweep.theoryName(title),
        }))
      : [],
  };
}
