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
  return amount(claim, value) + (counts ? " of draws" : "");
}

/** What the number has to keep: "at least 95 %". */
export function boundInWords(claim: Claim): string {
  const { bound } = claim;
  if ("at_least" in bound) return `at least ${amount(claim, bound.at_least)}`;
  if ("at_most" in bound) return `at most ${amount(claim, bound.at_most)}`;
  return `${amount(claim, bound.within[0])} to ${amount(claim, bound.within[1])}`;
}
