// Lectures: one panel at a time, large, turned by the keys of a clicker; from a link and from the page.
import assert from "node:assert/strict";
import { test } from "node:test";
import { blameless } from "./lib/axe.mjs";
import { open, PHONE, settled, spec, WIDE } from "./lib/lesson.mjs";
import { choice, solved, track, verdict } from "./lib/page.mjs";

const HALL = { viewport: { width: 1920, height: 1080 } };
const shown = (page) => page.locator(".lecture-foot [aria-pressed=true]");
const hash = (page) => page.evaluate(() => location.hash);

/** Begins a lecture of what is open, by mouse. */
async function begin(page) {
  await page.getByRole("button", { name: "Share" }).click();
  await page.getByRole("button", { name: /^Lecture/ }).click();
  await turned(page, "Signal");
}

/** Waits until a panel is turned to. */
async function turned(page, title) {
  await shown(page).filter({ hasText: title }).waitFor();
}

async function pressed(page, key, title) {
  await page.keyboard.press(key);
  await turned(page, title);
}

test("a clicker turns panels, each alone with sentence and verdict, and the address follows", async (t) => {
  const page = await open(t, "#/omp?lecture=picture", HALL);
  await settled(page);
  assert.equal(await page.locator(".bar").count(), 0, "no header");
  await pressed(page, "PageDown", "Convergence");
  assert.equal(await hash(page), "#/omp?lecture=traces");
  for (const part of ["spec-sentence", "traces-part", "verdict-part"])
    assert.ok(await page.locator(part).isVisible(), part);
  for (const part of ["signal-part", "matrix-part", "panels-part", "notes-part", "timeline-part"])
    assert.equal(await page.locator(part).count(), 0, part);
  await pressed(page, "ArrowRight", "Support");
  await pressed(page, "ArrowUp", "Convergence");
  await pressed(page, "PageUp", "Signal");
  await page.keyboard.press("PageUp");
  await pressed(page, "5", "Matrix");
  await page.keyboard.press("PageDown");
  await turned(page, "Matrix");
  await page.reload();
  await turned(page, "Matrix");
  await page.goBack().catch(() => undefined);
});

