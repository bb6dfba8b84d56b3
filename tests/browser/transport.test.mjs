// An exhibit of a problem that has no parts of its own on the page: panels by kind, words and places from the problem.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openLab, ready, serveDist } from "./lib/lab.mjs";
import { digest, linkOf, track, verdict } from "./lib/page.mjs";

const ID = "sinkhorn-newton-sparse";
const wide = { viewport: { width: 1440, height: 900 } };

const open = async (t, hash = `#/${ID}`, options = wide) => {
  const { address } = await serveDist(t);
  return openLab(t, address + hash, options);
};

const said = (page, text) =>
  page.waitForFunction(
    (wanted) => document.querySelector("verdict-part .verdict")?.textContent.includes(wanted),
    text,
  );

test("a run is drawn by the kinds of its panels and told in the problem's words, and can be scrubbed", async (t) => {
  const page = await open(t);
  await said(page, "Marginals met to");
  const titles = await page.locator("problem-panels h2").allTextContents();
  for (const title of ["Clouds", "Plan", "Source", "Target", "Hessian"])
    assert.ok(titles.includes(title), `${title} is among ${titles}`);
  assert.equal(await page.locator("signal-part, matrix-part, here-part").count(), 0);
  await track(page).focus();
  await page.keyboard.press("Home");
  await said(page, "Marginals are off by");
  await page.keyboard.press("ArrowRight");
  await said(page, "after 1 step.");
});

test("a method beside it has a picture, a row and a line; the link of it opens the same numbers", async (t) => {
  const page = await open(t);
  await said(page, "Marginals met to");
  await page.getByText("Let Sinkhorn run beside it.").click();
  await page.waitForFunction(() => document.querySelectorAll(".compare tbody tr").length === 3);
  assert.equal(await page.locator(".in-picture figure-view").count(), 3);
  await said(page, "SNS is done in 30 steps.");
  const [first, spec] = [
    await digest(page),
    await page.evaluate(() => document.querySelector("pursuit-app").lab.spec),
  ];
  const again = await open(t, linkOf(spec, ID));
  await said(again, "SNS is done in 30 steps.");
  assert.equal(await digest(again), first);
  await again.reload();
  await ready(again);
  await said(again, "SNS is done in 30 steps.");
  assert.equal(await digest(again), first);
});

test("on a phone the panels take turns under the picture", async (t) => {
  const page = await open(t, `#/${ID}`, { viewport: { width: 390, height: 844 } });
  await said(page, "Marginals met to");
  const hessian = page.locator('[data-panel="hessian"]');
  assert.equal(await hessian.isVisible(), false);
  await page.locator(".second-tabs").getByRole("button", { name: "Hessian" }).click();
  await hessian.waitFor({ state: "visible" });
  assert.equal(await page.locator('[data-panel="convergence"]').isVisible(), false);
  assert.match(await verdict(page).textContent(), /30 steps/);
});
