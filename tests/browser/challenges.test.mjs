// Challenges: played through, handed in, shared; and nothing that they hide can be found in the page.
import assert from "node:assert/strict";
import { test } from "node:test";
import { blameless } from "./lib/axe.mjs";
import { openLab, ready } from "./lib/lab.mjs";
import { settled as done, open, PHONE, spec, WIDE } from "./lib/lesson.mjs";
import { drop, linkOf, number, solved } from "./lib/page.mjs";

const score = (page) => page.locator("challenge-page .score");
const handIn = (page) => page.getByRole("button", { name: /^Hand in/ }).click();
const words = async (locator) => (await locator.textContent()).replace(/\s+/g, " ").trim();

/** Waits until a challenge is open and its run done. */
async function settled(page) {
  await page.locator("challenge-page lab-page").waitFor();
  await done(page);
}

/** Hands in, and waits until it is scored. */
async function scored(page, pattern) {
  await handIn(page);
  await score(page).filter({ hasText: pattern }).waitFor({ timeout: 20_000 });
  return words(score(page));
}

/** The address that "Copy link" puts on the clipboard. */
async function copied(page) {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.getByRole("button", { name: "Copy link" }).first().click();
  await page.getByText("Whoever opens it computes the score anew").waitFor();
  return page.evaluate(() => navigator.clipboard.readText());
}

test("a challenge is played, handed in and shared, and the link's score is computed anew", async (t) => {
  const page = await open(t, "#/challenges");
  await page.getByRole("link", { name: "The fewest measurements" }).click();
  await settled(page);
  const address = await page.evaluate(() => location.hash);
  assert.equal(address, "#/challenge/fewest-measurements");
  assert.match(await scored(page, /This try/), /80 measurements, no rank\. With 80 .* 20 of 20/);
  await number(page, "rows").click();
  await page.keyboard.type("30");
  await solved(page, () => page.keyboard.press("Enter"));
  assert.match(await scored(page, /With 30/), /No score\. With 30 measurements \d+ of 20/);
  await number(page, "rows").click();
  await page.keyboard.type("45");
  await solved(page, () => page.keyboard.press("Enter"));
  const own = await scored(page, /With 45/);
  assert.match(own, /^This try: 45 measurements, no rank\. With 45 measurements 20 of 20/);
  assert.match(await words(page.locator(".where")), /3 tries/);
  assert.equal(await page.evaluate(() => location.hash), address, "the address keeps to itself");

  const link = await copied(page);
  const other = await openLab(t, link, WIDE);
  await score(other).filter({ hasText: "These settings" }).waitFor({ timeout: 20_000 });
  assert.equal((await words(score(other))).replace("These settings", "This try"), own);
  assert.equal((await spec(other)).problem.rows, 45);
  assert.match(await words(other.locator("challenge-page")), /Computed just now/);
  await other.getByRole("link", { name: "Play", exact: true }).click();
  await other.getByRole("button", { name: "Hand in" }).waitFor();
});

test("a rank is reached, and stays the best", async (t) => {
  const page = await open(t, "#/challenge/beat-gaussian");
  await settled(page);
  await solved(page, async () => {
    await page.getByRole("button", { name: /^matrix: / }).click();
    await page.keyboard.type("grassmannian");
    await page.keyboard.press("Enter");
  });
  assert.match(await scored(page, /This try/), /\+41\.5 points, gold\. Of 200 draws 190/);
  await page.locator(".ranks .chosen", { hasText: "Gold" }).waitFor();
  await solved(page, async () => {
    await page.getByRole("button", { name: /^matrix: / }).click();
    await page.keyboard.type("partial fourier");
    await page.keyboard.press("Enter");
  });
  assert.match(await scored(page, /complex/), /^No score\./);
  assert.match(await words(page.locator(".best")), /\+41\.5 points, gold/);
});

