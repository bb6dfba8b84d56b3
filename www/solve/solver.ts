import { makeWorker } from "#make-worker";
import type { Complaint, Spec } from "../spec/spec.ts";
import type { FromWorker, ToWorker } from "./protocol.ts";
import { Recording } from "./recording.ts";

/** How long an old picture stays before a new, unfinished one takes its place, in ms. */
const PATIENCE = 100;

export interface SolverEvents {
  /** There is something new to see; `recording` may still grow. */
  onRecording(recording: Recording): void;
  onComplaint(complaint: Complaint): void;
  onStale(stale: boolean): void;
}

/** One worker, one Spec at a time, the newest wins. */
export class Solver {
  #worker: Worker;
  #id = 0;
  #pending: Recording | undefined;
  #shown = false;
  #patience = 0;

  constructor(
    private readonly module: WebAssembly.Module,
    private readonly events: SolverEvents,
  ) {
    this.#worker = this.#spawn();
  }

  solve(spec: Spec): void {
    this.#id += 1;
    this.#pending = undefined;
    this.#shown = false;
    clearTimeout(this.#patience);
    this.#patience = window.setTimeout(() => {
      this.events.onStale(true);
      this.#show();
    }, PATIENCE);
    this.#post({ kind: "solve", id: this.#id, spec });
  }

  close(): void {
    clearTimeout(this.#patience);
    this.#worker.terminate();
  }

  #post(message: ToWorker): void {
    this.#worker.postMessage(message);
  }

  #spawn(): Worker {
    const worker = makeWorker();
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.#receive(data);
    worker.onerror = (event) => {
      event.preventDefault();
      worker.terminate();
      this.#worker = this.#spawn();
      this.events.onComplaint({
        field: "",
        message: "The worker stopped. Your signal is safe. Change anything to start again.",
      });
    };
    worker.postMessage({ kind: "module", module: this.module } satisfies ToWorker);
    return worker;
  }

  #receive(message: FromWorker): void {
    if (message.id !== this.#id) return;
    if (message.kind === "refused") {
      clearTimeout(this.#patience);
      this.events.onStale(false);
      this.events.onComplaint(message.complaint);
      return;
    }
    if (message.kind === "started") this.#pending = new Recording(message.description);
    this.#pending?.take(message);
    if (message.kind === "done") this.#show();
    else if (this.#shown && this.#pending) this.events.onRecording(this.#pending);
  }

  #show(): void {
    if (!this.#pending) return;
    clearTimeout(this.#patience);
    this.#shown = true;
    this.events.onStale(false);
    this.events.onRecording(this.#pending);
  }
}
