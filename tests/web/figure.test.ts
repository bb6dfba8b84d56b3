import { describe, expect, test } from "vitest";
import { alike, place, type Scale, series, valueAtPlace } from "../../www/figures/figure.ts";
import type { PanelData } from "../../www/solve/protocol.ts";
import { figureOf } from "../../www/view/panel-figure.ts";

const SCALES: Scale[] = [
  { from: 0, to: 255, kind: "index" },
  { from: -1.75, to: 2.25 },
  { from: 80, to: 1, kind: "index" },
  { from: 1e-12, to: 3, kind: "log" },
  { from: 10, to: 0.01, kind: "log" },
];

describe("place and valueAtPlace", () => {
  test.each(SCALES)("are inverse on %j", (scale) => {
    for (let share = -0.25; share <= 1.25; share += 0.01)
      expect(place(scale, valueAtPlace(scale, share))).toBeCloseTo(share, 10);
  });

  test.each(SCALES)("put the edges of %j at 0 and 1", (scale) => {
    expect(place(scale, scale.from)).toBeCloseTo(0, 12);
    expect(place(scale, scale.to)).toBeCloseTo(1, 12);
    expect(valueAtPlace(scale, 0)).toBeCloseTo(scale.from, 12);
    expect(valueAtPlace(scale, 1)).toBeCloseTo(scale.to, 12);
  });

  test("a decade takes the same room wherever it stands", () => {
    const scale: Scale = { from: 1e-4, to: 1e4, kind: "log" };
    const rooms = [-4, -1, 0, 3].map((p) => place(scale, 10 ** (p + 1)) - place(scale, 10 ** p));
    for (const room of rooms) expect(room).toBeCloseTo(1 / 8, 12);
  });

  test("an empty scale has a middle, and zero on a logarithmic one is far below, not lost", () => {
    expect(place({ from: 2, to: 2 }, 5)).toBe(0.5);
    const below = place({ from: 1e-3, to: 1, kind: "log" }, 0);
    expect(below).toBeLessThan(-10);
    expect(Number.isFinite(below)).toBe(true);
  });
});

describe("series", () => {
  test("are the bytes of the numbers, of a part of a larger buffer too", () => {
    const numbers = Float64Array.of(9, 1.5, -2, 9);
    const bytes = series(numbers.subarray(1, 3));
    expect(bytes.byteLength).toBe(16);
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    expect([view.getFloat64(0, true), view.getFloat64(8, true)]).toEqual([1.5, -2]);
    expect(series([1.5, -2])).toEqual(bytes);
  });
});

describe("alike", () => {
  const figure = (values: number[], more = {}) => ({
    kind: "stems" as const,
    estimate: series(values),
    threshold: 0.1,
    ...more,
  });

  test("figures with equal numbers are, wherever these lie", () => {
    expect(alike(figure([1, 2]), figure([1, 2]))).toBe(true);
    const numbers = Float64Array.of(1, 2, 3);
    expect(alike(series(numbers), series(numbers))).toBe(true);
    expect(alike({ lines: [{ dash: [7, 3] }] }, { lines: [{ dash: [7, 3] }] })).toBe(true);
    expect(alike(Number.NaN, Number.NaN)).toBe(true);
  });

  test("any difference makes another figure", () => {
    const one = figure([1, 2]);
    for (const other of [
      figure([1, 2.5]),
      figure([1, 2, 3]),
      figure([1, 2], { threshold: 0.2 }),
      figure([1, 2], { selected: 3 }),
      { ...one, kind: "bars" },
      undefined,
    ])
      expect(alike(one, other)).toBe(false);
    expect(alike(series([1, 2, 3]).subarray(0, 16), series([1, 3]))).toBe(false);
    expect(alike({ until: undefined }, { until: 3 })).toBe(false);
  });
});

describe("a map", () => {
  const map = (values: number[], unit: string) => {
    const axis = { label: "energy", unit, log: false };
    const panel = { kind: "heat", rows: 1, cols: 3, values: Float64Array.from(values), y: axis };
    const figure = figureOf(panel as PanelData, "estimate");
    if (figure.kind !== "heat") throw new Error("a map is drawn as one");
    return { scheme: figure.scheme, values: [...new Float64Array(figure.values.buffer)] };
  };

  test("of decibels is the deeper the louder, and one of both signs has a middle", () => {
    expect(map([-80, -20, 0], "dB")).toEqual({ scheme: "sequential", values: [0, 60, 80] });
    expect(map([-1, 0, 2], "").scheme).toBe("diverging");
    expect(map([0, 1, 2], "").scheme).toBe("sequential");
  });
});