/** Everything that can be reached by names from the page's elements: its numbers, and its lists of numbers as text. */
function reachable(page) {
  return page.evaluate(() => {
    const [numbers, lists, seen] = [new Set(), new Set(), new Set()];
    const waiting = [...document.querySelectorAll("*")].filter(({ localName }) =>
      localName.includes("-"),
    );
    while (waiting.length > 0) {
      const one = waiting.pop();
      if (typeof one === "number") numbers.add(one);
      if (one === null || typeof one !== "object" || seen.has(one)) continue;
      seen.add(one);
      if (ArrayBuffer.isView(one) || (Array.isArray(one) && typeof one[0] === "number"))
        lists.add([...one].join());
      if (ArrayBuffer.isView(one) || one === window || one === document) continue;
      const inside = one instanceof Map || one instanceof Set ? [...one.values()] : [];
      for (const key of Object.getOwnPropertyNames(one)) {
        // Asking for the answer is giving in.
        const { value } = Object.getOwnPropertyDescriptor(one, key) ?? {};
        inside.push(value);
      }
      waiting.push(
        ...inside.filter((value) => !(value instanceof Node) || value.localName?.includes("-")),
      );
    }
    return { numbers: [...numbers], lists: [...lists] };
  });
}

test("truth, noise and seed are nowhere in the page until one gives in", async (t) => {
  const page = await open(t, "#/challenge/blind-lambda");
  const downloads = [];
  page.on("download", (download) => downloads.push(download));
  await settled(page);
  await number(page, "lambda_ratio").or(number(page, "lambda ratio")).first().focus();
  await solved(page, () => page.keyboard.press("PageDown"));
  await page.getByRole("button", { name: "more" }).click();
  await page.getByRole("button", { name: "About Signal" }).click();
  await page.getByRole("region", { name: /^Numbers of/ }).waitFor();
  const before = {
    html: await page.evaluate(() => document.documentElement.outerHTML),
    text: await page.evaluate(() => document.body.textContent),
    address: page.url(),
    title: await page.title(),
    ...(await reachable(page)),
  };
  assert.equal(await page.getByRole("button", { name: "Share" }).count(), 0, "nothing to export");
  assert.equal(await page.getByRole("link", { name: "Sweep" }).count(), 0);
  for (const telling of [
    "take-away",
    "here-part",
    "path-part summary",
    "diagnosis-part",
    ".legend",
  ])
    assert.equal(await page.locator(telling).count(), 0, telling);
  assert.match(before.text, /the truth is not known/);
  for (const [part, telling] of [
    ["spec-sentence", /noise| dB/],
    ["verdict-part", /found|missed|false|Error/],
    ["traces-part", /error|noise/],
    [".numbers", /truth/],
  ])
    assert.doesNotMatch(await page.locator(part).first().textContent(), telling, part);

  await handIn(page);
  await score(page).filter({ hasText: "These settings" }).waitFor({ timeout: 20_000 });
  await settled(page);
  const after = await page.evaluate(() => {
    const { spec, recording } = document.querySelector("pursuit-app").lab;
    const truth = recording.description.panels.find(({ id }) => id === "truth").values;
    return { seed: spec.seed, noise: recording.description.facts.noise_norm, truth: [...truth] };
  });
  assert.ok(after.seed > 0 && after.noise > 0 && after.truth.some((value) => value !== 0));
  // The search finds what is there: now it is.
  const found = await reachable(page);
  assert.ok(found.lists.includes(after.truth.join()), "the truth is there after giving in");
  assert.ok(found.numbers.includes(after.seed), "so is the seed");

  assert.ok(!before.lists.includes(after.truth.join()), "the truth was not there");
  for (const secret of [after.seed, after.noise, ...after.truth.filter((value) => value !== 0)]) {
    assert.ok(!before.numbers.includes(secret), `${secret} was reachable`);
    for (const where of ["html", "address", "title"])
      assert.ok(!before[where].includes(String(secret)), `${secret} was in the ${where}`);
  }
  assert.deepEqual(downloads, []);

  const own = await words(score(page));
  assert.match(own, /times the least error.*Your error is/);
  await page.reload();
  await ready(page);
  await score(page).filter({ hasText: "These settings" }).waitFor({ timeout: 20_000 });
  assert.equal(await words(score(page)), own);
});

