import { describe, expect, test } from "vitest";
import type { Facts } from "../../www/solve/protocol.ts";
import {
  type Reading,
  type Role,
  tableReadings,
  withoutGiven,
  withoutReplaced,
  withSparsity,
} from "../../www/spec/files.ts";
import type { Spec } from "../../www/spec/spec.ts";
import { CATALOGUE, canonical } from "./lib/wasm.ts";

const OMP: Spec = {
  v: 1,
  problem: { id: "linear", noise: { id: "gaussian", snr_db: 30 } },
  methods: [{ id: "omp" }],
};
const FACTS = { rows: 80, cols: 256 } as Facts;

function read(rows: number, cols: number, spec = OMP, facts = FACTS): Reading[] {
  const entries = Array.from({ length: rows * cols }, (_, i) => i + 1);
  return tableReadings({ rows, cols, entries }, spec, CATALOGUE, facts);
}

function reading(readings: Reading[], role: Role): Spec {
  return (readings.find((one) => one.role === role) as Reading).spec;
}

const roles = (readings: Reading[]) => readings.map(({ role }) => role);

describe("what numbers are read as", () => {
  test("is told by their shape, and the others are offered", () => {
    expect(roles(read(80, 1))).toEqual(["measurements", "truth"]);
    expect(roles(read(1, 80))).toEqual(["measurements", "truth"]);
    expect(roles(read(100, 1))).toEqual(["truth", "measurements"]);
    expect(roles(read(256, 1))).toEqual(["truth", "measurements"]);
    expect(roles(read(30, 60))).toEqual(["matrix", "truth", "measurements"]);
    const unsolved = tableReadings({ rows: 1, cols: 1, entries: [1] }, OMP, CATALOGUE, undefined);
    expect(roles(unsolved)).toEqual(["truth", "measurements"]);
  });

  test("leaves out what is too long, and says so when nothing is left", () => {
    expect(roles(read(20_000, 1))).toEqual(["truth"]);
    expect(roles(read(300, 300))).toEqual(["matrix"]);
    expect(() => read(20_000, 4)).toThrow(/too large/);
  });

  test("is a Spec that can be used, whatever was there before", () => {
    const specs: Spec[] = [
      OMP,
      { ...OMP, problem: { id: "linear", basis: "haar", signal: { id: "waveform" } } },
      {
        ...OMP,
        problem: {
          id: "linear",
          data: {
            matrix: [
              [1, 2, 3],
              [4, 5, 6],
            ],
          },
        },
      },
      { ...OMP, problem: { id: "linear", data: { measurements: Array(80).fill(1) } } },
    ];
    for (const spec of specs)
      for (const [rows, cols] of [
        [80, 1],
        [2, 1],
        [3, 1],
        [100, 1],
        [30, 60],
        [2, 3],
      ] as const)
        for (const { spec: made } of read(rows, cols, spec)) expect(canonical(made)).toBeTruthy();
  });
});

describe("measurements without truth", () => {
  test("have neither a drawn signal nor noise, and tell the method a number of spikes", () => {
    const [first] = read(80, 1);
    expect(first?.spec.problem).toMatchObject({ rows: 80, cols: 256 });
    expect(first?.spec.problem.signal).toBeUndefined();
    expect(first?.spec.problem.noise).toBeUndefined();
    expect(first?.spec.methods).toEqual([{ id: "omp", sparsity: 20 }]);
    expect(first?.says).toBe(
      "80 measurements. How many spikes they hold is not known: OMP is set to 20, a quarter of them.",
    );
  });

  test("leave a number that a person has set, and methods that ask for none", () => {
    const methods = [{ id: "omp", sparsity: 7 }, { id: "fista" }, { id: "iht" }];
    const [first] = read(80, 1, { ...OMP, methods });
    expect(first?.spec.methods).toEqual([...methods.slice(0, 2), { id: "iht", sparsity: 20 }]);
    expect(first?.says).toContain("IHT is set to 20");
  });

  test("more of them than unknowns make room", () => {
    expect(reading(read(400, 1), "measurements").problem).toMatchObject({ rows: 400, cols: 400 });
  });

  test("keep a given matrix that has as many rows, and give up another", () => {
    const matrix = [
      [1, 2, 3],
      [4, 5, 6],
    ];
    const spec: Spec = { ...OMP, problem: { id: "linear", data: { matrix } } };
    const facts = { rows: 2, cols: 3 } as Facts;
    const fitting = reading(read(2, 1, spec, facts), "measurements");
    expect(fitting.problem.data).toEqual({ matrix, measurements: [1, 2] });
    expect(fitting.problem.rows).toBeUndefined();
    expect(reading(read(5, 1, spec, facts), "measurements").problem.data).toEqual({
      measurements: [1, 2, 3, 4, 5],
    });
  });

  test("a method that comes later is told, too; with a truth it is not", () => {
    const data = { measurements: Array(40).fill(1) };
    const spec: Spec = { v: 1, problem: { id: "linear", data }, methods: [{ id: "ols" }] };
    expect(withSparsity(spec, CATALOGUE).methods).toEqual([{ id: "ols", sparsity: 10 }]);
    const known = { ...spec, problem: { id: "linear", data: { ...data, truth: [1] } } };
    expect(withSparsity(known, CATALOGUE)).toBe(known);
    expect(withSparsity(OMP, CATALOGUE)).toBe(OMP);
  });
});

test("a matrix takes the measurements from before where they fit, and no more spikes than it can bear", () => {
  const measurements = [1, 2, 3, 4];
  const spec: Spec = { ...OMP, problem: { id: "linear", rows: 4, data: { measurements } } };
  const facts = { rows: 4, cols: 256 } as Facts;
  const matrix = reading(read(4, 9, spec, facts), "matrix").problem;
  expect(matrix.data).toMatchObject({ measurements });
  expect(matrix.signal).toMatchObject({ id: "sparse", sparsity: 1 });
  expect(reading(read(5, 9, spec, facts), "matrix").problem.data).not.toHaveProperty(
    "measurements",
  );
});

test("a patch that brings a signal or a matrix takes the place of the file's", () => {
  const data = { measurements: [1], matrix: [[1]] };
  const spec: Spec = { ...OMP, problem: { id: "linear", data } };
  const left = (patch: unknown) => withoutReplaced(spec, patch).problem.data;
  expect(left({ problem: { signal: { id: "sparse" } } })).toEqual({ matrix: [[1]] });
  expect(left({ problem: { matrix: { id: "sphere" } } })).toEqual({ measurements: [1] });
  expect(left({ methods: [{ id: "iht" }] })).toEqual(data);
  expect(left(null)).toEqual(data);
  expect(withoutReplaced(OMP, { problem: { signal: {} } })).toBe(OMP);
});

test("what was given is taken away, and nothing else", () => {
  const data = { measurements: [1], matrix: [[1]] };
  const spec: Spec = { ...OMP, problem: { ...OMP.problem, data } };
  expect(withoutGiven(spec, ["measurements"]).problem).toEqual({
    ...OMP.problem,
    data: { matrix: [[1]] },
  });
  expect(withoutGiven(spec, ["measurements", "matrix"])).toEqual(OMP);
});
