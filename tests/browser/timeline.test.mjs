// The timeline: its keys, its speeds, steps inside steps, long runs, and an edit while it plays.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openLab, serveDist } from "./lib/lab.mjs";
import { linkOf, solved, step, track } from "./lib/page.mjs";

async function open(t, method, options = {}) {
  const { address } = await serveDist(t);
  const spec = { v: 1, seed: 3, problem: { id: "linear" }, methods: [method] };
  const viewport = { width: 1440, height: 900 };
  return openLab(t, address + linkOf(spec), { viewport, ...options });
}

const stands = (page, wanted) =>
  page.waitForFunction(
    (step) => document.querySelector(".track:not(.fine)").ariaValueNow === String(step),
    wanted,
  );
const estimate = (page) =>
  page.evaluate(() => {
    const { lab } = document.querySelector("pursuit-app");
    return [...lab.recording.methods[0].at(lab.playhead).estimate].join();
  });

test("speeds: < and > go from a quarter to all at once and stop at either end", async (t) => {
  const page = await open(t, { id: "omp" });
  const speed = (name) =>
    page.getByRole("button", { name: `Speed ${name}`, exact: true }).waitFor();
  await speed("1×");
  for (const [key, name] of [
    ["<", "¼×"],
    ["<", "¼×"],
    [">", "1×"],
    [">", "4×"],
    [">", "16×"],
    [">", "all"],
    [">", "all"],
  ]) {
    await page.keyboard.press(key);
    await speed(name);
  }
  await page.keyboard.press("Home");
  await stands(page, 0);
  await page.keyboard.press("Space");
  await stands(page, 20);
  await page.getByRole("button", { name: "Play" }).waitFor();
});

test("keys from anywhere: J and L step, with Shift they jump to events, Space stops and goes on", async (t) => {
  const page = await open(t, { id: "omp" });
  for (const [key, at] of [
    ["j", 19],
    ["Shift+J", 18],
    ["l", 19],
    ["Shift+L", 20],
    ["Home", 0],
    ["l", 1],
    ["End", 20],
  ]) {
    await page.keyboard.press(key);
    await stands(page, at);
  }
  await page.keyboard.press("<");
  await page.keyboard.press("Space");
  await page.waitForFunction(() => Number(document.querySelector(".track").ariaValueNow) > 0);
  await page.keyboard.press("Space");
  await page.getByRole("button", { name: "Play" }).waitFor();
  const stopped = await step(page);
  assert.ok(stopped < 20, `at the end it begins again, and stops at ${stopped}`);
  await page.waitForTimeout(500);
  assert.equal(await step(page), stopped);
});

test("an edit while playing plays on from where it is", async (t) => {
  const page = await open(t, { id: "omp" });
  await page.keyboard.press("<");
  await page.keyboard.press("Space");
  await page.waitForFunction(() => Number(document.querySelector(".track").ariaValueNow) >= 2);
  const before = await step(page);
  await solved(page, () => page.getByRole("button", { name: "New draw" }).click());
  const after = await step(page);
  assert.ok(after >= before && after <= before + 8, `${before} to ${after}`);
  assert.equal(await page.getByRole("button", { name: "Pause" }).count(), 1);
  await page.waitForFunction(
    (now) => Number(document.querySelector(".track").ariaValueNow) > now,
    after,
  );
});

test("a long run says that it keeps every so many steps, and keeps all events", async (t) => {
  const page = await open(t, { id: "ista", tolerance: 1e-12, max_steps: 3000 });
  const { last, every, events } = await page.evaluate(() => {
    const [method] = document.querySelector("pursuit-app").lab.recording.methods;
    return { last: method.last, every: method.every, events: method.steps.length };
  });
  assert.ok(last > 400, `${last} steps`);
  assert.ok(every >= 2 && events === last + 1);
  const said = every === 2 ? "2nd" : `${every}th`;
  await page.locator(".count").getByText(`every ${said} step kept`).waitFor();
});

test("a step that holds finer ones is opened on the track, by mouse and by keys", async (t) => {
  const page = await open(t, { id: "reweighted-l1" });
  const fine = page.getByRole("slider", { name: "Inner step" });
  const opener = page.getByRole("button", { name: "inside" });
  const whole = await estimate(page);
  const said = await page.locator("verdict-part .verdict").textContent();
  await opener.click();
  await fine.waitFor();
  const many = Number(await fine.getAttribute("aria-valuemax"));
  assert.ok(many > 2, `${many} inner steps`);
  assert.match(await fine.getAttribute("aria-valuetext"), /^all \d+ inner steps inside step \d+$/);

  await fine.focus();
  await page.keyboard.press("Home");
  await page.waitForFunction(() => document.querySelector(".track.fine").ariaValueNow === "0");
  assert.notEqual(await estimate(page), whole, "the picture is of the finer step");
  await page
    .locator("verdict-part")
    .getByText(/inside step \d+, after 1 inner step\./)
    .waitFor();
  assert.match(await fine.getAttribute("aria-valuetext"), /^inner step 1 of \d+ inside step \d+$/);
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction(() => document.querySelector(".track.fine").ariaValueNow === "1");
  const box = await fine.boundingBox();
  await page.mouse.click(box.x + box.width - 1, box.y + box.height / 2);
  await page.waitForFunction(
    (all) => document.querySelector(".track.fine").ariaValueNow === String(all),
    many,
  );
  assert.equal(await estimate(page), whole);
  await page.waitForFunction(
    (text) => document.querySelector("verdict-part .verdict").textContent === text,
    said,
  );

  await page.keyboard.press("Escape");
  await fine.waitFor({ state: "detached" });
  assert.ok(await track(page).evaluate((element) => element === document.activeElement));
  await page.keyboard.press("ArrowDown");
  await fine.waitFor();
  assert.ok(await fine.evaluate((element) => element === document.activeElement));
  // Outer steps go on as before, and each has its own finer ones.
  await page.keyboard.press("Home");
  await page.keyboard.press("j");
  await page.waitForFunction(() => {
    const { lab } = document.querySelector("pursuit-app");
    return lab.recording.methods[0].inside === undefined && lab.playhead === lab.player.last - 1;
  });
});

test("a method without finer steps has nothing to open", async (t) => {
  const page = await open(t, { id: "omp" });
  assert.equal(await page.getByRole("button", { name: "inside" }).count(), 0);
});

test("a run is heard when somebody asks for it, and only then", async (t) => {
  const page = await open(t, { id: "omp", sparsity: 8 });
  // Tones that were begun, by their waves: nobody listens to a test.
  await page.evaluate(() => {
    window.begun = [];
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (...when) {
      window.begun.push(this.type);
      return start.apply(this, when);
    };
  });
  const begun = () => page.evaluate(() => window.begun);
  await page.keyboard.press("Home");
  await page.keyboard.press("l");
  await stands(page, 1);
  assert.deepEqual(await begun(), []);
  const sound = page.getByRole("button", { name: "Sound", exact: true });
  await sound.click();
  assert.equal(await sound.getAttribute("aria-pressed"), "true");
  await page.getByRole("button", { name: "Step", exact: true }).click();
  await stands(page, 2);
  await page.waitForFunction(() => window.begun.length === 2);
  assert.equal((await begun())[0], "sine");
  // Nothing is heard of the way back, and nothing more once it is off.
  await page.getByRole("button", { name: "Step back" }).click();
  await stands(page, 1);
  await sound.click();
  await page.getByRole("button", { name: "Step", exact: true }).click();
  await stands(page, 2);
  assert.equal((await begun()).length, 2);
});
