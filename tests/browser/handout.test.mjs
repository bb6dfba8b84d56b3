// Handouts: a link that hides and locks, and the page as the editor of such links.
import assert from "node:assert/strict";
import { test } from "node:test";
import { blameless } from "./lib/axe.mjs";
import { openLab, ready, serveDist } from "./lib/lab.mjs";
import { choice, digest, drop, linkOf, number, solved, spot, step, tabTo } from "./lib/page.mjs";

const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

async function opened(t, hash = "#/omp", options = {}) {
  const { address } = await serveDist(t);
  return openLab(t, `${address}${hash}`, options);
}

const hold = (page, label) => page.getByRole("radiogroup", { name: new RegExp(`^${label}: `) });
const place = (page, label, where) =>
  hold(page, label).first().getByRole("radio", { name: where, exact: true });
const linkShown = (page) => page.getByLabel("Link", { exact: true });

/** Turns the page into its own editor. */
async function build(page) {
  await page.getByRole("button", { name: "Share" }).click();
  await page.getByRole("button", { name: /^Make a handout/ }).click();
  await page.getByRole("heading", { name: "Make a handout" }).waitFor();
}

/** The link's part after `#`, once it has what is expected. */
async function hashWith(page, pattern) {
  await page.waitForFunction(
    (source) =>
      new RegExp(source).test(document.querySelector("handout-builder input.whole").value),
    pattern.source,
  );
  return new URL(await linkShown(page).inputValue()).hash;
}

/** The sentence, without what acts on it. */
const sentence = (page) =>
  page.locator(".sentence").evaluate((whole) => {
    const copy = whole.cloneNode(true);
    for (const act of copy.querySelectorAll(".acts")) act.remove();
    return copy.textContent.replace(/\s+/g, " ").trim();
  });

const spec = (page) => page.evaluate(() => document.querySelector("pursuit-app").lab.spec);

test("a handout is built by mouse, and opened as a student", async (t) => {
  const page = await opened(t);
  await build(page);
  await place(page, "rows", "locked").click();
  await place(page, "cols", "hidden").click();
  await place(page, "new draw", "hidden").click();
  await place(page, "drawing", "locked").click();
  await page.getByRole("checkbox", { name: /^Verdict/ }).uncheck();
  await page.locator("verdict-part").waitFor({ state: "hidden", timeout: 5000 });
  const hash = await hashWith(page, /hide=problem.cols~seed~verdict&lock=problem.rows~signal/);
  assert.match(await page.locator(".builder-link").textContent(), /\d+ characters/);
  const frame = await page.getByLabel("Frame", { exact: true }).inputValue();
  assert.ok(frame.startsWith("<iframe ") && frame.includes("?embed#/omp?h=1&amp;hide="), frame);
  assert.ok((await page.locator(".builder-qr path").getAttribute("d")).length > 1000);
  const [student] = await Promise.all([
    page.waitForEvent("popup"),
    page.getByRole("link", { name: "Open as student" }).click(),
  ]);
  await ready(student);
  assert.equal(new URL(student.url()).hash, hash);
  const said = await sentence(student);
  assert.match(
    said,
    /^Recover .* spikes from 80 Gaussian measurements .*, by OMP stopped after .* picks\.$/,
  );
  assert.equal(await number(student, "rows").count(), 0);
  assert.equal(await number(student, "cols").count(), 0);
  assert.equal(await student.locator("verdict-part").count(), 0);
  assert.equal(await student.getByRole("button", { name: "New draw" }).count(), 0);
  assert.equal(await student.locator(".locked-value").getAttribute("title"), "Locked by this link");
  await page.getByRole("button", { name: "Done" }).click();
  await page.locator("handout-builder").waitFor({ state: "detached" });
  await number(page, "rows").waitFor();
});

test("a handout is built by keys alone", async (t) => {
  const page = await opened(t);
  await tabTo(page, "share-menu button");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: /^Make a handout/ }).focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement?.closest("handout-builder"));
  await page.waitForSelector("hold-switch [role=radio]");
  await tabTo(page, "hold-switch [role=radio]");
  const label = await page.evaluate(() =>
    document.activeElement.closest("[role=radiogroup]").getAttribute("aria-label"),
  );
  assert.match(label, /: free$/);
  await page.keyboard.press("ArrowRight");
  const first = await hashWith(page, /lock=/);
  await page.keyboard.press("ArrowRight");
  await hashWith(page, /hide=/);
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction(
    () => !document.querySelector("handout-builder input.whole").value.includes("h=1"),
  );
  assert.match(first, /lock=problem\.signal\.sparsity$/);
  // The focus stays on the switch, at its place.
  await page.keyboard.press("ArrowLeft");
  await hashWith(page, /hide=problem\.signal\.sparsity/);
  assert.equal(await page.evaluate(() => document.activeElement.dataset.place), "hidden");
});

