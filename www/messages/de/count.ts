import { whole } from "../../words/numbers.ts";
import { counting } from "../counting.ts";

const forms = counting("de");

/** One or many. */
export function count(n: number, one: string, other: string): string {
  return forms(n, { one, other });
}

/** Steps in the nominative, and after prepositions such as "in" and "nach". */
export function steps(n: number): string {
  return count(n, "Schritt", "Schritte");
}

export function inSteps(n: number): string {
  return count(n, "Schritt", "Schritten");
}

export function alarms(n: number): string {
  return count(n, "Fehlalarm", "Fehlalarme");
}

/** A place in a row: 1., 2., 32. */
export function ordinal(n: number): string {
  return `${whole(n)}.`;
}
