import { saySweep } from "../messages/sweep.ts";

import type { Option } from "../spec/catalogue.ts";
import type { Json } from "../spec/spec.ts";
import { exact } from "../words/numbers.ts";

/** What a trial may be judged by, as options of a choice. */
const METRICS: [Json, keyof typeof saySweep.metrics][] = [
  ["success", "success"],
  ["exact_support", "exact"],
  [{ mean: "iterations" }, "meanSteps"],
  [{ median: "iterations" }, "medianSteps"],
  [{ mean: "products" }, "meanProducts"],
  [{ mean: "flops" }, "meanFlops"],
  [{ median: "relative_error" }, "medianError"],
];

/** The options; one that is none of the usual ones is among them, too. */
export function metricOptions(metric: Json): Option[] {
  const known = METRICS.map(([value, name]) => ({
    id: JSON.stringify(value),
    ...saySweep.metrics[name],
  }));
  const own = JSON.stringify(metric);
  return known.some(({ id }) => id === own)
    ? known
    : [...known, { id: own, label: metricName(metric), line: saySweep.fromFile }];
}

/** A metric in words. */
export function metricName(metric: Json): string {
  const known = METRICS.find(([value]) => JSON.stringify(value) === JSON.stringify(metric));
  if (known) return saySweep.metrics[known[1]].label;
  const [statistic = "", name = ""] = Object.entries(metric as Record<string, Json>)[0] ?? [];
  return saySweep.ownMetric(statistic, String(name).replaceAll("_", " "));
}

/** "19 of 50 succeed". */
export function successes(found: number, trials: number): string {
  return trials === 0 ? saySweep.noTrial : saySweep.successes(found, trials);
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
  return saySweep.times(exact(ratio >= 9.95 ? Math.round(ratio) : Number(ratio.toFixed(1))));
}
