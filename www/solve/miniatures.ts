import { makeWorker } from "#make-worker";
import type { Spec } from "../spec/spec.ts";
import type { FromWorker, ToWorker } from "./protocol.ts";
import { Recording } from "./recording.ts";

/** What a miniature is drawn from: how the first method's run went, and what it came to. */
export interface Miniature {
  error: number[];
  residual: number[];
  estimate: Float64Array;
}

/** Longest time that is spent on one miniature, in ms: it is an ornament. */
const PATIENCE = 8000;

/** Finished miniatures, by the text of their Spec, for as long as the page is open. */
const finished = new Map<string, Miniature | undefined>();

interface Job {
  /** The lab whose solvers it takes. */
  lab: string;
  text: string;
  done: (miniature: Miniature | undefined) => void;
}

/** Miniatures of Specs, solved one after the other in a worker of their own that lives while there is something to do. */
export class Miniatures {
  #worker: Worker | undefined;
  /** The lab whose solvers the worker has. */
  #lab = "";
  #queue: Job[] = [];
  #id = 0;
  #recording: Recording | undefined;
  #patience = 0;

  constructor(private readonly module: (lab: string) => Promise<WebAssembly.Module>) {}

  /** Calls back with the miniature of a Spec (JSON text), at once if it is known; with none when it cannot be had. */
  ask(lab: string, text: string, done: Job["done"]): void {
    if (finished.has(text)) {
      done(finished.get(text));
      return;
    }
    this.#queue.push({ lab, text, done });
    if (this.#queue.length === 1) void this.#next();
  }

  /** Ends what is under way and forgets what waits. */
  close(): void {
    clearTimeout(this.#patience);
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#queue = [];
  }

  async #next(): Promise<void> {
    clearTimeout(this.#patience);
    const [job] = this.#queue;
    if (!job) {
      this.close();
      return;
    }
    if (finished.has(job.text)) {
      this.#finish(finished.get(job.text));
      return;
    }
    let worker = this.#lab === job.lab ? this.#worker : undefined;
    if (!worker) {
      this.#worker?.terminate();
      this.#worker = undefined;
      const module = await this.module(job.lab).catch(() => undefined);
      // The page may have closed all this meanwhile.
      if (this.#queue[0] !== job) return;
      if (!module) {
        this.#finish(undefined);
        return;
      }
      worker = this.#spawn(module);
      this.#lab = job.lab;
    }
    const running = worker;
    this.#id += 1;
    this.#recording = undefined;
    this.#patience = window.setTimeout(() => {
      // The worker is amid a long step: another begins afresh.
      running.terminate();
      this.#worker = undefined;
      this.#finish(undefined);
    }, PATIENCE);
    const spec = JSON.parse(job.text) as Spec;
    const first = { ...spec, methods: spec.methods.slice(0, 1) };
    running.postMessage({ kind: "solve", id: this.#id, spec: first } satisfies ToWorker);
  }

  #spawn(module: WebAssembly.Module): Worker {
    const worker = makeWorker();
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.#receive(data);
    worker.onerror = (event) => {
      event.preventDefault();
      worker.terminate();
      this.#worker = undefined;
      this.#finish(undefined);
    };
    worker.postMessage({ kind: "module", module } satisfies ToWorker);
    this.#worker = worker;
    return worker;
  }

  #receive(message: FromWorker): void {
    if (message.id !== this.#id) return;
    if (message.kind === "refused") this.#finish(undefined);
    else if (message.kind === "started") this.#recording = new Recording(message.description);
    else if (message.kind === "done") this.#finish(this.#drawn());
    else this.#recording?.take(message);
  }

  #drawn(): Miniature | undefined {
    const method = this.#recording?.methods[0];
    const estimate = method?.at(method.last)?.estimate;
    if (!method || !estimate) return undefined;
    const { relative_error: error = [], relative_residual: residual = [] } = method.traces;
    return { error, residual, estimate };
  }

  #finish(miniature: Miniature | undefined): void {
    const job = this.#queue.shift();
    this.#recording = undefined;
    if (job) {
      finished.set(job.text, miniature);
      job.done(miniature);
    }
    void this.#next();
  }
}
