import { describe, expect, test } from "vitest";
import { cellAt, sayCell } from "../../www/figures/cell.ts";
import { type Frame, type Heat, series } from "../../www/figures/figure.ts";

const heat: Heat = {
  kind: "heat",
  rows: 2,
  cols: 4,
  values: series([1, 2, 3, 4, 5, 6, 7, -8]),
  scheme: "diverging",
};
const frame = (x: [number, number], y: [number, number]): Frame => ({
  ...{ width: 120, height: 70, left: 10, right: 10, top: 5, bottom: 5 },
  x: { from: x[0], to: x[1], kind: "index" },
  y: { from: y[0], to: y[1], kind: "index" },
});

describe("the cell under a pointer", () => {
  test("is counted as the axes count, whichever way they run", () => {
    const down = frame([0, 3], [1, 0]);
    expect(cellAt(heat, down, { left: 11, top: 6 })).toEqual({ row: 0, column: 0, value: 1 });
    expect(cellAt(heat, down, { left: 109, top: 64 })).toEqual({ row: 1, column: 3, value: -8 });
    // Rows from 1, as those of a matrix.
    expect(cellAt(heat, frame([0, 3], [2, 1]), { left: 40, top: 64 })).toEqual({
      row: 2,
      column: 1,
      value: 6,
    });
    // Rows from below.
    expect(cellAt(heat, frame([0, 3], [0, 1]), { left: 40, top: 64 })?.row).toBe(0);
  });

  test("has the place of the axis where it stands for many", () => {
    const cell = cellAt(heat, frame([0, 99], [50, 1]), { left: 60, top: 6 });
    expect(cell).toMatchObject({ column: 50, value: 3 });
    expect(cell?.row).toBeLessThan(3);
  });

  test("is none beside the map", () => {
    for (const spot of [
      { left: 9, top: 20 },
      { left: 111, top: 20 },
      { left: 50, top: 4 },
      { left: 50, top: 66 },
    ])
      expect(cellAt(heat, frame([0, 3], [1, 0]), spot)).toBeUndefined();
  });

  test("is said with row, column and value", () => {
    expect(sayCell({ row: 3, column: 40, value: -0.12345 })).toBe("row 3, column 40: \u22120.123");
  });
});
