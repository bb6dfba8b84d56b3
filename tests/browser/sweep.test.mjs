// Phase diagrams as a person uses them: they grow, stop, are kept, are read, and lead into the lab and out of it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { deflateSync, strToU8, unzipSync } from "fflate";
import { inProject } from "../../scripts/lib/root.mjs";
import { initSync, Sweeper } from "../../target/web/lab.js";
import { openLab, ready, serveDist } from "./lib/lab.mjs";
import { choice, drag, number } from "./lib/page.mjs";

const WIDE = { viewport: { width: 1440, height: 900 } };
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

initSync({ module: readFileSync(inProject("target", "web", "recovery", "pursuit_bg.wasm")) });

const SMALL = {
  v: 1,
  spec: { v: 1, problem: { id: "linear", cols: 48 }, methods: [{ id: "omp" }] },
  x: { param: "problem.delta", from: 0.3, to: 0.7, steps: 5 },
  y: { param: "problem.rho", from: 0.1, to: 0.9, steps: 9 },
  trials: 12,
};
/** One whose trials take long enough to stop in the middle of it. */
const LONG = {
  ...SMALL,
  spec: { v: 1, problem: { id: "linear", cols: 256 }, methods: [{ id: "omp" }] },
  trials: 2000,
};
const BOTH = {
  ...SMALL,
  spec: { ...SMALL.spec, methods: [{ id: "omp" }, { id: "subspace-pursuit" }] },
};

function linkOf(sweep, rest = "") {
  const bytes = deflateSync(strToU8(JSON.stringify(sweep)));
  return `#/omp/sweep?s=${Buffer.from(bytes).toString("base64url")}${rest}`;
}

/** What one thread comes to. */
function alone(sweep, adaptive) {
  const sweeper = new Sweeper(sweep);
  for (;;) {
    const tasks = sweeper.next(adaptive, 1e6);
    if (tasks.length === 0) return sweeper.result();
    for (let i = 0; i < tasks.length; i += 2) sweeper.add([sweeper.trial(tasks[i], tasks[i + 1])]);
  }
}

async function open(t, sweep, { rest = "", ...options } = {}) {
  const { address } = await serveDist(t);
  return openLab(t, address + (sweep ? linkOf(sweep, rest) : "#/omp/sweep"), {
    ...WIDE,
    ...options,
  });
}

const study = (page, read) =>
  page.evaluate(`(${read})(document.querySelector("pursuit-app").study)`);
const done = (page) =>
  page.waitForSelector('.sweep-progress[data-state="done"]', { timeout: 60_000 });
const grid = (page) => page.getByRole("grid", { name: "Cells of the map" });
const cell = (page) => page.getByRole("region", { name: "This cell" });
const reading = (page) => page.locator("map-part .reading");

/** The middle of a cell on the screen. */
async function spotOf(page, column, row, { x, y } = SMALL) {
  const box = await grid(page).boundingBox();
  return {
    x: box.x + (box.width * (column + 0.5)) / x.steps,
    y: box.y + (box.height * (y.steps - row - 0.5)) / y.steps,
  };
}

/** Opens the share menu and takes what an entry of it saves. */
async function saved(page, name) {
  await page.getByRole("button", { name: "Share" }).click();
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: new RegExp(`^${name}`) }).click(),
  ]);
  await page.keyboard.press("Escape");
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
}

test("the lab leads to its diagram, which grows by itself", async (t) => {
  const { address } = await serveDist(t);
  const page = await openLab(t, address, WIDE);
  await page.getByRole("link", { name: "Sweep", exact: true }).click();
  await page.waitForFunction(() => document.querySelector("pursuit-app").study?.trials > 50);
  assert.equal(new URL(page.url()).hash, "#/omp/sweep");
  assert.match(await page.title(), /^Phase diagram: Orthogonal matching pursuit/);
  const before = await study(page, (s) => s.trials);
  await page.waitForFunction((n) => document.querySelector("pursuit-app").study.trials > n, before);
  assert.match(await page.locator(".sweep-progress").textContent(), /of at most 6460 trials/);
  // The picture has something on it, and says what.
  const painted = await page.evaluate(() => {
    const canvas = document.querySelector("map-part canvas.data");
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    return data.some((value) => value !== 0);
  });
  assert.ok(painted);
  assert.match(
    await page.locator("map-part [role=img]").getAttribute("aria-label"),
    /^Success of OMP over measurements per unknown.* \d+ trials in 323 cells\.$/,
  );
});

