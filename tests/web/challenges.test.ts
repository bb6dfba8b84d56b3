import { describe, expect, test } from "vitest";
import { type Challenge, handoutOf, rankOf } from "../../www/challenge/challenge.ts";
import { dressed, reachedIn } from "../../www/challenge/secret.ts";
import { CHALLENGES } from "../../www/challenge/shelf.ts";
import { BLIND_LAMBDA } from "../../www/challenges/blind-lambda.ts";
import type { Description, Judged, PenaltyPath, Verdict } from "../../www/solve/protocol.ts";
import { holdOf, keepHeld } from "../../www/spec/handout.ts";
import { addressOf, placeOf } from "../../www/spec/link.ts";
import { PARTS } from "../../www/spec/parts.ts";
import { merged, type Path, type Spec, valueAt, withValue } from "../../www/spec/spec.ts";
import { CATALOGUE, canonical, DOORS } from "./lib/wasm.ts";

/** Draws on which the ranks of the hidden penalty were measured. */
const DRAWS = 200;

function doorsOf() {
  const doors = DOORS.get("recovery");
  if (!doors) throw new Error("there is no recovery lab");
  return doors;
}

/** As the worker judges. */
function judged(spec: Spec): Judged {
  const session = new (doorsOf().Session)(spec);
  while (!session.ended(0)) session.step(0);
  const { rows, complex } = (session.describe() as Description).facts;
  const { metrics } = session.judge(0) as Verdict;
  session.free();
  return { metrics, rows, complex };
}

const scoreOf = (challenge: Challenge, spec: Spec) =>
  challenge.scoring.score(challenge.scoring.specs(spec).map(judged));

describe.each(CHALLENGES.map((challenge) => [challenge.id, challenge] as const))(
  "%s",
  (id, challenge) => {
    const start = canonical(challenge.spec);

    test("is said in two sentences, and can be played", () => {
      expect(challenge.rule.match(/[.?](?= |$)/g)).toHaveLength(2);
      expect(id).toMatch(/^[a-z0-9-]{1,64}$/);
      expect(CATALOGUE.exhibit(challenge.exhibit)).toBeDefined();
      expect(() => judged(dressed(challenge, start, 1))).not.toThrow();
      const place = placeOf(addressOf({ page: "challenge", challenge: id, spec: start }));
      expect(place).toEqual({ page: "challenge", challenge: id, spec: start });
    });

    test("names parts and parameters that there are", () => {
      const known = (name: string) => {
        if ((PARTS as readonly string[]).includes(name) || name === "seed") return true;
        const path = name
          .split(".")
          .map((key, i) => (i === 1 && /^\d$/.test(key) ? Number(key) : key));
        return path.length === 2 && path[0] === "methods"
          ? start.methods[Number(path[1])] !== undefined
          : CATALOGUE.schemaAt(start, path as Path) !== undefined;
      };
      const names = [...challenge.free, ...challenge.hide, ...Object.keys(challenge.secret ?? {})];
      expect(names.filter((name) => !known(name))).toEqual([]);
    });

    test("holds all that is not free", () => {
      const handout = handoutOf(challenge);
      const edits: Spec[] = [
        { ...start, seed: 5 },
        { ...start, methods: [...start.methods, { id: "cosamp" }] },
        ...(
          [
            [["problem", "rows"], 50],
            [["problem", "cols"], 256],
            [["problem", "matrix"], { id: "bernoulli" }],
            [["problem", "signal", "sparsity"], 3],
            [["problem", "noise"], { id: "gaussian", snr_db: 100 }],
            [["problem", "data"], { truth: [1, 0, 0] }],
            [["methods", 0, "max_steps"], 3],
          ] as const
        ).map(([path, value]) => withValue(start, path, value)),
      ];
      const names = [
        "seed",
        "methods",
        "problem.rows",
        "problem.cols",
        "problem.matrix",
        "problem.signal.sparsity",
        "problem.noise",
        "problem.data",
        "methods.0.max_steps",
      ];
      for (const [i, edit] of edits.entries()) {
        const free = holdOf(handout, names[i] ?? "") === "free";
        const attempt = expect(() => keepHeld(CATALOGUE, handout, start, edit), names[i]);
        if (free) attempt.not.toThrow();
        else attempt.toThrow();
      }
    });

    test("takes from a link what a player can have come to, and nothing else", () => {
      const reached = canonical(dressed(challenge, start, 77));
      expect(reachedIn(CATALOGUE, challenge, reached)).toEqual(reached);
      const cheats = [
        withValue(reached, ["problem", "cols"], 16),
        withValue(reached, ["problem", "noise"], { id: "gaussian", snr_db: 120 }),
        withValue(reached, ["problem", "signal"], { id: "sparse", sparsity: 1 }),
        withValue(reached, ["problem", "data"], { truth: [1, 0, 0, 0] }),
        { ...reached, methods: [...reached.methods, ...reached.methods] },
      ];
      for (const cheat of cheats) expect(() => reachedIn(CATALOGUE, challenge, cheat)).toThrow();
    });

    test("has ranks in order, the best first", () => {
      const { ranks, scoring } = challenge;
      expect(ranks.length).toBeGreaterThanOrEqual(3);
      for (const [i, rank] of ranks.entries()) {
        expect(rankOf(challenge, rank.at)).toBe(rank);
        const next = ranks[i + 1];
        if (next)
          expect(scoring.better === "less" ? next.at - rank.at : rank.at - next.at).toBeGreaterThan(
            0,
          );
      }
    });

    test("has thresholds that somebody reaches, just so", { timeout: 60_000 }, () => {
      for (const { name, at, patch } of challenge.ranks) {
        if (patch === undefined) continue;
        const spec = canonical(merged(start, patch));
        expect(reachedIn(CATALOGUE, challenge, spec)).toEqual(spec);
        expect(scoreOf(challenge, spec).value, name).toBe(at);
      }
    });
  },
);

