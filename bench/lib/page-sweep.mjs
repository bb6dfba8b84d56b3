import { deflateSync, strToU8 } from "fflate";

/** Quick trials, as a phase diagram of OMP has them. */
const QUICK = {
  v: 1,
  spec: { v: 1, problem: { id: "linear", cols: 256 }, methods: [{ id: "omp" }] },
  x: { param: "problem.delta", from: 0.1, to: 0.9, steps: 9 },
  y: { param: "problem.rho", from: 0.05, to: 0.95, steps: 19 },
  trials: 20,
};
/** Trials of about half a second, for a pause in the middle of one. */
const SLOW = {
  ...QUICK,
  spec: { v: 1, problem: { id: "linear", cols: 2048 }, methods: [{ id: "basis-pursuit" }] },
  x: { ...QUICK.x, from: 0.5, to: 0.6, steps: 7 },
  y: { ...QUICK.y, from: 0.3, to: 0.4, steps: 7 },
};

function linkOf(sweep) {
  const bytes = deflateSync(strToU8(JSON.stringify(sweep)));
  return `#/omp/sweep?s=${Buffer.from(bytes).toString("base64url")}&full=1`;
}

/** In the page, before its own scripts: the cores that it sees, and when its workers were in a trial. */
function watchPool(workers) {
  Object.defineProperty(navigator, "hardwareConcurrency", { get: () => workers + 1 });
  const pool = { busy: 0, trials: 0, first: Number.POSITIVE_INFINITY, last: 0 };
  window.benchPool = pool;
  window.Worker = class extends Worker {
    constructor(...given) {
      super(...given);
      this.addEventListener("message", ({ data }) => {
        if (!data.records) return;
        pool.last = performance.now();
        pool.first = Math.min(pool.first, pool.last - data.ms);
        pool.busy += data.ms;
        pool.trials += data.records.length;
      });
    }
  };
}

async function open({ browser, address }, sweep, workers) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript(watchPool, workers);
  await page.goto(address + linkOf(sweep));
  return { context, page };
}

/**
 * A phase diagram by so many workers of the page: trials, ms from the first trial's beginning to the last one's end, and the share
 * of that time in which a worker was in no trial.
 */
export async function sweepWith(dist, workers) {
  const { context, page } = await open(dist, QUICK, workers);
  try {
    await page.waitForSelector('.sweep-progress[data-state="done"]', { timeout: 120_000 });
    const { busy, trials, first, last } = await page.evaluate(() => window.benchPool);
    return { trials, ms: last - first, overhead: (workers * (last - first)) / busy - 1 };
  } finally {
    await context.close();
  }
}

/** From the click on Pause, in the middle of long trials, to the last worker's end: ms. */
export async function pauseTime(dist) {
  const { context, page } = await open(dist, SLOW, 2);
  try {
    await page.waitForFunction(() => {
      const { study } = document.querySelector("pursuit-app") ?? {};
      return study?.workers.filter((worker) => worker.busy).length === 2;
    });
    await page.waitForTimeout(1000);
    return await page.evaluate(async () => {
      const { study } = document.querySelector("pursuit-app");
      const begin = performance.now();
      document.querySelector(".sweep-progress .play").click();
      while (study.workers.some((worker) => worker.busy))
        await new Promise((done) => setTimeout(done, 1));
      return performance.now() - begin;
    });
  } finally {
    await context.close();
  }
}
