import { describe, expect, test, vi } from "vitest";
import { Pool, type Runner } from "../../www/sweep/pool.ts";
import type { FromRunner, SweepSpec, ToRunner, TrialRecord } from "../../www/sweep/protocol.ts";
import { Queue } from "../../www/sweep/queue.ts";

const MODULE = {} as WebAssembly.Module;
const SWEEP = { trials: 1 } as SweepSpec;

/** A worker that answers when it is told to. */
class FakeRunner implements Runner {
  onmessage: ((event: MessageEvent<FromRunner>) => void) | null = null;
  onerror: ((event: ErrorEvent) => void) | null = null;
  ended = false;
  /** Kinds of what it was sent, in order. */
  readonly seen: string[] = [];
  readonly batches: { batch: number; tasks: number[] }[] = [];

  postMessage(message: ToRunner): void {
    this.seen.push(message.kind);
    if (message.kind === "batch")
      this.batches.push({ batch: message.batch, tasks: [...message.tasks] });
  }

  terminate(): void {
    this.ended = true;
  }

  /** Answers its oldest batch, as if each trial took `pace` ms. */
  answer(pace = 1): void {
    const held = this.batches.shift();
    if (!held) return;
    const records = recordsOf(held.tasks);
    const data = { batch: held.batch, records, ms: pace * records.length };
    this.onmessage?.({ data } as MessageEvent<FromRunner>);
  }

  crash(): void {
    this.onerror?.({ message: "unreachable" } as ErrorEvent);
  }
}

function recordsOf(tasks: number[]): TrialRecord[] {
  return Array.from({ length: tasks.length / 2 }, (_, i) => ({
    cell: tasks[2 * i] as number,
    trial: tasks[2 * i + 1] as number,
    runs: [],
  }));
}

/** Tasks of `count` cells, one trial each. */
function tasksOf(count: number, from = 0): Uint32Array {
  return Uint32Array.from(Array.from({ length: count }, (_, i) => [from + i, 5000]).flat());
}

function poolOf(size: number) {
  const runners: FakeRunner[] = [];
  const heard = { cells: [] as number[], idle: 0, still: 0, stuck: [] as number[][] };
  const make = () => {
    const runner = new FakeRunner();
    runners.push(runner);
    return runner;
  };
  const pool = new Pool(make, MODULE, size, {
    onRecords: (records) => heard.cells.push(...records.map(({ cell }) => cell)),
    onIdle: () => {
      heard.idle += 1;
    },
    onStill: () => {
      heard.still += 1;
    },
    onStuck: (tasks) => heard.stuck.push([...tasks]),
  });
  return { pool, runners, heard };
}

/** Lets workers answer, one after the other as `choose` says, until none holds anything. */
function drain(runners: FakeRunner[], choose: (busy: FakeRunner[]) => FakeRunner): void {
  for (;;) {
    const busy = runners.filter(({ ended, batches }) => !ended && batches.length > 0);
    if (busy.length === 0) return;
    choose(busy).answer();
  }
}

const sorted = (numbers: number[]) => [...numbers].sort((a, b) => a - b);
const range = (count: number) => Array.from({ length: count }, (_, i) => i);

