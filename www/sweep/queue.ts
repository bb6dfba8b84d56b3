import type { Tasks } from "./protocol.ts";

/** Tasks that wait. What comes back from a worker that stopped goes first. */
export class Queue {
  #tasks: Tasks = new Uint32Array(0);
  #at = 0;
  readonly #back: Tasks[] = [];

  /** Puts tasks behind those that wait. */
  add(tasks: Tasks): void {
    const rest = this.#tasks.subarray(this.#at);
    const joined = new Uint32Array(rest.length + tasks.length);
    joined.set(rest);
    joined.set(tasks, rest.length);
    [this.#tasks, this.#at] = [joined, 0];
  }

  giveBack(tasks: Tasks): void {
    this.#back.push(tasks);
  }

  /** At most `most` tasks. */
  take(most: number): Tasks {
    const again = this.#back.pop();
    if (again) return again;
    const to = Math.min(this.#tasks.length, this.#at + 2 * most);
    const tasks = this.#tasks.slice(this.#at, to);
    this.#at = to;
    return tasks;
  }

  clear(): void {
    [this.#tasks, this.#at] = [new Uint32Array(0), 0];
    this.#back.length = 0;
  }

  /** Number of tasks that wait. */
  get length(): number {
    return (
      (this.#tasks.length - this.#at + this.#back.reduce((sum, { length }) => sum + length, 0)) / 2
    );
  }
}
