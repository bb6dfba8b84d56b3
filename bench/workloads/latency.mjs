// W10: from an input to the picture that has it, while a spike is dragged in the built page at n = 512. The "peer" is a frame.
import { existsSync } from "node:fs";
import { inProject } from "../../scripts/lib/root.mjs";
import { dragSpike, openDist } from "../lib/page.mjs";

const FRAME = 1000 / 60;

export default {
  order: 9,
  name: ({ title }) => `Input to picture, n=512, ${title}, p95`,
  sizes: [
    { title: "OMP", exhibit: "omp", method: { id: "omp" }, quick: true },
    {
      title: "FISTA(100)",
      exhibit: "fista",
      method: { id: "fista", max_steps: 100, tolerance: 0 },
    },
    { title: "AMP", exhibit: "amp", method: { id: "amp" } },
  ],
  async rows({ job }) {
    const { exhibit, method } = job.size;
    const row = { workload: job.name, peer: "one frame", peer_ms: FRAME, native_ms: null, goal: 1 };
    if (!existsSync(inProject("dist", "index.html"))) {
      const remark = "the page is not built: npm run build";
      return [{ ...row, wasm_ms: null, ratio: null, gate: "not installed", remark }];
    }
    const dist = await openDist();
    try {
      const { p95, median, seen, moves } = await dragSpike(dist, exhibit, method);
      // Every move must end in a picture: what is never shown is not fast.
      const gate = seen === moves ? "pass" : "FAIL";
      const ratio = gate === "pass" ? p95 / FRAME : null;
      const remark = `median ${median.toFixed(1)} ms, ${seen} of ${moves} moves shown`;
      return [{ ...row, wasm_ms: p95, ratio, gate, remark }];
    } finally {
      await dist.close();
    }
  },
};
