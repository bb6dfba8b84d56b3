import { zipSync } from "fflate";
import { npy, npy_matrix } from "../../target/web/front/pursuit.js";
import { arrayNames } from "../words/array-names.ts";
import { axisValue } from "./axes.ts";
import type { Result } from "./protocol.ts";

/** One row a cell and method. */
export function csvOf(result: Result): string {
  const head = "method,x,y,x_attained,y_attained,trials,successes,value";
  const rows = result.methods.flatMap(({ id, cells }) =>
    cells.map(({ x, y, at, trials, successes, value }) =>
      [id, x, y, at[0], at[1], trials, successes ?? "", value ?? ""].join(","),
    ),
  );
  return `${[head, ...rows].join("\n")}\n`;
}

/** Axes, and for every method its trials, successes and values as matrices with a row for each value of y. */
export function npzOf(result: Result): Uint8Array<ArrayBuffer> {
  const { x, y } = result.sweep;
  const values = (axis: typeof x) =>
    Float64Array.from({ length: axis.steps }, (_, i) => axisValue(axis, i));
  const files: Record<string, Uint8Array> = { "x.npy": npy(values(x)), "y.npy": npy(values(y)) };
  const put = (name: string, numbers: (number | null | undefined)[]) => {
    files[`${name}.npy`] = npy_matrix(
      y.steps,
      x.steps,
      Float64Array.from(numbers, (number) => number ?? Number.NaN),
    );
  };
  const names = arrayNames(result.methods.map(({ id }) => id));
  for (const [i, { cells, contour }] of result.methods.entries()) {
    const name = names[i];
    put(
      `trials_${name}`,
      cells.map(({ trials }) => trials),
    );
    put(
      `successes_${name}`,
      cells.map(({ successes }) => successes),
    );
    put(
      `value_${name}`,
      cells.map(({ value }) => value),
    );
    const points = contour.flatMap((point) => [point.x, point.y, point.low, point.high]);
    files[`contour_${name}.npy`] = npy_matrix(contour.length, 4, Float64Array.from(points));
  }
  return zipSync(files) as Uint8Array<ArrayBuffer>;
}