const LOCKED = "h=1&hide=problem.noise&lock=problem.rows~methods~methods.0~seed~signal";

test("what is locked stays by mouse, keys, files, undo and what the page is told", async (t) => {
  const page = await opened(t, `#/omp?${LOCKED}`);
  const before = await spec(page);
  const rows = () =>
    page.evaluate(() => {
      const { lab } = document.querySelector("pursuit-app");
      return lab.catalogue.valueAt(lab.spec, ["problem", "rows"]);
    });
  const was = await rows();
  const value = page.locator(".locked-value", { hasText: String(was) }).first();
  await value.click();
  await page.keyboard.type("99");
  await page.keyboard.press("Enter");
  await page.keyboard.press("ArrowUp");
  for (const name of ["+ Compare", "New draw"])
    assert.ok(await page.getByRole("button", { name }).isDisabled(), name);
  assert.equal(await choice(page, "method").count(), 0);
  const empty = await spot(page, 100, 0.9);
  await page.mouse.click(empty.x, empty.y);
  assert.deepEqual(await spec(page), before);
  // A free value is edited as ever, and undo goes no further back than the link.
  await solved(page, async () => {
    await number(page, "sparsity").last().focus();
    await page.keyboard.press("ArrowUp");
  });
  for (let presses = 0; presses < 4; presses += 1) await page.keyboard.press("Control+z");
  assert.deepEqual(await spec(page), before);
  // Acts of the page that would change what is held are refused in a sentence.
  const refused = await page.evaluate(() => {
    const { lab } = document.querySelector("pursuit-app");
    lab.patch({ problem: { rows: 99 } });
    lab.redraw();
    return lab.complaint?.message;
  });
  assert.match(refused, /^This link holds .* as it is\./);
  await page.locator(".complaint", { hasText: "This link holds" }).waitFor();
  assert.deepEqual(await spec(page), before);
  await page.evaluate(() => document.querySelector("pursuit-app").lab.forgive());
  await page.locator(".complaint").waitFor({ state: "detached" });
  const other = { v: 1, problem: { id: "linear", rows: 99 }, methods: [{ id: "omp" }] };
  await drop(page, "spec.json", JSON.stringify(other));
  await page.locator(".complaint", { hasText: "This link holds problem.rows as it is." }).waitFor();
  assert.deepEqual(await spec(page), before);
});

test("reload, back and another part of the address keep the restrictions", async (t) => {
  const page = await opened(t, `#/omp?${LOCKED}`);
  const locked = () => page.locator(".locked-value").count();
  const many = await locked();
  assert.ok(many >= 2);
  await solved(page, async () => {
    await number(page, "cols").focus();
    await page.keyboard.press("ArrowUp");
  });
  await page.waitForFunction(() => location.hash.includes("s="));
  assert.ok(page.url().includes(LOCKED), page.url());
  await page.reload();
  await ready(page);
  assert.equal(await locked(), many);
  await page.evaluate(() => {
    location.hash = "#/index";
  });
  await page.locator("index-page").waitFor();
  await page.goBack();
  await page.locator(".locked-value").first().waitFor();
  assert.equal(await locked(), many);
  // In a frame, what its own address says comes on top and takes nothing away.
  const { origin, pathname, hash } = new URL(page.url());
  await page.goto(`${origin}${pathname}?embed&hide=matrix&lock=none${hash}`);
  await page.locator(".locked-value").first().waitFor();
  assert.equal(await locked(), many);
  assert.equal(await page.locator("matrix-part").count(), 0);
});

test("the whole Spec is one click away, and back leads to the handout", async (t) => {
  const page = await opened(t, `#/omp?${LOCKED}`);
  const before = await digest(page);
  assert.ok(!/noise/.test(await sentence(page)));
  await page.getByRole("button", { name: "Show the whole Spec" }).click();
  await number(page, "rows").waitFor();
  assert.match(await sentence(page), /with noise/);
  assert.equal(await page.locator(".handout-note").count(), 0);
  assert.ok(!page.url().includes("h=1"));
  await page.waitForFunction(
    (old) => document.querySelector("verdict-part")?.dataset.digest === old,
    before,
  );
  await page.goBack();
  await page.locator(".handout-note").waitFor();
  assert.equal(await number(page, "rows").count(), 0);
});