test("a diagram from several workers is that of one thread, bit for bit", async (t) => {
  for (const [rest, adaptive] of [
    ["&full=1", false],
    ["", true],
  ]) {
    const { address } = await serveDist(t);
    const page = await openLab(t, address, WIDE);
    await page.addInitScript(() =>
      Object.defineProperty(navigator, "hardwareConcurrency", { get: () => 4 }),
    );
    await page.goto("about:blank");
    await page.goto(address + linkOf(SMALL, rest));
    await done(page);
    assert.equal(await study(page, (s) => s.workers.length), 3);
    const expected = alone(SMALL, adaptive);
    const result = await page.evaluate(() => document.querySelector("pursuit-app").study.result());
    assert.equal(result.digest, expected.digest);
    assert.deepEqual(result, JSON.parse(JSON.stringify(expected)));
    if (adaptive)
      assert.match(
        await page.locator(".saving").textContent(),
        /the full grid takes [\d.]+ times as many/,
      );
    else assert.equal(result.trials, 5 * 9 * 12);
  }
});

/** Pauses, and waits for what was under way. */
async function stopped(page) {
  await page.getByRole("button", { name: "Pause" }).click();
  await page.waitForSelector('.sweep-progress[data-state="paused"]');
  await page.waitForFunction(() =>
    document.querySelector("pursuit-app").study.workers.every(({ busy }) => !busy),
  );
  // Let the last records be counted and kept.
  await page.waitForTimeout(700);
}

test("pause stops it, a reload keeps its tallies, resume goes on", async (t) => {
  const page = await open(t, LONG, { rest: "&full=1" });
  await stopped(page);
  const paused = await study(page, (s) => s.trials);
  await page.waitForTimeout(300);
  assert.equal(await study(page, (s) => s.trials), paused);
  await page.getByRole("button", { name: "Resume" }).click();
  await page.waitForFunction((n) => document.querySelector("pursuit-app").study.trials > n, paused);
  await stopped(page);
  const kept = await study(page, (s) => s.trials);
  await page.reload();
  await ready(page);
  assert.ok((await study(page, (s) => s.trials)) >= kept, "nothing is lost");
  // Another sweep has none of it.
  await page.evaluate(
    (hash) => {
      location.hash = hash;
    },
    linkOf({ ...LONG, seed: 5 }, "&full=1"),
  );
  await page.waitForFunction(() => document.querySelector("pursuit-app").study?.sweep.seed === 5);
  assert.ok((await study(page, (s) => s.trials)) < kept);
});

test("of many sweeps the newest are kept", async (t) => {
  const page = await open(t, SMALL);
  await done(page);
  await page.evaluate(async () => {
    const asked = indexedDB.open("pursuit", 1);
    const database = await new Promise((resolve) => {
      asked.onsuccess = () => resolve(asked.result);
    });
    const change = database.transaction("sweeps", "readwrite");
    for (let i = 0; i < 60; i += 1) change.objectStore("sweeps").put([], [`old-${i}`, 1000 + i, 0]);
    await new Promise((resolve) => {
      change.oncomplete = resolve;
    });
    database.close();
  });
  await number(page, "trials").click();
  await page.keyboard.type("3");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelector("pursuit-app").study.sweep.trials === 3);
  await done(page);
  const kept = () =>
    page.evaluate(async () => {
      const asked = indexedDB.open("pursuit", 1);
      const database = await new Promise((resolve) => {
        asked.onsuccess = () => resolve(asked.result);
      });
      const keys = database.transaction("sweeps").objectStore("sweeps").getAllKeys();
      await new Promise((resolve) => {
        keys.onsuccess = resolve;
      });
      database.close();
      return [...new Set(keys.result.map(([key]) => key))];
    });
  await page.waitForTimeout(1500);
  const keys = await kept();
  assert.equal(keys.length, 50);
  // Both sweeps of the page, and the newest of the others.
  assert.equal(keys.filter((key) => !key.startsWith("old-")).length, 2);
  assert.ok(keys.includes("old-59") && !keys.includes("old-11"));
});

