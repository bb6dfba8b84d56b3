import { describe, expect, test } from "vitest";
import { Sweeper } from "../../target/web/lab.js";
import { checkResult } from "../../www/sweep/check-result.ts";
import type { TrialRecord } from "../../www/sweep/protocol.ts";
import "./lib/wasm.ts";

/** A result as the crate writes it, of a small sweep. */
function written(metric: unknown = "success") {
  const sweeper = new Sweeper({
    v: 1,
    spec: { v: 1, problem: { id: "linear", cols: 32 }, methods: [{ id: "omp" }] },
    x: { param: "problem.delta", from: 0.3, to: 0.7, steps: 2 },
    y: { param: "problem.rho", from: 0.1, to: 0.9, steps: 5 },
    trials: 4,
    metric,
  });
  const tasks = sweeper.next(false, 1000);
  for (let i = 0; i < tasks.length; i += 2)
    sweeper.add([sweeper.trial(tasks[i] as number, tasks[i + 1] as number) as TrialRecord]);
  return JSON.parse(JSON.stringify(sweeper.result()));
}

const FINE = written();

describe("a result from a file", () => {
  test("is taken as the crate writes it, whether or not it counts successes", () => {
    expect(FINE.methods[0].contour.length).toBeGreaterThan(0);
    checkResult("r.json", FINE);
    checkResult("r.json", written({ median: "iterations" }));
  });

  test.each<[string, (result: typeof FINE) => void]>([
    ["methods[0].contour[0]", (r) => r.methods[0].contour.splice(0, 1, null)],
    ["methods[0].contour[0].y", (r) => Object.assign(r.methods[0].contour[0], { y: "0.4" })],
    ["methods[0].contour", (r) => Object.assign(r.methods[0], { contour: {} })],
    ["methods[0].cells", (r) => Object.assign(r.methods[0], { cells: null })],
    ["methods[0].cells[1]", (r) => r.methods[0].cells.splice(1, 1, null)],
    ["methods[0].cells[1].trials", (r) => Object.assign(r.methods[0].cells[1], { trials: -3 })],
    ["methods[0].cells[1].trials", (r) => Object.assign(r.methods[0].cells[1], { trials: "4" })],
    ["methods[0].cells[1].trials", (r) => Object.assign(r.methods[0].cells[1], { trials: 5 })],
    [
      "methods[0].cells[2].successes",
      (r) => Object.assign(r.methods[0].cells[2], { successes: 9 }),
    ],
    ["methods[0].cells[2].value", (r) => Object.assign(r.methods[0].cells[2], { value: "all" })],
    ["methods[0].cells[2].value", (r) => Object.assign(r.methods[0].cells[2], { value: -1 })],
    ["methods[0].cells[3].at", (r) => Object.assign(r.methods[0].cells[3], { at: [1] })],
    ["methods[0].id", (r) => Object.assign(r.methods[0], { id: "ista" })],
    ["methods", (r) => Object.assign(r, { methods: [] })],
    ["digest", (r) => Object.assign(r, { digest: "<b>" })],
    ["digest", (r) => Reflect.deleteProperty(r, "digest")],
    ["trials", (r) => Reflect.deleteProperty(r, "trials")],
    ["trials", (r) => Object.assign(r, { trials: 39 })],
  ])("names %s where it cannot be used", (field, spoil) => {
    const result = structuredClone(FINE);
    spoil(result);
    expect(() => checkResult("r.json", result)).toThrow(`r.json cannot be used: ${field} takes `);
  });
});
