// The lab as a person uses it: by mouse, by keys alone, by finger, through links and files.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { unzipSync } from "fflate";
import { openLab, ready, serveDist } from "./lib/lab.mjs";
import {
  choice,
  digest,
  drag,
  emptyIndex,
  legend,
  linkOf,
  number,
  readSpikes,
  solved,
  spikes,
  spot,
  step,
  tabTo,
  track,
  verdict,
} from "./lib/page.mjs";

const WIDE = { viewport: { width: 1440, height: 900 } };

/** The lab on the exhibit that opens by itself, or on what `hash` names. */
async function open(t, { hash = "", ...options } = {}) {
  const { address } = await serveDist(t);
  return openLab(t, address + hash, { ...WIDE, ...options });
}

async function spec(page) {
  return page.evaluate(() => document.querySelector("pursuit-app").lab.spec);
}

test("the first picture is the end of a run, with a verdict", async (t) => {
  const page = await open(t);
  assert.match(await verdict(page).textContent(), /^Found \d+ of 20 spikes, .*\bError −[\d.]+ dB/);
  assert.match(await digest(page), /^[0-9a-f]{16}$/);
  assert.equal(await step(page), Number(await track(page).getAttribute("aria-valuemax")));
  assert.ok((await step(page)) > 0);
  assert.match(await legend(page).textContent(), /\d+\s*found\s*\d+\s*missed\s*\d+\s*false alarms/);
  assert.equal(await page.title(), "Orthogonal matching pursuit, Pursuit");
});

test("drawing: a click adds a spike, a drag changes, moves and removes it; each is one undo", async (t) => {
  const page = await open(t);
  const [before, said] = [await readSpikes(page), await verdict(page).textContent()];
  const index = await emptyIndex(page);

  const place = await spot(page, index, 1.2);
  await solved(page, () => page.mouse.click(place.x, place.y));
  const added = await readSpikes(page);
  assert.equal(added.size, before.size + 1);
  assert.ok(
    Math.abs(added.get(index) - 1.2) < 0.05,
    `it has the height of the click: ${added.get(index)}`,
  );
  assert.notEqual(await verdict(page).textContent(), said);
  const counts = (await legend(page).textContent()).match(/\d+/g).map(Number);
  assert.equal(counts[0] + counts[1], before.size + 1);

  await solved(page, async () =>
    drag(page, await spot(page, index, 1.2), await spot(page, index, -0.8)),
  );
  assert.ok(
    Math.abs((await readSpikes(page)).get(index) + 0.8) < 0.05,
    "dragging its head changes its value",
  );

  await solved(page, async () =>
    drag(page, await spot(page, index, -0.8), await spot(page, index + 6, -0.8)),
  );
  const moved = await readSpikes(page);
  assert.ok(!moved.has(index) && moved.has(index + 6), "dragging it sideways moves it");
  assert.equal(moved.size, before.size + 1);

  await solved(page, async () =>
    drag(page, await spot(page, index + 6, -0.8), await spot(page, index + 6, 0)),
  );
  assert.deepEqual(await readSpikes(page), before, "dragging it to zero removes it");

  await solved(page, () => page.keyboard.press("Control+z"));
  assert.deepEqual(await readSpikes(page), moved, "one undo takes a whole drag back");
  for (let i = 0; i < 3; i += 1) await solved(page, () => page.keyboard.press("Control+z"));
  assert.deepEqual(await readSpikes(page), before);
  assert.equal(await verdict(page).textContent().then(figures), figures(said));
  await solved(page, () => page.keyboard.press("Control+Shift+z"));
  assert.deepEqual(await readSpikes(page), added);
});

/** A verdict without its milliseconds. */
function figures(text) {
  return text.replace(/, [\d.]+ m?s\b/, "");
}

