import { whole } from "../../words/numbers.ts";
import { counting } from "../counting.ts";

const forms = counting("en");

/** One or many. */
export function count(n: number, one: string, other: string): string {
  return forms(n, { one, other });
}

export function steps(n: number): string {
  return count(n, "step", "steps");
}

export function alarms(n: number): string {
  return count(n, "false alarm", "false alarms");
}

const RULES = new Intl.PluralRules("en", { type: "ordinal" });
const ENDINGS: { [rule in Intl.LDMLPluralRule]?: string } = { one: "st", two: "nd", few: "rd" };

/** A place in a row: 1st, 2nd, 32nd, 112th. */
export function ordinal(n: number): string {
  return `${whole(n)}${ENDINGS[RULES.select(n)] ?? "th"}`;
}
