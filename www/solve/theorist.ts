import { makeWorker } from "#make-worker";
import { say } from "../messages/say.ts";
import type { Complaint, Spec } from "../spec/spec.ts";
import type { Answers, FromWorker, ToWorker } from "./protocol.ts";

type Ask = keyof Answers;

interface Question {
  ask: Ask;
  spec: Spec;
  support: number[];
  key: string;
  done: (answer: Answers[Ask], complaint?: Complaint) => void;
}

/** Answers by question, for as long as the page is open; the oldest go. */
const answered = new Map<string, Answers[Ask]>();
const MOST_KEPT = 24;

/** An instance by what it is drawn from: methods change nothing. */
export function instanceKey({ seed = 0, problem }: Spec): string {
  return JSON.stringify([seed, problem]);
}

/**
 * Asks theory about instances, in a worker of its own that starts with the first question. The newest question wins: one
 * about another instance ends what is under way, one about the same waits for it and takes the place of what waits.
 */
export class Theorist {
  #worker: Worker | undefined;
  #id = 0;
  #asked: Question | undefined;
  #waiting: Question | undefined;

  constructor(
    private readonly module: WebAssembly.Module,
    private readonly make: () => Worker = makeWorker,
  ) {}

  /** Calls back with the answer, at once if it is known. An older question that is not answered never is. */
  ask<A extends Ask>(
    ask: A,
    spec: Spec,
    done: (answer: Answers[A], complaint?: Complaint) => void,
    support: number[] = [],
  ): void {
    const instance = instanceKey(spec);
    const key = JSON.stringify([ask, support, instance]);
    this.#waiting = undefined;
    if (answered.has(key)) {
      done(answered.get(key) as Answers[A]);
      return;
    }
    const question: Question = { ask, spec, support, key, done: done as Question["done"] };
    if (this.#asked && instanceKey(this.#asked.spec) === instance) {
      if (this.#asked.key === key) this.#asked = question;
      else this.#waiting = question;
      return;
    }
    if (this.#asked) this.close();
    this.#post(question);
  }

  /** Ends what is under way. */
  close(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#asked = undefined;
    this.#waiting = undefined;
  }

  #post(question: Question): void {
    this.#id += 1;
    this.#asked = question;
    this.#worker ??= this.#spawn();
    const { ask, support } = question;
    // One method will do, and the fewer it says the longer the worker's instance serves.
    const spec = { ...question.spec, methods: question.spec.methods.slice(0, 1) };
    this.#worker.postMessage({
      kind: "theory",
      id: this.#id,
      ask,
      spec,
      support,
    } satisfies ToWorker);
  }

  #spawn(): Worker {
    const worker = this.make();
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.#receive(data);
    worker.onerror = (event) => {
      event.preventDefault();
      const asked = this.#asked;
      this.close();
      asked?.done(null, { field: "", message: say.page.workerStoppedInTheory });
    };
    worker.postMessage({ kind: "module", module: this.module } satisfies ToWorker);
    return worker;
  }

  #receive(message: FromWorker): void {
    const asked = this.#asked;
    if (message.id !== this.#id || !asked) return;
    const next = this.#waiting;
    this.#asked = undefined;
    this.#waiting = undefined;
    if (next) this.#post(next);
    if (message.kind === "refused") asked.done(null, message.complaint);
    if (message.kind !== "theory") return;
    if (answered.size >= MOST_KEPT) {
      const [oldest] = answered.keys();
      if (oldest !== undefined) answered.delete(oldest);
    }
    answered.set(asked.key, message.answer);
    asked.done(message.answer);
  }
}
