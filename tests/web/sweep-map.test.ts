import { describe, expect, test } from "vitest";
import { type Frame, hasRoom } from "../../www/figures/figure.ts";
import {
  colourValues,
  MARGINS,
  mapHeight,
  scaleEnds,
  sliceRange,
  valueRange,
} from "../../www/sweep/map-figure.ts";
import "./lib/wasm.ts";

describe("the colours of values", () => {
  const study = (values: number[], others?: number[]) => ({
    counts: false,
    method: 0,
    minus: others && 1,
    pictures: [values, others ?? []].map((list) => ({
      cells: Float64Array.from(list.flatMap((value) => [2, 0, value])),
      contour: [],
    })),
  });

  test("run from the least value to the largest, also where they are negative", () => {
    const some = study([-0.34, Number.NaN, 0.49, 1.32]);
    expect(valueRange(some)).toEqual({ from: -0.34, to: 1.32 });
    expect([...colourValues(some)]).toEqual([0, Number.NaN, 0.5, 1]);
    expect(scaleEnds(some)).toEqual(["\u22120.34", "1.32"]);
    // All points of a slice lie within it.
    expect(sliceRange(some).from).toBeLessThan(-0.34);
    expect(sliceRange(some).to).toBeGreaterThan(1.32);
    expect(scaleEnds({ ...some, counts: true })).toEqual(["0", "100\u2009%"]);
  });

  test("a difference has as much on either side of nothing", () => {
    const some = study([-3, 1, 5], [-1, 1, 9]);
    expect(valueRange(some)).toEqual({ from: -4, to: 4 });
    expect([...colourValues(some)]).toEqual([-0.5, 0, -1]);
  });

  test("one value, or none, is no range to divide by", () => {
    expect([...colourValues(study([7, 7]))]).toEqual([0, 0]);
    expect(valueRange(study([]))).toEqual({ from: 0, to: 1 });
  });
});

describe("room for the map", () => {
  test("a small window leaves the cells a least height", () => {
    for (const [width, height] of [
      [60, 100],
      [320, 480],
      [390, 844],
      [701, 200],
    ] as const) {
      const plot = mapHeight(width <= 700, { width, height }) - MARGINS.top - MARGINS.bottom;
      expect(plot).toBeGreaterThanOrEqual(200);
    }
  });

  test("a plot without room for letters is not drawn", () => {
    const frame = (width: number, height: number): Frame => ({
      ...MARGINS,
      width,
      height,
      x: { from: 0, to: 1 },
      y: { from: 0, to: 1 },
    });
    expect(hasRoom(frame(60, 260))).toBe(false);
    expect(hasRoom(frame(390, 60))).toBe(false);
    expect(hasRoom(frame(-1, -1))).toBe(false);
    expect(hasRoom(frame(390, 260))).toBe(true);
  });
});
