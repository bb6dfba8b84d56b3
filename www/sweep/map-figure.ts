import { type Phase, series } from "../figures/figure.ts";
import type { Layout } from "../figures/figure-view.ts";
import { saySweep } from "../messages/sweep.ts";
import { methodColour, methodLetter } from "../view/methods.ts";
import { edges } from "./axes.ts";
import { methodName } from "./reading.ts";
import type { Study } from "./study.ts";

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

/** The largest value on the map: where its colours end. */
export function peakOf(study: Study): number {
  if (study.counts) return 1;
  const shown = [study.method, ...(study.minus === undefined ? [] : [study.minus])];
  let peak = 0;
  for (const method of shown) {
    const cells = study.pictures[method]?.cells ?? new Float64Array(0);
    for (let i = 2; i < cells.length; i += 3)
      if ((cells[i] as number) > peak) peak = cells[i] as number;
  }
  return peak || 1;
}

/** The map of a method, or of what it has over another. */
export function mapFigure(study: Study): Phase {
  const { sweep, minus } = study;
  const count = study.cells.length;
  const [shares, values] = [new Float64Array(count), new Float64Array(count)];
  const own = study.pictures[study.method]?.cells;
  const other = minus === undefined ? undefined : study.pictures[minus]?.cells;
  const peak = peakOf(study);
  for (let cell = 0; cell < count; cell += 1) {
    const trials = own?.[3 * cell] ?? 0;
    shares[cell] = Math.min(1, trials / sweep.trials);
    const value = (own?.[3 * cell + 2] ?? Number.NaN) / peak;
    values[cell] = other ? value - (other[3 * cell + 2] ?? Number.NaN) / peak : value;
  }
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
    scheme: other ? "diverging" : "sequential",
    contours,
    theory: study.counts
      ? study.theory.map(({ title, points }) => ({
          x: series(points.map(([x]) => x)),
          y: series(points.map(([, y]) => y)),
          name: saySweep.theoryName(title),
        }))
      : [],
  };
}
