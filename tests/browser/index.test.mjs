// The index: miniatures, where to go instead of what is not built, search by method, and a phone's fold.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openLab, serveDist } from "./lib/lab.mjs";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

async function open(t, options = { viewport: { width: 1440, height: 900 } }) {
  const { address } = await serveDist(t);
  return openLab(t, `${address}#/index`, options);
}

test("a ready exhibit has a miniature of its run, drawn when it is near the window", async (t) => {
  const page = await open(t, { viewport: { width: 390, height: 500 } });
  const first = page.locator("miniature-view").first();
  await first.locator("path").first().waitFor({ state: "attached" });
  const shapes = () =>
    page
      .locator("miniature-view svg")
      .evaluateAll((all) => all.filter((svg) => svg.childElementCount > 0).length);
  const all = await page.locator("miniature-view").count();
  assert.ok((await shapes()) < all, "what is far below waits");
  await page.locator("miniature-view").last().scrollIntoViewIfNeeded();
  await page
    .locator("miniature-view")
    .last()
    .locator("path")
    .first()
    .waitFor({ state: "attached" });
  const near = await first.locator("path").first().getAttribute("d");
  assert.match(near, /^M[\d.]+ [\d.]+(L[\d.]+ [\d.]+)+$/);

  // They are kept: on the way back nothing is solved again.
  await page.goto(page.url().replace("#/index", "#/omp"));
  await page.locator("verdict-part .verdict").waitFor();
  await page.goBack();
  await first.scrollIntoViewIfNeeded();
  await page
    .locator("miniature-view")
    .first()
    .locator("path")
    .first()
    .waitFor({ state: "attached" });
  assert.equal(
    await page.locator("miniature-view").first().locator("path").first().getAttribute("d"),
    near,
  );
});

test("a system that is not built leads to its paper and to the nearest exhibit of its lab", async (t) => {
  const page = await open(t);
  const item = page
    .locator(".lists li", { hasText: "not built yet" })
    .filter({ has: page.getByRole("link", { name: /^nearest: / }) })
    .first();
  assert.match(await item.getByRole("link", { name: /^Paper: / }).getAttribute("href"), /^https:/);
  const nearest = item.getByRole("link", { name: /^nearest: / });
  assert.match(await nearest.textContent(), /^nearest: \S/);
  await nearest.click();
  await page.locator("verdict-part .verdict").waitFor();
  assert.match(new URL(page.url()).hash, /^#\/[a-z-]+$/);
});

test("search finds a method by its short name and a problem by its words", async (t) => {
  const page = await open(t);
  const search = page.getByRole("searchbox");
  const titles = () => page.locator(".lists li .ready").allTextContents();
  for (const [words, title] of [
    ["StOMP", "Stagewise orthogonal matching pursuit"],
    ["shrinks every entry", "Iterative soft thresholding"],
    ["linear measurements", "Orthogonal matching pursuit"],
    ["tropp gilbert", "Orthogonal matching pursuit"],
  ]) {
    await search.fill(words);
    await page.waitForFunction(
      (wanted) => new URLSearchParams(location.hash.split("?")[1]).get("q") === wanted,
      words,
    );
    assert.ok((await titles()).includes(title), `${words}: ${await titles()}`);
  }
});

test("on a phone labs fold, the vector has two rows, and what is found is open", async (t) => {
  const page = await open(t, PHONE);
  const fold = page.getByRole("button", { name: /^Networks/ });
  assert.equal(await fold.getAttribute("aria-expanded"), "false");
  assert.equal(await page.locator("#system-autosparse").count(), 0);
  await fold.tap();
  await page.locator(".lists li", { hasText: "AUTOSPARSE" }).waitFor();
  await fold.tap();
  await page.locator(".lists li", { hasText: "AUTOSPARSE" }).waitFor({ state: "detached" });
  const tops = await page
    .locator(".vector a")
    .evaluateAll((all) => [
      ...new Set(all.map((a) => Math.round(a.getBoundingClientRect().bottom))),
    ]);
  assert.equal(tops.length, 2);
  assert.equal(await page.locator(".vector a").count(), 119);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(overflow <= 0, `nothing sticks out: ${overflow} px`);
  await page.getByRole("searchbox").fill("autosparse");
  await page.locator(".lists li", { hasText: "AUTOSPARSE" }).waitFor();
  await page.getByRole("searchbox").fill("");

  // An entry of the vector opens the lab in which it is.
  await page.locator('.vector a[aria-label*="AUTOSPARSE"]').evaluate((entry) => entry.click());
  await page.locator(".lists li", { hasText: "AUTOSPARSE" }).waitFor();
});