test("a guess comes first: an index, clicked in the picture or typed", async (t) => {
  const page = await opened(t, "#/omp?h=1&step=3&guess=index");
  const verdict = page.locator("verdict-part");
  const lock = page.getByRole("button", { name: "Lock my guess" });
  await lock.waitFor();
  assert.ok(await verdict.isHidden());
  assert.equal(await page.evaluate(() => document.querySelector("pursuit-app").lab.playhead), 0);
  assert.ok(await lock.isDisabled());
  const there = await spot(page, 100, 0.9);
  await page.mouse.click(there.x, there.y);
  assert.equal(await page.getByRole("spinbutton", { name: /type the index/ }).inputValue(), "100");
  await page.keyboard.press("Tab");
  await lock.click();
  await page.locator(".outcome", { hasText: /^You said 100\. It was \d+\.$/ }).waitFor();
  assert.ok(await verdict.isVisible());
  assert.equal(await step(page), 3);
});

test("a guess comes first: recovered or not, by keys", async (t) => {
  const page = await opened(t, "#/omp?h=1&guess=recovered");
  await page.getByRole("radio", { name: "recovered", exact: true }).focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.locator(".outcome", { hasText: 'You said "not", and so it was.' }).waitFor();
  assert.ok(await page.locator("verdict-part").isVisible());
});

test("the first step is where the playhead stands, paused", async (t) => {
  const page = await opened(t);
  await page.keyboard.press("Home");
  await build(page);
  await page.getByRole("button", { name: /^Take the present one, 0/ }).click();
  const hash = await hashWith(page, /step=0/);
  await page.getByLabel("First step").fill("5");
  await page.getByLabel("First step").press("Enter");
  await hashWith(page, /step=5/);
  const other = await opened(t, hash.replace("step=0", "step=5"));
  assert.equal(await step(other), 5);
});

test("a link that cannot be read in full says so, and shows the rest", async (t) => {
  const page = await opened(t, "#/omp?h=1&hide=verdict~%3Cimg%3E&lock=problem.__proto__");
  const note = page.locator(".complaint");
  assert.match(await note.textContent(), /left out\.$/);
  assert.equal(await page.locator("verdict-part").count(), 0);
  const newer = await opened(t, "#/omp?h=9&hide=verdict");
  assert.match(await newer.locator(".complaint").textContent(), /All is shown and free\.$/);
  assert.ok(await newer.locator("verdict-part").isVisible());
});

test("a Spec too long for a QR code says so", async (t) => {
  let state = 1;
  const noise = () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647 - 0.5;
  };
  const spikes = Array.from({ length: 256 }, (_, i) => [i, noise()]);
  const long = {
    v: 1,
    problem: { id: "linear", signal: { id: "drawn", spikes } },
    methods: [{ id: "omp" }],
  };
  const page = await opened(t, linkOf(long));
  await build(page);
  assert.match(await page.locator(".builder-qr").textContent(), /too long for a QR code/);
});

test("an element in another page keeps to the link, too", async (t) => {
  const { address } = await serveDist(t);
  const page = await openLab(t, `${address}#/omp`);
  await page.evaluate(async (base) => {
    await import(new URL("embed/pursuit-lab.js", base).href);
    const lab = document.createElement("pursuit-lab");
    lab.setAttribute("spec", "#/omp?h=1&hide=problem.cols~matrix&lock=problem.rows");
    document.body.prepend(lab);
    await new Promise((done) => lab.addEventListener("done", done, { once: true }));
  }, address);
  const lab = page.locator("pursuit-lab");
  assert.equal(await lab.locator(".locked-value").count(), 1);
  assert.equal(await lab.locator("matrix-part").count(), 0);
  await lab.getByRole("button", { name: "Show the whole Spec" }).click();
  await lab.locator("matrix-part").waitFor();
  assert.equal(await lab.locator(".locked-value").count(), 0);
});

for (const [name, options] of Object.entries({
  "on a wide screen": {},
  "on a phone": PHONE,
  "in the dark": { colorScheme: "dark" },
}))
  test(`axe finds nothing ${name}`, async (t) => {
    const page = await opened(t, "#/omp", options);
    await build(page);
    await place(page, "rows", "locked").click();
    await place(page, "cols", "hidden").click();
    await page.getByRole("checkbox", { name: /^Traces/ }).uncheck();
    await hashWith(page, /cols~traces/);
    await blameless(page);
    const over = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok((await over()) <= 0, `the builder is ${await over()} px too wide`);
    const student = await opened(t, `#/omp?${LOCKED}&guess=index`, options);
    await student.getByRole("button", { name: "Lock my guess" }).waitFor();
    for (const part of await student
      .locator("traces-part figure-view, panels-part figure-view")
      .all())
      assert.ok(await part.isHidden(), "the outcome shows before the guess");
    await blameless(student);
  });
