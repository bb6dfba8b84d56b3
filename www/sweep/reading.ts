import { wilson_interval } from "../../target/web/front/pursuit.js";
import { saySweep } from "../messages/sweep.ts";
import { exact } from "../words/numbers.ts";
import { plainOf } from "./axes.ts";
import type { ContourPoint, TheoryCurve } from "./protocol.ts";
import type { Study } from "./study.ts";
import { percent, placeText, successes } from "./words.ts";

/** A cell of one method. */
export interface CellReading {
  trials: number;
  successes: number;
  value: number;
  low: number;
  high: number;
}

/** How a method did in a cell. */
export function readCell(study: Study, cell: number, method = study.method): CellReading {
  const cells = study.pictures[method]?.cells;
  const [trials = 0, found = 0, value = Number.NaN] = cells
    ? [cells[3 * cell], cells[3 * cell + 1], cells[3 * cell + 2]]
    : [];
  const [low = 0, high = 1] = study.counts ? wilson_interval(found, trials) : [value, value];
  return { trials, successes: found, value, low, high };
}

/** A method's short name. */
export function methodName(study: Study, i: number): string {
  const id = study.sweep.spec.methods[i]?.id ?? "";
  return study.catalogue.method(id)?.card.short ?? id;
}

/** A cell in one line. */
export function cellLine(study: Study, cell: number, x: string, y: string): string {
  const place = study.cells[cell];
  if (!place) return "";
  const { trials, successes: found, value, low, high } = readCell(study, cell);
  const at = `${plainOf(x)} = ${placeText(place.at[0])}, ${plainOf(y)} = ${placeText(place.at[1])}`;
  if (trials === 0) return saySweep.cellEmpty(at);
  return study.counts
    ? saySweep.cellCounts(at, successes(found, trials), percent(low), percent(high))
    : saySweep.cellValue(at, placeText(value), trials);
}

/** Success rate of a column's fit at a place; a step where the fit is steeper than the cells can tell. */
export function fitAt(point: ContourPoint, at: number, log: boolean, falls: boolean): number {
  const u = (v: number) => (log ? Math.log(v) : v);
  const slope = point.slope ?? (falls ? -1e9 : 1e9);
  return 1 / (1 + Math.exp(-slope * (u(at) - u(point.y))));
}

/**
 * Whether a column goes down: by its first and last cells that have trials, because a cell that has none says nothing.
 */
export function fallsAlong(column: readonly Pick<CellReading, "trials" | "value">[]): boolean {
  const known = column.filter(({ trials }) => trials > 0);
  return (known[0]?.value ?? 0) > (known.at(-1)?.value ?? 0);
}

/** The height of a curve at a place, between its points. */
export function heightAt(
  points: readonly (readonly [number, number])[],
  x: number,
): number | undefined {
  for (let i = 1; i < points.length; i += 1) {
    const [from, to] = [points[i - 1], points[i]];
    if (!from || !to) continue;
    const [low, high] = from[0] <= to[0] ? [from, to] : [to, from];
    if (x < low[0] || x > high[0]) continue;
    const share = high[0] === low[0] ? 0 : (x - low[0]) / (high[0] - low[0]);
    return low[1] + share * (high[1] - low[1]);
  }
  return undefined;
}

/** The contour's point in the chosen column, if it has one. */
export function pointIn(study: Study, method: number): ContourPoint | undefined {
  const { x } = study.sweep;
  const places = study.cells[study.column];
  if (!places) return undefined;
  const near = (point: ContourPoint) =>
    Math.min(Math.abs(point.x - places.x), Math.abs(point.x - places.at[0])) <=
    1e-9 * Math.max(Math.abs(x.from), Math.abs(x.to));
  return study.pictures[method]?.contour.find(near);
}

/** Where two contours cross: between columns in which their bands are apart, one way and then the other. */
export function crossing(
  a: readonly ContourPoint[],
  b: readonly ContourPoint[],
): number | undefined {
  const apart = a.flatMap((point) => {
    const other = b.find(({ x }) => x === point.x);
    const told = other && (point.low > other.high || point.high < other.low);
    return told ? [{ x: point.x, gap: point.y - other.y }] : [];
  });
  for (let i = 1; i < apart.length; i += 1) {
    const [from, to] = [apart[i - 1], apart[i]];
    if (from && to && from.gap * to.gap < 0)
      return from.x + ((to.x - from.x) * from.gap) / (from.gap - to.gap);
  }
  return undefined;
}

/** Whether no method has succeeded in any cell. */
function hopeless(study: Study): boolean {
  return study.pictures.every(({ cells }) =>
    cells.every((number, i) => i % 3 !== 1 || number === 0),
  );
}

/** What the diagram says, in a clause and a sentence. */
export function finding(study: Study, xName: string): { first: string; rest: string } {
  if (!study.counts) return { first: "", rest: "" };
  if (study.trials >= 2 * study.cells.length && hopeless(study))
    return {
      first: saySweep.hopeless,
      rest: saySweep.hopelessWhy(exact(study.sweep.tolerance)),
    };
  const names = study.sweep.spec.methods.map((_, i) => methodName(study, i));
  const here = study.sweep.spec.methods.flatMap((_, i) => {
    const point = pointIn(study, i);
    if (!point) return [];
    const width = point.width;
    const at = placeText(point.y);
    // A fit that is steeper than the cells can tell has no width.
    return width !== null && width > 0 && Number.isFinite(width)
      ? [saySweep.atWithin(names[i] ?? "", at, placeText(width))]
      : [saySweep.at(names[i] ?? "", at)];
  });
  const at = study.cells[study.column]?.at[0] ?? 0;
  const theory = study.applying.flatMap((curve: TheoryCurve) => {
    const y = heightAt(curve.points, at);
    return y === undefined ? [] : [saySweep.at(curve.title, placeText(y))];
  });
  const [a, b] = study.pictures;
  const trade = a && b ? crossing(a.contour, b.contour) : undefined;
  const first =
    trade === undefined
      ? ""
      : saySweep.trade(names[0] ?? "", names[1] ?? "", `${plainOf(xName)} = ${placeText(trade)}`);
  const rest = [
    here.length > 0 ? saySweep.half(`${plainOf(xName)} = ${placeText(at)}`, here.join(", ")) : "",
    here.length > 0 && theory.length > 0 ? saySweep.infinite(theory.join(", ")) : "",
  ];
  return { first, rest: rest.filter(Boolean).join(" ") };
}
