import { describe, expect, test } from "vitest";
import type { Claim } from "../../www/spec/catalogue.ts";
import { boundInWords, measuredInWords } from "../../www/words/claims.ts";

const MINUS = "\u2212";

function trials(measure: string, bound: Claim["bound"]): Claim {
  const experiment = { kind: "trials" as const, trials: 400, measure: { kind: measure } };
  return { statement: "", experiment, bound, measured: 0 };
}

function diagrams(bound: Claim["bound"]): Claim {
  return { statement: "", experiment: { kind: "diagrams" }, bound, measured: 0 };
}

describe("claims in words", () => {
  test.each([
    [trials("share", { at_least: 0.95 }), 396 / 400, "99 % of draws", "at least 95 %"],
    [trials("share", { at_least: 1 }), 1, "100 % of draws", "at least 100 %"],
    [trials("departure", { at_most: 0.05 }), 0.0104, "1.04 %", "at most 5 %"],
    [trials("ratio", { at_most: 0.5 }), 0.31, "0.31", "at most 0.5"],
    [diagrams({ at_most: 0.02 }), 0.0141, "0.0141", "at most 0.02"],
    [diagrams({ within: [-0.6, -0.4] }), -0.513, `${MINUS}0.513`, `${MINUS}0.6 to ${MINUS}0.4`],
  ])("%o", (claim, value, measured, bound) => {
    expect(measuredInWords(claim, value)).toBe(measured);
    expect(boundInWords(claim)).toBe(bound);
  });
});
