import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { inProject } from "../../scripts/lib/root.mjs";

const COLUMNS = ["workload", "peer", "peer ms", "wasm ms", "native ms", "wasm/peer", "gate"];
const MARKERS = ["<!-- bench -->", "<!-- /bench -->"];

const digits = (ms) => (ms === null ? "" : ms >= 100 ? ms.toFixed(0) : ms.toPrecision(3));
const ratioOf = ({ ratio, gate }) =>
  ratio === null ? (gate === "FAIL" ? "FAIL" : "") : ratio.toPrecision(2);

function cellsOf(row) {
  const { workload, peer, peer_ms, wasm_ms, native_ms, gate } = row;
  return [workload, peer, digits(peer_ms), digits(wasm_ms), digits(native_ms), ratioOf(row), gate];
}

export const header = () => COLUMNS.join(" | ");

export function printRow(row) {
  const goal = row.goal === null ? "" : `  goal ${row.goal}`;
  console.log(`${cellsOf(row).join(" | ")}${goal}${row.remark ? `  (${row.remark})` : ""}`);
}

export function versionsOf({ python, rivals, tab }) {
  const rustc = execFileSync("rustc", ["--version"], { encoding: "utf8" }).split(" ")[1];
  const ours = { node: process.versions.node, chromium: tab.version, rustc };
  return { ...ours, ...python?.versions, ...rivals };
}

/**
 * Writes latest.json and latest.md, and after a full run the README's table. A run of some workloads takes the place of
 * their rows only: each row's ratio is of one run.
 */
export function report(measured, versions, { quick, only }) {
  const date = new Date().toISOString().slice(0, 10);
  const cpu = `${cpus()[0].model.trim()}, ${cpus().length} cores`;
  const mode = quick ? "quick" : "full";
  // Of the last quarter of an hour; one process is the bench's own.
  const load = Number(loadavg()[2].toFixed(1));
  const folder = inProject("bench", "results");
  const run = { date, cpu, load, mode, versions, again: [], rows: measured };
  const result = only === undefined ? run : merged(`${folder}/latest.json`, run);
  const { rows } = result;
  writeFileSync(`${folder}/latest.json`, `${JSON.stringify(result, null, 2)}\n`);
  const table = markdown(result);
  writeFileSync(`${folder}/latest.md`, table);
  if (!quick) {
    const goals = rows.filter(({ goal }) => goal !== null);
    putIntoReadme(
      `${markdown({ ...result, rows: goals })}\nAll rows: [latest.md](bench/results/latest.md).\n`,
    );
  }
}

/** The last result with this run's rows in it, and a note of which they are. */
function merged(file, run) {
  const before = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
  if (before?.mode !== run.mode) return run;
  const names = [...new Set(run.rows.map(({ workload }) => workload))];
  const others = before.rows.filter(({ workload }) => !names.includes(workload));
  const first = before.rows.findIndex(({ workload }) => names.includes(workload));
  const rows = others.toSpliced(first < 0 ? others.length : first, 0, ...run.rows);
  const earlier = before.again.filter(({ workload }) => !names.includes(workload));
  const { date, load } = run;
  return {
    ...before,
    rows,
    again: [...earlier, ...names.map((workload) => ({ workload, date, load }))],
  };
}

function markdown({ date, cpu, load, mode, versions, again, rows }) {
  const list = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  const lines = [
    `${date}, ${cpu}, with ${load} processes running on average: only ratios mean anything, and where a busy machine`,
    "spoils the medians, that of the best runs on either side (none where a slow peer ran once). Peers run natively on one thread; wasm is one worker of headless",
    `Chromium; both include all that a caller pays who has the matrix in memory. A ${mode} run.`,
    "",
    `| ${COLUMNS.join(" | ")} | of the best runs | goal |`,
    "| --- | --- | ---: | ---: | ---: | ---: | --- | ---: | ---: |",
    ...rows.map((row) => {
      const best = row.best_ratio ? row.best_ratio.toPrecision(2) : "";
      return `| ${cellsOf(row).join(" | ")} | ${best} | ${row.goal ?? ""} |`;
    }),
    "",
    ...(again.length > 0
      ? ["Not of that run, but measured alone later:", `${again.map(noteOf).join("; ")}.`, ""]
      : []),
    `${list.join(", ")}.`,
  ];
  return `${lines.join("\n")}\n`;
}

const noteOf = ({ workload, date, load }) => `${workload} (${date}, ${load} processes)`;

function putIntoReadme(table) {
  const file = inProject("README.md");
  const text = readFileSync(file, "utf8");
  const [start, end] = MARKERS.map((marker) => text.indexOf(marker));
  if (start < 0 || end < start) return;
  const [open] = MARKERS;
  writeFileSync(file, `${text.slice(0, start + open.length)}\n\n${table}\n${text.slice(end)}`);
}
