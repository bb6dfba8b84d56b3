import type { TrialRecord } from "./protocol.ts";
import type { Shelf } from "./shelf.ts";

/** How long records wait to be put together, in ms: what a closed tab may lose. */
const DELAY = 1000;

/** Keeps the records of a sweep as they come. Where that is impossible, it says so once and lets the sweep go on. */
export class Keeper {
  #waiting: TrialRecord[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failed = false;

  constructor(
    private readonly shelf: Shelf,
    readonly key: string,
    private readonly onFailure: (why: "full" | "denied") => void,
  ) {}

  /** What was kept before; nothing where storage cannot be used. */
  async load(): Promise<TrialRecord[]> {
    try {
      return await this.shelf.load(this.key);
    } catch (error) {
      this.#fail(error);
      return [];
    }
  }

  add(records: TrialRecord[]): void {
    if (this.#failed) return;
    this.#waiting.push(...records);
    this.#timer ??= setTimeout(() => void this.flush(), DELAY);
  }

  /** Puts what waits. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const records = this.#waiting;
    this.#waiting = [];
    if (records.length === 0 || this.#failed) return;
    try {
      await this.shelf.put(this.key, records);
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Throws away what was kept. */
  async forget(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#waiting = [];
    try {
      await this.shelf.forget(this.key);
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    if (this.#failed) return;
    this.#failed = true;
    this.#waiting = [];
    const full = (error as DOMException | null)?.name === "QuotaExceededError";
    this.onFailure(full ? "full" : "denied");
  }
}
