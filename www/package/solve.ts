import type { Session } from "../../target/web/lab.js";
import { firstMethod, wantedIn } from "../embed/spec-text.ts";
import type {
  Description,
  Ending,
  Facts,
  Frame,
  PanelData,
  RunEvent,
  Verdict,
} from "../solve/protocol.ts";
import type { Spec } from "../spec/spec.ts";
import { complaining, SpecError } from "./errors.ts";
import { allParts, labOfMethod, startLab } from "./labs.ts";
import { Slices } from "./slices.ts";

/** One step of one method, as it is taken. */
export interface Step {
  /** Which of the Spec's methods, from 0, and its id. */
  index: number;
  method: string;
  step: number;
  traces: Record<string, number>;
  events: RunEvent[];
  estimate: Float64Array;
  support: Uint32Array;
}

export interface SolveOptions {
  /** Called after each outer step of each method; the arrays are the caller's. */
  onStep?(step: Step): void;
  /** Gives up: `solve` throws the signal's reason within a step or some 12 ms. */
  signal?: AbortSignal;
  /** Most outer steps of each method; fewer than the Spec allows are a `budget`. */
  maxSteps?: number;
}

/** How one method ended, and on what. */
export interface SolvedRun {
  method: string;
  /** Never called converged where only the budget was spent. */
  status: Ending["word"];
  /** By which test, or why not. */
  reason: string;
  iterations: number;
  /** Indices of what is active. */
  support: Uint32Array;
  /** The estimate; where the problem shows a profile of it, such as norms of rows, that. */
  estimate: Float64Array;
  /** One value a step, from step 0; NaN where a step told none. */
  traces: Record<string, Float64Array>;
  /** Measures against the truth, if there is one, and without it. */
  metrics: Record<string, number>;
  /** Fingerprint of the estimate: the same on every machine. */
  digest: string;
}

export interface Solution {
  /** The canonical form of the Spec: defaults are left out. */
  spec: Spec;
  /** What is known of the instance before any step: sizes, and panels such as `truth` and `measurements`. */
  instance: { facts: Facts; panels: PanelData[] };
  runs: SolvedRun[];
}

/**
 * Draws the instance of a Spec and runs its methods on it, one after the other, to their ends. The Spec may be an object,
 * JSON, or a share link. It all happens in the thread that calls, in slices of 12 ms; a page calls it in a worker.
 *
 * @throws {SpecError} when the Spec cannot be used
 */
export async function solve(given: Spec | string, options: SolveOptions = {}): Promise<Solution> {
  const slices = new Slices(options.signal);
  const spec = typeof given === "string" ? await specIn(given) : given;
  const id = firstMethod(spec) ?? "";
  const lab = await labOfMethod(id);
  if (!lab) throw new SpecError("methods[0].id", `there is no method "${id}"`);
  const { Session } = await startLab(lab);
  const session = complaining(() => new Session(spec));
  try {
    const { spec: canonical, facts, panels } = session.describe() as Description;
    const runs: SolvedRun[] = [];
    for (let i = 0; i < session.methods(); i += 1) {
      const method = canonical.methods[i]?.id ?? "";
      runs.push(await run(session, i, method, slices, options));
    }
    return { spec: canonical, instance: { facts, panels }, runs };
  } finally {
    session.free();
  }
}

async function run(
  session: Session,
  index: number,
  method: string,
  slices: Slices,
  { onStep, maxSteps = Number.POSITIVE_INFINITY }: SolveOptions,
): Promise<SolvedRun> {
  const traces = new Traces();
  let last = session.frame(index, 1) as Frame;
  traces.add(last);
  while (!session.ended(index) && last.step < maxSteps) {
    const inner = session.step(index);
    await slices.breathe();
    if (inner) continue;
    // Frames with an estimate are made only where somebody looks, and in the last step.
    last = session.frame(index, onStep || traces.length >= maxSteps ? 1 : NEVER) as Frame;
    traces.add(last);
    const { step, traces: values, events, estimate, support } = last;
    if (onStep && estimate && support)
      onStep({ index, method, step, traces: values, events, estimate, support });
  }
  const { metrics, digest } = session.judge(index) as Verdict;
  const { word: status, reason } = last.ending ?? { word: "budget", reason: "maxSteps" };
  return {
    ...{ method, status, reason, iterations: last.step },
    support: last.support ?? new Uint32Array(0),
    estimate: last.estimate ?? new Float64Array(0),
    traces: traces.arrays(),
    ...{ metrics, digest },
  };
}

/** A stride that no run comes to. */
const NEVER = 2 ** 31 - 1;

/** The values of every trace, a value a step. */
class Traces {
  length = 0;
  readonly #values = new Map<string, number[]>();

  add({ traces }: Frame): void {
    for (const name of Object.keys(traces))
      if (!this.#values.has(name)) this.#values.set(name, new Array(this.length).fill(Number.NaN));
    for (const [name, values] of this.#values) values.push(traces[name] ?? Number.NaN);
    this.length += 1;
  }

  arrays(): Record<string, Float64Array> {
    return Object.fromEntries(
      [...this.#values].map(([name, values]) => [name, Float64Array.from(values)]),
    );
  }
}

/** The Spec in a text; where it names an exhibit, that exhibit's own. */
async function specIn(text: string): Promise<Spec> {
  const { exhibit, spec } = wantedIn(text);
  if (spec) return spec;
  const all = (await allParts()).flatMap(({ exhibits }) => exhibits);
  const own = all.find(({ id }) => id === exhibit)?.spec;
  if (!own) throw new SpecError("", `There is no exhibit "${exhibit}".`);
  return JSON.parse(own) as Spec;
}
