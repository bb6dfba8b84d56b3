// The page of methods: from the index, searched, and on to an exhibit.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openLab, serveDist } from "./lib/lab.mjs";

test("the methods are reached from the index, searched, and lead to their exhibits", async (t) => {
  const { address } = await serveDist(t);
  const page = await openLab(t, `${address}#/index`, { viewport: { width: 1440, height: 900 } });
  await page.getByRole("link", { name: /^All methods/ }).click();
  const methods = page.locator("section.method");
  await methods.first().waitFor();
  const all = await methods.count();
  assert.ok(all >= 25);
  // Every one has its formula and limits, and the first is the first lab's.
  await page.waitForFunction(
    (all) => document.querySelectorAll("section.method .formula .katex").length === all,
    all,
  );
  assert.equal(await page.locator(".katex-error").count(), 0);
  assert.equal(await methods.filter({ hasText: "It breaks" }).count(), all);
  assert.equal(await methods.first().getAttribute("id"), "method-omp");
  const rival = page.locator("#method-generalized-omp", { hasText: /It breaks[\s\S]*taken out/ });
  assert.equal(await rival.count(), 1);
  await page.getByRole("searchbox").fill("Needell CoSaMP");
  await page.waitForFunction(
    (all) => document.querySelectorAll("section.method").length < all,
    all,
  );
  assert.match(page.url(), /#\/methods\?q=Needell\+CoSaMP$/);
  const own = page.locator("#method-cosamp");
  assert.match(
    await own.textContent(),
    /A step costs[\s\S]*Use it[\s\S]*when k is known[\s\S]*It breaks/,
  );
  await own.getByRole("link").click();
  await page.locator("verdict-part .verdict").waitFor();
  await page.getByRole("link", { name: /^Cost and limits/ }).click();
  await page.locator("#method-cosamp").waitFor();
});

test("on a phone nothing is wider than the window", async (t) => {
  const { address } = await serveDist(t);
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
  const page = await openLab(t, `${address}#/methods`, phone);
  await page.locator("#method-omp").waitFor();
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= 390));
});
