import { describe, expect, test } from "vitest";
import { fallsAlong, fitAt } from "../../www/sweep/reading.ts";
import "./lib/wasm.ts";

describe("a column's fit", () => {
  const cell = (value: number, trials = 2) => ({ value, trials });
  const empty = cell(Number.NaN, 0);

  test("falls where its known cells do, also before the outer ones have a trial", () => {
    expect(fallsAlong([cell(1), cell(1), cell(0), empty])).toBe(true);
    expect(fallsAlong([empty, cell(0), cell(1), empty])).toBe(false);
    expect(fallsAlong([cell(1), cell(0.5), cell(0)])).toBe(true);
    const steep = { x: 0, y: 0.4, low: 0.3, high: 0.5, width: null, slope: null };
    const falls = fallsAlong([cell(1), cell(0), empty]);
    expect([0.3, 0.5].map((at) => fitAt(steep, at, false, falls))).toEqual([1, 0]);
  });
});