test("the same settings have the same score, whoever asks", () => {
  const [fewest] = CHALLENGES as [Challenge];
  const spec = canonical(merged(fewest.spec, { problem: { rows: 45 } }));
  const theirs = placeOf(addressOf({ page: "challenge", challenge: fewest.id, spec }));
  if (theirs?.page !== "challenge" || !theirs.spec) throw new Error("the link has no Spec");
  expect(scoreOf(fewest, theirs.spec)).toEqual(scoreOf(fewest, { ...spec, seed: 9 }));
  const few = canonical(merged(fewest.spec, { problem: { rows: 30 } }));
  expect(scoreOf(fewest, few).value).toBeUndefined();
});

test("a complex matrix does not beat a real one", () => {
  const beat = CHALLENGES[1] as Challenge;
  const spec = canonical(merged(beat.spec, { problem: { matrix: { id: "partial-fourier" } } }));
  expect(scoreOf(beat, spec).value).toBeUndefined();
});

test("what is hidden goes with the seed, evenly between its bounds", () => {
  const drawn = Array.from({ length: 2000 }, (_, i) =>
    dressed(BLIND_LAMBDA, BLIND_LAMBDA.spec, i * 7919),
  );
  for (const [name, [from, to]] of Object.entries(BLIND_LAMBDA.secret ?? {})) {
    const values = drawn.map((spec) => Number(valueAt(spec, name.split("."))));
    for (let value = from; value <= to; value += 1) {
      const share = values.filter((one) => one === value).length / values.length;
      expect(share * (to - from + 1), `${name} ${value}`).toBeGreaterThan(0.5);
      expect(share * (to - from + 1), `${name} ${value}`).toBeLessThan(1.6);
    }
    expect(values.every((value) => value >= from && value <= to)).toBe(true);
  }
  expect(dressed(BLIND_LAMBDA, BLIND_LAMBDA.spec, 5)).toEqual(
    dressed(BLIND_LAMBDA, BLIND_LAMBDA.spec, 5),
  );
});

/** A median. */
function middle(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return ((sorted[(sorted.length - 1) >> 1] ?? 0) + (sorted[sorted.length >> 1] ?? 0)) / 2;
}

/** A draw of the hidden penalty: the LASSO's path, and the relative error of any penalty on it. */
function onPath(spec: Spec): { path: PenaltyPath; errorAt: (ratio: number) => number } {
  const session = new (doorsOf().Session)(spec);
  const { panels } = session.describe() as Description;
  session.free();
  const truth = panels.find(({ id }) => id === "truth")?.values ?? new Float64Array();
  const theory = new (doorsOf().Theory)(spec);
  const path = theory.path(2e9) as PenaltyPath;
  theory.free();
  const { ratios, lines } = path;
  const errorAt = (ratio: number) => {
    const after = ratios.findIndex((knot) => knot <= ratio);
    const [i, j] =
      after < 0 ? [ratios.length - 1, ratios.length - 1] : [Math.max(0, after - 1), after];
    const [from, to] = [ratios[i] ?? 0, ratios[j] ?? 0];
    const share = from === to ? 0 : (from - ratio) / (from - to);
    // Between breakpoints the entries are linear in the penalty.
    const estimate = new Map(
      lines.map(({ index, values }) => [
        index,
        (values[i] ?? 0) + share * ((values[j] ?? 0) - (values[i] ?? 0)),
      ]),
    );
    const gap = truth.map((value, index) => value - (estimate.get(index) ?? 0));
    return Math.hypot(...gap) / Math.hypot(...truth);
  };
  return { path, errorAt };
}

const RATIO: Path = ["methods", 0, "lambda_ratio"];
const hiddenDraw = (i: number) =>
  dressed(BLIND_LAMBDA, canonical(BLIND_LAMBDA.spec), i * 7919 + 13);

test("the method of the hidden penalty solves what the path says", () => {
  const spec = hiddenDraw(3);
  const { errorAt } = onPath(spec);
  for (const ratio of [0.8, 0.3, 0.1, 0.03, 0.01])
    expect(judged(withValue(spec, RATIO, ratio)).metrics.relative_error).toBeCloseTo(
      errorAt(ratio),
      3,
    );
});

test("ranks of the hidden penalty are what rules of choice come to in half of the draws", {
  timeout: 120_000,
}, () => {
  const scores: Record<string, number[]> = { cv: [], discrepancy: [], tenth: [] };
  for (let i = 0; i < DRAWS; i += 1) {
    const spec = hiddenDraw(i);
    const { path, errorAt } = onPath(spec);
    const asJudged = (one: Spec): Judged => ({
      metrics: { relative_error: errorAt(Number(valueAt(one, RATIO))) },
      rows: 64,
      complex: false,
    });
    const [, ...rest] = BLIND_LAMBDA.scoring.specs(spec).map(asJudged);
    const ratios = {
      tenth: 0.1,
      ...Object.fromEntries(path.rules.map(({ id, ratio }) => [id, ratio])),
    };
    for (const [name, list] of Object.entries(scores)) {
      const ratio = Math.min(1, ratios[name as keyof typeof ratios] ?? Number.NaN);
      const own = asJudged(withValue(spec, RATIO, ratio));
      list.push(BLIND_LAMBDA.scoring.score([own, ...rest]).value ?? Number.NaN);
    }
  }
  const told = Object.values(scores).map(middle);
  const found = told.map((median) => Number(median.toFixed(2)));
  expect(found).toEqual(BLIND_LAMBDA.ranks.map(({ at }) => at));
});
