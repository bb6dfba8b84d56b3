import { describe, expect, test } from "vitest";
import type { Diagnosis, Facts } from "../../www/solve/protocol.ts";
import { worstError } from "../../www/view/worst-error.ts";
import { factsOf, seenSupport } from "../../www/words/diagnosis.ts";

const PALEY: Diagnosis = {
  welch: 0.128,
  coherence: 0.128,
  babel: [0.128, 0.256, 0.384],
  guaranteed: { coherence: 4, babel: 4 },
  spectrum: [Math.SQRT2, Math.SQRT2],
  condition: 1,
  isometry: [
    { k: 2, lower: 0.128, upper: 0.128, exact: true },
    { k: 3, lower: 0.256, upper: 0.256, exact: false },
  ],
  erc: 0.4,
  irrepresentability: 0.3,
  statistical_dimension: { measurements: 20.2, width: 9, eta: 0.05 },
  noise_sensitivity: 1.5,
  left_out: [],
};

const fact = (diagnosis: Diagnosis, id: string, k: number | null = 3) =>
  factsOf(diagnosis, k, 31).find((one) => one.id === id);

describe("what a matrix promises", () => {
  test("says for this sparsity what coherence and babel function promise, and what not", () => {
    expect(fact(PALEY, "coherence")?.text).toContain("this one of 3 is among them");
    expect(fact(PALEY, "coherence", 5)?.text).toContain("Of 5 it says nothing");
    expect(fact(PALEY, "coherence", null)?.text).toContain("up to 4 spikes.");
    expect(fact(PALEY, "babel")?.value).toBe("$\\mu_1(3) = 0.38$");
    expect(fact(PALEY, "babel", 40)?.value).toBe("$\\mu_1(3) = 0.38$");
  });

  test("a search for restricted isometry can refute, and never proves", () => {
    expect(fact(PALEY, "isometry")?.value).toBe("$\\delta_{3} \\ge 0.26$");
    expect(fact(PALEY, "isometry")?.text).toContain("a search cannot prove it");
    const bad = { k: 5, lower: 0.8, upper: 1.2, exact: false };
    const text = fact({ ...PALEY, isometry: [bad] }, "isometry")?.text;
    expect(text).toContain("At 5 columns it is 0.80 already");
    expect(text).toContain("for 3 spikes or more");
    const all = { k: 6, lower: 0.3, upper: 0.3, exact: true };
    expect(fact({ ...PALEY, isometry: [all] }, "isometry")?.text).toContain("It holds here");
  });

  test("tells tight frames, lost rank and dependent columns", () => {
    expect(fact(PALEY, "spectrum")?.text).toContain("the frame is tight");
    const lost = { ...PALEY, spectrum: [2, 0], condition: null };
    expect(fact(lost, "spectrum")?.value).toBe("rank lost");
    expect(fact({ ...PALEY, erc: null }, "erc")?.text).toContain("dependent");
    expect(fact({ ...PALEY, erc: 1.2 }, "erc")?.text).toMatch(/^At least 1/);
    expect(fact(PALEY, "irrepresentability")?.text).toMatch(/^Below 1/);
  });

  test("compares the measurements with what a Gaussian matrix needs", () => {
    expect(fact(PALEY, "dimension")?.text).toContain("success is all but sure");
    const needs = (measurements: number) => ({
      ...PALEY,
      statistical_dimension: { measurements, width: 9, eta: 0.05 },
    });
    expect(fact(needs(35), "dimension")?.text).toContain("leaves it open");
    expect(fact(needs(45), "dimension")?.text).toContain("failure is all but sure");
    expect(fact({ ...PALEY, noise_sensitivity: null }, "noise")?.value).toBe("∞");
  });

  test("what was left out has no line", () => {
    const { welch, left_out } = PALEY;
    expect(factsOf({ welch, left_out }, 3, 31)).toEqual([]);
  });

  test("the support at the playhead", () => {
    expect(seenSupport(0.5, 3)).toContain("3 columns: 0.50, so that OMP would stay within it");
    expect(seenSupport(1.5, 1)).toBe("The support at the playhead, 1 column: 1.5.");
    expect(seenSupport(null, 2)).toContain("dependent");
    expect(seenSupport(undefined, 2)).toContain("not computed");
    expect(seenSupport(0, 0)).toContain("empty");
  });
});

describe("the worst error", () => {
  const facts = {
    rows: 4,
    cols: 9,
    delta: 4 / 9,
    rho: 0.25,
    noise_norm: 2,
    complex: false,
  } as Facts;

  test("is that of all coordinates, relative to the signal", () => {
    // 9 coordinates of mean square 4 times a variance of 1, and a signal of norm 3.
    expect(worstError(facts, 3, () => 4)).toBe(2);
  });

  test("is not known without noise, above the transition, or for complex numbers", () => {
    expect(worstError({ ...facts, noise_norm: 0 }, 3, () => 4)).toBeUndefined();
    expect(worstError({ ...facts, complex: true }, 3, () => 4)).toBeUndefined();
    expect(worstError({ ...facts, rho: null }, 3, () => 4)).toBeUndefined();
    expect(worstError(facts, 3, () => Number.POSITIVE_INFINITY)).toBeUndefined();
  });
});