test("each visit has another draw, and back is no way to the same one", async (t) => {
  const page = await open(t, "#/challenge/fewest-measurements");
  const measured = () =>
    page.evaluate(() => {
      const { panels } = document.querySelector("pursuit-app").lab.recording.description;
      return [...panels.find(({ id }) => id === "measurements").values].join();
    });
  await settled(page);
  const first = await measured();
  await page.getByRole("button", { name: "Give in" }).click();
  await score(page).filter({ hasText: "These settings" }).waitFor({ timeout: 20_000 });
  await settled(page);
  assert.equal(await measured(), first, "what was hidden is what is shown");
  await page.goBack();
  await page.getByRole("button", { name: "Hand in" }).waitFor();
  await settled(page);
  assert.notEqual(await measured(), first);
});

test("what is locked stays, whatever is dropped or followed", async (t) => {
  const page = await open(t, "#/challenge/fewest-measurements");
  await settled(page);
  const before = await spec(page);
  await drop(page, "y.csv", "1\n2\n3\n");
  await page.getByText("The challenge holds this as it is.").waitFor();
  assert.deepEqual(await spec(page), before);
  assert.equal(await page.getByRole("spinbutton", { name: "cols" }).count(), 0);
  assert.equal(await page.getByRole("button", { name: "New draw" }).count(), 0);
  const cheat = linkOf(
    { ...before, problem: { ...before.problem, rows: 12, cols: 16 } },
    "challenge/fewest-measurements",
  );
  await page.goto(page.url().replace(/#.*/, cheat));
  await page.getByText("not ones that this challenge allows").waitFor();
  await page.getByRole("button", { name: "Hand in" }).waitFor();
  assert.equal((await spec(page)).problem.cols, 128);
  await page.goto(page.url().replace(/#.*/, "#/challenge/fewest-measurements?s=AAAA"));
  await page.getByText("The link is cut short or damaged").waitFor();
  await page.goto(page.url().replace(/#.*/, "#/challenge/no-such"));
  await page.getByText('There is no challenge "no-such" here.').waitFor();
});

test("on a phone rule and score are a sheet", async (t) => {
  const page = await open(t, "#/challenge/beat-gaussian", PHONE);
  await settled(page);
  await scored(page, /This try/);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(width <= 390, `${width} px wide`);
  const box = await score(page).boundingBox();
  assert.ok(box.y > 400 && box.y + 20 < 844, "the score is in view");
});

for (const colorScheme of ["light", "dark"]) {
  test(`nothing stands in anybody's way, ${colorScheme}`, async (t) => {
    const page = await open(t, "#/challenges", { ...WIDE, colorScheme });
    await page.getByRole("heading", { name: "Challenges" }).waitFor();
    await blameless(page);
    await page.getByRole("link", { name: "Find λ blind" }).click();
    await settled(page);
    await blameless(page);
    await handIn(page);
    await score(page).filter({ hasText: "These settings" }).waitFor({ timeout: 20_000 });
    await settled(page);
    await blameless(page);
  });

  test(`nor on a phone, ${colorScheme}`, async (t) => {
    const page = await open(t, "#/challenge/fewest-measurements", { ...PHONE, colorScheme });
    await settled(page);
    await scored(page, /This try/);
    await blameless(page);
  });
}

test("lessons and exhibits lead to the challenges", async (t) => {
  const page = await open(t, "#/lessons");
  await page.getByRole("link", { name: "challenges", exact: true }).click();
  await page.getByRole("heading", { name: "Challenges" }).waitFor();
  assert.equal(await page.locator("challenges-page li").count(), 3);
  await page.goto(page.url().replace(/#.*/, "#/lasso-cd"));
  await page.getByRole("link", { name: "Challenge: Find λ blind" }).click();
  await settled(page);
});
