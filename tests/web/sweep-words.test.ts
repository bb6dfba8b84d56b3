import { describe, expect, test } from "vitest";
import { saySweep } from "../../www/messages/sweep.ts";
import type { Spec } from "../../www/spec/spec.ts";
import { defaultSweep } from "../../www/sweep/default-sweep.ts";
import { metricName, metricOptions } from "../../www/sweep/words.ts";
import { CATALOGUE, DOORS } from "./lib/wasm.ts";

describe("sentences", () => {
  test("one trial is one trial", () => {
    expect(saySweep.cellValue("here", "3", 1)).toBe("here: 3 in 1 trial");
    expect(saySweep.map("SWSGP", "a", "b", 1, 1)).toMatch(/1 trial in 1 cell\.$/);
  });
});

describe("what a trial may be judged by", () => {
  test("is what the methods tell: success first where there is an error, counts last", () => {
    const ids = metricOptions({ mean: "ndcg" }, ["iterations", "ndcg", "products"]).map(
      ({ id }) => id,
    );
    expect(ids[0]).toBe('{"mean":"ndcg"}');
    expect(ids).toContain('{"quantile":"ndcg","at":0.9}');
    expect(ids).not.toContain('"success"');
    expect(ids.slice(3).every((id) => /iterations|products/.test(id))).toBe(true);
    const linear = metricOptions("success", [
      "iterations",
      "precision",
      "recall",
      "relative_error",
    ]);
    expect(linear.slice(0, 2).map(({ id }) => id)).toEqual(['"success"', '"exact_support"']);
  });

  test("has the present metric in it, whatever it is and before anything is told", () => {
    expect(metricOptions("success").map(({ label }) => label)).toEqual(["succeeds"]);
    const own = metricOptions({ at: 0.25, quantile: "ndcg" }, ["ndcg"]);
    expect(own[0]?.label).toBe("25\u2009% quantile of ndcg");
    // The order of its fields makes no other metric.
    expect(metricOptions({ at: 0.9, quantile: "ndcg" }, ["ndcg"])).toHaveLength(3);
    expect(metricName({ mean: "test_error" })).toBe("mean of test error");
  });

  test.each(CATALOGUE.data.exhibits.filter(({ lab }) => lab !== "recovery"))(
    "of what $id offers nothing is refused",
    ({ lab, spec, ...exhibit }) => {
      const doors = DOORS.get(lab);
      const sweep = defaultSweep(CATALOGUE, JSON.parse(spec) as Spec, { lab, spec, ...exhibit });
      if (!doors || !sweep) throw new Error("no sweep");
      let told: string[] = [];
      try {
        new doors.Sweeper({ ...sweep, metric: { mean: "" } });
      } catch (error) {
        told = /it tells (.*)$/.exec((error as Error).message)?.[1]?.split(", ") ?? [];
      }
      const options = metricOptions(sweep.metric, told);
      expect(options.length).toBeGreaterThan(3);
      expect(options.map(({ id }) => JSON.parse(id))).toContainEqual(sweep.metric);
      for (const { id } of options.slice(0, 3))
        new doors.Sweeper({ ...sweep, metric: JSON.parse(id) }).free();
    },
    60_000,
  );
});