test("drawing by keys: choose, add, change, move, type and remove", async (t) => {
  const page = await open(t);
  const before = await readSpikes(page);
  await spikes(page).focus();
  await page.keyboard.press("ArrowRight");
  const [first, second] = [...before.keys()].sort((a, b) => a - b);
  const chosen = (index) =>
    spikes(page).locator(`#spike-${index}[aria-selected=true]`).waitFor({ state: "attached" });
  await chosen(first);
  await page.keyboard.press("ArrowRight");
  await chosen(second);
  await page.keyboard.press("ArrowLeft");
  await chosen(first);

  const value = before.get(first);
  for (const [key, by] of [
    ["ArrowUp", 0.05],
    ["Shift+ArrowUp", 0.01],
    ["PageUp", 0.5],
    ["ArrowDown", -0.05],
  ])
    await t.test(key, async () => {
      const value = async () => {
        const { signal } = (await spec(page)).problem;
        return new Map(signal.spikes).get(first) ?? before.get(first);
      };
      const old = await value();
      await solved(page, () => page.keyboard.press(key));
      assert.ok(Math.abs((await value()) - old - by) < 0.0015, `${old} to ${await value()}`);
    });
  assert.ok((await readSpikes(page)).get(first) > value);

  await solved(page, () => page.keyboard.press("Alt+ArrowRight"));
  assert.ok((await readSpikes(page)).has(first + 1));
  await page.keyboard.press("Enter");
  await page.keyboard.type("-1.5");
  await solved(page, () => page.keyboard.press("Enter"));
  assert.equal((await readSpikes(page)).get(first + 1), -1.5);
  await solved(page, () => page.keyboard.press("Delete"));
  assert.equal((await readSpikes(page)).size, before.size - 1);

  await page.keyboard.press("Control+ArrowRight");
  await chosen(first + 2);
  await solved(page, () => page.keyboard.press("ArrowUp"));
  assert.equal((await readSpikes(page)).get(first + 2), 0.05, "up on an empty place adds a spike");
});

test("the sentence by keys alone: step, type, refuse, restore", async (t) => {
  const page = await open(t);
  const presses = await tabTo(page, "spec-sentence [role=spinbutton]", 12);
  assert.ok(presses <= 9, `the sentence comes early: ${presses} presses of Tab`);
  const sparsity = number(page, "sparsity");
  await solved(page, () => page.keyboard.press("ArrowUp"));
  assert.equal(await sparsity.getAttribute("aria-valuenow"), "21");
  assert.match(await verdict(page).textContent(), /of 21 spikes|All 21/);

  await page.keyboard.press("Enter");
  await page.keyboard.type("12");
  await solved(page, () => page.keyboard.press("Enter"));
  assert.equal(await sparsity.getAttribute("aria-valuenow"), "12");
  const [shown, said] = [await digest(page), await verdict(page).textContent()];

  await page.keyboard.press("Enter");
  await page.keyboard.type("1000000000");
  await page.keyboard.press("Enter");
  const alert = page.getByRole("alert");
  await alert.waitFor();
  assert.match(
    await alert.textContent(),
    /problem\.signal\.sparsity takes .*The picture still shows/,
  );
  assert.equal(await sparsity.textContent(), "1000000000", "what was typed stands as typed");
  assert.equal(await sparsity.getAttribute("aria-invalid"), "true");
  assert.deepEqual([await digest(page), await verdict(page).textContent()], [shown, said]);

  await page.keyboard.press("Escape");
  await alert.waitFor({ state: "detached" });
  assert.equal(await sparsity.textContent(), "12");
  assert.equal(await sparsity.getAttribute("aria-invalid"), "false");
  assert.ok(await sparsity.evaluate((element) => element === document.activeElement));

  await page.keyboard.press("Enter");
  await page.keyboard.type("7");
  await page.keyboard.press("Escape");
  assert.equal(await sparsity.textContent(), "12", "Escape while typing restores");
});

test("a number is dragged, as one undo, and one click types", async (t) => {
  const page = await open(t);
  const rows = number(page, "rows");
  const box = await rows.boundingBox();
  const from = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  await solved(page, () => drag(page, from, { x: from.x + 40, y: from.y }));
  const dragged = Number(await rows.getAttribute("aria-valuenow"));
  assert.ok(dragged > 80, `it grew to ${dragged}`);
  await solved(page, () => page.keyboard.press("Control+z"));
  assert.equal(await rows.getAttribute("aria-valuenow"), "80");
  await rows.click();
  await page.keyboard.type("100");
  await solved(page, () => page.keyboard.press("Enter"));
  assert.equal(await rows.getAttribute("aria-valuenow"), "100");
});

