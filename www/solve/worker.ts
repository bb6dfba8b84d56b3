import { ClaimCheck, initSync, Session, Theory } from "../../target/web/lab.js";
import type { Complaint, Spec } from "../spec/spec.ts";
import { blinded } from "./blind.ts";
import type {
  Answers,
  ClaimState,
  Description,
  Frame,
  FromWorker,
  PanelData,
  ToWorker,
  Verdict,
} from "./protocol.ts";

/** Time between looks at the mailbox, in ms: a newer Spec never waits longer (but for one step). */
const SLICE = 12;
/** Time between two words on how far a claim is, in ms. */
const TELL = 100;
/** Kept frames of a method, of steps and of inner steps; beyond, every second one goes. */
const MOST_FRAMES = 400;
const MOST_INNER = 200;

/** Multiplications that an answer of theory may take: a few seconds. */
const THEORY_BUDGET = 2e9;

let newest = 0;

self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  if (data.kind === "module") initSync({ module: data.module });
  else if (data.kind === "theory") answer(data);
  else {
    newest = data.id;
    void begin(data);
  }
};

/** What the page may know in place of the Spec that is solved; all where there is none. */
let shown: Spec | undefined;

function begin(data: Extract<ToWorker, { kind: "solve" | "claim" | "judge" }>): Promise<void> {
  if (data.kind === "claim") return check(data);
  if (data.kind === "judge") return judge(data);
  shown = data.shown;
  return solve(data.id, data.spec);
}

function post(whole: FromWorker): void {
  const message = shown ? blinded(whole, shown) : whole;
  self.postMessage(message, { transfer: buffersOf(message) });
}

/** The memory of a message's numbers: given to the page, not copied. */
function buffersOf(message: FromWorker): ArrayBufferLike[] {
  if (message.kind === "started") return valuesOf(message.description.panels);
  if (message.kind !== "frames") return [];
  return message.frames.flatMap(({ estimate, support, panels = [] }) => [
    ...[estimate, support].flatMap((numbers) => (numbers ? [numbers.buffer] : [])),
    ...valuesOf(panels),
  ]);
}

function valuesOf(panels: PanelData[]): ArrayBufferLike[] {
  return panels.map(({ values }) => values.buffer);
}

/** Lets waiting messages in. A message channel has no least delay, as timers have. */
function breathe(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => resolve();
    port2.postMessage(null);
  });
}

async function solve(id: number, spec: unknown): Promise<void> {
  let session: Session | undefined;
  try {
    await breathe();
    if (id !== newest) return;
    session = new Session(spec);
    const running = session;
    post({ kind: "started", id, description: running.describe() as Description });
    const runs = Array.from(
      { length: running.methods() },
      (_, method) => new Recorder(running, id, method),
    );
    for (const run of runs) run.start();
    // In turn, so that all methods grow together.
    while (runs.some((run) => !run.ended)) {
      for (const run of runs) {
        if (!run.ended) run.advance();
        await breathe();
        if (id !== newest) return;
      }
    }
    post({ kind: "done", id });
  } catch (error) {
    refuse(id, error);
  } finally {
    if (!broken) session?.free();
  }
}

/** Runs Specs one after the other, and tells of each how its first method did. */
async function judge({ id, specs }: Extract<ToWorker, { kind: "judge" }>): Promise<void> {
  for (const spec of specs) {
    await breathe();
    if (id !== newest) return;
    let session: Session | undefined;
    try {
      session = new Session(spec);
      while (!session.ended(0)) session.step(0);
      const { rows, complex } = (session.describe() as Description).facts;
      const { metrics } = session.judge(0) as Verdict;
      post({ kind: "judged", id, judged: { metrics, rows, complex } });
    } catch (error) {
      refuse(id, error);
      return;
    } finally {
      if (!broken) session?.free();
    }
  }
  post({ kind: "done", id });
}

