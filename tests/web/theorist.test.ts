import { expect, test } from "vitest";
import type { FromWorker, ToWorker } from "../../www/solve/protocol.ts";
import { instanceKey, Theorist } from "../../www/solve/theorist.ts";
import type { Spec } from "../../www/spec/spec.ts";

/** A worker that answers when the test says so. */
class Slow {
  onmessage: ((event: { data: FromWorker }) => void) | undefined;
  onerror: ((event: Event) => void) | undefined;
  readonly asked: Extract<ToWorker, { kind: "theory" }>[] = [];
  ended = false;
  postMessage(message: ToWorker) {
    if (message.kind === "theory") this.asked.push(message);
  }
  terminate() {
    this.ended = true;
  }
  answer(erc: number) {
    const id = this.asked.at(-1)?.id ?? 0;
    this.onmessage?.({ data: { kind: "theory", id, answer: { erc } } });
  }
}

let seed = 100;
/** A Spec that no test has asked about. */
function fresh(): Spec {
  seed += 1;
  return { v: 1, seed, problem: { id: "linear" }, methods: [{ id: "omp" }, { id: "fista" }] };
}

function asker() {
  const workers: Slow[] = [];
  const theorist = new Theorist({} as WebAssembly.Module, () => {
    workers.push(new Slow());
    return workers.at(-1) as unknown as Worker;
  });
  return { theorist, workers };
}

test("an answer is kept for whoever asks again, whatever the methods", () => {
  const { theorist, workers } = asker();
  const said: unknown[] = [];
  const spec = fresh();
  theorist.ask("support", spec, (answer) => said.push(answer), [1]);
  workers[0]?.answer(0.5);
  theorist.ask(
    "support",
    { ...spec, methods: [{ id: "sbl" }] },
    (answer) => said.push(answer),
    [1],
  );
  expect(said).toEqual([{ erc: 0.5 }, { erc: 0.5 }]);
  expect(workers[0]?.asked).toHaveLength(1);
  expect(workers[0]?.asked[0]?.spec.methods).toHaveLength(1);
});

test("a question about another instance ends the older one", () => {
  const { theorist, workers } = asker();
  const said: unknown[] = [];
  theorist.ask("support", fresh(), () => said.push("old"), [1]);
  theorist.ask("support", fresh(), () => said.push("new"), [1]);
  expect(workers.map(({ ended }) => ended)).toEqual([true, false]);
  workers[0]?.answer(1);
  workers[1]?.answer(1);
  expect(said).toEqual(["new"]);
});

test("of questions about one instance the newest waits, and those between are dropped", () => {
  const { theorist, workers } = asker();
  const said: number[] = [];
  const spec = fresh();
  for (const j of [1, 2, 3]) theorist.ask("support", spec, () => said.push(j), [j]);
  expect(workers[0]?.asked.map(({ support }) => support)).toEqual([[1]]);
  workers[0]?.answer(0.1);
  expect(workers[0]?.asked.map(({ support }) => support)).toEqual([[1], [3]]);
  workers[0]?.answer(0.3);
  expect(said).toEqual([1, 3]);
});

test("a worker that stops says so", () => {
  const { theorist, workers } = asker();
  let told = "";
  theorist.ask("path", fresh(), (_, complaint) => {
    told = complaint?.message ?? "";
  });
  workers[0]?.onerror?.(new Event("error"));
  expect(told).toMatch(/worker stopped/);
  expect(workers[0]?.ended).toBe(true);
});

test("an instance is its problem and its seed", () => {
  const spec = fresh();
  expect(instanceKey({ ...spec, methods: [] })).toBe(instanceKey(spec));
  expect(instanceKey({ ...spec, seed: 0 })).not.toBe(instanceKey(spec));
});