test("tallies can be thrown away", async (t) => {
  const page = await open(t, SMALL);
  await done(page);
  await page
    .getByRole("button", { name: "1 worker" })
    .or(page.getByRole("button", { name: /workers$/ }))
    .click();
  assert.match(await page.locator(".workers").textContent(), /worker 1: waiting, \d+ trials/);
  await page.getByRole("button", { name: /begin again/ }).click();
  await page.waitForFunction(() => document.querySelector("pursuit-app").study.state !== "done");
  await done(page);
  const digest = await page.evaluate(
    async () => (await document.querySelector("pursuit-app").study.result()).digest,
  );
  assert.equal(digest, alone(SMALL, true).digest);
});

test("a cell is read by hover and opened by a click; its trial is the same in the lab, and back returns", async (t) => {
  const page = await open(t, SMALL);
  await done(page);
  const expected = alone(SMALL, true);
  const spot = await spotOf(page, 2, 2);
  await page.mouse.move(spot.x, spot.y);
  const { at, successes, trials } = expected.methods[0].cells[2 * 5 + 2];
  await page.waitForFunction(() => document.querySelector("pursuit-app").study.hover === 12);
  assert.match(
    await reading(page).textContent(),
    new RegExp(`^m.*= ${at[0]}, k.*: ${successes} of ${trials} succeed`),
  );
  await page.mouse.click(spot.x, spot.y);
  await cell(page).waitFor();
  assert.match(await cell(page).textContent(), new RegExp(`${successes} of ${trials}`));
  await page.waitForFunction(() =>
    /m = 24, n = 48, k = \d+/.test(document.querySelector("cell-part").textContent),
  );
  assert.match(page.url(), /cell=12$/);

  for (const trial of await cell(page).locator(".trial").all()) {
    const [n, word] = [
      await trial.getAttribute("data-trial"),
      await trial.getAttribute("data-word"),
    ];
    const sweeper = new Sweeper(SMALL);
    const value = sweeper.trial(12, Number(n)).runs[0][1];
    assert.equal(word, value <= 1e-3 ? "succeeded" : "failed");
    await trial.getByRole("link", { name: "Open in the lab" }).click();
    await page.waitForFunction(() => document.querySelector("pursuit-app").lab?.recording?.done);
    const seen = await page.evaluate(() => {
      const { lab } = document.querySelector("pursuit-app");
      return { spec: lab.spec, error: lab.recording.methods[0].verdict.metrics.relative_error };
    });
    assert.deepEqual(seen.spec, sweeper.spec(12, Number(n)), "that very Spec");
    assert.equal(seen.error, value, "and its verdict");
    await page.goBack();
    await cell(page).locator(".trial").first().waitFor();
    assert.equal(await study(page, (s) => s.open), 12);
  }
});

test("by keys alone: arrows walk, Enter opens, Shift chooses a box to refine, Escape closes", async (t) => {
  const page = await open(t, SMALL);
  await done(page);
  await grid(page).focus();
  const from = await study(page, (s) => s.at);
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowUp");
  assert.equal(await study(page, (s) => s.at), from + 1 + 5);
  const active = page.locator(`#cell-${from + 6}`);
  await active.waitFor({ state: "attached" });
  assert.equal(await grid(page).getAttribute("aria-activedescendant"), `cell-${from + 6}`);
  assert.match(await active.textContent(), /of \d+ succeeds?/);
  await page.keyboard.press("Enter");
  await cell(page).waitFor();
  await page.keyboard.press("Escape");
  await cell(page).waitFor({ state: "detached" });

  await page.keyboard.press("Home");
  await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.press("Shift+ArrowUp");
  await page.getByText("3 × 2 cells chosen").waitFor();
  await page.getByRole("button", { name: /^Refine/ }).click();
  await page.waitForFunction(() => document.querySelector("pursuit-app").study?.sweep.x.to === 0.5);
  assert.deepEqual(await study(page, (s) => [s.sweep.x.from, s.sweep.x.steps]), [0.3, 5]);
  await page.goBack();
  await page.waitForFunction(() => document.querySelector("pursuit-app").study?.sweep.x.to === 0.7);
});

