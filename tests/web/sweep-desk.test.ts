import { describe, expect, test } from "vitest";
import { Clerk, type DeskWorker } from "../../www/sweep/clerk.ts";
import { Desk } from "../../www/sweep/desk.ts";
import type { FromDesk, SweepSpec, ToRunner, TrialRecord } from "../../www/sweep/protocol.ts";
import type { Shelf } from "../../www/sweep/shelf.ts";
import "./lib/wasm.ts";

const SWEEP: SweepSpec = {
  v: 1,
  spec: { v: 1, problem: { id: "linear", cols: 24 }, methods: [{ id: "omp" }] },
  x: { param: "problem.delta", from: 0.4, to: 0.8, steps: 2 },
  y: { param: "problem.rho", from: 0.1, to: 0.9, steps: 3 },
  trials: 2,
  metric: "success",
  tolerance: 1e-3,
};

class MemoryShelf implements Shelf {
  readonly kept = new Map<string, TrialRecord[]>();
  async load(key: string): Promise<TrialRecord[]> {
    return this.kept.get(key) ?? [];
  }
  async put(key: string, records: TrialRecord[]): Promise<void> {
    this.kept.set(key, [...(this.kept.get(key) ?? []), ...records]);
  }
  async forget(key: string): Promise<void> {
    this.kept.delete(key);
  }
}

const record = (cell: number, trial: number, value: number): TrialRecord => ({
  cell,
  trial,
  runs: [["converged", value]],
});

describe("the desk", () => {
  test("has the tally of the sweep that was opened last, and hears nothing late", async () => {
    const desk = new Desk(new MemoryShelf(), () => {});
    const { cells, sweep } = desk.open(1, SWEEP);
    expect([cells.length, sweep.seed]).toEqual([6, 0]);
    desk.add(1, [record(0, 0, 1e-9), record(0, 1, 1)]);
    expect([...(desk.pictures(1, 1)?.pictures[0]?.cells.subarray(0, 3) ?? [])]).toEqual([
      2, 1, 0.5,
    ]);
    expect(desk.next(1, false)).toHaveLength(2 * 10);
    desk.open(2, { ...SWEEP, seed: 9 });
    desk.add(1, [record(1, 0, 1)]);
    expect(desk.pictures(1, 1)).toBeUndefined();
    expect(desk.pictures(2, 1)?.trials).toBe(0);
    expect(desk.next(1, false)).toHaveLength(0);
  });

  test("a sweep that cannot be used leaves the one before", () => {
    const desk = new Desk(new MemoryShelf(), () => {});
    desk.open(1, SWEEP);
    desk.add(1, [record(3, 0, 1)]);
    expect(() => desk.open(2, { ...SWEEP, trials: 0 })).toThrow();
    expect(desk.pictures(1, 1)?.trials).toBe(1);
  });

  test("what was kept comes back to the same sweep only", async () => {
    const shelf = new MemoryShelf();
    const desk = new Desk(shelf, () => {});
    desk.open(1, SWEEP);
    desk.add(1, [record(2, 1, 1e-5)]);
    await desk.flush();
    const again = new Desk(shelf, () => {});
    again.open(1, { ...SWEEP, tolerance: 1e-2 });
    await again.kept(1);
    expect(again.pictures(1, 1)?.trials).toBe(0);
    again.open(2, SWEEP);
    await again.kept(2);
    expect(again.pictures(2, 1)?.trials).toBe(1);
    await again.forget();
    expect(shelf.kept.size).toBe(0);
  });

  test("what was kept and contradicts itself is thrown away", async () => {
    const shelf = new MemoryShelf();
    const desk = new Desk(shelf, () => {});
    desk.open(1, SWEEP);
    desk.add(1, [record(2, 1, 1e-5)]);
    await desk.flush();
    const [key] = shelf.kept.keys();
    await shelf.put(key as string, [record(2, 1, 7)]);
    const again = new Desk(shelf, () => {});
    again.open(1, SWEEP);
    await again.kept(1);
    expect(shelf.kept.size).toBe(0);
    expect(again.pictures(1, 1)?.trials).toBe(0);
  });

  test("knows what all of its methods tell, also where an axis is a parameter of one of them", () => {
    const desk = new Desk(new MemoryShelf(), () => {});
    desk.open(1, {
      ...SWEEP,
      spec: { ...SWEEP.spec, methods: [{ id: "omp" }, { id: "ista" }] },
      y: { param: "methods[1].lambda_ratio", from: 0.01, to: 0.1, steps: 3 },
    });
    const told = desk.metrics(1);
    expect(told).toEqual(expect.arrayContaining(["iterations", "products", "relative_error"]));
    // Only one of the two has an objective to tell of.
    desk.open(2, { ...SWEEP, spec: { ...SWEEP.spec, methods: [{ id: "ista" }] } });
    expect(desk.metrics(2).length).toBeGreaterThan(told.length);
    expect(desk.metrics(1)).toEqual([]);
  });

  test("finds a trial of each kind, with its very Spec", () => {
    const desk = new Desk(new MemoryShelf(), () => {});
    desk.open(1, SWEEP);
    expect(desk.examples(1, 0, 0, true).map(({ trial, word }) => [trial, word])).toEqual([
      [0, "first"],
    ]);
    desk.add(1, [record(0, 0, 1), record(0, 1, 1e-9)]);
    const [won, lost] = desk.examples(1, 0, 0, true);
    expect([won?.trial, won?.word, won?.value]).toEqual([1, "succeeded", 1e-9]);
    expect([lost?.trial, lost?.word]).toEqual([0, "failed"]);
    expect(won?.spec.seed).not.toBe(lost?.spec.seed);
  });
});

describe("the clerk", () => {
  test("gives each question its own answer, complaints too, and passes notes on", async () => {
    const asked: ToRunner[] = [];
    const worker: DeskWorker = {
      onmessage: null,
      onerror: null,
      postMessage: (message) => asked.push(message),
      terminate: () => {},
    };
    const tell = (data: FromDesk) => worker.onmessage?.({ data } as MessageEvent<FromDesk>);
    const notes: string[] = [];
    const clerk = new Clerk(worker, {} as WebAssembly.Module, (note) => notes.push(note));
    const next = clerk.ask("next", 1, true);
    const open = clerk.ask("open", 2, SWEEP);
    expect(asked.map(({ kind }) => kind)).toEqual(["module", "call", "call"]);
    const complaint = { field: "trials", message: "takes more" };
    tell({ kind: "answer", call: 2, value: undefined, complaint });
    tell({ kind: "note", note: "full" });
    tell({ kind: "answer", call: 1, value: Uint32Array.of(3, 4) });
    await expect(open).rejects.toEqual(complaint);
    expect([...(await next)]).toEqual([3, 4]);
    expect(notes).toEqual(["full"]);
  });
});
