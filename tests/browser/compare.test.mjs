// Methods side by side: letters that stay, a pointer that lifts one, and the axis on which they stand.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openLab, serveDist } from "./lib/lab.mjs";
import { linkOf, track } from "./lib/page.mjs";

const spec = (...methods) => ({
  v: 1,
  seed: 4,
  problem: { id: "linear", noise: { id: "gaussian", snr_db: 30 } },
  methods: methods.map((id) => ({ id })),
});

async function open(t, ...methods) {
  const { address } = await serveDist(t);
  const viewport = { width: 1440, height: 900 };
  return openLab(t, address + linkOf(spec(...methods)), { viewport });
}

/** Waits until the rows of the table begin with these letters and names. */
const rowsAre = (page, wanted) =>
  page.waitForFunction((wanted) => {
    const names = [...document.querySelectorAll(".compare tbody th")].map((name) =>
      name.textContent.trim(),
    );
    return names.length === wanted.length && wanted.every((start, i) => names[i].startsWith(start));
  }, wanted);

const remove = (page, name) => page.getByRole("button", { name: `Remove ${name}` }).click();

test("letters and colours stay with their methods, through undo and redo; a link begins at A", async (t) => {
  const page = await open(t, "omp", "iht", "subspace-pursuit");
  await rowsAre(page, ["AOMP", "BIHT", "CSP"]);
  const colour = () =>
    page
      .locator(".compare tbody tr", { hasText: "SP" })
      .locator(".letter")
      .evaluate((letter) => getComputedStyle(letter).backgroundColor);
  const before = await colour();
  await remove(page, "IHT");
  await rowsAre(page, ["AOMP", "CSP"]);
  assert.equal(await colour(), before);
  const inSentence = page.locator("spec-sentence .letter");
  assert.deepEqual(await inSentence.allTextContents(), ["A", "C"]);

  await page.getByRole("button", { name: "+ Compare" }).click();
  await rowsAre(page, ["A", "C", "B"]);
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+z");
  await rowsAre(page, ["AOMP", "BIHT", "CSP"]);
  await page.keyboard.press("Control+Shift+z");
  await rowsAre(page, ["AOMP", "CSP"]);

  // The address follows the Spec a little later; the link is of the Spec as it is now.
  const now = await page.evaluate(() => document.querySelector("pursuit-app").lab.spec);
  const link = page.url().replace(/#.*/, linkOf(now));
  const other = await openLab(t, link, { viewport: { width: 1440, height: 900 } });
  await rowsAre(other, ["AOMP", "BSP"]);

  // A link that is followed on the page itself begins at A, too.
  await page.evaluate(
    (hash) => {
      location.hash = hash;
    },
    linkOf(spec("ols", "fista")),
  );
  await page.waitForFunction(
    () => document.querySelector(".compare tbody th")?.textContent.trim() === "AOLS",
  );
  await rowsAre(page, ["AOLS", "BFISTA"]);
});

test("a letter, a row and a trace lift their method; the others step back to a quarter", async (t) => {
  const page = await open(t, "omp", "subspace-pursuit");
  await rowsAre(page, ["A", "B"]);
  const faded = (where) =>
    page.waitForFunction(
      (selector) =>
        [...document.querySelectorAll("signal-part .row")]
          .map((row) => row.classList.contains("faded"))
          .join() === selector,
      where,
    );
  await faded("false,false");
  for (const letter of ["spec-sentence .letter", "signal-part .letter", ".compare tbody tr"]) {
    await page.locator(letter).nth(1).hover();
    await faded("true,false");
    await page.mouse.move(4, 300);
    await faded("false,false");
  }
  const opacity = () =>
    page
      .locator("signal-part .row")
      .first()
      .evaluate((row) => Number(getComputedStyle(row).opacity));
  await page.locator(".letter-label", { hasText: "B" }).hover();
  await faded("true,false");
  await page.waitForTimeout(300);
  assert.equal(await opacity(), 0.25);

  // On the line itself, somewhere in the middle of the run of B.
  const at = await page.evaluate(() => {
    const view = document.querySelector("traces-part figure-view");
    const method = document.querySelector("pursuit-app").lab.recording.methods[1];
    const { left, top } = view.getBoundingClientRect();
    const place = view.pixelAt(2, method.traces.relative_error[2]);
    return { x: left + place.left, y: top + place.top };
  });
  await page.mouse.move(at.x, at.y);
  await faded("true,false");
});

test("a letter shows its method's own panels, and only its playhead has a caption", async (t) => {
  const page = await open(t, "omp", "fista");
  await rowsAre(page, ["A", "B"]);
  const caption = page.locator(".play-caption");
  await track(page).focus();
  await page.keyboard.press("Home");
  for (let i = 0; i < 3; i += 1) await page.keyboard.press("ArrowRight");
  await caption.getByText("step 3").waitFor();
  assert.equal((await caption.textContent()).trim(), "A step 3");
  const own = () => page.locator("panels-part h2").allTextContents();
  const before = await own();
  await page.locator("signal-part .letter").nth(1).click();
  await page.waitForFunction(() => /^B/.test(document.querySelector(".play-caption").textContent));
  assert.notDeepEqual(await own(), before);
  assert.equal(await caption.count(), 1);
  assert.equal(
    await page.locator("signal-part .letter").nth(1).getAttribute("aria-pressed"),
    "true",
  );
});

test("the axis is of steps, of milliseconds or of products, logarithmic where lengths are far apart", async (t) => {
  const page = await open(t, "subspace-pursuit", "ista");
  await rowsAre(page, ["A", "B"]);
  const about = page.locator("traces-part .caption");
  const axis = page.getByRole("combobox", { name: "Horizontal axis" });
  assert.match(await about.textContent(), /both axes logarithmic/);
  const lengths = await page.evaluate(() =>
    document.querySelector("pursuit-app").lab.recording.methods.map((method) => ({
      last: method.last,
      steps: method.steps.length,
      ms: method.times.at(-1),
      products: method.work.at(-1),
      rising: method.work.every((value, i) => i === 0 || value >= method.work[i - 1]),
    })),
  );
  assert.ok(lengths[1].last > 10 * lengths[0].last);
  for (const { last, steps, ms, products, rising } of lengths) {
    assert.equal(steps, last + 1);
    assert.ok(ms > 0 && products > last / 2 && rising);
  }
  for (const [choice, caption] of [
    ["by ms", /^B [\d.]+ (ms|s)$/],
    ["by products with A", /^B [\d .]+ products$/],
    ["by step", /^B step \d+$/],
  ]) {
    await axis.selectOption(choice);
    await page.waitForFunction(
      (wanted) =>
        new RegExp(wanted).test(document.querySelector(".play-caption").textContent.trim()),
      caption.source,
    );
  }
  // The playhead is dragged on any of the axes.
  await axis.selectOption("by ms");
  const box = await page.locator("traces-part figure-view").boundingBox();
  await page.mouse.click(box.x + 37, box.y + 200);
  await page.waitForFunction(() => document.querySelector(".track").ariaValueNow === "0");

  const near = await open(t, "omp", "ols");
  await rowsAre(near, ["A", "B"]);
  assert.doesNotMatch(await near.locator("traces-part .caption").textContent(), /logarithmic/);
});

test("a method that has ended holds its last picture; bold are only values of methods that converged", async (t) => {
  const page = await open(t, "subspace-pursuit", "iht");
  await rowsAre(page, ["A", "B"]);
  const words = await page.evaluate(() =>
    document.querySelector("pursuit-app").lab.recording.methods.map(({ ending }) => ending.word),
  );
  const bold = await page
    .locator(".compare tbody tr")
    .evaluateAll((all) => all.map((row) => row.querySelectorAll("td b").length));
  words.forEach((word, i) => {
    if (word !== "converged") assert.equal(bold[i], 0);
  });
  assert.ok(
    bold.some((many) => many > 0),
    `${words}: ${bold}`,
  );
  const ended = await page.evaluate(() => {
    const { methods } = document.querySelector("pursuit-app").lab.recording;
    return methods.map((method) => [method.last, method.at(1e9).step]);
  });
  for (const [last, shown] of ended) assert.equal(shown, last);
});