test("a box is dragged, and the column of the slice is dragged or stepped", async (t) => {
  const page = await open(t, SMALL);
  await done(page);
  await drag(page, await spotOf(page, 1, 1), await spotOf(page, 3, 4));
  await page.getByText("3 × 4 cells chosen").waitFor();
  assert.equal(await study(page, (s) => s.open), undefined, "a drag opens no cell");
  await page.getByRole("button", { name: "Clear" }).click();

  const handle = page.getByRole("slider", { name: "Column of the slice" });
  const box = await handle.boundingBox();
  const target = await spotOf(page, 4, 0);
  await drag(page, { x: box.x + box.width / 2, y: box.y + 8 }, { x: target.x, y: box.y + 8 });
  assert.equal(await study(page, (s) => s.column), 4);
  await handle.focus();
  await page.keyboard.press("ArrowLeft");
  assert.equal(await study(page, (s) => s.column), 3);
  assert.match(await handle.getAttribute("aria-valuetext"), /^m.*n = 0\.\d+$/);
  assert.match(await page.locator("slice-part h2").textContent(), /^Slice at .*= 0\.\d+$/);
});

test("the sentence edits the sweep; what cannot be used stays as typed; undo takes back", async (t) => {
  const page = await open(t, SMALL);
  await done(page);
  await number(page, "trials").click();
  await page.keyboard.type("3");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelector("pursuit-app").study.sweep.trials === 3);
  await done(page);

  await number(page, "trials").click();
  await page.keyboard.type("99999");
  await page.keyboard.press("Enter");
  await page.getByRole("alert").waitFor();
  assert.match(await page.getByRole("alert").textContent(), /^trials .*10000/);
  assert.equal(await study(page, (s) => s.sweep.trials), 3);
  assert.equal(await number(page, "trials").textContent(), "99999");
  await number(page, "trials").focus();
  await page.keyboard.press("Escape");
  await page.getByRole("alert").waitFor({ state: "detached" });

  await choice(page, "vertical axis").click();
  await page.keyboard.type("noise");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() =>
    document.querySelector("pursuit-app").study.sweep.y.param.includes("snr"),
  );
  await page.keyboard.press("Control+z");
  await page.waitForFunction(() =>
    document.querySelector("pursuit-app").study.sweep.y.param.includes("rho"),
  );

  await choice(page, "metric").click();
  await page.getByRole("option", { name: /mean number of steps/ }).click();
  await page.waitForFunction(
    () => document.querySelector("pursuit-app").study.sweep.metric.mean === "iterations",
  );
  await done(page);
  assert.match(await page.locator("map-part h2").textContent(), /OMP: mean number of steps/);
});

test("a sweep that goes where trials tell most names no time that it cannot know, and ends with a full bar", async (t) => {
  const page = await open(t, { ...LONG, trials: 40 });
  await page.getByText("until the line is known").waitFor();
  assert.doesNotMatch(await page.locator(".left-over").textContent(), /left/);
  await page.goto("about:blank");
  const { address } = await serveDist(t);
  const small = await openLab(t, address + linkOf(SMALL), WIDE);
  await done(small);
  const bar = small.getByRole("progressbar");
  assert.ok((await study(small, (s) => s.trials)) < 5 * 9 * 12);
  assert.equal(await bar.getAttribute("aria-valuenow"), await bar.getAttribute("aria-valuemax"));
  assert.equal(await bar.locator("i").evaluate((fill) => fill.style.width), "100%");
});

test("several methods: letters choose the map, and one can be taken from another", async (t) => {
  const page = await open(t, BOTH);
  await done(page);
  const contours = await study(page, (s) => s.pictures.map(({ contour }) => contour.length));
  assert.ok(contours.every((length) => length > 0));
  const map = page.getByRole("group", { name: "Which map" });
  await map.getByRole("button", { name: "B", exact: true }).click();
  await page.getByRole("heading", { name: "Success of SP" }).waitFor();
  await map.getByRole("button", { name: "B minus A" }).click();
  await page.getByRole("heading", { name: "SP minus OMP" }).waitFor();
  assert.ok(await page.locator(".scale .div").isVisible());
  assert.match(
    await page.locator(".finding").textContent(),
    /half of the trials succeed with OMP at 0\.\d+( \(from [^)]+\))?, SP at 0\.\d+/,
  );
});

