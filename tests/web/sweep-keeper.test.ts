import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Keeper } from "../../www/sweep/keeper.ts";
import type { TrialRecord } from "../../www/sweep/protocol.ts";
import { outdated, type Shelf } from "../../www/sweep/shelf.ts";

/** A shelf in memory that can be told to refuse. */
class FakeShelf implements Shelf {
  readonly chunks = new Map<string, TrialRecord[][]>();
  refuses: string | undefined;

  #check(): void {
    if (this.refuses) throw Object.assign(new Error("no"), { name: this.refuses });
  }

  async load(key: string): Promise<TrialRecord[]> {
    this.#check();
    return (this.chunks.get(key) ?? []).flat();
  }

  async put(key: string, records: TrialRecord[]): Promise<void> {
    this.#check();
    this.chunks.set(key, [...(this.chunks.get(key) ?? []), records]);
  }

  async forget(key: string): Promise<void> {
    this.#check();
    this.chunks.delete(key);
  }
}

const record = (cell: number): TrialRecord => ({ cell, trial: 0, runs: [["converged", 0]] });

function keeperOf(shelf: Shelf, key = "a") {
  const said: string[] = [];
  return { keeper: new Keeper(shelf, key, (sentence) => said.push(sentence)), said };
}

describe("how many sweeps are kept", () => {
  test("as many as there is room for; those that were put to longest ago go", () => {
    const places: [string, number, number][] = [
      ["a", 1, 0.5],
      ["b", 2, 0.1],
      ["c", 3, 0.9],
      // It was begun first and goes on.
      ["a", 4, 0.2],
    ];
    expect(outdated(places, 3)).toEqual([]);
    expect(outdated(places, 2)).toEqual(["b"]);
    expect(outdated(places, 1)).toEqual(["c", "b"]);
    expect(outdated([], 1)).toEqual([]);
  });
});

describe("what is kept of a sweep", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test("records are put together once a second, and come back under their own name only", async () => {
    const shelf = new FakeShelf();
    const { keeper, said } = keeperOf(shelf);
    keeper.add([record(1)]);
    keeper.add([record(2), record(3)]);
    expect(shelf.chunks.size).toBe(0);
    await vi.advanceTimersByTimeAsync(1000);
    expect(shelf.chunks.get("a")).toEqual([[record(1), record(2), record(3)]]);
    keeper.add([record(4)]);
    await keeper.flush();
    expect(await keeperOf(shelf).keeper.load()).toEqual([1, 2, 3, 4].map(record));
    expect(await keeperOf(shelf, "b").keeper.load()).toEqual([]);
    await vi.advanceTimersByTimeAsync(5000);
    expect(shelf.chunks.get("a")).toHaveLength(2);
    expect(said).toEqual([]);
  });

  test("what is forgotten is gone, also what waited", async () => {
    const shelf = new FakeShelf();
    const { keeper } = keeperOf(shelf);
    keeper.add([record(1)]);
    await keeper.flush();
    keeper.add([record(2)]);
    await keeper.forget();
    await vi.advanceTimersByTimeAsync(2000);
    expect(await keeper.load()).toEqual([]);
  });

  test("storage that is denied is said once, and nothing more is asked of it", async () => {
    const shelf = new FakeShelf();
    shelf.refuses = "SecurityError";
    const { keeper, said } = keeperOf(shelf);
    expect(await keeper.load()).toEqual([]);
    shelf.refuses = undefined;
    keeper.add([record(1)]);
    await vi.advanceTimersByTimeAsync(2000);
    expect(shelf.chunks.size).toBe(0);
    expect(said).toHaveLength(1);
    expect(said[0]).toBe("denied");
  });

  test("storage that is full is said as such", async () => {
    const shelf = new FakeShelf();
    const { keeper, said } = keeperOf(shelf);
    keeper.add([record(1)]);
    await keeper.flush();
    shelf.refuses = "QuotaExceededError";
    keeper.add([record(2)]);
    await keeper.flush();
    keeper.add([record(3)]);
    await keeper.flush();
    expect(said).toEqual(["full"]);
    shelf.refuses = undefined;
    expect(await keeper.load()).toEqual([record(1)]);
  });
});
