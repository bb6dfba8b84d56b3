import { unzipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { Sweeper } from "../../target/web/lab.js";
import type { Spec } from "../../www/spec/spec.ts";
import {
  axisOptions,
  axisValue,
  edges,
  plainOf,
  refined,
  sweptFields,
} from "../../www/sweep/axes.ts";
import { defaultSweep } from "../../www/sweep/default-sweep.ts";
import { csvOf, npzOf } from "../../www/sweep/exports.ts";
import type { ContourPoint, Result, SweepSpec, TrialRecord } from "../../www/sweep/protocol.ts";
import { crossing, fitAt, heightAt } from "../../www/sweep/reading.ts";
import { CATALOGUE, DOORS } from "./lib/wasm.ts";

const SPEC: Spec = { v: 1, problem: { id: "linear" }, methods: [{ id: "omp" }, { id: "ista" }] };

function sweepOf(change: Partial<SweepSpec> = {}): SweepSpec {
  return { ...(defaultSweep(CATALOGUE, SPEC) as SweepSpec), ...change };
}

describe("the sweep that an exhibit begins with", () => {
  test.each(CATALOGUE.data.exhibits)("can start for $id", (exhibit) => {
    const { id, lab, spec } = exhibit;
    const sweep = defaultSweep(CATALOGUE, JSON.parse(spec) as Spec, exhibit);
    const doors = DOORS.get(lab);
    if (!sweep || !doors) throw new Error(`${id} has no sweep`);
    const sweeper = new doors.Sweeper(sweep);
    const cells = sweeper.cells() as unknown[];
    expect(cells.length).toBe(sweep.x.steps * sweep.y.steps);
    // Fewer make no picture.
    expect(cells.length).toBeGreaterThanOrEqual(49);
    sweeper.free();
  });

  test("keeps what it does not declare, and drops a person's own numbers", () => {
    const own: Spec = {
      ...SPEC,
      problem: {
        id: "linear",
        cols: 100,
        signal: { id: "sparse", amplitude: "signs" },
        noise: { id: "gaussian", snr_db: 20 },
        data: { truth: [1, 2] },
      },
    };
    const { spec } = defaultSweep(CATALOGUE, own) as SweepSpec;
    expect(spec.problem).toEqual({
      id: "linear",
      cols: 100,
      signal: { id: "sparse", amplitude: "signs" },
      noise: { id: "none" },
    });
    expect(spec.methods).toEqual(SPEC.methods);
  });
});

describe("axes", () => {
  test("are what the problem derives and every number of problem and methods", () => {
    const ids = axisOptions(CATALOGUE, SPEC).map(({ id }) => id);
    expect(ids).toContain("problem.delta");
    expect(ids).toContain("problem.cols");
    expect(ids).toContain("problem.signal.sparsity");
    expect(ids).toContain("methods[1].max_steps");
    expect(new Set(ids).size).toBe(ids.length);
    for (const { id, from, to } of axisOptions(CATALOGUE, SPEC)) expect(from, id).toBeLessThan(to);
  });

  test("tell which parameters are swept, and their letters", () => {
    expect([...sweptFields(CATALOGUE, sweepOf())]).toEqual([
      ["problem.rows", "$m$"],
      ["problem.signal.sparsity", "$k$"],
    ]);
    // A parameter itself has no letter: the sentence says from where to where it goes.
    const rows = { param: "problem.rows", from: 64, to: 1024, steps: 9 };
    const noise = { param: "problem.noise.snr_db", from: -10, to: 40, steps: 6 };
    const spec: Spec = {
      ...SPEC,
      problem: { id: "linear", noise: { id: "gaussian", snr_db: 20 } },
    };
    expect([...sweptFields(CATALOGUE, sweepOf({ spec, x: rows, y: noise }))]).toEqual([
      ["problem.rows", "64 to 1024"],
      ["problem.noise.snr_db", "\u221210 to 40\u2009dB"],
    ]);
  });

  test("values and edges are even on their scale", () => {
    const axis = { param: "", from: 1, to: 100, steps: 3, scale: "log" as const };
    expect([0, 1, 2].map((i) => axisValue(axis, i))).toEqual([1, 10, 100]);
    expect(edges(axis).from).toBeCloseTo(10 ** -0.5);
    expect(edges({ ...axis, scale: "linear" })).toEqual({
      from: -23.75,
      to: 124.75,
      kind: "linear",
    });
  });

  test("a box becomes a sweep of its own, with cells that the old one has", () => {
    const sweep = sweepOf();
    const { x, y } = refined(sweep, [3 * 17 + 8, 7 * 17 + 4]);
    expect([x.from, x.to, x.steps]).toEqual([0.3, 0.5, 17]);
    expect([y.from, y.to, y.steps]).toEqual([0.2, 0.4, 19]);
    const one = refined(sweep, [0, 0]);
    expect([one.x.from, one.x.to]).toEqual([0.1, 0.15]);
  });

  test("names lose their dollar signs", () => {
    expect(plainOf("spikes per measurement, $k / m$")).toBe(
      "spikes per measurement, k\u00a0/\u00a0m",
    );
    expect(plainOf("sharpness, $1 / (\\varepsilon n)$")).toBe("sharpness, 1\u00a0/\u00a0(\u03b5n)");
  });
});

describe("reading a diagram", () => {
  const at = (x: number, y: number): ContourPoint => ({
    x,
    y,
    low: y,
    high: y,
    width: null,
    slope: -20,
  });

  test("a curve's height is between its points", () => {
    expect(
      heightAt(
        [
          [0, 0],
          [1, 2],
        ],
        0.25,
      ),
    ).toBe(0.5);
    expect(
      heightAt(
        [
          [1, 2],
          [0, 0],
        ],
        0.25,
      ),
    ).toBe(0.5);
    expect(
      heightAt(
        [
          [0, 0],
          [1, 2],
        ],
        1.5,
      ),
    ).toBeUndefined();
  });

  test("two contours trade places where they cross", () => {
    const a = [at(0.1, 0.3), at(0.3, 0.3), at(0.5, 0.3)];
    const b = [at(0.1, 0.2), at(0.3, 0.25), at(0.5, 0.4)];
    expect(crossing(a, b)).toBeCloseTo(0.3 + (0.2 * 0.05) / 0.15);
    expect(crossing(a, a)).toBeUndefined();
    // Where bands overlap, nobody can tell yet.
    const wide = (points: ContourPoint[]) => points.map((one) => ({ ...one, low: 0, high: 1 }));
    expect(crossing(wide(a), b)).toBeUndefined();
    const unsure = b.map((one, i) => (i === 1 ? { ...one, low: 0.1, high: 0.4 } : one));
    expect(crossing(a, unsure)).toBeCloseTo(0.3);
  });

  test("a fit is a half at its point, and a step where it is too steep to tell", () => {
    expect(fitAt(at(0, 0.4), 0.4, false, true)).toBe(0.5);
    expect(fitAt(at(0, 0.4), 0.5, false, true)).toBeCloseTo(1 / (1 + Math.exp(2)));
    const steep = { ...at(0, 0.4), slope: null };
    expect([0.39, 0.41].map((y) => fitAt(steep, y, false, true))).toEqual([1, 0]);
  });
});

describe("what is taken away", () => {
  const sweep = sweepOf({
    spec: { v: 1, problem: { id: "linear", cols: 32 }, methods: [{ id: "omp" }] },
    x: { param: "problem.delta", from: 0.3, to: 0.7, steps: 3 },
    y: { param: "problem.rho", from: 0.1, to: 0.9, steps: 2 },
    trials: 3,
  });

  function swept(): Sweeper {
    const sweeper = new Sweeper(sweep);
    const tasks = sweeper.next(false, 1000);
    const records: TrialRecord[] = [];
    for (let i = 0; i < tasks.length; i += 2)
      records.push(sweeper.trial(tasks[i] as number, tasks[i + 1] as number) as TrialRecord);
    sweeper.add(records);
    return sweeper;
  }

  test("tables and arrays have the cells of the result", () => {
    const result = swept().result() as Result;
    const lines = csvOf(result).trim().split("\n");
    expect(lines).toHaveLength(7);
    expect(lines[1]).toMatch(/^omp,0\.3,0\.1,[\d.]+,[\d.]+,3,[0-3],[\d.]+$/);
    const files = unzipSync(npzOf(result));
    expect(Object.keys(files).sort()).toEqual(
      ["contour_omp", "successes_omp", "trials_omp", "value_omp", "x", "y"].map((n) => `${n}.npy`),
    );
    const text = new TextDecoder("latin1").decode(files["trials_omp.npy"]);
    expect(text).toContain("'shape': (2, 3)");
  });

  test("the short summary says what the result says", () => {
    const sweeper = swept();
    const { methods } = sweeper.result() as Result;
    const summary = sweeper.summary(0);
    const told = methods[0]?.cells.flatMap(({ trials, successes, value }) => [
      trials,
      successes,
      value,
    ]);
    expect([...summary]).toEqual(told);
    const [won, lost] = sweeper.examples(0, 0);
    expect(won).toBeGreaterThanOrEqual(0);
    expect(lost).toBe(methods[0]?.cells[0]?.successes === 3 ? -1 : lost);
    expect(sweeper.value(0, won as number, 0)).toBeLessThanOrEqual(1e-3);
    expect(new Sweeper({ ...sweep, trials: 4 }).key()).not.toBe(sweeper.key());
    expect(new Sweeper(sweeper.canonical()).key()).toBe(sweeper.key());
  });
});