test("the timeline: scrub by mouse and keys, jump to events, play", async (t) => {
  const page = await open(t);
  const last = await step(page);
  const atEnd = await digest(page);
  const box = await track(page).boundingBox();
  const at = (share) => ({ x: box.x + share * box.width, y: box.y + box.height / 2 });
  // The page draws once a frame, so the playhead may stand where it stood for one more.
  const stands = (wanted) =>
    page.waitForFunction(
      (wanted) => document.querySelector(".track").ariaValueNow === String(wanted),
      wanted,
    );
  await page.mouse.click(at(0.5).x, at(0.5).y);
  await stands(Math.round(last / 2));
  assert.match(await verdict(page).textContent(), /spikes after 10 steps/);
  assert.match(await legend(page).textContent(), /not found yet/);
  await drag(page, at(0.5), at(0.2));
  await stands(Math.round(last * 0.2));
  await track(page).focus();
  for (const [key, moved] of [
    ["ArrowRight", 5],
    ["ArrowLeft", 4],
    ["l", 5],
    ["j", 4],
    ["Shift+ArrowRight", 5],
    ["Shift+ArrowLeft", 4],
    ["Home", 0],
    ["End", last],
  ]) {
    await page.keyboard.press(key);
    await stands(moved);
  }
  assert.equal(await digest(page), atEnd, "scrubbing never solves");

  await page.keyboard.press("Space");
  await page.getByRole("button", { name: "Pause" }).waitFor();
  await page.waitForFunction(() => {
    const now = Number(document.querySelector(".track").ariaValueNow);
    return now > 2 && now < 20;
  });
  await page.getByRole("button", { name: "Play" }).waitFor();
  assert.equal(await step(page), last, "it plays to the end and stops");
});

test("matrix and method are chosen from their menus by keys", async (t) => {
  const page = await open(t);
  await choice(page, "matrix").focus();
  await page.keyboard.press("Enter");
  await page.getByRole("listbox", { name: "matrix" }).waitFor();
  await page.keyboard.press("ArrowDown");
  await solved(page, () => page.keyboard.press("Enter"));
  assert.notEqual((await spec(page)).problem.matrix?.id ?? "gaussian", "gaussian");
  assert.ok(
    await choice(page, "matrix").evaluate((element) => element === document.activeElement),
    "the focus is back on the word",
  );

  await choice(page, "method").focus();
  await page.keyboard.press("ArrowDown");
  await page.getByRole("listbox", { name: "method" }).waitFor();
  await page.keyboard.type("thresh");
  const options = page.getByRole("listbox", { name: "method" }).getByRole("option");
  for (const text of await options.allTextContents()) assert.match(text, /thresh/i);
  await solved(page, () => page.keyboard.press("Enter"));
  assert.notEqual((await spec(page)).methods[0].id, "omp");

  await choice(page, "noise").focus();
  await page.keyboard.press("Enter");
  await page.keyboard.type("nothing");
  await solved(page, () => page.keyboard.press("Enter"));
  assert.equal((await spec(page)).problem.noise?.id ?? "none", "none", "a short list filters too");

  await choice(page, "method").focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Escape");
  assert.equal(await page.getByRole("listbox", { name: "method" }).count(), 0);
});

test("compare: a method more, a table, and away again", async (t) => {
  const page = await open(t);
  const alone = await digest(page);
  await page.getByRole("button", { name: "+ Compare" }).click();
  const table = page.getByRole("table");
  await table.getByRole("row").nth(2).waitFor();
  assert.equal(await table.getByRole("row").count(), 3);
  const head = await table.getByRole("columnheader").allTextContents();
  assert.deepEqual(head.slice(1), ["steps", "ms", "found", "false", "error"]);
  assert.equal(await page.locator("signal-part .row").count(), 2);
  await page.waitForFunction(
    (old) => document.querySelector("verdict-part")?.dataset.digest === old,
    alone,
  );

  await table.getByRole("button").nth(1).click();
  await table.getByRole("button", { pressed: true }).filter({ hasText: "B" }).waitFor();
  await page
    .getByRole("button", { name: /^Remove / })
    .nth(1)
    .click();
  await table.waitFor({ state: "detached" });
  assert.equal((await spec(page)).methods.length, 1);
});

test("four methods at most", async (t) => {
  const page = await open(t);
  const more = page.getByRole("button", { name: "+ Compare" });
  for (let methods = 2; methods <= 4; methods += 1) {
    await more.click();
    await page.getByRole("table").getByRole("row").nth(methods).waitFor();
  }
  assert.ok(await more.isDisabled());
});

