import { describe, expect, test } from "vitest";
import { fieldOf, merged, type Spec, valueAt, withValue } from "../../www/spec/spec.ts";

const SPEC: Spec = {
  v: 1,
  seed: 3,
  problem: { id: "linear", rows: 80, signal: { id: "sparse", sparsity: 20 } },
  methods: [{ id: "omp" }, { id: "iht", step: 0.5 }],
};

describe("paths", () => {
  test("are spelt as complaints spell their field", () => {
    expect(fieldOf(["methods", 0, "sparsity"])).toBe("methods[0].sparsity");
    expect(fieldOf(["problem", "signal", "id"])).toBe("problem.signal.id");
    expect(fieldOf(["seed"])).toBe("seed");
    expect(fieldOf([])).toBe("");
  });

  test("lead to values, or to undefined where nothing is", () => {
    expect(valueAt(SPEC, ["methods", 1, "step"])).toBe(0.5);
    expect(valueAt(SPEC, [])).toBe(SPEC);
    expect(valueAt(SPEC, ["problem", "noise", "snr_db"])).toBeUndefined();
    expect(valueAt(SPEC, ["methods", 7, "id"])).toBeUndefined();
    expect(valueAt(null, ["problem"])).toBeUndefined();
  });

  test("through null lead to undefined", () => {
    expect(valueAt({ noise: null }, ["noise", "snr_db"])).toBeUndefined();
  });
});

describe("withValue", () => {
  test("changes one value in a copy and shares the rest", () => {
    const next = withValue(SPEC, ["problem", "signal", "sparsity"], 5);
    expect(valueAt(next, ["problem", "signal", "sparsity"])).toBe(5);
    expect(valueAt(SPEC, ["problem", "signal", "sparsity"])).toBe(20);
    expect(next.methods).toBe(SPEC.methods);
    expect(next.problem).not.toBe(SPEC.problem);
  });

  test("keeps lists as lists", () => {
    const next = withValue(SPEC, ["methods", 1, "step"], 2);
    expect(Array.isArray(next.methods)).toBe(true);
    expect(next.methods[1]).toEqual({ id: "iht", step: 2 });
    expect(next.methods[0]).toBe(SPEC.methods[0]);
  });

  test("makes parents that are missing, and replaces the root at the empty path", () => {
    expect(withValue({}, ["a", "b"], 1)).toEqual({ a: { b: 1 } });
    expect(withValue({ a: 1 }, [], 7)).toBe(7);
  });

  test("then valueAt gives it back", () => {
    for (const path of [["seed"], ["problem", "new", "deep"], ["methods", 0, "x"]])
      expect(valueAt(withValue(SPEC, path, "here"), path)).toBe("here");
  });
});

describe("merged", () => {
  // The examples of RFC 7396, appendix A.
  test.each([
    [{ a: "b" }, { a: "c" }, { a: "c" }],
    [{ a: "b" }, { b: "c" }, { a: "b", b: "c" }],
    [{ a: "b" }, { a: null }, {}],
    [{ a: "b", b: "c" }, { a: null }, { b: "c" }],
    [{ a: ["b"] }, { a: "c" }, { a: "c" }],
    [{ a: "c" }, { a: ["b"] }, { a: ["b"] }],
    [{ a: { b: "c" } }, { a: { b: "d", c: null } }, { a: { b: "d" } }],
    [{ a: [{ b: "c" }] }, { a: [1] }, { a: [1] }],
    [
      ["a", "b"],
      ["c", "d"],
      ["c", "d"],
    ],
    [{ a: "b" }, ["c"], ["c"]],
    [{ a: "foo" }, null, null],
    [{ a: "foo" }, "bar", "bar"],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [[1, 2], { a: "b", c: null }, { a: "b" }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ])("%j with %j", (target, patch, result) => {
    const before = structuredClone(target);
    expect(merged(target, patch)).toEqual(result);
    expect(target).toEqual(before);
  });

  test("another id drops the fields of the old one", () => {
    expect(merged(SPEC, { problem: { signal: { id: "curve", values: [1] } } })).toEqual({
      ...SPEC,
      problem: { id: "linear", rows: 80, signal: { id: "curve", values: [1] } },
    });
  });

  test("the same id keeps them, and no id does too", () => {
    const kept = { id: "sparse", sparsity: 20, amplitude: "signs" };
    for (const signal of [{ id: "sparse", amplitude: "signs" }, { amplitude: "signs" }])
      expect(valueAt(merged(SPEC, { problem: { signal } }), ["problem", "signal"])).toEqual(kept);
  });

  test("another id with a null among its fields leaves no null behind", () => {
    expect(merged({ id: "a", x: 1 }, { id: "b", y: null, z: 2 })).toEqual({ id: "b", z: 2 });
  });
});
