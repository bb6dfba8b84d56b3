import { Sweeper } from "../../target/web/lab.js";
import type { Complaint, Spec } from "../spec/spec.ts";
import { Keeper } from "./keeper.ts";
import type {
  Cell,
  ContourPoint,
  Example,
  Note,
  Opened,
  Pictures,
  Result,
  SweepSpec,
  Tasks,
  TheoryCurve,
  TrialRecord,
} from "./protocol.ts";
import type { Shelf } from "./shelf.ts";

/** Records that are added without a pause for other messages. */
const PORTION = 2000;
/** All tasks there are. */
const ALL = 4_000_000;

/**
 * Where one sweep's tally is: it is checked, filled, kept and read here, in a worker, because each of these may take
 * longer than a page may be held up. `id` names the sweep that a call is about; what comes late is not heard.
 */
export class Desk {
  #id = -1;
  #sweeper: Sweeper | undefined;
  #keeper: Keeper | undefined;

  constructor(
    private readonly shelf: Shelf,
    private readonly onNote: (note: Note) => void,
  ) {}

  /** Takes another sweep, if it can be used; else the one before stays. Throws a complaint. */
  open(id: number, sweep: SweepSpec): Opened {
    const sweeper = new Sweeper(sweep);
    void this.#keeper?.flush();
    this.#sweeper?.free();
    this.#sweeper = sweeper;
    this.#keeper = new Keeper(this.shelf, sweeper.key(), this.onNote);
    this.#id = id;
    return {
      sweep: sweeper.canonical() as SweepSpec,
      cells: sweeper.cells() as Cell[],
      theory: sweeper.theory() as TheoryCurve[],
    };
  }

  /** Adds what was kept before. */
  async kept(id: number): Promise<void> {
    const [sweeper, keeper] = [this.#of(id), this.#keeper];
    if (!sweeper || !keeper) return;
    const records = await keeper.load();
    try {
      for (let from = 0; from < records.length; from += PORTION)
        sweeper.add(records.slice(from, from + PORTION));
    } catch {
      // They are not of this build: better begin anew than mix.
      this.#sweeper = new Sweeper(sweeper.canonical());
      sweeper.free();
      await keeper.forget();
    }
  }

  add(id: number, records: TrialRecord[]): void {
    const sweeper = this.#of(id);
    if (!sweeper) return;
    sweeper.add(records);
    this.#keeper?.add(records);
  }

  next(id: number, adaptive: boolean): Tasks {
    return this.#of(id)?.next(adaptive, ALL) ?? new Uint32Array(0);
  }

  pictures(id: number, methods: number): Pictures | undefined {
    const sweeper = this.#of(id);
    if (!sweeper) return undefined;
    const pictures = Array.from({ length: methods }, (_, i) => ({
      cells: sweeper.summary(i),
      contour: sweeper.contour(i) as ContourPoint[],
    }));
    return { trials: sweeper.trials(), pictures };
  }

  /** Names of what every method tells, so that a metric can be made of it. */
  metrics(id: number): string[] {
    const sweep = this.#of(id)?.canonical() as SweepSpec | undefined;
    if (!sweep) return [];
    const lists = sweep.spec.methods.map((_, i) => namesTold(sweep, i));
    return lists.reduce((common, list) => common.filter((name) => list.includes(name)));
  }

  /** The first trial of each kind in a cell, or its very first one where none has been run here. */
  examples(id: number, cell: number, method: number, counts: boolean): Example[] {
    const sweeper = this.#of(id);
    if (!sweeper) return [];
    const [won = -1, lost = -1] = sweeper.examples(cell, method);
    const example = (trial: number, word: Example["word"]): Example => ({
      trial,
      word,
      spec: sweeper.spec(cell, trial) as Spec,
      value: sweeper.value(cell, trial, method),
    });
    if (!counts || (won < 0 && lost < 0)) return [example(Math.max(0, lost), "first")];
    return [
      ...(won < 0 ? [] : [example(won, "succeeded")]),
      ...(lost < 0 ? [] : [example(lost, "failed")]),
    ];
  }

  result(id: number): Result | undefined {
    return this.#of(id)?.result() as Result | undefined;
  }

  async flush(): Promise<void> {
    await this.#keeper?.flush();
  }

  /** Throws away what was kept of the present sweep. */
  async forget(): Promise<void> {
    await this.#keeper?.forget();
  }

  #of(id: number): Sweeper | undefined {
    return id === this.#id ? this.#sweeper : undefined;
  }
}

/** What can be asked of a desk. */
export type Call = {
  [Name in
    | "open"
    | "kept"
    | "add"
    | "next"
    | "pictures"
    | "metrics"
    | "examples"
    | "result"
    | "flush"
    | "forget"]: {
    name: Name;
    args: Parameters<Desk[Name]>;
  };
}[
  | "open"
  | "kept"
  | "add"
  | "next"
  | "pictures"
  | "metrics"
  | "examples"
  | "result"
  | "flush"
  | "forget"];

/** What method `i` tells: a metric that nobody has is refused with the names of those that there are. */
function namesTold(sweep: SweepSpec, i: number): string[] {
  // The refusal is about the first method, so the one that is asked goes there, and axes that mean it follow.
  const { methods } = sweep.spec;
  const first = methods.map((method, j) => (j === 0 ? methods[i] : j === i ? methods[0] : method));
  const moved = (axis: SweepSpec["x"]) => ({
    ...axis,
    param: axis.param.replace(/^methods\[(\d+)\]/, (whole, j: string) =>
      Number(j) === i ? "methods[0]" : Number(j) === 0 ? `methods[${i}]` : whole,
    ),
  });
  const asked = {
    ...sweep,
    spec: { ...sweep.spec, methods: first },
    x: moved(sweep.x),
    y: moved(sweep.y),
    metric: { mean: "" },
  };
  try {
    new Sweeper(asked).free();
  } catch (error) {
    const { message = "" } = error as Partial<Complaint>;
    return /it tells (.*)$/.exec(message)?.[1]?.split(", ") ?? [];
  }
  return [];
}
