// Problems beside `linear`: several snapshots, and signs.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openLab, serveDist } from "./lib/lab.mjs";

const WIDE = { viewport: { width: 1440, height: 900 } };

async function open(t, exhibit) {
  const { address } = await serveDist(t);
  const page = await openLab(t, `${address}#/${exhibit}`, WIDE);
  await page.waitForFunction(() => {
    const [method] = document.querySelector("pursuit-app").lab.recording.methods;
    return method.verdict !== undefined;
  });
  return page;
}

const estimate = (page) =>
  page.evaluate(() => {
    const { lab } = document.querySelector("pursuit-app");
    const [method] = lab.recording.methods;
    return [...method.at(method.last).estimate];
  });

const truth = (page) =>
  page.evaluate(() => {
    const { panels } = document.querySelector("pursuit-app").lab.recording.description;
    return [...panels.find(({ id }) => id === "truth").values];
  });

test("the norms of rows stand beside the true ones, and snapshots are maps", async (t) => {
  const page = await open(t, "mmv-sbl");
  assert.equal(await page.locator("signal-part h2").first().textContent(), "Norms of the rows");
  const [seen, wanted] = [await estimate(page), await truth(page)];
  assert.equal(seen.length, 96);
  assert.ok(seen.every((value, i) => Math.abs(value - wanted[i]) < 1e-2));
  assert.equal(wanted.filter((value) => value > 0).length, 18);
  assert.equal(await page.locator("[data-panel=snapshots] figure-view").count(), 2);
  assert.match(await page.locator("verdict-part").textContent(), /All 18 found, none false/);
  // Nothing to draw by hand, and no basis in which a curve would be sparse.
  assert.equal(await page.getByRole("button", { name: "Curve" }).count(), 0);
});

test("signs are measured, and those that are wrong are counted", async (t) => {
  const page = await open(t, "biht");
  const [seen, wanted] = [await estimate(page), await truth(page)];
  const apart = Math.hypot(...seen.map((value, i) => value - wanted[i]));
  assert.ok(apart > 0 && apart < 0.2, `${apart}`);
  assert.ok(Math.abs(Math.hypot(...seen) - 1) < 1e-9);
  await page.getByText("wrong signs", { exact: true }).first().waitFor();
});
