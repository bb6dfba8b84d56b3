// The page in its reader's language, and in one that is read from right to left.
import assert from "node:assert/strict";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { inProject } from "../../scripts/lib/root.mjs";
import { blameless } from "./lib/axe.mjs";
import { openHost, openLab, ready, serveDist, serveHost } from "./lib/lab.mjs";
import { choice, linkOf, verdict } from "./lib/page.mjs";

const WIDE = { viewport: { width: 1280, height: 900 } };
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const SPEC = { v: 1, seed: 7, problem: { id: "linear", rows: 90 }, methods: [{ id: "omp" }] };

const root = (page) => page.evaluate(() => document.documentElement.lang);

/** Turns the page to a language by its menu. */
async function turn(page, from, to) {
  await choice(page, from).click();
  await page.getByRole("option", { name: to }).click();
}

/** How far the page can be scrolled sideways, in px, whichever way. */
const overflow = (page) =>
  page.evaluate(() => {
    const reached = [9999, -9999].map((left) => {
      scrollTo({ left, behavior: "instant" });
      return Math.abs(scrollX);
    });
    scrollTo({ left: 0, behavior: "instant" });
    return Math.max(...reached);
  });

test("the menu turns the page to German at once, and the run stays", async (t) => {
  const { address } = await serveDist(t);
  const page = await openLab(t, `${address}#/omp`, WIDE);
  assert.equal(await root(page), "en");
  await page.evaluate(() => {
    globalThis.before = document.querySelector("pursuit-app").lab.recording;
  });
  await turn(page, "page", "Deutsch");
  await page.getByRole("link", { name: "Lektionen" }).waitFor();
  assert.equal(await root(page), "de");
  assert.equal(await page.title(), "Orthogonal Matching Pursuit, Pursuit");
  assert.match(
    await verdict(page).textContent(),
    /Spikes gefunden.*Fehler −\d+,\d dB nach \d+ Schritten/s,
  );
  assert.equal(
    await page.evaluate(
      () => document.querySelector("pursuit-app").lab.recording === globalThis.before,
    ),
    true,
  );
  for (const name of ["Neu ziehen", "+ Vergleichen", "mehr", "Abspielen", "Teilen"])
    await page.getByRole("button", { name, exact: true }).first().waitFor();
  await page.getByRole("button", { name: "Teilen" }).click();
  await page.getByRole("button", { name: "Link kopieren" }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByText("Die Spalte wählen, die am besten").waitFor();
  // What nobody has translated says that it is English.
  assert.equal(await page.locator("spec-sentence .sentence").getAttribute("lang"), "en");
});

test("a reload keeps the choice, and a link of somebody else is read in one's own language", async (t) => {
  const { address } = await serveDist(t);
  const page = await openLab(t, `${address}#/omp`, WIDE);
  await turn(page, "page", "Deutsch");
  await page.getByRole("link", { name: "Lektionen" }).waitFor();
  await page.reload();
  await ready(page);
  assert.equal(await root(page), "de");
  await page.goto(`${address}?x#/index`);
  await ready(page);
  await page.getByText("Die klassischen Verfahren, auf denen die Systeme aufbauen.").waitFor();
  await page.goto(`${address}?y${linkOf(SPEC)}`);
  await ready(page);
  assert.equal(await root(page), "de");
  const shared = await page.evaluate(() => location.hash);
  const theirs = await openLab(t, `${address}${shared}`, { ...WIDE, locale: "en-GB" });
  assert.equal(await root(theirs), "en");
  assert.equal(
    await theirs.evaluate(() => document.querySelector("pursuit-app").lab.spec.problem.rows),
    90,
  );
  await turn(page, "Seite", "English");
  await page.getByRole("link", { name: "Lessons" }).waitFor();
});

test("the browser's wish is followed, and an address that asks for a language before it", async (t) => {
  const { address } = await serveDist(t);
  const german = await openLab(t, `${address}#/omp`, { ...WIDE, locale: "de-AT" });
  assert.equal(await root(german), "de");
  const asked = await openLab(t, `${address}?lang=en#/omp`, { ...WIDE, locale: "de-AT" });
  assert.equal(await root(asked), "en");
  // A choice counts more than what the address asked for.
  await turn(asked, "page", "Deutsch");
  await asked.getByRole("link", { name: "Lektionen" }).waitFor();
  assert.equal(await asked.evaluate(() => location.search), "");
  await asked.reload();
  await ready(asked);
  assert.equal(await root(asked), "de");
});

for (const path of [
  "#/omp",
  "#/index",
  "#/omp/sweep",
  "#/lessons",
  "#/lesson/why-l1",
  "#/challenge/beat-gaussian",
]) {
  test(`German is no wider than the page, and blameless: ${path}`, async (t) => {
    const { address } = await serveDist(t);
    for (const options of [WIDE, PHONE]) {
      const page = await openLab(t, `${address}${path}`, { ...options, locale: "de" });
      assert.equal(await overflow(page), 0);
      await blameless(page);
    }
  });
}

for (const path of ["#/omp", "#/index"]) {
  for (const options of [WIDE, PHONE]) {
    test(`nothing overflows from right to left: ${path}, ${options.viewport.width} px`, async (t) => {
      const { address } = await serveDist(t);
      const page = await openLab(t, `${address}${path}`, { ...options, locale: "de" });
      await page.evaluate(() => {
        document.documentElement.dir = "rtl";
        dispatchEvent(new Event("resize"));
      });
      await page.evaluate(() => new Promise((done) => setTimeout(done, 300)));
      assert.equal(await overflow(page), 0);
      const outside = await page.evaluate(() => {
        const width = document.documentElement.clientWidth;
        return [
          ...document.querySelectorAll("main :is(h1, h2, p, li, button, a), header :is(a, button)"),
        ]
          .filter((one) => one.checkVisibility({ visibilityProperty: true }))
          .filter(
            (one) =>
              !one.closest(
                ".hidden, .hidden-head, .skip, .numbers, .scrolled, .formula, .katex, [data-panel]:not(.second)",
              ),
          )
          .map((one) => ({
            box: one.getBoundingClientRect(),
            text: one.textContent.trim().slice(0, 40),
          }))
          .filter(({ box }) => box.width > 1 && (box.left < -1 || box.right > width + 1))
          .map(({ text }) => text);
      });
      assert.deepEqual(outside, []);
      // Figures and time run from left to right, the words do not.
      const directions = await page.evaluate(() =>
        ["h1", "figure-view", ".katex", ".track"].map((one) => {
          const element = document.querySelector(one);
          return (
            element &&
            getComputedStyle(element.closest("[lang=en]") ? document.body : element).direction
          );
        }),
      );
      assert.equal(directions[0], "rtl");
      assert.ok(
        directions.slice(1).every((one) => one === null || one === "ltr"),
        String(directions),
      );
    });
  }
}

test("an element speaks the language of the page around it, the single file all of them", async (t) => {
  const page = `<!doctype html><html lang="de"><head><meta charset="utf-8"><title>Eine Seite</title><link rel="icon" href="data:,">
    <script type="module" src="dist/embed/pursuit-lab.js"></script></head><body><pursuit-lab spec="#/omp"></pursuit-lab></body></html>`;
  const { address } = await serveHost(t, { "host.html": page });
  const host = await openHost(t, `${address}host.html`, { ...WIDE, locale: "en" });
  await host.getByRole("button", { name: "Neu ziehen" }).waitFor();
  assert.equal(await host.locator("pursuit-lab .pursuit-root").getAttribute("lang"), "de");
  const file = pathToFileURL(inProject("dist-single", "pursuit.html")).href;
  const single = await openLab(t, file, { ...WIDE, locale: "de" });
  assert.equal(await root(single), "de");
  await single.getByRole("link", { name: "Lektionen" }).waitFor();
});
