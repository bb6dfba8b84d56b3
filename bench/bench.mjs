// `npm run bench`: our solvers in a worker of headless Chromium and natively, against what people use instead.
//
//   --quick          the sizes marked so and fewer rounds: under three minutes
//   --only PATTERN   the workloads whose name holds the pattern
//
// In each round every peer runs for a while, then the wasm, then the native build, so that a busy minute of the machine
// meets all of them. A figure is the median over the rounds of the rounds' medians. Only ratios mean anything.
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inProject } from "../scripts/lib/root.mjs";
import { build } from "./lib/build.mjs";
import { Clock } from "./lib/clock.mjs";
import { startNative } from "./lib/native.mjs";
import { PEERS, preparePython, startPeers } from "./lib/python.mjs";
import { header, printRow, report, versionsOf } from "./lib/report.mjs";
import { rowsOf } from "./lib/rounds.mjs";
import { prepareRivals, startTab } from "./lib/tab.mjs";
import { selected } from "./lib/workloads.mjs";

const quick = process.argv.includes("--quick");
const only = process.argv.includes("--only")
  ? (process.argv[process.argv.indexOf("--only") + 1] ?? "")
  : undefined;
const pace = quick
  ? { rounds: 2, budget: 0.25, times: 20, slow: 1.5 }
  : { rounds: 5, budget: 0.5, times: 40, slow: 4 };

await build();
const python = preparePython();
if (!python) console.log("Python is missing: its peers are left out.");
const rivals = prepareRivals();

const folder = mkdtempSync(join(tmpdir(), "pursuit-bench-"));
mkdirSync(inProject("bench", "results"), { recursive: true });
const native = startNative();
const peers = python && startPeers(python);
const tab = await startTab();
const rows = [];
try {
  const versions = versionsOf({
    python: await peers?.ask({ do: "versions", packages: PEERS }),
    rivals,
    tab,
  });
  const jobs = await selected({ quick, only });
  const clock = new Clock(jobs, quick);
  console.log(header());
  for (const job of jobs) {
    clock.start(job);
    const context = { job, pace, native, peers, tab, rivals, folder };
    const measured = (job.workload.rows ?? rowsOf)(context);
    for (const row of await measured.catch((error) => [broken(job, error)])) {
      rows.push(row);
      printRow(row);
    }
    clock.stop(job);
  }
  clock.save();
  report(rows, versions, { quick, only });
} finally {
  await tab.close();
  native.close();
  peers?.close();
  rmSync(folder, { recursive: true });
}
/** The row of a workload that cannot be measured: the others go on. */
function broken({ name }, error) {
  const nothing = { peer_ms: null, wasm_ms: null, native_ms: null, ratio: null, goal: null };
  return { workload: name, peer: "", ...nothing, gate: "FAIL", remark: error.message };
}

if (rows.some(({ gate }) => gate === "FAIL")) process.exitCode = 1;
