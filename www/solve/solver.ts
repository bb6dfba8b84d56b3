import { makeWorker } from "#make-worker";
import { say } from "../messages/say.ts";
import type { Complaint, Spec } from "../spec/spec.ts";
import type { FromWorker, ToWorker } from "./protocol.ts";
import { Recording } from "./recording.ts";

/** How long an old picture stays before a new, unfinished one takes its place, in ms. */
const PATIENCE = 100;
/** How long a run may go on once a newer Spec waits, in ms: while a hand drags, runs that are cut short would show nothing. */
const TURN = 60;

/** Adds to a Spec what the page does not know. */
export type Secret = (spec: Spec) => Spec;

export interface SolverEvents {
  /** There is something new to see; `recording` may still grow. */
  onRecording(recording: Recording): void;
  onComplaint(complaint: Complaint): void;
  onStale(stale: boolean): void;
}

/** One worker, one Spec at a time; of those that come meanwhile, the newest is next. */
export class Solver {
  #worker: Worker | undefined;
  #running = false;
  #id = 0;
  #begun = 0;
  #spec: Spec | undefined;
  #next: Spec | undefined;
  #turn = 0;
  #pending: Recording | undefined;
  #shown = false;
  #patience = 0;
  /** Whether the old picture has stayed long enough: a worker that was just made may have nothing to show by then. */
  #late = false;
  readonly #secret: Secret | undefined;

  constructor(
    private readonly module: WebAssembly.Module,
    private readonly events: SolverEvents,
    /** Makes the Spec that is solved of the one that the page knows; the page is not told the truth then. */
    secret?: Secret,
  ) {
    this.#secret = secret;
  }

  /** Runs a Spec: at once, or, where it differs from the one before by numbers only, when that has had its turn. */
  solve(spec: Spec): void {
    const left = this.#begun + TURN - performance.now();
    if (this.#running && left > 0 && this.#spec && alike(spec, this.#spec)) {
      this.#next = spec;
      this.#turn ||= window.setTimeout(() => this.#go(), left);
    } else this.#start(spec);
  }

  /** Begins the Spec that waits. */
  #go(): void {
    if (this.#next) this.#start(this.#next);
  }

  #start(spec: Spec): void {
    this.#endTurn();
    this.#begun = performance.now();
    this.#spec = spec;
    this.#id += 1;
    this.#pending = undefined;
    this.#shown = false;
    this.#late = false;
    clearTimeout(this.#patience);
    this.#patience = window.setTimeout(() => {
      this.#late = true;
      this.events.onStale(true);
      this.#show();
    }, PATIENCE);
    this.#running = true;
    this.#worker ??= this.#spawn();
    const hidden = this.#secret?.(spec);
    const solved = hidden ? { spec: hidden, shown: spec } : { spec };
    this.#worker.postMessage({ kind: "solve", id: this.#id, ...solved } satisfies ToWorker);
  }

  #endTurn(): void {
    clearTimeout(this.#turn);
    this.#turn = 0;
    this.#next = undefined;
  }

  close(): void {
    this.#endTurn();
    clearTimeout(this.#patience);
    this.#running = false;
    this.rest();
  }

  /** Lets the worker go while nothing runs: the next Spec gets another one. */
  rest(): void {
    if (this.#running) return;
    this.#worker?.terminate();
    this.#worker = undefined;
  }

  #spawn(): Worker {
    const worker = makeWorker();
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.#receive(data);
    worker.onerror = (event) => {
      event.preventDefault();
      clearTimeout(this.#patience);
      this.#endTurn();
      this.#running = false;
      this.rest();
      this.events.onStale(false);
      this.events.onComplaint({
        field: "",
        message: say.page.workerStoppedInLab,
      });
    };
    worker.postMessage({ kind: "module", module: this.module } satisfies ToWorker);
    return worker;
  }

  #receive(message: FromWorker): void {
    if (message.id !== this.#id) return;
    if (message.kind === "refused") {
      this.#running = false;
      clearTimeout(this.#patience);
      this.events.onStale(false);
      if (this.#next) this.#go();
      else this.events.onComplaint(message.complaint);
      return;
    }
    if (message.kind === "started") this.#pending = new Recording(message.description);
    this.#pending?.take(message);
    if (message.kind === "done") {
      this.#running = false;
      this.#show();
      this.#go();
    } else if (this.#shown && this.#pending) this.events.onRecording(this.#pending);
    else if (this.#late && message.kind === "frames") this.#show();
  }

  #show(): void {
    if (!this.#pending) return;
    clearTimeout(this.#patience);
    this.#shown = true;
    this.events.onStale(false);
    this.events.onRecording(this.#pending);
  }
}

/** Whether two Specs have the same problem and the same methods: a picture of the one will do while the other is awaited. */
function alike(a: Spec, b: Spec): boolean {
  const named = ({ problem, methods }: Spec) => [problem.id, ...methods.map(({ id }) => id)].join();
  return named(a) === named(b);
}
