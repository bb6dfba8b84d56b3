import type { MethodRecording, Recording } from "../solve/recording.ts";
import { active, tally } from "../view/seen.ts";

/** Relative error at which a signal counts as recovered: that of sweeps' success, -60 dB. */
export const RECOVERED = 1e-3;

/** Bounds of a measure: numbers, or other measures of the same run. */
export interface Bounds {
  at_least?: number | string;
  at_most?: number | string;
  less_than?: number | string;
  more_than?: number | string;
}

/** What is said of a run: each named measure has a value, or lies within bounds. */
export type Condition = Record<string, number | boolean | Bounds>;

export type Measures = ReadonlyMap<string, number | boolean>;

/**
 * What can be said of a finished run, by name. Measures of the first method have plain names, such as `found`; each
 * method's have its letter before them, too: `A.found`, `B.found`.
 */
export function measuresOf(recording: Recording): Measures {
  const measures = new Map<string, number | boolean>();
  const { facts } = recording.description;
  for (const name of ["rows", "cols", "sparsity", "delta", "rho", "rho_l1"] as const)
    put(measures, name, facts[name]);
  for (const [i, method] of recording.methods.entries()) {
    for (const [name, value] of Object.entries(ofMethod(recording, method))) {
      if (i === 0) put(measures, name, value);
      put(measures, `${String.fromCharCode(65 + i)}.${name}`, value);
    }
  }
  return measures;
}

type Found = Record<string, number | boolean | null | undefined>;

function ofMethod(recording: Recording, method: MethodRecording): Found {
  const last = Object.entries(method.traces).map(([name, values]) => [
    `last_${name}`,
    values.at(-1),
  ]);
  const error = method.trace("relative_error", method.last);
  return {
    ...Object.fromEntries(last),
    steps: method.last,
    converged: method.ending?.word === "converged",
    recovered: error === undefined ? undefined : error <= RECOVERED,
    error_db: error === undefined ? undefined : 20 * Math.log10(error),
    ...ofSupport(recording, method),
  };
}

/** What was picked, found and missed. */
function ofSupport({ description }: Recording, method: MethodRecording): Found {
  const estimate = method.at(method.last)?.estimate;
  const truth = description.panels.find(({ id }) => id === "truth")?.values;
  const picks = method.events.flatMap(({ event }) => (event.kind === "pick" ? [event.index] : []));
  const threshold = description.facts.active_threshold;
  const measures: Found = {
    picks: picks.length,
    first_pick: picks[0],
    nonzeros: active(estimate, threshold).length,
    largest: largestOf(estimate),
  };
  if (!truth || !estimate || truth.length !== estimate.length) return measures;
  const { found, missed, wrong } = tally(truth, estimate, threshold);
  const wrongPicks = picks.filter((index) => truth[index] === 0);
  return {
    ...measures,
    found,
    missed,
    false_alarms: wrong,
    exact_support: missed === 0 && wrong === 0,
    wrong_picks: wrongPicks.length,
    first_wrong_pick: wrongPicks[0],
    largest_truth: largestOf(truth),
  };
}

/** The index of the largest modulus. */
function largestOf(values: ArrayLike<number> | undefined): number | undefined {
  if (!values || values.length === 0) return undefined;
  let best = 0;
  for (let i = 1; i < values.length; i += 1)
    if (Math.abs(values[i] as number) > Math.abs(values[best] as number)) best = i;
  return best;
}

function put(measures: Map<string, number | boolean>, name: string, value: Found[string]): void {
  if (typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value)))
    measures.set(name, value);
}

/** Whether all of a condition holds. What the run does not have holds of nothing. */
export function holds(condition: Condition, measures: Measures): boolean {
  return failing(condition, measures) === undefined;
}

/** The first measure of which a condition does not hold, and what it is. */
export function failing(condition: Condition, measures: Measures): string | undefined {
  for (const [name, wanted] of Object.entries(condition)) {
    const value = measures.get(name);
    if (value === undefined || !fits(value, wanted, measures))
      return `${name} is ${value}, not ${JSON.stringify(wanted)}`;
  }
  return undefined;
}

const COMPARE: Record<keyof Bounds, (value: number, bound: number) => boolean> = {
  at_least: (value, bound) => value >= bound,
  at_most: (value, bound) => value <= bound,
  less_than: (value, bound) => value < bound,
  more_than: (value, bound) => value > bound,
};

function fits(value: number | boolean, wanted: Condition[string], measures: Measures): boolean {
  if (typeof wanted !== "object") return value === wanted;
  return Object.entries(wanted).every(([kind, bound]) => {
    const limit = typeof bound === "string" ? measures.get(bound) : bound;
    return (
      typeof value === "number" &&
      typeof limit === "number" &&
      COMPARE[kind as keyof Bounds](value, limit)
    );
  });
}
