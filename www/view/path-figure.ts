import { type Figure, type Line, series } from "../figures/figure.ts";
import type { PenaltyPath, PenaltyRule } from "../solve/protocol.ts";

/** Coefficients against the penalty: false ones below, true ones above them. */
export function pathFigure(path: PenaltyPath, truth: ReadonlySet<number> | undefined): Figure {
  const x = series(path.ratios);
  const line = (values: number[], colour: string, width: number): Line => ({
    x,
    y: series(values.map((value, i) => (near(values, i) ? value : Number.NaN))),
    colour,
    width,
  });
  const right = ({ index }: { index: number }) => truth === undefined || truth.has(index);
  return {
    kind: "curves",
    lines: [
      ...path.lines
        .filter((one) => !right(one))
        .map(({ values }) => line(values, "false-alarm", 1)),
      ...path.lines.filter(right).map(({ values }) => line(values, "estimate", 1.75)),
    ],
  };
}

/** Whether a value is not zero or next to one that is not: zero lines would hide the axis. */
function near(values: number[], i: number): boolean {
  return [i - 1, i, i + 1].some((at) => (values[at] ?? 0) !== 0);
}

/** How many entries the solution at a ratio has: as many as the piece of the path it lies on. */
export function sizeAt(path: PenaltyPath, ratio: number): number {
  const below = path.ratios.findIndex((at) => at <= ratio);
  const last = path.ratios.length - 1;
  const [from, to] = below < 0 ? [last, last] : [Math.max(0, below - 1), below];
  return path.lines.filter(({ values }) =>
    path.ratios[to] === ratio ? values[to] !== 0 : values[from] !== 0 || (values[to] ?? 0) !== 0,
  ).length;
}

/** Rules that stand at one place, to be named together. Places are in px. */
export function together(
  rules: readonly PenaltyRule[],
  placeOf: (ratio: number) => number,
  gap = 3,
): { place: number; rules: PenaltyRule[] }[] {
  const groups: { place: number; rules: PenaltyRule[] }[] = [];
  for (const rule of [...rules].sort((a, b) => a.ratio - b.ratio)) {
    const place = placeOf(rule.ratio);
    const last = groups.at(-1);
    if (last && place - last.place <= gap) last.rules.push(rule);
    else groups.push({ place, rules: [rule] });
  }
  return groups;
}

/** Rows for labels so that none touches another: each takes the lowest row with room. Labels stay between the edges. */
export function staggered(
  labels: readonly { place: number; width: number }[],
  room: number,
  gap = 8,
): { row: number; left: number }[] {
  const ends: number[] = [];
  return labels.map(({ place, width }) => {
    const left = Math.max(0, Math.min(room - width, place - width / 2));
    let row = ends.findIndex((end) => end + gap <= left);
    if (row < 0) row = ends.length;
    ends[row] = left + width;
    return { row, left };
  });
}