test("the limit of l1 for another signal is neither drawn nor quoted until it is switched on", async (t) => {
  const page = await open(t, SMALL);
  await done(page);
  const drawn = () =>
    page.evaluate(() =>
      document.querySelector("map-part figure-view").figure.theory.map(({ name }) => name),
    );
  assert.deepEqual(await drawn(), ["l1, theory"]);
  assert.doesNotMatch(await page.locator(".finding").textContent(), /x >= 0/);
  await page.getByRole("button", { name: "l1, x >= 0" }).click();
  await page.waitForFunction(
    () => document.querySelector("map-part figure-view").figure.theory.length === 2,
  );
  assert.deepEqual(await drawn(), ["l1, theory", "l1, x >= 0, theory"]);
  assert.doesNotMatch(await page.locator(".finding").textContent(), /x >= 0/);
});

test("any of three methods can be taken from any other", async (t) => {
  const methods = [{ id: "omp" }, { id: "subspace-pursuit" }, { id: "cosamp" }];
  const page = await open(t, { ...SMALL, trials: 2, spec: { ...SMALL.spec, methods } });
  await done(page);
  const map = page.getByRole("group", { name: "Which map" });
  await map.getByRole("button", { name: "B", exact: true }).click();
  await map.getByRole("button", { name: "B minus C" }).click();
  await page.getByRole("heading", { name: "SP minus CoSaMP" }).waitFor();
  await map.getByRole("button", { name: "B minus A" }).click();
  await page.getByRole("heading", { name: "SP minus OMP" }).waitFor();
  await map.getByRole("button", { name: "C", exact: true }).click();
  await map.getByRole("button", { name: "C minus B" }).click();
  await page.getByRole("heading", { name: "CoSaMP minus SP" }).waitFor();
});

test("what is taken away is the diagram, and a result that is dropped opens", async (t) => {
  const page = await open(t, SMALL);
  await done(page);
  const expected = JSON.parse(JSON.stringify(alone(SMALL, true)));
  const json = await saved(page, "Result as JSON");
  assert.equal(json.name, "result.json");
  assert.deepEqual(JSON.parse(json.bytes), expected);
  const csv = await saved(page, "Cells as CSV");
  assert.equal(csv.bytes.toString().trim().split("\n").length, 1 + 45);
  const npz = unzipSync(new Uint8Array((await saved(page, "Arrays as NPZ")).bytes));
  assert.ok("trials_omp.npy" in npz && "contour_omp.npy" in npz);
  const svg = (await saved(page, "Map as SVG")).bytes.toString();
  assert.match(svg, /^<svg[\s\S]*l1, theory/);
  assert.ok((svg.match(/<rect/g) ?? []).length >= 45);
  for (const words of ["Success of OMP", "measurements per unknown, m", "100\u2009%"])
    assert.ok(svg.includes(`>${words}`), words);
  const png = await saved(page, "Map as PNG");
  const size = (at) => png.bytes.readUInt32BE(at);
  const frame = await page.evaluate(() => document.querySelector("map-part figure-view").frame);
  // 300 dots to an inch of 96 px, and the head of the sheet above the map.
  assert.ok(Math.abs(size(20) - (frame.height + 40) * (300 / 96)) < 4, `${size(20)}`);
  assert.equal(png.bytes.subarray(1, 4).toString(), "PNG");

  const other = { ...expected, digest: "0123456789abcdef" };
  await page.evaluate((text) => {
    const files = new DataTransfer();
    files.items.add(new File([text], "result.json", { type: "application/json" }));
    const drop = new DragEvent("drop", { dataTransfer: files, bubbles: true, cancelable: true });
    document.querySelector("main").dispatchEvent(drop);
  }, JSON.stringify(other));
  await page.getByText("0123456789abcdef").waitFor();
  assert.equal(await study(page, (s) => s.trials), expected.trials);
  await page.getByRole("button", { name: "Run this sweep" }).click();
  await done(page);
  assert.equal(
    await page.evaluate(
      async () => (await document.querySelector("pursuit-app").study.result()).digest,
    ),
    expected.digest,
  );
});

