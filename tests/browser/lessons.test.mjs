// Lessons beside the lab: steps, guesses and outcomes, play, the divider and the sheet.
import assert from "node:assert/strict";
import { test } from "node:test";
import { blameless } from "./lib/axe.mjs";
import { ready } from "./lib/lab.mjs";
import {
  guess,
  lock,
  open,
  outcome,
  PHONE,
  settled,
  spec,
  step,
  text,
  title,
  turnedTo,
  WIDE,
} from "./lib/lesson.mjs";
import { number, solved, verdict } from "./lib/page.mjs";

test("the list leads to a lesson, and an exhibit to the lessons that use it", async (t) => {
  const page = await open(t, "#/lessons");
  await page.getByRole("link", { name: "Greedy, step by step" }).click();
  await title(page).filter({ hasText: "One spike at a time" }).waitFor();
  await page.getByRole("navigation", { name: "Where you are" }).getByText("Lessons").click();
  await page.getByRole("heading", { name: "A first course" }).waitFor();
  await page.goto(page.url().replace(/#.*/, "#/omp"));
  await page.getByRole("link", { name: "Lesson 3" }).click();
  await title(page).filter({ hasText: "One spike at a time" }).waitFor();
});

test("a guess is locked before the outcome shows, and stays beside it", async (t) => {
  const page = await open(t, "#/lesson/too-few-equations");
  await settled(page);
  await assert.rejects(verdict(page).waitFor({ timeout: 300 }), "no verdict before the guess");
  assert.doesNotMatch(await text(page).textContent(), /All eight/);
  assert.equal(await lock(page).isDisabled(), true);
  await guess(page).fill("5");
  await lock(page).click();
  await verdict(page).waitFor();
  await outcome(page).filter({ hasText: "You said 5. It was 8." }).waitFor();
  assert.match(await text(page).textContent(), /All eight/);
  assert.equal(await lock(page).count(), 0, "a guess is not changed");
  assert.equal(await page.evaluate(() => document.activeElement?.className), "outcome ");

  await page.waitForFunction(() => location.hash.includes("g=1~5"));
  await page.reload();
  await ready(page);
  await outcome(page).filter({ hasText: "You said 5. It was 8." }).waitFor();
});

test("an index is guessed by a click on the picture, and its hollow mark stays there", async (t) => {
  const page = await open(t, "#/lesson/greedy-step-by-step?step=2");
  await settled(page);
  const spot = await page.evaluate(() => {
    const figure = document.querySelector("signal-part figure-view");
    const { left, top } = figure.getBoundingClientRect();
    const at = figure.pixelAt(88, 0);
    return { x: left + at.left, y: top + at.top + 30 };
  });
  await page.mouse.click(spot.x, spot.y);
  assert.equal(await guess(page).inputValue(), "88");
  await page.locator(".line.guess").waitFor();
  const before = await spec(page);
  await lock(page).click();
  await outcome(page).filter({ hasText: "You said 88. It was 10." }).waitFor();
  assert.deepEqual(await spec(page), before, "the click drew no spike");
  assert.equal(await page.locator(".line.guess").count(), 1);
  await page.keyboard.press("PageDown");
  await turnedTo(page, 3);
  await page.locator(".line.guess").waitFor({ state: "detached" });
});

test("a choice is locked, and formulas are set", async (t) => {
  const page = await open(t, "#/lesson/noise-and-lambda?step=4");
  await page.locator(".prose .katex").first().waitFor();
  await page.getByRole("radio", { name: /None are left/ }).check();
  await lock(page).click();
  await outcome(page)
    .filter({ hasText: 'You said "None are left". It was "Many, more than 15".' })
    .waitFor();
});

test("keys, links, margins and the browser's buttons turn steps; changed values are underlined", async (t) => {
  const page = await open(t, "#/lesson/why-l1?step=4&g=4~4_6~0");
  await settled(page);
  await page.keyboard.press("PageDown");
  await turnedTo(page, 5);
  await page.getByRole("link", { name: "Next step" }).click();
  await turnedTo(page, 6);
  await page.locator(".margin.right").click();
  await turnedTo(page, 7);
  await page.locator("choice-value[data-changed]").first().waitFor();
  assert.equal(await page.locator("number-value[data-changed]", { hasText: "12" }).count(), 0);
  assert.equal((await spec(page)).methods.length, 2);
  await page.locator("[data-changed]").first().waitFor({ state: "detached" });
  await page.goBack();
  await turnedTo(page, 6);
  assert.equal((await spec(page)).methods.length, 1);
  await page.keyboard.press("PageUp");
  await turnedTo(page, 5);
  await page.goBack();
  await turnedTo(page, 6);
});

test("Page Down on a number is the number's", async (t) => {
  const page = await open(t, "#/lesson/why-l1?step=8");
  await settled(page);
  await number(page, "rows").focus();
  await solved(page, () => page.keyboard.press("PageUp"));
  assert.equal(await step(page), 8);
  assert.equal((await spec(page)).problem.rows, 22);
});

test("nothing is lost when the student plays", async (t) => {
  const page = await open(t, "#/lesson/why-l1?step=8");
  await settled(page);
  const own = await spec(page);
  assert.equal(await page.getByRole("button", { name: "Reset this step" }).count(), 0);
  await number(page, "rows").focus();
  await solved(page, () => page.keyboard.press("ArrowUp"));
  await page.waitForFunction(() => location.hash.includes("s="));
  const played = await spec(page);
  await page.reload();
  await ready(page);
  await settled(page);
  assert.deepEqual(await spec(page), played);
  await page.getByRole("button", { name: "Reset this step" }).click();
  await settled(page);
  assert.deepEqual(await spec(page), own);
  await page.getByRole("button", { name: "Undo" }).last().click();
  await settled(page);
  assert.deepEqual(await spec(page), played);
});

test("the divider moves by keys and by dragging, within its bounds", async (t) => {
  const page = await open(t, "#/lesson/why-l1");
  const divider = page.getByRole("separator", { name: "Width of the text" });
  const width = async () => (await page.locator(".lesson-text").boundingBox()).width;
  const before = await width();
  await divider.focus();
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction(
    (old) => document.querySelector(".lesson-text").getBoundingClientRect().width > old,
    before,
  );
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowRight");
  assert.equal(await divider.getAttribute("aria-valuenow"), "52");
  await page.keyboard.press("Home");
  assert.equal(await divider.getAttribute("aria-valuenow"), "40");
  const box = await divider.boundingBox();
  await page.mouse.move(box.x + 4, 400);
  await page.mouse.down();
  await page.mouse.move(box.x + 44, 400, { steps: 5 });
  await page.mouse.up();
  const now = Number(await divider.getAttribute("aria-valuenow"));
  assert.ok(now >= 43 && now <= 47, `${now}ch`);
});

test("on a phone the text is a sheet over the lower third", async (t) => {
  const page = await open(t, "#/lesson/too-few-equations?g=1~8", PHONE);
  const sheet = page.locator(".lesson-text");
  const height = async () => (await sheet.boundingBox()).height / 844;
  assert.ok(Math.abs((await height()) - 0.36) < 0.02);
  const handle = page.getByRole("slider", { name: "Height of the text" });
  await handle.press("ArrowUp");
  assert.ok((await height()) > 0.8);
  await handle.press("ArrowDown");
  await handle.press("ArrowDown");
  assert.ok((await height()) < 0.2);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(width <= 390, `${width} px wide`);
  await page.getByRole("link", { name: "Next step" }).tap();
  await turnedTo(page, 2);
});

for (const colorScheme of ["light", "dark"]) {
  test(`nothing stands in anybody's way, ${colorScheme}`, async (t) => {
    const page = await open(t, "#/lesson/greedy-step-by-step?step=2", { ...WIDE, colorScheme });
    await settled(page);
    await blameless(page);
    await guess(page).fill("10");
    await lock(page).click();
    await outcome(page).filter({ hasText: "so it was" }).waitFor();
    await blameless(page);
    await page.goto(page.url().replace(/#.*/, "#/lesson/noise-and-lambda?step=4"));
    await page.getByRole("radio").first().waitFor();
    await blameless(page);
    await page.goto(page.url().replace(/#.*/, "#/lessons"));
    await page.getByRole("heading", { name: "A first course" }).waitFor();
    await blameless(page);
  });

  test(`nor on a phone, ${colorScheme}`, async (t) => {
    const page = await open(t, "#/lesson/too-few-equations?g=1~8", { ...PHONE, colorScheme });
    await settled(page);
    await blameless(page);
  });
}
