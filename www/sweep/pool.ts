import type { FromRunner, SweepSpec, Tasks, ToRunner, TrialRecord } from "./protocol.ts";
import { Queue } from "./queue.ts";

/** How long a batch should take, in ms: short, so that work is shared evenly; long against the way to the worker. */
const BATCH_MS = 30;
/** Most trials of a batch. */
const MOST = 64;
/** Batches that a worker holds: while one is on its way back, the next is being run. */
const HELD = 2;
/** How long batches on their way may take after a pause, in ms; what takes longer is run again when it goes on. */
const GRACE_MS = 80;
/** Workers that a batch may stop before it is left out. */
const TRIES = 3;

/** What the pool needs of a worker. */
export interface Runner {
  postMessage(message: ToRunner): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<FromRunner>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

/** What is told of a worker. */
export interface RunnerState {
  busy: boolean;
  /** Trials that it has run. */
  trials: number;
  /** How often it had to be replaced. */
  replaced: number;
}

export interface PoolEvents {
  onRecords(records: TrialRecord[]): void;
  /** Nothing waits and nothing is on its way. */
  onIdle(): void;
  /** After a pause nothing is on its way any more. */
  onStill(): void;
  /** Tasks that stopped one worker after the other, and what the last of them said. */
  onStuck(tasks: Tasks, message: string): void;
}

interface Batch {
  tasks: Tasks;
  tries: number;
}

interface Place extends RunnerState {
  runner: Runner | undefined;
  held: Map<number, Batch>;
}

/** Workers that run trials. Batches are small and are taken by whoever is free; the records come in any order. */
export class Pool {
  readonly #places: Place[];
  readonly #queue = new Queue();
  /** How often tasks have stopped a worker, by their first one. */
  readonly #tries = new Map<Tasks, number>();
  #sweep: SweepSpec | undefined;
  #batches = 0;
  /** A trial's time, in ms, smoothed. */
  #pace = 0;
  #running = false;
  #grace: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly make: () => Runner,
    private readonly module: WebAssembly.Module,
    size: number,
    private readonly events: PoolEvents,
  ) {
    this.#places = Array.from({ length: size }, () => ({
      runner: undefined,
      held: new Map(),
      busy: false,
      trials: 0,
      replaced: 0,
    }));
  }

  get workers(): readonly RunnerState[] {
    return this.#places;
  }

  /** Whether tasks wait or are on their way. */
  get busy(): boolean {
    return this.#queue.length > 0 || this.#places.some(({ held }) => held.size > 0);
  }

  /** Begins a sweep; whatever was under way is given up at once. */
  start(sweep: SweepSpec, tasks: Tasks): void {
    this.cancel();
    this.#sweep = sweep;
    this.#pace = 0;
    for (const place of this.#places) {
      place.trials = 0;
      place.runner?.postMessage({ kind: "sweep", sweep });
    }
    this.#queue.add(tasks);
    this.resume();
  }

  /** More tasks of the same sweep. */
  feed(tasks: Tasks): void {
    this.#queue.add(tasks);
    this.#deal();
  }

  /** Hands out no more. What is on its way comes in, unless it takes longer than a person waits for a pause. */
  pause(): void {
    this.#running = false;
    this.#grace ??= setTimeout(() => this.#recall(), GRACE_MS);
  }

  resume(): void {
    this.#running = true;
    this.#endGrace();
    this.#deal();
  }

  /** Gives everything up. A trial cannot be interrupted, so workers that are in one are ended. */
  cancel(): void {
    this.#running = false;
    this.#endGrace();
    this.#queue.clear();
    this.#tries.clear();
    for (const place of this.#places) if (place.held.size > 0) this.#end(place);
  }

  close(): void {
    this.cancel();
    for (const place of this.#places) this.#end(place);
  }

  #endGrace(): void {
    clearTimeout(this.#grace);
    this.#grace = undefined;
  }

  /** Ends workers that are still in a trial; their batches wait again. */
  #recall(): void {
    this.#endGrace();
    for (const place of this.#places) {
      for (const { tasks } of place.held.values()) this.#queue.giveBack(tasks);
      if (place.held.size > 0) this.#end(place);
    }
    this.events.onStill();
  }

  #end(place: Place): void {
    if (place.runner) {
      place.runner.onmessage = null;
      place.runner.onerror = null;
      place.runner.terminate();
    }
    place.runner = undefined;
    place.held.clear();
    place.busy = false;
  }

  #runnerOf(place: Place): Runner {
    if (place.runner) return place.runner;
    const runner = this.make();
    place.runner = runner;
    runner.onmessage = ({ data }) => this.#receive(place, data);
    runner.onerror = (event) => {
      event.preventDefault?.();
      this.#replace(place, event.message ?? "");
    };
    runner.postMessage({ kind: "module", module: this.module });
    if (this.#sweep) runner.postMessage({ kind: "sweep", sweep: this.#sweep });
    return runner;
  }

  /** Gives batches to workers that have room, one each in turn. */
  #deal(): void {
    if (!this.#running) return;
    for (let round = 0; round < HELD; round += 1) {
      for (const place of this.#places) {
        if (this.#queue.length === 0) return;
        if (place.held.size <= round) this.#give(place);
      }
    }
  }

  #give(place: Place): void {
    const tasks = this.#queue.take(this.#size());
    this.#batches += 1;
    place.held.set(this.#batches, { tasks, tries: this.#tries.get(tasks) ?? 0 });
    place.busy = true;
    this.#runnerOf(place).postMessage({ kind: "batch", batch: this.#batches, tasks });
  }

  /** Trials of the next batch: as many as fit the time, and towards the end no more than a fair share. */
  #size(): number {
    const fitting = this.#pace > 0 ? Math.round(BATCH_MS / this.#pace) : 1;
    const share = Math.ceil(this.#queue.length / (HELD * this.#places.length));
    return Math.max(1, Math.min(MOST, fitting, share));
  }

  #receive(place: Place, { batch, records, ms }: FromRunner): void {
    if (!place.held.delete(batch)) return;
    place.busy = place.held.size > 0;
    place.trials += records.length;
    const pace = ms / Math.max(1, records.length);
    this.#pace = this.#pace > 0 ? 0.8 * this.#pace + 0.2 * pace : pace;
    this.#deal();
    this.events.onRecords(records);
    if (!this.busy) this.events.onIdle();
  }

  /** Another worker for one that stopped. Its batches are run again: first alone the one that it was in. */
  #replace(place: Place, message: string): void {
    const held = [...place.held.values()];
    this.#end(place);
    place.replaced += 1;
    // Batches are run in their order, so the oldest one is to blame.
    for (const [i, { tasks, tries }] of held.entries()) {
      if (i > 0) this.#queue.giveBack(tasks);
      else if (tries + 1 < TRIES) {
        this.#tries.set(tasks, tries + 1);
        this.#queue.giveBack(tasks);
      } else this.events.onStuck(tasks, message);
    }
    this.#deal();
    if (!this.busy) this.events.onIdle();
  }
}