test("a new draw is another instance, and Alt goes back", async (t) => {
  const page = await open(t);
  const [before, drawn] = [await digest(page), await readSpikes(page)];
  const button = page.getByRole("button", { name: "New draw" });
  await solved(page, () => button.click());
  assert.notDeepEqual(await readSpikes(page), drawn);
  await solved(page, () => button.click({ modifiers: ["Alt"] }));
  assert.equal(await digest(page), before);
});

test("a copied link opens the same run, to the bit", async (t) => {
  const { address } = await serveDist(t);
  const page = await openLab(t, address, {
    ...WIDE,
    permissions: ["clipboard-read", "clipboard-write"],
  });
  const place = await spot(page, await emptyIndex(page), 0.9);
  await solved(page, () => page.mouse.click(place.x, place.y));
  await page.getByRole("button", { name: "Share" }).click();
  await page.getByRole("button", { name: /^Copy link/ }).click();
  await page
    .getByText(/^Link copied\. It holds .*, \d+ characters\.$/)
    .first()
    .waitFor();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  assert.ok(link.startsWith(`${address}#/omp?s=`));

  const other = await openLab(t, link, WIDE);
  assert.equal(await digest(other), await digest(page));
  assert.equal(
    figures(await verdict(other).textContent()),
    figures(await verdict(page).textContent()),
  );
  assert.deepEqual(await readSpikes(other), await readSpikes(page));
});

test("a link into the exhibit that is open is an edit, which undo takes back", async (t) => {
  const page = await open(t);
  const before = await digest(page);
  await solved(page, () => page.getByRole("button", { name: "New draw" }).click());
  const drawn = await digest(page);
  await solved(page, () =>
    page.evaluate(() => {
      location.hash = "#/omp";
    }),
  );
  assert.equal(await digest(page), before);
  await solved(page, () => page.keyboard.press("Control+z"));
  assert.equal(await digest(page), drawn);
});

test("figures, numbers and the Spec are saved as files that others read", async (t) => {
  const page = await open(t);
  await page.getByRole("button", { name: "Share" }).click();
  const save = async (name) => {
    const waiting = page.waitForEvent("download");
    await page.getByRole("button", { name }).click();
    const download = await waiting;
    return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
  };

  const json = await save(/^Save Spec/);
  assert.equal(json.name, "pursuit-omp-spec.json");
  assert.deepEqual(JSON.parse(json.bytes.toString()), await spec(page));

  const csv = await save(/^Numbers as CSV/);
  const rows = csv.bytes.toString().trimEnd().split("\n");
  assert.equal(rows[0], "index,truth,omp");
  assert.equal(rows.length, 257);
  for (const row of rows.slice(1)) {
    assert.equal(row.split(",").length, 3);
    assert.ok(
      row.split(",").every((cell) => cell !== "" && Number.isFinite(Number(cell))),
      row,
    );
  }

  const npz = await save(/^Arrays as NPZ/);
  const arrays = unzipSync(new Uint8Array(npz.bytes));
  for (const [name, length] of [
    ["x", 256],
    ["y", 80],
    ["estimate_omp", 256],
    ["trace_omp_relative_error", 21],
  ]) {
    const array = Buffer.from(arrays[`${name}.npy`]);
    assert.equal(array.toString("latin1", 0, 6), "\x93NUMPY", name);
    assert.match(array.toString("latin1", 0, 128), /'descr': '<f8'/);
    const data = array.subarray(10 + array.readUInt16LE(8));
    assert.equal(data.length, 8 * length, name);
    for (let i = 0; i < length; i += 1) assert.ok(Number.isFinite(data.readDoubleLE(8 * i)));
  }

  const png = await save(/^Figure as PNG/);
  assert.equal(png.bytes.toString("latin1", 1, 4), "PNG");
  assert.ok(png.bytes.readUInt32BE(16) > 500 && png.bytes.readUInt32BE(20) >= 240);

  const svg = await save(/^Figure as SVG/);
  // An empty page reads it: the lab's own takes no text for markup.
  const blank = await page.context().newPage();
  const marks = await blank.evaluate((text) => {
    const drawing = new DOMParser().parseFromString(text, "image/svg+xml");
    if (drawing.querySelector("parsererror")) return drawing.documentElement.textContent;
    return drawing.querySelectorAll("circle, line, path, polyline, text").length;
  }, svg.bytes.toString());
  assert.ok(marks > 60, `the drawing has ${marks} marks`);
});

