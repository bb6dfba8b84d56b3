/** Undo and redo over immutable states. Edits of one group (one drag) are one step. */
export class History<T> {
  #past: T[] = [];
  #future: T[] = [];
  #group: string | undefined;
  static readonly DEPTH = 200;

  constructor(public present: T) {}

  /** A new present. With the group of the previous edit, it replaces that edit's result. */
  push(state: T, group?: string): void {
    if (group === undefined || group !== this.#group) {
      this.#past.push(this.present);
      if (this.#past.length > History.DEPTH) this.#past.shift();
    }
    this.#group = group;
    this.#future = [];
    this.present = state;
  }

  /** Ends the group: the next edit is a step of its own. */
  settle(): void {
    this.#group = undefined;
  }

  undo(): boolean {
    return this.#move(this.#past, this.#future);
  }

  redo(): boolean {
    return this.#move(this.#future, this.#past);
  }

  get canUndo(): boolean {
    return this.#past.length > 0;
  }

  get canRedo(): boolean {
    return this.#future.length > 0;
  }

  #move(from: T[], to: T[]): boolean {
    const state = from.pop();
    if (state === undefined) return false;
    to.push(this.present);
    this.present = state;
    this.#group = undefined;
    return true;
  }
}
