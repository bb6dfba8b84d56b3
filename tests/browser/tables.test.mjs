// Panels that are tables: a scoring card and hits of a search, made of texts; and a query of a person's own.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openLab, serveDist } from "./lib/lab.mjs";
import { track, verdict } from "./lib/page.mjs";

const wide = { viewport: { width: 1440, height: 900 } };

const open = async (t, hash) => {
  const { address } = await serveDist(t);
  return openLab(t, address + hash, wide);
};

const said = (page, text) =>
  page.waitForFunction(
    (wanted) => document.querySelector("verdict-part .verdict")?.textContent.includes(wanted),
    text,
  );

test("a scoring card is a table of the page, and a rival's stands beside it", async (t) => {
  const page = await open(t, "#/slim-scoring");
  await said(page, "SLIM ends lowest");
  assert.equal(await page.locator(".in-picture .table-view table").count(), 2);
  const headings = await page
    .locator(".in-picture table")
    .first()
    .locator("thead th")
    .allTextContents();
  assert.deepEqual(headings, ["feature", "points", "mean, positive", "mean, negative"]);
  const rows = page.locator(".in-picture table").first().locator("tbody tr");
  const last = await rows.last().locator("th").textContent();
  assert.equal(last, "positive when the points are more than");
  await track(page).focus();
  await page.keyboard.press("Home");
  await said(page, "is ahead after 0 steps");
});

test("a query of one's own is typed into the sentence and answered first", async (t) => {
  const page = await open(t, "#/slim-retrieval");
  await said(page, "takes");
  const first = await verdict(page).textContent();
  await page.getByLabel("text").fill("<b>bank</b> of the river");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() =>
    document.querySelector("pursuit-app").lab.spec.problem.text?.includes("bank"),
  );
  // The steps of a query each, and one's own comes first.
  const before = /done in (\d+) steps/.exec(first)?.[1];
  await page.waitForFunction(
    (steps) => document.querySelector("verdict-part .verdict").textContent.includes(steps),
    `done in ${Number(before) + 1} steps`,
  );
  assert.equal(await page.locator(".table-view b").count(), 0);
});
