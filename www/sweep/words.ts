import type { Option } from "../spec/catalogue.ts";
import type { Json } from "../spec/spec.ts";
import { exact, whole } from "../words/numbers.ts";

/** What a trial may be judged by, as options of a choice. */
const METRICS: [Json, string, string][] = [
  ["success", "succeeds", "its relative error is at most the tolerance"],
  ["exact_support", "is exact", "the support is that of the truth"],
  [{ mean: "iterations" }, "mean number of steps", "how long the method takes"],
  [{ median: "iterations" }, "median number of steps", "how long half of the trials take at most"],
  [{ mean: "products" }, "mean number of products", "products with the matrix and its transpose"],
  [{ mean: "flops" }, "mean number of FLOPs", "floating-point operations of those products"],
  [
    { median: "relative_error" },
    "median error",
    "the relative error of half of the trials at most",
  ],
];

/** The options; one that is none of the usual ones is among them, too. */
export function metricOptions(metric: Json): Option[] {
  const known = METRICS.map(([value, label, line]) => ({ id: JSON.stringify(value), label, line }));
  const own = JSON.stringify(metric);
  return known.some(({ id }) => id === own)
    ? known
    : [...known, { id: own, label: metricName(metric), line: "as the sweep's file says" }];
}

/** A metric in words. */
export function metricName(metric: Json): string {
  const known = METRICS.find(([value]) => JSON.stringify(value) === JSON.stringify(metric));
  if (known) return known[1];
  const [statistic = "", name = ""] = Object.entries(metric as Record<string, Json>)[0] ?? [];
  return `${statistic} of ${String(name).replaceAll("_", " ")}`;
}

/** "19 of 50 succeed". */
export function successes(found: number, trials: number): string {
  if (trials === 0) return "no trial yet";
  return `${whole(found)} of ${whole(trials)} ${found === 1 ? "succeeds" : "succeed"}`;
}

/** A share as a whole per cent. */
export function percent(share: number): string {
  return `${Math.round(100 * share)}\u2009%`;
}

/** A place on an axis. */
export function placeText(value: number): string {
  return exact(Number(value.toPrecision(3)));
}

/** "4 times", "2.5 times". */
export function times(ratio: number): string {
  return `${ratio >= 9.95 ? Math.round(ratio) : ratio.toFixed(1).replace(/\.0$/, "")} times`;
}
