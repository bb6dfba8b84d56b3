import { firstMethod } from "../embed/spec-text.ts";
import type { Result, SweepSpec, TrialRecord } from "../sweep/protocol.ts";
import { complaining, SpecError } from "./errors.ts";
import { labOfMethod, startLab } from "./labs.ts";
import { Slices } from "./slices.ts";

export interface SweepOptions {
  signal?: AbortSignal;
  /** Called after some trials, at most every 12 ms. `total` is null where trials go where they tell most. */
  onProgress?(progress: { trials: number; total: number | null }): void;
  /** Trials where they tell most, as the page spends them, in place of all trials of all cells. */
  adaptive?: boolean;
}

/** Tasks that are asked for at a time. */
const PORTION = 4096;

/**
 * Runs a sweep's trials in the thread that calls, in slices of 12 ms: cells with their tallies, contours, theory. The result
 * is that of `pursuit sweep` and of the page, to the last bit; the trials' order changes nothing.
 *
 * @throws {SpecError} when the sweep cannot be used
 */
export async function sweep(given: SweepSpec, options: SweepOptions = {}): Promise<Result> {
  const { signal, onProgress, adaptive = false } = options;
  const slices = new Slices(signal);
  const id = firstMethod(given.spec) ?? "";
  const lab = await labOfMethod(id);
  if (!lab) throw new SpecError("spec.methods[0].id", `there is no method "${id}"`);
  const { Sweeper } = await startLab(lab);
  const sweeper = complaining(() => new Sweeper(given));
  try {
    const { x, y, trials } = sweeper.canonical() as SweepSpec;
    const total = adaptive ? null : x.steps * y.steps * trials;
    for (;;) {
      const tasks = complaining(() => sweeper.next(adaptive, PORTION));
      if (tasks.length === 0) break;
      for (let i = 0; i < tasks.length; i += 2) {
        const record = sweeper.trial(tasks[i] as number, tasks[i + 1] as number) as TrialRecord;
        sweeper.add([record]);
        if (await slices.breathe()) onProgress?.({ trials: sweeper.trials(), total });
      }
    }
    onProgress?.({ trials: sweeper.trials(), total });
    return sweeper.result() as Result;
  } finally {
    sweeper.free();
  }
}
