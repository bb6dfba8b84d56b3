// The page answers while it solves: no task keeps its main thread busy for longer than 50 ms, from where a browser
// calls a task long. What counts is the thread's own time, so that a machine with other work to do is no failure.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openLab, serveDist } from "./lib/lab.mjs";
import { linkOf, number, solved } from "./lib/page.mjs";

/** As large as an exhibit gets: a matrix of 700 by 2048, and 120 steps. */
const LARGE = {
  v: 1,
  problem: { id: "linear", rows: 700, cols: 2048, signal: { id: "sparse", sparsity: 120 } },
  methods: [{ id: "omp" }],
};

/** The tasks of the main thread while `act` ran: the longest own time and the longest time by the clock, in ms. */
async function longestTasks(page, act) {
  const browser = page.context().browser();
  await browser.startTracing(page, { categories: ["toplevel", "devtools.timeline", "__metadata"] });
  await act();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  const thread = ({ pid, tid }) => `${pid} ${tid}`;
  const main = traceEvents
    .filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain")
    .map(thread);
  const tasks = traceEvents.filter(
    (event) => event.ph === "X" && event.name.endsWith("RunTask") && main.includes(thread(event)),
  );
  const most = (values) => Math.round(values.reduce((a, b) => Math.max(a, b), 0) / 1000);
  return {
    tasks: tasks.length,
    own: most(tasks.map(({ tdur }) => tdur ?? 0)),
    clock: most(tasks.map(({ dur }) => dur ?? 0)),
  };
}

/** What a busy machine does to a task once, it does not do five times; what the page does, it does each time. */
const ATTEMPTS = 5;

/** Holds every task while `act(attempt)` runs to 50 ms, in the best of five attempts. */
async function smooth(t, page, act) {
  let best = Number.POSITIVE_INFINITY;
  for (let attempt = 1; attempt <= ATTEMPTS && best > 50; attempt += 1) {
    const { tasks, own, clock } = await longestTasks(page, () => act(attempt));
    t.diagnostic(
      `longest of ${tasks} tasks: ${own} ms of the thread's own time, ${clock} ms by the clock`,
    );
    assert.ok(tasks > 20 && own > 0, "the tasks were seen");
    best = Math.min(best, own);
  }
  assert.ok(best <= 50, `a task took ${best} ms`);
}

async function open(t, hash = "") {
  const { address } = await serveDist(t);
  const page = await openLab(t, address, { viewport: { width: 1440, height: 900 } });
  if (hash) {
    await page.evaluate((next) => {
      location.hash = next;
    }, hash);
  }
  return page;
}

const done = (page, { problem, seed = 0 }) =>
  page.waitForFunction(
    ([cols, seed]) => {
      const { recording } = document.querySelector("pursuit-app").lab ?? {};
      const { facts, spec } = recording?.description ?? {};
      return recording?.done && facts.cols === cols && (spec.seed ?? 0) === seed;
    },
    [problem.cols, seed],
  );

test("while a large Spec is solved", async (t) => {
  const page = await open(t);
  await smooth(t, page, async (seed) => {
    const spec = { ...LARGE, seed };
    await page.evaluate((hash) => {
      location.hash = hash;
    }, linkOf(spec));
    await done(page, spec);
    await page.waitForTimeout(300);
  });
});

test("while a large Spec opens another exhibit, and all parts are built", async (t) => {
  const page = await open(t);
  await smooth(t, page, async (attempt) => {
    const id = attempt % 2 ? "cosamp" : "omp";
    const spec = { ...LARGE, seed: attempt, methods: [{ id }] };
    await page.evaluate(
      (hash) => {
        location.hash = hash;
      },
      linkOf(spec, id),
    );
    await done(page, spec);
    await page.waitForTimeout(300);
  });
});

test("while a number of a large Spec is dragged", async (t) => {
  const page = await open(t, linkOf(LARGE));
  await done(page, LARGE);
  await smooth(t, page, () =>
    solved(page, async () => {
      const box = await number(page, "sparsity").boundingBox();
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      await page.mouse.move(x, y);
      await page.mouse.down();
      for (let i = 1; i <= 60; i += 1) {
        await page.mouse.move(x - i, y);
        await page.waitForTimeout(16);
      }
      await page.mouse.up();
    }),
  );
});

test("while a spike is dragged and while a run plays", async (t) => {
  const page = await open(t);
  await smooth(t, page, async () => {
    const box = await page.locator("signal-part figure-view").boundingBox();
    await page.mouse.move(box.x + 500, box.y + 60);
    await page.mouse.down();
    for (let i = 1; i <= 60; i += 1) {
      await page.mouse.move(box.x + 500 + i, box.y + 60 + i);
      await page.waitForTimeout(16);
    }
    await page.mouse.up();
    await page.keyboard.press("Space");
    await page.waitForTimeout(2500);
  });
});
