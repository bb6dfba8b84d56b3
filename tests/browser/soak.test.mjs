// Hours of use in two minutes: memory and workers stay as many as they were, and a person's work outlives what breaks.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openLab, serveDist } from "./lib/lab.mjs";
import { digest, linkOf, solved } from "./lib/page.mjs";

/** With these a page may ask how much memory it has, workers and wasm included. */
const ISOLATED = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};
/** Edits in which caches fill, and those between two looks at the memory. */
const FIRST = 150;
const EDITS = 150;
const LOOKS = 4;
const ROOMS = ["omp", "fista", "amp", "basis-pursuit", "spiral-tap", "loss-omp"];

/** Random acts of a person, the same for the same seed: numbers, choices, draws, steps back and forth, other exhibits. */
function act(page, seed, count) {
  return page.evaluate(
    async ({ seed, count, rooms }) => {
      let state = seed;
      const random = (below) => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        return Math.floor((state / 2 ** 32) * below);
      };
      const pick = (list) => list[random(list.length)];
      const app = document.querySelector("pursuit-app");
      const matrices = ["gaussian", "bernoulli", "partial-dct", "sparse-binary", "correlated"];
      const acts = [
        (lab) => lab.redraw(1),
        (lab) => lab.set(["problem", "rows"], 40 + random(100)),
        (lab) => lab.set(["problem", "signal", "sparsity"], 1 + random(30)),
        (lab) => lab.set(["problem", "matrix"], { id: pick(matrices) }),
        (lab) =>
          lab.edit({ ...lab.spec, methods: [{ id: pick(["omp", "htp", "iht", "fista", "sbl"]) }] }),
        (lab) => lab.undo(),
        (lab) => lab.redo(),
        (lab) => lab.player.seek(random(40)),
        (lab) => lab.player.toggle(),
      ];
      for (let i = 0; i < count; i += 1) {
        if (i % 25 === 24) {
          const before = app.lab;
          location.hash = `#/${pick(rooms)}`;
          for (let wait = 0; app.lab === before && wait < 40; wait += 1)
            await new Promise((done) => setTimeout(done, 25));
        } else if (app.lab.spec.problem.id === "linear") pick(acts)(app.lab);
        else app.lab.redraw(1);
        // Now and then a person waits for the answer, and often not.
        await new Promise((done) => setTimeout(done, pick([0, 10, 30, 120])));
      }
    },
    { seed, count, rooms: ROOMS },
  );
}

/** Bytes of the page and its workers, once it stands on the same exhibit with nothing running. */
async function memory(page, most = Number.POSITIVE_INFINITY) {
  await page.evaluate(() => {
    location.hash = "#/omp";
  });
  await page.waitForFunction(() => document.querySelector("pursuit-app").lab?.recording?.done);
  // What is not collected yet is no leak: more than that much is looked at again.
  const cdp = await page.context().newCDPSession(page);
  let least = Number.POSITIVE_INFINITY;
  for (let look = 0; look < LOOKS && !(least < most); look += 1) {
    await cdp.send("HeapProfiler.collectGarbage");
    const bytes = await page.evaluate(
      async () => (await performance.measureUserAgentSpecificMemory()).bytes,
    );
    least = Math.min(least, bytes);
  }
  await cdp.detach();
  return least;
}

test("memory and workers do not grow with use", async (t) => {
  const { address } = await serveDist(t, { headers: ISOLATED });
  const page = await openLab(t, address);
  await act(page, 1, FIRST);
  const before = { bytes: await memory(page), workers: page.workers().length };
  await act(page, 2, EDITS);
  const after = { bytes: await memory(page, 1.1 * before.bytes), workers: page.workers().length };
  const growth = after.bytes / before.bytes - 1;
  t.diagnostic(
    `${before.bytes} bytes after ${FIRST} edits, ${(100 * growth).toFixed(1)} % more after ${EDITS} others`,
  );
  assert.ok(growth < 0.1, `memory has grown by ${(100 * growth).toFixed(1)} %`);
  assert.ok(
    after.workers <= before.workers,
    `${after.workers} workers where ${before.workers} were`,
  );
});

test("a worker that traps is replaced, and what a person made is kept", async (t) => {
  const { address } = await serveDist(t);
  const spec = { v: 1, seed: 9, problem: { id: "linear", rows: 70 }, methods: [{ id: "omp" }] };
  const page = await openLab(t, address + linkOf(spec));
  const known = await digest(page);
  await solved(page, () => page.getByRole("button", { name: "New draw" }).click());
  // What a trap in the module does: an exception out of any of its functions.
  await page.workers()[0].evaluate(() => {
    performance.now = () => {
      throw new WebAssembly.RuntimeError("unreachable");
    };
  });
  await page.getByRole("button", { name: "New draw" }).click();
  await page.getByText("The worker stopped. Your signal is safe.").waitFor();
  const workers = () => page.workers().length;
  assert.equal(await page.evaluate(() => document.querySelector("pursuit-app").lab.spec.seed), 11);
  const undo = () => page.keyboard.press("Control+z");
  await undo();
  await solved(page, undo);
  assert.equal(await digest(page), known);
  assert.equal(workers(), 1);
  assert.equal(await page.getByRole("alert").count(), 0);
});