/** Checks a claim to its end, and says ten times a second how far it is. */
async function check({ id, exhibit, claim }: Extract<ToWorker, { kind: "claim" }>): Promise<void> {
  let running: ClaimCheck | undefined;
  try {
    running = new ClaimCheck(exhibit, claim);
    let told = performance.now();
    for (let more = true; more; ) {
      more = running.advance();
      if (more && performance.now() - told < TELL) continue;
      told = performance.now();
      post({ kind: "claim", id, state: running.state() as ClaimState });
      await breathe();
      if (id !== newest) return;
    }
  } catch (error) {
    refuse(id, error);
  } finally {
    if (!broken) running?.free();
  }
}

/** The instance that was asked about last, by the text of its Spec. */
let known: { text: string; theory: Theory } | undefined;

/** Answers a question about an instance. */
function answer({ id, ask, spec, support }: Extract<ToWorker, { kind: "theory" }>): void {
  try {
    const text = JSON.stringify(spec);
    if (known?.text !== text) {
      known?.theory.free();
      known = undefined;
      known = { text, theory: new Theory(spec) };
    }
    const { theory } = known;
    const said =
      ask === "support"
        ? theory.support(Uint32Array.from(support), THEORY_BUDGET)
        : theory[ask](THEORY_BUDGET);
    post({ kind: "theory", id, answer: said as Answers[keyof Answers] });
  } catch (error) {
    refuse(id, error);
  }
}

/** Whether something went wrong that was no complaint: a trap leaves a module's memory as it was in mid-work. */
let broken = false;

/** Says what cannot be used. Anything else ends the worker: who made it hears of that, and makes another. */
function refuse(id: number, error: unknown): void {
  const { field, message } = (error ?? {}) as Partial<Complaint>;
  if (typeof message === "string" && typeof field === "string") {
    post({ kind: "refused", id, complaint: { field, message } });
    return;
  }
  broken = true;
  reportError(error);
}

/** Steps one method and sends what is kept. */
class Recorder {
  ended = false;
  readonly #steps = new Thinning(MOST_FRAMES);
  readonly #inner = new Thinning(MOST_INNER);
  /** Inner steps since the last outer one. */
  #within = 0;
  #ms = 0;

  constructor(
    private readonly session: Session,
    private readonly id: number,
    private readonly method: number,
  ) {}

  start(): void {
    this.#send([this.#look(1)]);
  }

  advance(): void {
    const frames: Frame[] = [];
    const begin = performance.now();
    let now = begin;
    while (!this.ended && now - begin < SLICE) {
      const inner = this.session.step(this.method);
      const after = performance.now();
      this.#ms += after - now;
      now = after;
      this.ended = this.session.ended(this.method);
      if (inner) {
        this.#within += 1;
        if (this.#within % this.#inner.every !== 0) continue;
        // What is seen amid a step belongs to the step that is under way.
        const frame = this.#look(1);
        frames.push({ ...frame, step: frame.step + 1, inner: this.#within });
        this.#inner.keep();
      } else {
        this.#within = 0;
        const frame = this.#look(this.#steps.every);
        frames.push(frame);
        if (frame.estimate) this.#steps.keep();
      }
      now = performance.now();
    }
    this.#send(frames);
    if (this.ended) {
      const verdict = this.session.judge(this.method) as Verdict;
      post({ kind: "ended", id: this.id, method: this.method, verdict, ms: this.#ms });
    }
  }

  /** What can be seen now, with the time that the method has taken; `session` knows no clock. */
  #look(every: number): Frame {
    const frame = this.session.frame(this.method, every) as Frame;
    frame.ms = this.#ms;
    return frame;
  }

  #send(frames: Frame[]): void {
    const { id, method } = this;
    const strides = { every: this.#steps.every, inner: this.#inner.every };
    post({ kind: "frames", id, method, frames, strides, ms: this.#ms });
  }
}

/** Counts what is kept; beyond `most`, the stride doubles. */
class Thinning {
  every = 1;
  #kept = 0;

  constructor(private readonly most: number) {}

  keep(): void {
    this.#kept += 1;
    if (this.#kept <= this.most) return;
    this.every *= 2;
    this.#kept = Math.ceil(this.#kept / 2);
  }
}
