import type {
  Description,
  Ending,
  Frame,
  FromWorker,
  RunEvent,
  Strides,
  Verdict,
} from "./protocol.ts";

/** What was seen of one method, step by step. */
export class MethodRecording {
  /** Kept frames, ascending by step; the first is step 0. */
  readonly frames: Frame[] = [];
  /** Values of each trace after each step, and the steps. */
  readonly steps: number[] = [];
  readonly traces: Record<string, number[]> = {};
  /** Time and products with `A` that each step had cost, in all. */
  readonly times: number[] = [];
  readonly work: number[] = [];
  readonly events: { step: number; event: RunEvent }[] = [];
  /** Kept frames of finer steps, by the outer step inside which they lie, ascending. */
  readonly #inner = new Map<number, Frame[]>();
  /** The finer step that is looked at: inside its own outer step it stands for it. */
  inside: Frame | undefined;
  /** Strides of kept frames. */
  strides: Strides = { every: 1, inner: 1 };
  ms = 0;
  products = 0;
  ending: Ending | undefined;
  verdict: Verdict | undefined;

  /** The last step so far. */
  get last(): number {
    return this.steps[this.steps.length - 1] ?? 0;
  }

  /** Stride of kept frames. */
  get every(): number {
    return this.strides.every;
  }

  /** Kept frames of the finer steps inside an outer one. */
  innerFrames(step: number): readonly Frame[] {
    return this.#inner.get(step) ?? [];
  }

  add(frames: Frame[], strides: Strides, ms: number): void {
    for (const frame of frames) {
      if (frame.inner !== undefined) {
        const others = this.#inner.get(frame.step);
        if (others) others.push(frame);
        else this.#inner.set(frame.step, [frame]);
        continue;
      }
      this.steps.push(frame.step);
      this.times.push(frame.ms);
      this.work.push(frame.products);
      // Every trace has a value a step; what a step does not tell is not a number.
      for (const name of Object.keys(frame.traces))
        this.traces[name] ??= new Array(this.steps.length - 1).fill(Number.NaN);
      for (const [name, values] of Object.entries(this.traces))
        values.push(frame.traces[name] ?? Number.NaN);
      for (const event of frame.events) this.events.push({ step: frame.step, event });
      if (frame.estimate) this.frames.push(frame);
      this.ending = frame.ending ?? this.ending;
      this.products = frame.products;
    }
    this.ms = ms;
    this.#thin(strides);
  }

  /** The kept frame at a step, or the nearest before it. */
  at(step: number): Frame | undefined {
    if (this.inside?.step === step) return this.inside;
    let low = 0;
    let high = this.frames.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.frames[middle] as Frame).step <= step) low = middle;
      else high = middle - 1;
    }
    return this.frames[low];
  }

  /** The value of a trace at a step. */
  trace(name: string, step: number): number | undefined {
    if (this.inside?.step === step) return this.inside.traces[name];
    return this.traces[name]?.[Math.min(step, this.steps.length - 1)];
  }

  #thin(strides: Strides): void {
    const before = this.strides;
    this.strides = strides;
    if (strides.every > before.every) {
      const kept = this.frames.filter((frame) => frame.step % strides.every === 0 || frame.ending);
      this.frames.splice(0, this.frames.length, ...kept);
    }
    if (strides.inner > before.inner)
      for (const [step, frames] of this.#inner)
        this.#inner.set(
          step,
          frames.filter(({ inner = 0 }) => inner % strides.inner === 0),
        );
  }
}

/** Everything seen of one Spec. */
export class Recording {
  readonly methods: MethodRecording[];
  done = false;

  constructor(readonly description: Description) {
    this.methods = description.methods.map(() => new MethodRecording());
  }

  take(message: FromWorker): void {
    if (message.kind === "done") this.done = true;
    if (message.kind !== "frames" && message.kind !== "ended") return;
    const method = this.methods[message.method];
    if (!method) return;
    if (message.kind === "frames") method.add(message.frames, message.strides, message.ms);
    else {
      method.verdict = message.verdict;
      method.ms = message.ms;
    }
  }

  /** The last step of the longest run so far. */
  get last(): number {
    return Math.max(0, ...this.methods.map((method) => method.last));
  }
}
