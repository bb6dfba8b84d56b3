import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { chromium } from "playwright-core";
import { BROWSER_FLAGS, findChromium } from "../../scripts/lib/chromium.mjs";
import { inProject } from "../../scripts/lib/root.mjs";
import { linkOf, readSpikes, spot } from "../../tests/browser/lib/page.mjs";
import { serve } from "../../tests/browser/lib/server.mjs";
import { median } from "./median.mjs";

const VIEWPORT = { width: 1440, height: 900 };
/** Moves of the pointer in a drag, and ms between them: one a frame. */
const MOVES = 120;
const FRAME = 1000 / 60;

/** Serves the built page and opens a browser. */
export async function openDist() {
  const server = await serve(inProject("dist"));
  const { browser: executablePath } = await findChromium();
  const browser = await chromium.launch({ executablePath, args: BROWSER_FLAGS });
  return {
    address: server.address,
    browser,
    async close() {
      await browser.close();
      await server.close();
    },
  };
}

/** A quantile; infinite where nothing was measured, as what never came. */
const quantile = (values, share) =>
  values.toSorted((a, b) => a - b)[
    Math.min(values.length - 1, Math.floor(share * values.length))
  ] ?? Number.POSITIVE_INFINITY;

/** In the page, before its own scripts: first paint, first answer on the screen, long tasks. */
function watchLoad() {
  window.bench = { tasks: [] };
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.bench.tasks.push(duration);
  }).observe({ type: "longtask", buffered: true });
  new MutationObserver((_, observer) => {
    if (!document.documentElement?.hasAttribute("data-ready")) return;
    observer.disconnect();
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        window.bench.ready = performance.now();
      };
      port2.postMessage(null);
    });
  }).observe(document, { subtree: true, attributes: true, childList: true });
}

/** Cold loads, each in a context of its own: medians in ms, and what was asked for, by address. */
export async function coldLoads({ browser, address }, times) {
  const loads = [];
  const files = new Map();
  for (let i = 0; i < times; i += 1) {
    const context = await browser.newContext({ viewport: VIEWPORT });
    const page = await context.newPage();
    page.on("response", (response) => {
      const { pathname } = new URL(response.url());
      if (response.ok()) files.set(pathname, response.url());
    });
    await page.addInitScript(watchLoad);
    await page.goto(address);
    await page.waitForFunction(() => window.bench?.ready > 0);
    loads.push(
      await page.evaluate(() => ({
        paint: performance.getEntriesByName("first-contentful-paint")[0]?.startTime,
        ready: window.bench.ready,
        tasks: window.bench.tasks,
      })),
    );
    await context.close();
  }
  return {
    paint: median(loads.map(({ paint }) => paint)),
    ready: median(loads.map(({ ready }) => ready)),
    longTasks: median(loads.map(({ tasks }) => tasks.length)),
    longest: median(loads.map(({ tasks }) => Math.max(0, ...tasks))),
    files: [...files.keys()],
  };
}

const packed = {
  gzip: (bytes) => gzipSync(bytes, { level: 9 }).length,
  brotli: (bytes) => brotliCompressSync(bytes).length,
};

/** Bytes of what a cold load asks for, by kind, as a host sends them that compresses. */
export function transferred(files, address) {
  const prefix = new URL(address).pathname;
  const sizes = { script: 0, wasm: 0, style: 0, font: 0, other: 0 };
  for (const pathname of files) {
    const name = pathname.slice(prefix.length) || "index.html";
    const bytes = readFileSync(join(inProject("dist"), name));
    if (/\.m?js$/.test(name)) sizes.script += packed.gzip(bytes);
    else if (name.endsWith(".wasm")) sizes.wasm += packed.brotli(bytes);
    else if (name.endsWith(".css")) sizes.style += packed.gzip(bytes);
    else if (name.endsWith(".woff2")) sizes.font += bytes.length;
    else sizes.other += packed.gzip(bytes);
  }
  return sizes;
}

/**
 * In the page: from each move of the pointer to the first frame whose picture has it. A newer picture has it, too.
 * The clock starts at the event's own time, which is before the page hears of it.
 */