test("files are opened: a Spec, a signal, and one that is no numbers", async (t) => {
  const page = await open(t);
  const give = async (name, text) => {
    if (!(await page.locator(".share .menu").isVisible()))
      await page.getByRole("button", { name: "Share" }).click();
    const choosing = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: /^Open Spec or data/ }).click();
    await (await choosing).setFiles({ name, mimeType: "text/plain", buffer: Buffer.from(text) });
  };
  const own = await spec(page);
  await solved(page, () => give("spec.json", JSON.stringify({ ...own, seed: 99 })));
  assert.equal((await spec(page)).seed, 99);
  const signal = Array.from({ length: 128 }, (_, i) => (i % 16 === 5 ? 1 : 0));
  await solved(page, () => give("signal.csv", signal.join("\n")));
  assert.equal(await number(page, "cols").getAttribute("aria-valuenow"), "128");
  assert.match(await verdict(page).textContent(), /\b8\b/);
  for (const [name, text] of [
    ["y.csv", "1\nn/a\n3\n"],
    ["broken.json", "{"],
    ["null.json", "null"],
  ]) {
    const before = await spec(page);
    await give(name, text);
    await page
      .getByRole("alert")
      .filter({ hasText: "Nothing was loaded." })
      .filter({ hasText: name })
      .waitFor();
    assert.deepEqual(await spec(page), before);
  }
});

test("a damaged link says so and opens a page that works", async (t) => {
  const page = await open(t, { hash: "#/omp?s=q1YqU7IyMdBRKs9MKclQsjI0NFGqBQA" });
  assert.match(await page.getByRole("alert").textContent(), /cut short or damaged/);
  await solved(page, () => page.getByRole("button", { name: "New draw" }).click());
  assert.equal(await page.getByRole("alert").count(), 0);
});

test("a link that asks for 10⁹ rows is refused with the field and its limit", async (t) => {
  const asks = { v: 1, problem: { id: "linear", rows: 1e9 }, methods: [{ id: "omp" }] };
  const page = await open(t, { hash: linkOf(asks) });
  assert.match(
    await page.getByRole("alert").textContent(),
    /problem\.rows takes a whole number from 1 to \d+, not 1000000000/,
  );
  assert.match(await verdict(page).textContent(), /spikes/);
});

test("a link to an exhibit that is not there opens another and says so", async (t) => {
  const page = await open(t, { hash: "#/no-such-thing" });
  assert.match(await page.getByRole("alert").textContent(), /There is no exhibit "no-such-thing"/);
});

test("the Spec is in the address and outlives a reload", async (t) => {
  const page = await open(t);
  await number(page, "rows").focus();
  await solved(page, () => page.keyboard.press("PageUp"));
  const [rows, shown] = [(await spec(page)).problem.rows, await digest(page)];
  await page.waitForFunction(() => location.hash.includes("?s="));
  await page.reload();
  await ready(page);
  assert.equal((await spec(page)).problem.rows, rows);
  assert.equal(await digest(page), shown);
});

test("the index: 119 systems, search with a typing error, keys", async (t) => {
  const page = await open(t);
  await page.keyboard.press("/");
  const search = page.getByRole("searchbox");
  await search.waitFor();
  await page.waitForFunction(() => document.activeElement?.matches(".search input"));
  assert.equal(await page.locator(".vector a").count(), 119);
  assert.match(await page.locator("h1").textContent(), /^119 systems, \d+ ready$/);
  assert.ok((await page.getByText("not built yet").count()) > 0);

  await page.keyboard.type("orthognal matchin");
  const listed = page.locator(".lists li");
  await page.waitForFunction(() => document.querySelectorAll(".lists li").length < 20);
  assert.match((await listed.allTextContents()).join(" "), /Orthogonal matching pursuit/);
  assert.ok((await page.locator(".vector a.faint").count()) > 100, "the vector is filtered too");
  await page.waitForFunction(() => location.hash.includes("q=orthognal"));
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => location.hash === "#/omp");
  await verdict(page).waitFor();

  await page.goBack();
  await search.waitFor();
  assert.equal(await search.inputValue(), "orthognal matchin");
  await search.fill("xylophone quartet");
  await page.getByText('No system matches "xylophone quartet".').waitFor();
  await search.fill("");

  await page.getByRole("button", { name: /^Foundations/ }).click();
  assert.ok((await listed.count()) < 60);
  await page.getByRole("button", { name: /^All/ }).click();
  await page.locator(".vector a").first().focus();
  await page.keyboard.press("ArrowRight");
  const second = page.locator(".vector a").nth(1);
  assert.ok(await second.evaluate((element) => element === document.activeElement));
});

