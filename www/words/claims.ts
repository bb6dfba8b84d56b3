import { say } from "../messages/say.ts";

import type { Claim } from "../spec/catalogue.ts";
import { exact } from "./numbers.ts";

/** Quantities that people read in per cent. */
function isShare({ experiment }: Claim): boolean {
  return (
    experiment.kind === "trials" &&
    ["share", "at_most", "departure"].includes(experiment.measure.kind)
  );
}

function amount(claim: Claim, value: number): string {
  const rounded = Number((isShare(claim) ? 100 * value : value).toPrecision(3));
  return isShare(claim) ? `${exact(rounded)} %` : exact(rounded);
}

/** What was measured: "99.2 % of draws", "0.0141". */
export function measuredInWords(claim: Claim, value: number): string {
  const { experiment } = claim;
  const counts =
    experiment.kind === "trials" && ["share", "at_most"].includes(experiment.measure.kind);
  return counts ? say.notes.ofDraws(amount(claim, value)) : amount(claim, value);
}

/** What the number has to keep: "at least 95 %". */
export function boundInWords(claim: Claim): string {
  const { bound } = claim;
  if ("at_least" in bound) return say.notes.atLeast(amount(claim, bound.at_least));
  if ("at_most" in bound) return say.notes.atMost(amount(claim, bound.at_most));
  return say.notes.between(amount(claim, bound.within[0]), amount(claim, bound.within[1]));
}
