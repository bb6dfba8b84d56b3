import { describe, expect, test } from "vitest";
import { curvePath, stemsPath } from "../../www/view/miniature-paths.ts";

const SIZE = { width: 64, height: 28 };
const points = (path: string) =>
  path
    .slice(1)
    .split("L")
    .map((point) => point.split(" ").map(Number) as [number, number]);

describe("paths of miniatures", () => {
  test("a curve runs from edge to edge and from top to bottom", () => {
    const values = [1, 0.1, 0.01];
    const [first, middle, last] = points(curvePath(values, [values], SIZE));
    expect(first).toEqual([1, 2]);
    expect(middle).toEqual([32, 14]);
    expect(last).toEqual([63, 26]);
  });

  test("a long run is sampled and keeps its last step", () => {
    const values = Array.from({ length: 5001 }, (_, i) => 0.998 ** i);
    const all = points(curvePath(values, [values], SIZE));
    expect(all.length).toBeLessThan(60);
    expect(all.at(-1)?.[0]).toBe(63);
  });

  test("zeros, holes and nothing at all break nothing", () => {
    const values = [1, Number.NaN, 0.5, 0, Number.POSITIVE_INFINITY];
    for (const [x, y] of points(curvePath(values, [values], SIZE))) {
      expect(x).toBeGreaterThanOrEqual(0);
      expect(Number.isFinite(y)).toBe(true);
    }
    expect(curvePath([], [[]], SIZE)).toBe("");
    expect(curvePath([0, 0], [[0, 0]], SIZE)).toBe("");
    expect(stemsPath([0, 0], SIZE)).toBe("");
  });

  test("stems stand where entries are not zero", () => {
    expect(stemsPath([0, 2, 0, -1], SIZE)).toBe("M24.0 14v-13.0M56.0 14v6.5");
  });
});
