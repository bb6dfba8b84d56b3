// `npm run bench:page`: what the page costs its reader, over loopback. Printed, not asserted.

import { inProject } from "../scripts/lib/root.mjs";
import { run } from "../scripts/lib/run.mjs";
import { median } from "./lib/median.mjs";
import { coldLoads, dragSpike, openDist, redraws, transferred } from "./lib/page.mjs";
import { pauseTime, sweepWith } from "./lib/page-sweep.mjs";

const METHODS = [
  ["OMP", "omp", { id: "omp" }],
  ["FISTA(100)", "fista", { id: "fista", max_steps: 100, tolerance: 0 }],
  ["AMP", "amp", { id: "amp" }],
];

const ms = (value) => `${value.toFixed(1)} ms`;
const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
const say = (what, value, goal = "") =>
  console.log(`${what.padEnd(44)} ${value.padStart(12)}  ${goal}`);

await run(process.execPath, [inProject("scripts", "build.mjs")]);
const dist = await openDist();
try {
  const load = await coldLoads(dist, 5);
  const sizes = transferred(load.files, dist.address);
  console.log("\nCold load, a fresh context each, median of 5");
  say("first paint", ms(load.paint));
  say("first live recovery", ms(load.ready));
  say("long tasks", String(load.longTasks), `longest ${ms(load.longest)}`);
  console.log("\nTransferred");
  say("scripts, the worker's too, gzip", kB(sizes.script), "goal 120 kB");
  say("wasm, brotli", kB(sizes.wasm), "goal 700 kB");
  say("styles, gzip", kB(sizes.style));
  say("fonts", kB(sizes.font));
  say("other, gzip", kB(sizes.other));

  console.log("\nFrom input to picture, dragging a spike at n = 512 (goal 16.7 ms at p95)");
  for (const [name, exhibit, method] of METHODS) {
    const drag = await dragSpike(dist, exhibit, method);
    const tasks = `${drag.longTasks} long tasks${drag.longTasks ? `, longest ${ms(drag.longest)}` : ""}`;
    say(
      name,
      ms(drag.median),
      `p95 ${ms(drag.p95)}, ${drag.seen} of ${drag.moves} moves seen, ${tasks}`,
    );
  }

  console.log("\nRedraw of a figure, axes and data, n = 512");
  for (const { name, ms: took } of await redraws(dist)) say(name, ms(took));

  console.log("\nA phase diagram of OMP, n = 256, by the page's own pool, best of three by turns");
  const [one, two] = [[], []];
  for (let i = 0; i < 3; i += 1) {
    one.push(await sweepWith(dist, 1));
    two.push(await sweepWith(dist, 2));
  }
  const best = (runs) => runs.reduce((a, b) => (a.ms < b.ms ? a : b));
  const rate = ({ trials, ms: took }) => `${((1000 * trials) / took).toFixed(0)} trials/s`;
  const over = ({ overhead }) => `${(100 * overhead).toFixed(1)} % of the time in no trial`;
  say("one worker", rate(best(one)), over(best(one)));
  say("two workers", rate(best(two)), over(best(two)));
  say("two over one", (best(one).ms / best(two).ms).toFixed(2), "goal 1.8");
  const pauses = [];
  for (let i = 0; i < 3; i += 1) pauses.push(await pauseTime(dist));
  say("from Pause to no worker at work", ms(median(pauses)), "goal 100 ms");
} finally {
  await dist.close();
}