function watchDrag() {
  const { lab } = document.querySelector("pursuit-app");
  const state = { moves: [], latencies: [], tasks: [] };
  window.benchDrag = state;
  window.addEventListener("pointermove", (event) => {
    state.moves.push({ at: event.timeStamp, spec: JSON.stringify(lab.spec), seen: false });
  });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) state.tasks.push(duration);
  }).observe({ type: "longtask" });
  // The one canvas that shows the estimate is cleared when a new picture is drawn.
  const canvas = document.querySelector("signal-part figure-view canvas.data");
  const { clearRect } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.clearRect = function (...box) {
    clearRect.apply(this, box);
    if (this.canvas !== canvas || !lab.recording?.done) return;
    const shown = JSON.stringify(lab.recording.description.spec);
    const last = state.moves.findLastIndex(({ spec }) => spec === shown);
    const fresh = state.moves.slice(0, last + 1).filter(({ seen }) => !seen);
    for (const move of fresh) move.seen = true;
    // A message is delivered when the frame has been handed over.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      const now = performance.now();
      for (const { at } of fresh) state.latencies.push(now - at);
    };
    port2.postMessage(null);
  };
}

/** Drags a spike up and down at 512 unknowns: ms from input to picture, and long tasks. */
export async function dragSpike({ browser, address }, exhibit, method) {
  const spec = {
    v: 1,
    problem: { id: "linear", rows: 160, cols: 512, signal: { id: "sparse", sparsity: 20 } },
    methods: [method],
  };
  const context = await browser.newContext({ viewport: VIEWPORT });
  try {
    const page = await context.newPage();
    await page.goto(`${address}${linkOf(spec, exhibit)}`);
    await page.waitForSelector("html[data-ready]", { state: "attached" });
    await page.waitForFunction(
      () => document.querySelector("pursuit-app").lab?.recording?.done === true,
    );
    const spikes = [...(await readSpikes(page))];
    const [index, value] = spikes.reduce((a, b) => (Math.abs(b[1]) > Math.abs(a[1]) ? b : a));
    const from = await spot(page, index, value);
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    // The first moves make the spikes the reader's own, which a drag does once.
    for (let i = 1; i <= 10; i += 1) await page.mouse.move(from.x, from.y + i);
    await page.waitForTimeout(500);
    await page.evaluate(watchDrag);
    for (let i = 0; i < MOVES; i += 1) {
      const begin = performance.now();
      await page.mouse.move(from.x, from.y + 10 + 20 * Math.sin(i / 8));
      const rest = FRAME - (performance.now() - begin);
      if (rest > 0) await page.waitForTimeout(rest);
    }
    // The last move's picture ends it; one that never comes is told by the count.
    const all = () => window.benchDrag.moves.every(({ seen }) => seen);
    await page.waitForFunction(all, undefined, { timeout: 10_000 }).catch(() => {});
    await page.waitForTimeout(100);
    await page.mouse.up();
    const { moves, latencies, tasks } = await page.evaluate(() => window.benchDrag);
    return {
      moves: moves.length,
      seen: latencies.length,
      median: quantile(latencies, 0.5),
      p95: quantile(latencies, 0.95),
      longTasks: tasks.length,
      longest: Math.max(0, ...tasks),
    };
  } finally {
    await context.close();
  }
}

/** Redraws each figure of the page at 512 unknowns, axes and data: ms by figure, the median of ten. */
export async function redraws({ browser, address }) {
  const spec = { v: 1, problem: { id: "linear", rows: 160, cols: 512 }, methods: [{ id: "omp" }] };
  const context = await browser.newContext({ viewport: VIEWPORT });
  try {
    const page = await context.newPage();
    await page.goto(`${address}${linkOf(spec)}`);
    await page.waitForSelector("html[data-ready]", { state: "attached" });
    await page.waitForTimeout(500);
    const found = await page.evaluate(async () => {
      const frame = () => new Promise((done) => requestAnimationFrame(done));
      const times = [];
      for (const view of document.querySelectorAll("figure-view")) {
        const part = view.closest(
          "signal-part, traces-part, measured-part, matrix-part, panels-part",
        );
        const ms = [];
        for (let i = 0; i < 10; i += 1) {
          await frame();
          const begin = performance.now();
          view.redrawAll();
          await view.updateComplete;
          ms.push(performance.now() - begin);
        }
        times.push({ name: part?.localName ?? view.parentElement.localName, ms });
      }
      return times;
    });
    return found.map(({ name, ms }) => ({ name, ms: median(ms) }));
  } finally {
    await context.close();
  }
}