test("a sweep that cannot be used is explained, and the exhibit's own is shown", async (t) => {
  const page = await open(t, { ...SMALL, y: { ...SMALL.y, param: "problem.rows" } });
  assert.match(
    await page.getByRole("alert").textContent(),
    /^y\.param sets what the other axis.* own sweep is shown/,
  );
  assert.equal(await study(page, (s) => s.sweep.y.param), "problem.rho");
});

/** Drops a file on the page. */
function dropped(page, name, value) {
  return page.evaluate(
    ([name, text]) => {
      const files = new DataTransfer();
      files.items.add(new File([text], name, { type: "application/json" }));
      const drop = new DragEvent("drop", { dataTransfer: files, bubbles: true, cancelable: true });
      document.querySelector("main").dispatchEvent(drop);
    },
    [name, typeof value === "string" ? value : JSON.stringify(value)],
  );
}

test("a file of another lab is explained, keeps the sentence, and leads there", async (t) => {
  const page = await open(t, SMALL);
  await done(page);
  // The catalogues of other labs come when nothing else is to be done.
  await page.waitForFunction(() =>
    document.querySelector("pursuit-app").catalogue.exhibit("slim-retrieval"),
  );
  const before = await page.locator("sweep-sentence .sentence").textContent();
  await dropped(page, "sweep.json", {
    ...SMALL,
    spec: { v: 1, problem: { id: "nobody" }, methods: [{ id: "omp" }] },
  });
  await page.getByText("names a problem that this page does not have, nobody").waitFor();
  await dropped(page, "sweep.json", {
    v: 1,
    spec: {
      v: 1,
      problem: { id: "search", documents: 100, queries: 10 },
      methods: [{ id: "slim-retrieval", training: 5 }],
    },
    x: { param: "methods[0].terms", from: 1, to: 4, steps: 2 },
    y: { param: "methods[0].candidates", from: 10, to: 20, steps: 2 },
    metric: { mean: "ndcg" },
    trials: 1,
  });
  await page.getByText("is a sweep of another lab").waitFor();
  assert.equal(await page.locator("sweep-sentence .sentence").textContent(), before);
  assert.equal(await study(page, (s) => s.state), "done");
  await page.getByRole("link", { name: "Open it there" }).click();
  await page.waitForFunction(
    () => document.querySelector("pursuit-app").study?.exhibit.id === "slim-retrieval",
  );
  assert.equal(await study(page, (s) => s.sweep.x.steps), 2);
});

test("the menu of metrics offers what the methods of this lab tell", async (t) => {
  const { address } = await serveDist(t);
  const page = await openLab(t, `${address}#/slim-retrieval/sweep`, WIDE);
  await page.waitForFunction(() => document.querySelector("pursuit-app").study.told.length > 0);
  await choice(page, "metric").click();
  const options = await page.getByRole("option").locator("b").allTextContents();
  assert.ok(options.includes("mean of ndcg") && options.includes("median number of steps"));
  assert.ok(!options.includes("succeeds"));
  await page.getByRole("option", { name: /quantile of ndcg/ }).click();
  await page.waitForFunction(
    () => document.querySelector("pursuit-app").study.sweep.metric.quantile === "ndcg",
  );
});

test("a result that cannot be used replaces nothing, and says which field", async (t) => {
  const page = await open(t, SMALL);
  await done(page);
  const result = JSON.parse(JSON.stringify(alone(SMALL, true)));
  const spoilt = (spoil) => {
    const copy = structuredClone(result);
    spoil(copy.methods[0]);
    return dropped(page, "result.json", copy);
  };
  await spoilt((method) => Object.assign(method, { contour: [null] }));
  await page.getByText("methods[0].contour[0] takes").waitFor();
  await spoilt((method) => Object.assign(method, { cells: null }));
  await page.getByText("methods[0].cells takes a list of 45").waitFor();
  assert.deepEqual(await study(page, (s) => [s.state, s.trials, s.opened]), [
    "done",
    result.trials,
    undefined,
  ]);
});

