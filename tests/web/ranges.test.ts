import { describe, expect, test } from "vitest";
import { extent, logRange, Ranges, roomy } from "../../www/figures/ranges.ts";

describe("extent", () => {
  test("always holds zero", () => {
    expect(extent([3, 5])).toEqual([0, 5]);
    expect(extent([-3, -5])).toEqual([-5, 0]);
    expect(extent([-1, 2], undefined, Float64Array.of(-4, 1))).toEqual([-4, 2]);
    expect(extent()).toEqual([0, 0]);
  });

  test("leaves out what is no number", () => {
    expect(extent([Number.NaN, 2])).toEqual([0, 2]);
  });
});

describe("roomy", () => {
  test("gives room on the sides that data reach", () => {
    expect(roomy([0, 10], 0.1)).toEqual([0, 11]);
    expect(roomy([-10, 0], 0.1)).toEqual([-11, 0]);
    expect(roomy([-5, 5], 0.1)).toEqual([-6, 6]);
  });

  test("is never empty", () => {
    expect(roomy([0, 0])).toEqual([-1, 1]);
  });
});

describe("logRange", () => {
  test("holds the positive values and leaves the others out", () => {
    const [low, high] = logRange([[0, -1, Number.NaN, Number.POSITIVE_INFINITY, 1e-3, 10], []]);
    expect(low).toBeLessThan(1e-3);
    expect(high).toBeGreaterThan(10);
    expect(high).toBeLessThan(20);
  });

  test("spans a decade at least", () => {
    for (const values of [[1], [1, 2], [1e-9, 1.1e-9]]) {
      const [low, high] = logRange([values]);
      expect(high / low).toBeGreaterThanOrEqual(10);
      expect(low).toBeLessThan(Math.min(...values));
      expect(high).toBeGreaterThan(Math.max(...values));
    }
  });

  test("has a floor, and something to show without data", () => {
    expect(logRange([[1e-300, 1]], 1e-16)[0]).toBeGreaterThan(1e-17);
    expect(logRange([[], [0, 0]])).toEqual([0.1, 1]);
  });
});

describe("ranges that stand still", () => {
  test("stay while the data stay inside and fill three quarters", () => {
    const ranges = new Ranges();
    expect(ranges.settle("y", [0, 10])).toEqual([0, 10]);
    expect(ranges.settle("y", [0, 8])).toEqual([0, 10]);
    expect(ranges.settle("y", [0, 7])).toEqual([0, 7]);
    expect(ranges.settle("y", [0, 7.1])).toEqual([0, 7.1]);
    expect(ranges.settle("y", [-1, 7])).toEqual([-1, 7]);
  });

  test("never change while something is dragged, and settle after", () => {
    const ranges = new Ranges();
    ranges.settle("y", [0, 10]);
    expect(ranges.settle("y", [-50, 50], true)).toEqual([0, 10]);
    expect(ranges.settle("y", [-50, 50])).toEqual([-50, 50]);
  });

  test("are kept by name, and forgotten together", () => {
    const ranges = new Ranges();
    ranges.settle("a", [0, 10]);
    expect(ranges.settle("b", [0, 1], true)).toEqual([0, 1]);
    ranges.forget();
    expect(ranges.settle("a", [0, 9])).toEqual([0, 9]);
  });
});
