import { initSync, Sweeper } from "../../target/web/lab.js";
import type { Complaint } from "../spec/spec.ts";
import { type Call, Desk } from "./desk.ts";
import type { FromDesk, FromRunner, Tasks, ToRunner, TrialRecord } from "./protocol.ts";
import { BrowserShelf } from "./shelf.ts";

/** A worker of the pool, which runs trials, or the one that keeps the tally. */
let sweeper: Sweeper | undefined;
let desk: Desk | undefined;
/** Calls are answered one after the other, also those that wait for storage. */
let answered: Promise<void> = Promise.resolve();

self.onmessage = ({ data }: MessageEvent<ToRunner>) => {
  if (data.kind === "module") initSync({ module: data.module });
  else if (data.kind === "sweep") {
    sweeper?.free();
    sweeper = undefined;
    sweeper = new Sweeper(data.sweep);
  } else if (data.kind === "batch") run(data.batch, data.tasks);
  else answered = answered.then(() => answer(data.call, data.ask));
};

/** Runs a batch. What it throws ends this worker: the pool hears of it, takes another one and runs the batch again. */
function run(batch: number, tasks: Tasks): void {
  if (!sweeper) return;
  const begin = performance.now();
  const records: TrialRecord[] = [];
  for (let i = 0; i < tasks.length; i += 2)
    records.push(sweeper.trial(tasks[i] as number, tasks[i + 1] as number) as TrialRecord);
  const message: FromRunner = { batch, records, ms: performance.now() - begin };
  self.postMessage(message);
}

async function answer(call: number, { name, args }: Call): Promise<void> {
  desk ??= new Desk(new BrowserShelf(), (note) => tell({ kind: "note", note }));
  try {
    const ask = desk[name] as (...args: unknown[]) => unknown;
    tell({ kind: "answer", call, value: await ask.apply(desk, args) });
  } catch (error) {
    tell({ kind: "answer", call, value: undefined, complaint: complaintOf(error) });
  }
}

function complaintOf(error: unknown): Complaint {
  const { field, message } = (error ?? {}) as Partial<Complaint>;
  return { field: field ?? "", message: message ?? String(error) };
}

function tell(message: FromDesk): void {
  self.postMessage(message);
}