describe("the pool", () => {
  test("runs every task once, whoever is free", () => {
    const { pool, runners, heard } = poolOf(3);
    pool.start(SWEEP, tasksOf(500));
    expect(runners).toHaveLength(3);
    expect(runners[0]?.seen.slice(0, 3)).toEqual(["module", "sweep", "batch"]);
    // The first worker is ten times as fast as the others.
    let turn = 0;
    drain(runners, (busy) => {
      turn += 1;
      return (turn % 12 < 10 ? busy[0] : busy[busy.length - 1]) as FakeRunner;
    });
    expect(sorted(heard.cells)).toEqual(range(500));
    expect(heard.idle).toBe(1);
    const [first = 0, ...others] = pool.workers.map(({ trials }) => trials);
    expect(first).toBeGreaterThan(Math.max(...others));
    expect(pool.busy).toBe(false);
  });

  test("comes to the same in any order of answers", () => {
    for (const choose of [
      (busy: FakeRunner[]) => busy[0],
      (busy: FakeRunner[]) => busy[busy.length - 1],
      (busy: FakeRunner[]) => busy[busy.length >> 1],
    ]) {
      const { pool, runners, heard } = poolOf(4);
      pool.start(SWEEP, tasksOf(333));
      drain(runners, (busy) => choose(busy) as FakeRunner);
      expect(sorted(heard.cells)).toEqual(range(333));
    }
  });

  test("batches fit the time: few slow trials, many quick ones, and a fair share at the end", () => {
    const { pool, runners } = poolOf(1);
    pool.start(SWEEP, tasksOf(5000));
    const [runner] = runners;
    const sizes = () => runner?.batches.map(({ tasks }) => tasks.length / 2);
    expect(sizes()).toEqual([1, 1]);
    runner?.answer(100);
    runner?.answer(100);
    expect(sizes()).toEqual([1, 1]);
    for (let i = 0; i < 60; i += 1) runner?.answer(0.1);
    expect(Math.max(...(sizes() ?? []))).toBe(64);
    const { pool: short, runners: few } = poolOf(2);
    short.start(SWEEP, tasksOf(6));
    expect(few.map(({ batches }) => batches.length)).toEqual([2, 2]);
  });

  test("a worker that stops is replaced and its batches are run again", () => {
    const { pool, runners, heard } = poolOf(2);
    pool.start(SWEEP, tasksOf(40));
    runners[0]?.answer();
    runners[1]?.crash();
    expect(runners).toHaveLength(3);
    expect(runners[1]?.ended).toBe(true);
    expect(runners[2]?.seen.slice(0, 2)).toEqual(["module", "sweep"]);
    // What the dead one may still say is not heard.
    expect(runners[1]?.onmessage).toBeNull();
    drain(runners, (busy) => busy[0] as FakeRunner);
    expect(sorted(heard.cells)).toEqual(range(40));
    expect(pool.workers.map(({ replaced }) => replaced)).toEqual([0, 1]);
    expect(heard.stuck).toEqual([]);
  });

  test("tasks that stop three workers are left out, the others are run", () => {
    const { pool, runners, heard } = poolOf(1);
    pool.start(SWEEP, tasksOf(10));
    const poison = runners[0]?.batches[0]?.tasks[0];
    let crashes = 0;
    for (;;) {
      const runner = runners[runners.length - 1] as FakeRunner;
      if (runner.batches.length === 0) break;
      if (runner.batches[0]?.tasks.includes(poison as number)) {
        runner.crash();
        crashes += 1;
      } else runner.answer();
    }
    expect(crashes).toBe(3);
    expect(heard.stuck).toEqual([[poison, 5000]]);
    expect(sorted(heard.cells)).toEqual(range(10).filter((cell) => cell !== poison));
    expect(heard.idle).toBe(1);
  });

  test("cancel ends busy workers at once and hears nothing more of them", () => {
    const { pool, runners, heard } = poolOf(2);
    pool.start(SWEEP, tasksOf(100));
    runners[0]?.answer();
    const before = heard.cells.length;
    pool.cancel();
    expect(runners.every(({ ended }) => ended)).toBe(true);
    for (const runner of runners) runner.answer();
    expect(heard.cells).toHaveLength(before);
    expect(pool.busy).toBe(false);
    // Another sweep begins with new workers, and gets its own tasks only.
    pool.start(SWEEP, tasksOf(5, 1000));
    drain(runners, (busy) => busy[0] as FakeRunner);
    expect(sorted(heard.cells.slice(before))).toEqual([1000, 1001, 1002, 1003, 1004]);
  });

  test("an idle worker is kept for the next sweep and is told of it", () => {
    const { pool, runners, heard } = poolOf(1);
    pool.start(SWEEP, tasksOf(1));
    drain(runners, (busy) => busy[0] as FakeRunner);
    pool.start(SWEEP, tasksOf(1, 7));
    expect(runners).toHaveLength(1);
    expect(runners[0]?.seen).toEqual(["module", "sweep", "batch", "sweep", "batch"]);
    drain(runners, (busy) => busy[0] as FakeRunner);
    expect(heard.cells).toEqual([0, 7]);
  });

  test("pause hands out nothing more, takes what comes, and resumes where it was", () => {
    const { pool, runners, heard } = poolOf(2);
    pool.start(SWEEP, tasksOf(50));
    pool.pause();
    drain(runners, (busy) => busy[0] as FakeRunner);
    const during = heard.cells.length;
    expect(during).toBe(4);
    expect(heard.idle).toBe(0);
    pool.resume();
    drain(runners, (busy) => busy[0] as FakeRunner);
    expect(sorted(heard.cells)).toEqual(range(50));
    expect(heard.idle).toBe(1);
  });

  test("a pause waits for no long trial: its worker is ended, and the batch is run again", () => {
    vi.useFakeTimers();
    try {
      const { pool, runners, heard } = poolOf(2);
      pool.start(SWEEP, tasksOf(50));
      pool.pause();
      runners[0]?.answer();
      runners[0]?.answer();
      vi.advanceTimersByTime(100);
      expect(runners.map(({ ended }) => ended)).toEqual([false, true]);
      expect(pool.workers.some(({ busy }) => busy)).toBe(false);
      expect([heard.still, heard.idle]).toEqual([1, 0]);
      pool.resume();
      drain(runners, (busy) => busy[0] as FakeRunner);
      expect(sorted(heard.cells)).toEqual(range(50));
      expect(pool.workers.map(({ replaced }) => replaced)).toEqual([0, 0]);
    } finally {
      vi.useRealTimers();
    }
  });

  test("a pause that ends at once ends no worker", () => {
    vi.useFakeTimers();
    try {
      const { pool, runners, heard } = poolOf(2);
      pool.start(SWEEP, tasksOf(50));
      pool.pause();
      pool.resume();
      vi.advanceTimersByTime(100);
      expect([runners.some(({ ended }) => ended), heard.still]).toEqual([false, 0]);
    } finally {
      vi.useRealTimers();
    }
  });

  test("a further round is fed when the last one is in", () => {
    const { pool, runners, heard } = poolOf(2);
    pool.start(SWEEP, tasksOf(4));
    drain(runners, (busy) => busy[0] as FakeRunner);
    pool.feed(tasksOf(4, 4));
    drain(runners, (busy) => busy[0] as FakeRunner);
    expect(sorted(heard.cells)).toEqual(range(8));
    expect(heard.idle).toBe(2);
  });
});

describe("the queue", () => {
  test("what comes back goes first, and is counted", () => {
    const queue = new Queue();
    queue.add(tasksOf(4));
    const taken = queue.take(3);
    expect([...taken]).toEqual([0, 5000, 1, 5000, 2, 5000]);
    expect(queue.length).toBe(1);
    queue.giveBack(taken);
    expect(queue.length).toBe(4);
    queue.add(tasksOf(1, 9));
    expect(queue.take(1)).toBe(taken);
    expect([...queue.take(9)]).toEqual([3, 5000, 9, 5000]);
    expect(queue.length).toBe(0);
    queue.giveBack(taken);
    queue.clear();
    expect([queue.length, queue.take(3).length]).toEqual([0, 0]);
  });
});
