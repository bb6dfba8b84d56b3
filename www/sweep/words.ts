import { saySweep } from "../messages/sweep.ts";

import type { Option } from "../spec/catalogue.ts";
import type { Json } from "../spec/spec.ts";
import { exact } from "../words/numbers.ts";

/** What a trial may be judged by and what has words of its own. */
const NAMED: [Json, keyof typeof saySweep.metrics][] = [
  ["success", "success"],
  ["exact_support", "exact"],
  [{ mean: "iterations" }, "meanSteps"],
  [{ median: "iterations" }, "medianSteps"],
  [{ mean: "products" }, "meanProducts"],
  [{ mean: "flops" }, "meanFlops"],
  [{ median: "relative_error" }, "medianError"],
];
/** Every method counts these; they stand at the end. */
const COUNTED = ["iterations", "products", "flops"];
/** The quantile that is offered. */
const LEVEL = 0.9;

/**
 * The options, given the names of what the methods tell: success where there is an error to judge by, then the statistics of
 * each quantity. The present metric is among them, also where it is none of these, or where nothing is told yet.
 */
export function metricOptions(metric: Json, told: readonly string[] = []): Option[] {
  const has = (...names: string[]) => names.every((name) => told.includes(name));
  const successes = [
    ...(has("relative_error") ? ["success"] : []),
    ...(has("precision", "recall") ? ["exact_support"] : []),
  ];
  const names = [
    ...told.filter((name) => !COUNTED.includes(name)),
    ...COUNTED.filter((name) => told.includes(name)),
  ];
  const options = [
    ...successes.map((value) => metricOption(value)),
    ...names.flatMap((name) =>
      [{ mean: name }, { median: name }, { quantile: name, at: LEVEL }].map((value) => ({
        ...metricOption(value),
        group: quantityName(name),
      })),
    ),
  ];
  const own = metricOption(metric);
  return options.some(({ id }) => id === own.id) ? options : [own, ...options];
}

function metricOption(metric: Json): Option {
  const id = keyOf(metric);
  const known = NAMED.find(([value]) => keyOf(value) === id)?.[1];
  if (known) return { id, ...saySweep.metrics[known] };
  const { statistic, level } = partsOf(metric);
  const line = {
    mean: "",
    median: saySweep.medianLine,
    quantile: saySweep.quantileLine(percent(level)),
  };
  return { id, label: metricName(metric), line: line[statistic as keyof typeof line] ?? "" };
}

/** A metric as text: the same one, whatever the order of its fields. */
function keyOf(metric: Json): string {
  if (metric === null || typeof metric !== "object" || Array.isArray(metric))
    return JSON.stringify(metric);
  return JSON.stringify(Object.fromEntries(Object.entries(metric).sort().reverse()));
}

function partsOf(metric: Json): { statistic: string; name: string; level: number } {
  const fields = Object.entries((metric ?? {}) as Record<string, Json>);
  const [statistic = "", name = ""] = fields.find(([key]) => key !== "at") ?? [];
  const level = fields.find(([key]) => key === "at")?.[1];
  return { statistic, name: String(name), level: Number(level ?? 0.5) };
}

/** A quantity in words. */
function quantityName(name: string): string {
  return saySweep.quantities[name as keyof typeof saySweep.quantities] ?? name.replaceAll("_", " ");
}

/** A metric in words. */
export function metricName(metric: Json): string {
  const known = NAMED.find(([value]) => keyOf(value) === keyOf(metric));
  if (known) return saySweep.metrics[known[1]].label;
  if (typeof metric === "string") return metric.replaceAll("_", " ");
  const { statistic, name, level } = partsOf(metric);
  return saySweep.statistic(statistic, quantityName(name), percent(level));
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