test("space plays, ? shows the keys, B is a black screen, Escape leaves", async (t) => {
  const page = await open(t, "#/omp?lecture=picture", HALL);
  await settled(page);
  const playing = () =>
    page.evaluate(() => document.querySelector("pursuit-app").lab.player.playing);
  await page.keyboard.press("Space");
  assert.equal(await playing(), true);
  await page.keyboard.press("Space");
  assert.equal(await playing(), false);
  await page.keyboard.press("?");
  await page.getByRole("region", { name: "Keys" }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("region", { name: "Keys" }).waitFor({ state: "detached" });
  await page.keyboard.press("b");
  const black = page.getByRole("button", { name: /^Black screen/ });
  await black.waitFor();
  const box = await black.boundingBox();
  assert.deepEqual([box.width, box.height], [1920, 1080]);
  await page.keyboard.press("PageDown");
  await black.waitFor({ state: "detached" });
  await turned(page, "Signal");
  await page.keyboard.press("/");
  assert.equal(await hash(page), "#/omp?lecture=picture", "search stays away");
  await page.keyboard.press("Escape");
  await page.locator(".bar").waitFor();
  await track(page).waitFor();
  assert.equal(await hash(page), "#/omp");
  assert.equal(await page.locator("html[data-lecture]").count(), 0);
});

test("values keep their keys, and Escape lets go of them first", async (t) => {
  const page = await open(t, "#/omp?lecture=picture", HALL);
  await settled(page);
  const rows = page.getByRole("spinbutton", { name: "rows" });
  await rows.focus();
  await solved(page, () => page.keyboard.press("ArrowUp"));
  const { rows: set } = (await spec(page)).problem;
  assert.notEqual(set, 80);
  await turned(page, "Signal");
  await pressed(page, "PageDown", "Convergence");
  assert.equal((await spec(page)).problem.rows, set, "a clicker changes no value");
  await pressed(page, "PageUp", "Signal");
  await rows.focus();
  await page.keyboard.press("Escape");
  await turned(page, "Signal");
  await page.waitForFunction(() => location.hash.includes("s="));
  assert.match(await hash(page), /lecture=picture/);
  await pressed(page, "PageDown", "Convergence");
  assert.match(await hash(page), /s=.*&lecture=traces/);
});

test("everything is at least 1.6 times as large, and as sharp", async (t) => {
  const page = await open(t, "#/omp", HALL);
  await settled(page);
  const heights = async () => {
    const sizes = {};
    for (const part of [".sentence .value", ".verdict b", "signal-part h2"])
      sizes[part] = (await page.locator(part).first().boundingBox()).height;
    return sizes;
  };
  const before = await heights();
  await begin(page);
  await settled(page);
  const after = await heights();
  for (const [part, height] of Object.entries(before))
    assert.ok(after[part] >= 1.6 * height, `${part}: ${height} px, ${after[part]} px`);
  const canvas = await page.locator("signal-part canvas.data").evaluate(async (one) => {
    await new Promise((drawn) => setTimeout(drawn, 300));
    return { pixels: one.width, shown: one.getBoundingClientRect().width };
  });
  assert.ok(canvas.pixels >= 0.97 * canvas.shown, JSON.stringify(canvas));
  assert.ok(canvas.shown > 1600, "the figure fills the screen");
});

test("a spike is put where the hall sees the pointer", async (t) => {
  const page = await open(t, "#/omp?lecture=picture", HALL);
  await settled(page);
  const at = await page.evaluate(() => {
    const figure = document.querySelector("signal-part figure-view");
    const { left, top, width } = figure.getBoundingClientRect();
    const scale = width / figure.clientWidth;
    const place = figure.pixelAt(145, 1.2);
    return { x: left + place.left * scale, y: top + place.top * scale };
  });
  await solved(page, () => page.mouse.click(at.x, at.y));
  const { signal } = (await spec(page)).problem;
  assert.equal(signal.id, "drawn");
  assert.match(JSON.stringify(signal), /145/);
});

test("a lesson goes on from step to step, its text first", async (t) => {
  const page = await open(t, "#/lesson/greedy-step-by-step?lecture=text", HALL);
  await settled(page);
  await turned(page, "Text");
  await page.getByRole("heading", { name: "One spike at a time" }).waitFor();
  await pressed(page, "PageDown", "Signal");
  await verdict(page).waitFor();
  for (const title of ["Convergence", "Support", "Measured", "Matrix"])
    await pressed(page, "PageDown", title);
  await pressed(page, "PageDown", "Text");
  await page.getByText("Step 2 of").waitFor();
  assert.match(await hash(page), /step=2&lecture=/);
  await page.keyboard.press("PageUp");
  await page.getByText("Step 1 of").waitFor();
  await page.keyboard.press("Escape");
  await page.locator(".lesson-text").waitFor();
  assert.match(await hash(page), /^#\/lesson\/greedy-step-by-step$/);
});

test("a guess is asked for in the hall before the outcome shows", async (t) => {
  const page = await open(t, "#/lesson/too-few-equations?lecture=text", HALL);
  await settled(page);
  await pressed(page, "PageDown", "Signal");
  await assert.rejects(verdict(page).waitFor({ timeout: 300 }), "no verdict before the guess");
  await page.getByText("A guess comes first").waitFor();
  await pressed(page, "PageUp", "Text");
  await page.getByRole("spinbutton", { name: /guess/ }).fill("5");
  await page.getByRole("button", { name: "Lock my guess" }).click();
  await page.getByText("You said 5. It was 8.").waitFor();
});

test("who leaves full screen leaves the lecture", async (t) => {
  const page = await open(t, "#/omp", WIDE);
  await settled(page);
  await begin(page);
  await page.waitForFunction(() => document.fullscreenElement !== null);
  await page.evaluate(() => document.exitFullscreen());
  await page.locator(".bar").waitFor();
});

test("without full screen the window is filled", async (t) => {
  const page = await open(t, "#/omp", WIDE);
  await settled(page);
  await page.evaluate(() => {
    Element.prototype.requestFullscreen = undefined;
  });
  await begin(page);
  const box = await page.locator(".lecture").boundingBox();
  assert.deepEqual(box, { x: 0, y: 0, width: 1440, height: 900 });
});

test("panels of any problem are turned one by one", async (t) => {
  const page = await open(t, "#/altmin-completion?lecture=first", HALL);
  await settled(page);
  const titles = await page.locator(".lecture-foot nav button").allTextContents();
  assert.ok(titles.length >= 5, titles.join());
  await page.keyboard.press("4");
  await page.waitForFunction(() => /lecture=(beside|below)\./.test(location.hash));
  assert.equal(await page.locator(".stage .panel:visible").count(), 1);
});

for (const colorScheme of ["light", "dark"])
  test(`nothing stands in anybody's way, ${colorScheme}`, async (t) => {
    const page = await open(t, "#/omp?lecture=picture", { ...HALL, colorScheme });
    await settled(page);
    await blameless(page);
    await page.keyboard.press("?");
    await page.getByRole("region", { name: "Keys" }).waitFor();
    await blameless(page);
    await page.keyboard.press("Escape");
    for (const key of ["2", "3", "5"]) {
      await page.keyboard.press(key);
      await page.locator("lab-page").waitFor();
      await blameless(page);
    }
    await page.keyboard.press("b");
    await page.getByRole("button", { name: /^Black screen/ }).waitFor();
    await blameless(page);
    await page.keyboard.press("b");
    await page.goto(page.url().replace(/#.*/, "#/lesson/why-l1?lecture=text"));
    await page.locator("lesson-step").waitFor();
    await blameless(page);
  });

test("on a phone it is as large as the page", async (t) => {
  const page = await open(t, "#/omp?lecture=picture", PHONE);
  await settled(page);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(width <= 390, `${width} px wide`);
  await page.getByRole("button", { name: /Convergence/ }).tap();
  await turned(page, "Convergence");
  await choice(page, "matrix").waitFor();
});