test("a system that is not built says so and links to its paper", async (t) => {
  const page = await open(t, { hash: "#/index" });
  const item = page.locator(".lists li", { hasText: "not built yet" }).first();
  assert.match(await item.getByRole("link", { name: /^Paper: / }).getAttribute("href"), /^https:/);
});

test("a curve: a stroke is one undo, keys bend it, and back to spikes", async (t) => {
  const page = await open(t);
  await solved(page, () => page.getByRole("button", { name: "Curve", exact: true }).click());
  const brush = page.getByRole("slider", { name: /^Brush on the curve/ });
  assert.equal((await spec(page)).problem.signal.id, "waveform");
  await solved(page, async () => drag(page, await spot(page, 60, 2), await spot(page, 100, 3)));
  const { signal } = (await spec(page)).problem;
  assert.equal(signal.id, "curve");
  assert.equal(signal.values.length, 256);
  for (const [index, value] of [
    [61, 2],
    [80, 2.5],
    [99, 3],
  ])
    assert.ok(Math.abs(signal.values[index] - value) < 0.1, `${index}: ${signal.values[index]}`);
  await solved(page, () => page.keyboard.press("Control+z"));
  assert.equal((await spec(page)).problem.signal.id, "waveform", "the stroke is one undo");

  await brush.focus();
  for (let i = 0; i < 3; i += 1) await page.keyboard.press("PageUp");
  await page.waitForFunction(
    () =>
      document.querySelector("curve-editor").shadowRoot.querySelector("[role=slider]")
        .ariaValueNow === "48",
  );
  const before = Number(
    /value (\S+)/.exec(await brush.getAttribute("aria-valuetext"))[1].replace("−", "-"),
  );
  await solved(page, () => page.keyboard.press("ArrowUp"));
  const bent = (await spec(page)).problem.signal.values[48];
  assert.ok(Math.abs(bent - before - 0.05) < 0.011, `${before} to ${bent}`);
  await solved(page, () => page.getByRole("button", { name: "Spikes", exact: true }).click());
  assert.equal((await spec(page)).problem.signal?.id ?? "sparse", "sparse");
});

test("one line at an index crosses all panels, with the value in each title", async (t) => {
  const page = await open(t);
  const [index] = [...(await readSpikes(page)).keys()];
  const place = await spot(page, index, 0.1);
  await page.mouse.move(place.x, place.y);
  const lines = page.locator(".left .line.upright.hover");
  await lines.nth(2).waitFor();
  const lefts = await lines.evaluateAll((all) =>
    all.map((line) => Math.round(line.getBoundingClientRect().left)),
  );
  assert.equal(new Set(lefts).size, 1, "the line is straight down the column");
  assert.ok(Math.abs(lefts[0] - place.x) <= 2);
  const reading = page.locator('[data-panel="looks-at"] .reading');
  assert.match(await reading.textContent(), new RegExp(`^${index}: `));
  await page.mouse.move(5, 5);
  await lines.first().waitFor({ state: "detached" });
});

test("what to try is applied and taken back", async (t) => {
  const page = await open(t);
  const before = await spec(page);
  const item = page.locator(".tries li").first();
  await solved(page, () => item.getByRole("button").first().click());
  assert.notDeepEqual(await spec(page), before);
  await solved(page, () => item.getByRole("button", { name: "Back" }).click());
  assert.deepEqual(await spec(page), before);
});

test("a claim is run before one's eyes, and holds", async (t) => {
  const page = await open(t);
  const claim = page.locator("claim-run").first();
  await claim.getByRole("button", { name: "Show me" }).click();
  await claim
    .getByText(/^It holds: 9\d(\.\d)? % of draws here; the claim is at least 95 %\.$/)
    .waitFor({ timeout: 60_000 });
});

test("the skip link leads past the header", async (t) => {
  const page = await open(t);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  assert.ok(await page.evaluate(() => document.activeElement.closest("main") !== null));
  assert.equal(new URL(page.url()).hash, "");
});

