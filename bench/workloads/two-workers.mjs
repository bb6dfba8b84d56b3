// W5, the pool: the same sweep by two workers of the tab and by one. The "peer" is our one worker.
import { median } from "../lib/median.mjs";
import sweep from "./sweep.mjs";

/** The trials of a sweep that one of so many workers runs. */
const share = (task, from, every) => JSON.stringify({ ...task, from, every });

export default {
  order: 6.5,
  name: ({ method, trials }) => `Sweep ${method} n=256, 20x20x${trials}, two workers`,
  sizes: [{ method: "OMP", trials: 1, every: 1 }],
  async rows({ job, pace, tab }) {
    const task = sweep.task(job.size);
    await tab.ask({ do: "end" });
    const workers = {
      one: [share(task, 0, 1)],
      two: [share(task, 0, 2), share(task, 1, 2)],
    };
    for (const [group, texts] of Object.entries(workers))
      for (const [i, text] of texts.entries()) await tab.ask({ do: "make", who: group + i, text });

    /** Time until all workers of a group are done, by the clock outside. */
    const time = async (group) => {
      const begin = performance.now();
      const asked = workers[group].map((_, i) =>
        tab.ask({ do: "time", who: group + i, times: 1, budget: 0 }),
      );
      await Promise.all(asked);
      return performance.now() - begin;
    };
    const successes = async (group) => {
      const answers = workers[group].map((_, i) => tab.ask({ do: "answer", who: group + i }));
      const shares = (await Promise.all(answers)).map(({ values }) => values[0]);
      return shares.reduce((sum, value) => sum + value, 0) / shares.length;
    };

    const ms = { one: [], two: [] };
    for (let round = 0; round < pace.rounds; round += 1)
      for (const group of Object.keys(workers)) ms[group].push(await time(group));
    const [all, halves] = [await successes("one"), await successes("two")];
    const pass = Math.abs(all - halves) < 1e-12;
    const [one, two] = [median(ms.one), median(ms.two)];
    return [
      {
        workload: job.name,
        peer: "one worker of ours",
        peer_ms: one,
        wasm_ms: two,
        native_ms: null,
        ratio: pass ? two / one : null,
        best_ratio: pass ? Math.min(...ms.two) / Math.min(...ms.one) : null,
        gate: pass ? "pass" : "FAIL",
        goal: 0.526,
        remark: `successes ${all.toFixed(3)}, together ${halves.toFixed(3)}`,
      },
    ];
  },
};
