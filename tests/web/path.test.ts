import { describe, expect, test } from "vitest";
import type { PenaltyPath, PenaltyRule } from "../../www/solve/protocol.ts";
import { lassoMethods, ratioOf, withRatio } from "../../www/spec/penalty.ts";
import type { Spec } from "../../www/spec/spec.ts";
import { pathFigure, sizeAt, staggered, together } from "../../www/view/path-figure.ts";
import { CATALOGUE } from "./lib/wasm.ts";

const PATH: PenaltyPath = {
  lambda_max: 2,
  ratios: [1, 0.5, 0.25, 0.1],
  lines: [
    { index: 3, values: [0, 1, 2, 3] },
    { index: 7, values: [0, 0, 1, 0] },
  ],
  rules: [],
  left_out: [],
};
const rule = (id: string, ratio: number) => ({ id, ratio }) as PenaltyRule;

describe("the picture of a path", () => {
  test("false entries are drawn below true ones, and no line lies on zero", () => {
    const figure = pathFigure(PATH, new Set([3]));
    if (figure.kind !== "curves") throw new Error("curves");
    expect(figure.lines.map(({ colour }) => colour)).toEqual(["false-alarm", "estimate"]);
    const values = new Float64Array(Uint8Array.from(figure.lines[0]?.y ?? []).buffer);
    expect([...values]).toEqual([Number.NaN, 0, 1, 0]);
    const unknown = pathFigure(PATH, undefined);
    expect(unknown.kind === "curves" && unknown.lines.every((l) => l.colour === "estimate")).toBe(
      true,
    );
  });

  test("counts entries on pieces and at breakpoints", () => {
    expect([1, 0.7, 0.5, 0.3, 0.25, 0.2, 0.1, 0.01].map((at) => sizeAt(PATH, at))).toEqual([
      0, 1, 1, 2, 2, 2, 1, 1,
    ]);
  });

  test("rules at one place are named together", () => {
    const rules = [rule("bic", 0.5), rule("aic", 0.1), rule("ebic", 0.501)];
    const groups = together(rules, (ratio) => 100 * ratio);
    expect(groups.map((group) => group.rules.map(({ id }) => id))).toEqual([
      ["aic"],
      ["bic", "ebic"],
    ]);
  });

  test("labels never touch, and stay between the edges", () => {
    const labels = [0, 10, 20, 95, 100].map((place) => ({ place, width: 30 }));
    const spots = staggered(labels, 100);
    spots.forEach((one, i) => {
      expect(one.left).toBeGreaterThanOrEqual(0);
      expect(one.left + 30).toBeLessThanOrEqual(100);
      for (const other of spots.slice(0, i))
        expect(other.row !== one.row || Math.abs(other.left - one.left) >= 38).toBe(true);
    });
    expect(spots.map(({ row }) => row)).toEqual([0, 1, 2, 0, 1]);
  });
});

describe("the penalty in a Spec", () => {
  const spec: Spec = {
    v: 1,
    problem: { id: "linear" },
    methods: [{ id: "omp" }, { id: "fista", lambda: 0.5 }, { id: "lasso-cd" }],
  };

  test("is that of methods whose schema says so", () => {
    expect(lassoMethods(spec, CATALOGUE)).toEqual([1, 2]);
  });

  test("is a share of the largest, however it was given", () => {
    expect(ratioOf(spec, CATALOGUE, 1, 2)).toBe(0.25);
    expect(ratioOf(spec, CATALOGUE, 2, 2)).toBe(0.1);
  });

  test("a ratio takes the place of a given penalty, for one method only", () => {
    const { methods } = withRatio(spec, 1, 0.123456);
    expect(methods).toEqual([
      { id: "omp" },
      { id: "fista", lambda_ratio: 0.1235 },
      { id: "lasso-cd" },
    ]);
  });
});