test("a result that was opened stays as it is when trials are to go elsewhere", async (t) => {
  const page = await open(t, SMALL);
  await done(page);
  const result = JSON.parse(JSON.stringify(alone(SMALL, true)));
  await dropped(page, "result.json", result);
  await page.getByText(result.digest).waitFor();
  await choice(page, "where trials go").click();
  await page.getByRole("option", { name: /^everywhere/ }).click();
  await page.waitForTimeout(300);
  assert.deepEqual(await study(page, (s) => [s.state, s.full, s.trials]), [
    "paused",
    true,
    result.trials,
  ]);
  await page.getByRole("button", { name: "Run this sweep" }).click();
  await done(page);
  assert.equal(await study(page, (s) => s.trials), 5 * 9 * 12);
});

test("an exhibit that is not built says so where its diagram would be", async (t) => {
  const { address } = await serveDist(t);
  const page = await openLab(t, `${address}#/no-such-thing/sweep`, WIDE);
  assert.match(
    await page.getByRole("alert").textContent(),
    /There is no exhibit "no-such-thing" here yet\. This is another one\./,
  );
});

test("a window of any size draws, and says so when it has grown again", async (t) => {
  const page = await open(t, SMALL);
  await done(page);
  // Whatever is thrown meanwhile fails the test.
  for (const [width, height] of [
    [320, 480],
    [120, 200],
    [60, 100],
    [1440, 900],
  ]) {
    await page.setViewportSize({ width, height });
    await page.waitForTimeout(200);
    const plot = await page.evaluate(
      () => document.querySelector("map-part .grid").getBoundingClientRect().height,
    );
    assert.ok(plot >= 200, `${plot} px at ${width}`);
  }
  const painted = await page.evaluate(() => {
    const canvas = document.querySelector("map-part canvas.data");
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    return data.some((value) => value !== 0);
  });
  assert.ok(painted);
});

test("the slice is the right way up before its outer cells have a trial", async (t) => {
  const page = await open(t, SMALL);
  await done(page);
  // The column's fit as drawn, of a tally that knows two of its cells.
  const heights = await page.evaluate(() => {
    const { study } = document.querySelector("pursuit-app");
    const cells = study.pictures[0].cells.slice();
    const { x, y } = study.sweep;
    for (let row = 0; row < y.steps; row += 1) {
      const at = 3 * (row * x.steps + study.column);
      cells.set(row === 1 ? [2, 2, 1] : row === 4 ? [2, 0, 0] : [0, 0, Number.NaN], at);
    }
    const [{ at }] = [study.cells[study.column]];
    const point = { x: at[0], y: 0.4, low: 0.3, high: 0.5, width: null, slope: null };
    study.pictures = [{ cells, contour: [point] }];
    study.announce();
    const slice = document.querySelector("slice-part");
    return new Promise((resolve) =>
      requestAnimationFrame(() =>
        setTimeout(() => {
          const { y: bytes } = slice.querySelector("figure-view").figure.fits[0];
          const values = new Float64Array(bytes.slice().buffer);
          resolve([values[0], values.at(-1)]);
        }, 100),
      ),
    );
  });
  assert.deepEqual(heights, [100, 0]);
});

test("on a phone the slice lies below and the cell is a sheet over the lower half", async (t) => {
  const page = await open(t, SMALL, PHONE);
  await done(page);
  const boxes = await page.evaluate(() =>
    ["map-part", "slice-part"].map(
      (name) => document.querySelector(name).getBoundingClientRect().top,
    ),
  );
  assert.ok(boxes[1] > boxes[0] + 200, "the slice is below the map");
  assert.equal(await study(page, () => document.querySelector("slice-part").upright), false);
  await grid(page).scrollIntoViewIfNeeded();
  // Letters of formulas come late and move what is below them.
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(200);
  const spot = await spotOf(page, 1, 3);
  await page.touchscreen.tap(spot.x, spot.y);
  await cell(page).waitFor();
  assert.equal(await study(page, (s) => s.open), 16);
  const sheet = await cell(page).boundingBox();
  assert.ok(sheet.height <= 844 / 2 + 1 && sheet.y + sheet.height <= 844 - 60);
  await page.getByRole("button", { name: "Close the cell" }).click();
  await cell(page).waitFor({ state: "detached" });
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(overflow <= 0, "nothing is wider than the screen");
});