/** Six spikes far from one another: between them a finger finds room. */
const SPARSE = {
  v: 1,
  problem: {
    id: "linear",
    signal: { id: "drawn", spikes: [20, 60, 100, 140, 180, 220].map((i) => [i, 1]) },
  },
  methods: [{ id: "omp" }],
};
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

test("on a phone a tap adds a spike and opens the edit bar", async (t) => {
  const page = await open(t, { ...PHONE, hash: linkOf(SPARSE) });
  const before = await readSpikes(page);
  const place = await spot(page, 120, 0.5);
  await solved(page, () => page.touchscreen.tap(place.x, place.y));
  assert.equal((await readSpikes(page)).size, before.size + 1);
  const bar = page.getByRole("toolbar", { name: "Spike" });
  await bar.waitFor();
  const tops = new Set();
  for (const button of await bar.getByRole("button").all()) {
    const { y, width, height } = await button.boundingBox();
    const name = await button.textContent();
    assert.ok(width >= 44 && height >= 44, `${name}: ${width} × ${height}`);
    tops.add(Math.round(y));
  }
  assert.equal(tops.size, 1, "the bar is one line");
  await solved(page, () => bar.getByRole("button", { name: "Larger" }).tap());
  await solved(page, () => bar.getByRole("button", { name: "Remove" }).tap());
  assert.deepEqual(await readSpikes(page), before);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(overflow <= 0, `nothing sticks out: ${overflow} px`);
  const timeline = await page.locator("timeline-part").boundingBox();
  assert.ok(Math.abs(timeline.y + timeline.height - 844) <= 1, "the timeline is at the bottom");
});

test("on a phone a finger drags a spike, and scrolls where there is none", async (t) => {
  const page = await open(t, { ...PHONE, hash: linkOf(SPARSE) });
  const before = await readSpikes(page);
  const touch = await page.context().newCDPSession(page);
  const swipe = async (from, to) => {
    const send = (type, points) =>
      touch.send("Input.dispatchTouchEvent", { type, touchPoints: points });
    await send("touchStart", [from]);
    for (let share = 0.1; share < 1.05; share += 0.1)
      await send("touchMove", [
        { x: from.x + share * (to.x - from.x), y: from.y + share * (to.y - from.y) },
      ]);
    await send("touchEnd", []);
  };
  await solved(page, async () => swipe(await spot(page, 100, 1), await spot(page, 100, 0.4)));
  const dragged = (await readSpikes(page)).get(100);
  assert.ok(Math.abs(dragged - 0.4) < 0.1, `it follows the finger to ${dragged}`);

  const place = await spot(page, 120, 0.5);
  await swipe(place, { x: place.x, y: place.y - 160 });
  await page.waitForFunction(() => scrollY > 50);
  assert.equal(
    (await readSpikes(page)).size,
    before.size,
    "scrolling over the figure adds nothing",
  );
});

test("with reduced motion nothing eases, and play goes in whole steps twice a second", async (t) => {
  const page = await open(t, { reducedMotion: "reduce" });
  const eases = await page
    .locator(".figure, .panel")
    .evaluateAll((all) => all.map((element) => getComputedStyle(element).transitionDuration));
  assert.deepEqual(new Set(eases), new Set(["0s"]));
  await page.keyboard.press("Space");
  await page.waitForTimeout(1800);
  const now = await step(page);
  assert.ok(now >= 2 && now <= 4, `after 1.8 s it stands at step ${now}`);
});

test("figures follow the colour scheme, also while the page is open", async (t) => {
  const page = await open(t, { colorScheme: "dark" });
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  /** Whether the signal has pixels of exactly this colour. */
  const draws = (rgb) =>
    page.waitForFunction((wanted) => {
      const canvas = document.querySelector("signal-part canvas.data");
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      for (let i = 0; i < data.length; i += 4)
        if (wanted.every((value, j) => data[i + j] === value) && data[i + 3] === 255) return true;
      return false;
    }, rgb);
  assert.equal(await paper(), "rgb(20, 22, 27)");
  await draws([0x5c, 0x97, 0xff]);
  await page.emulateMedia({ colorScheme: "light" });
  await draws([0x14, 0x66, 0xd6]);
  assert.equal(await paper(), "rgb(251, 251, 252)");
});
