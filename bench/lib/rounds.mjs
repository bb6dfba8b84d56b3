import { median } from "./median.mjs";
import { PythonPeer, TabRival } from "./opponents.mjs";

/** Measures one workload at one size: a row for each peer and rival. */
export async function rowsOf(context) {
  const { job, pace, native, tab, folder } = context;
  const task = job.workload.task(job.size);
  await native.ask({ task });
  await tab.ask({ do: "end" });
  await tab.ask({ do: "make", text: JSON.stringify(task) });
  // The first run warms up; the peers take their input from what is written then, and the gates our answer.
  const { digest, ms } = await native.ask({ time: 1 });
  await native.ask({ dump: folder });
  // What takes long needs no warming up, and would take the whole time of a bench in every round.
  const slow = ms[0] > 1000 * pace.slow;
  const rounds = slow ? Math.min(2, pace.rounds) : pace.rounds;
  if (!slow) await tab.ask({ do: "time", times: 3, budget: pace.budget });

  const opponents = [...(await PythonPeer.all(context)), ...(await TabRival.all(context))];
  const ours = { wasm: [], native: [], best: Number.POSITIVE_INFINITY };
  let same = true;
  for (let round = 0; round < rounds; round += 1) {
    for (const opponent of opponents) await opponent.measure();
    const wasm = await tab.ask({ do: "time", ...pace });
    const bare = await native.ask({ time: pace.times, budget: pace.budget });
    ours.wasm.push(median(wasm.ms));
    ours.native.push(median(bare.ms));
    ours.best = Math.min(ours.best, ...wasm.ms);
    same &&= wasm.digest === digest && bare.digest === digest;
  }
  const rows = [];
  for (const opponent of opponents) rows.push(await rowOf(context, opponent, ours, same));
  return rows;
}

async function rowOf({ job }, opponent, ours, same) {
  const times = job.workload.times?.(job.size) ?? 1;
  const row = {
    workload: job.name,
    peer: opponent.name,
    peer_ms: opponent.ms.length > 0 ? median(opponent.ms) / times : null,
    wasm_ms: median(ours.wasm) / times,
    native_ms: median(ours.native) / times,
    ratio: null,
    best_ratio: null,
    gate: "not installed",
    goal: job.workload.goals?.[job.name]?.[opponent.name] ?? null,
    remark: opponent.trouble,
  };
  if (row.peer_ms === null) return row;
  const { pass, remark } = same
    ? await opponent.judge()
    : { pass: false, remark: "wasm and native differ" };
  if (!pass) return { ...row, gate: "FAIL", remark };
  // The best of all runs on either side: what a busy machine spoils least. A slow peer's one run has no best of many.
  const best = opponent.slow ? null : ours.best / opponent.best;
  return { ...row, ratio: row.wasm_ms / row.peer_ms, best_ratio: best, gate: "pass", remark };
}
