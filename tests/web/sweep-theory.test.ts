import { describe, expect, test } from "vitest";
import type { Spec } from "../../www/spec/spec.ts";
import { finding } from "../../www/sweep/reading.ts";
import type { Study } from "../../www/sweep/study.ts";
import { applying } from "../../www/sweep/theory.ts";
import { CATALOGUE } from "./lib/wasm.ts";

const CURVES = ["l1-signed", "l1-nonnegative", "as-many-spikes"].map((id) => ({
  ...{ id, title: id, holds_for: "" },
  points: [
    [0, 0.3],
    [1, 0.3],
  ] as [number, number][],
}));

describe("the curves of theory", () => {
  const ids = (amplitude: string, ...methods: object[]) => {
    const spec = { v: 1, problem: { id: "linear", signal: { id: "sparse", amplitude } }, methods };
    return applying(CATALOGUE, spec as unknown as Spec, CURVES).map(({ id }) => id);
  };
  const signed = ["l1-signed", "as-many-spikes"];
  const knowing = { id: "basis-pursuit", nonnegative: true };

  test("apply by the signal and by what a method knows of it", () => {
    expect(ids("gaussian", { id: "omp" })).toEqual(signed);
    expect(ids("positive", { id: "omp" })).toEqual(signed);
    expect(ids("positive", { id: "basis-pursuit" })).toEqual(signed);
    expect(ids("signs", knowing)).toEqual(signed);
    expect(ids("positive", { id: "omp" }, knowing)).toEqual(["l1-nonnegative", "as-many-spikes"]);
  });
});

describe("what a diagram says", () => {
  test("is where half succeed and how wide the transition is, with the theory that applies", () => {
    const at = { x: 0.5, low: 0.2, high: 0.3, slope: -20 };
    const study = {
      catalogue: CATALOGUE,
      counts: true,
      trials: 2,
      cells: [{ x: 0.5, y: 0.25, at: [0.5, 0.25] }],
      column: 0,
      sweep: {
        x: { param: "problem.delta", from: 0.5, to: 0.5, steps: 1 },
        spec: { v: 1, problem: { id: "linear" }, methods: [{ id: "omp" }, { id: "ista" }] },
      },
      pictures: [
        { cells: Float64Array.of(2, 1, 0.5), contour: [{ ...at, y: 0.25, width: 0.22 }] },
        { cells: Float64Array.of(2, 1, 0.5), contour: [{ ...at, y: 0.26, width: null }] },
      ],
      applying: [CURVES[0]],
    } as unknown as Study;
    const { rest } = finding(study, "$m / n$");
    expect(rest).toContain("OMP at 0.25 (from 10\u2009% to 90\u2009% within 0.22), ISTA at 0.26.");
    expect(rest).toContain("l1-signed at 0.3");
    expect(rest).not.toContain("nonnegative");
  });
});
