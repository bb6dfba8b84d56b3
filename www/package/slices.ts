/** Time between two pauses, in ms: whatever else the thread has to do never waits longer, but for one step. */
const SLICE = 12;

/** Lets others have the thread now and then, and hears of a caller who gives up. */
export class Slices {
  #begin = performance.now();

  constructor(private readonly signal: AbortSignal | undefined) {
    signal?.throwIfAborted();
  }

  /** Pauses if it is time, and says whether it did. Throws the signal's reason once the caller has given up. */
  async breathe(): Promise<boolean> {
    if (performance.now() - this.#begin < SLICE) return false;
    await new Promise((resolve) => setTimeout(resolve, 0));
    this.signal?.throwIfAborted();
    this.#begin = performance.now();
    return true;
  }
}
