// W9: from nothing to the first answer in a new worker: fetch, compile, one solve (OMP) or, for tfjs-wasm, one product.
import { median } from "../lib/median.mjs";

const TASK = {
  spec: {
    v: 1,
    problem: { id: "linear", rows: 80, cols: 256, signal: { id: "sparse", sparsity: 8 } },
    methods: [{ id: "omp" }],
  },
};

export default {
  order: 8,
  name: () => "Cold start, first answer at (80, 256)",
  sizes: [{ rows: 80, cols: 256, quick: true }],
  async rows({ job, pace, native, tab, rivals }) {
    const ours = [];
    const theirs = [];
    const bare = [];
    let same = true;
    for (let round = 0; round < pace.rounds; round += 1) {
      if (Object.keys(rivals).length > 0) {
        const rival = await tab.ask({ do: "cold", who: "tfjs-wasm", size: job.size });
        theirs.push(rival.ms);
      }
      const answer = await tab.ask({ do: "cold", text: JSON.stringify(TASK) });
      ours.push(answer.ms);
      await native.ask({ task: TASK });
      const { ms, digest } = await native.ask({ time: 1 });
      bare.push(ms[0]);
      same &&= digest === answer.digest;
    }
    const measured = theirs.length > 0;
    return [
      {
        workload: job.name,
        peer: "tfjs-wasm",
        peer_ms: measured ? median(theirs) : null,
        wasm_ms: median(ours),
        native_ms: median(bare),
        ratio: measured && same ? median(ours) / median(theirs) : null,
        gate: measured ? (same ? "pass" : "FAIL") : "not installed",
        goal: null,
        remark: "a new worker each time; native is the solve alone",
      },
    ];
  },
};
