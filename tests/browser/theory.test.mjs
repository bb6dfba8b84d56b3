// What theory says beside practice: the matrix's promises, the path of penalties with its rules, lines over the traces.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openLab, serveDist } from "./lib/lab.mjs";
import { linkOf, solved, track } from "./lib/page.mjs";

const WIDE = { viewport: { width: 1440, height: 900 } };
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const NOISY = {
  v: 1,
  problem: {
    id: "linear",
    signal: { id: "sparse", sparsity: 6 },
    noise: { id: "gaussian", snr_db: 25 },
  },
  methods: [{ id: "fista" }],
};

async function open(t, spec = NOISY, options = {}) {
  const { address } = await serveDist(t);
  return openLab(t, address + linkOf(spec, spec.methods[0].id), { ...WIDE, ...options });
}

const spec = (page) => page.evaluate(() => document.querySelector("pursuit-app").lab.spec);
const fact = (page, id) => page.locator(`[data-fact=${id}]`);
const rule = (page, name) => page.locator(".rules").getByRole("button", { name, exact: true });

test("the matrix says what it promises, by keys alone, and again for another matrix", async (t) => {
  const page = await open(t);
  const summary = page.locator("diagnosis-part summary");
  assert.equal(await fact(page, "coherence").count(), 0);
  await summary.focus();
  await page.keyboard.press("Enter");
  await fact(page, "coherence").waitFor();
  for (const id of ["babel", "isometry", "spectrum", "erc", "irrepresentability", "dimension"])
    assert.equal(await fact(page, id).count(), 1, id);
  assert.match(await fact(page, "coherence").innerText(), /Of 6 it says nothing/);
  assert.match(await fact(page, "isometry").innerText(), /at least this/);
  assert.equal(await page.locator("diagnosis-part canvas.data").count(), 2);
  const before = await fact(page, "spectrum").innerText();
  await solved(page, () => page.getByRole("button", { name: "New draw" }).click());
  await page.waitForFunction(
    (old) => document.querySelector("[data-fact=spectrum]").innerText !== old,
    before,
  );
});

test("the coefficient of the support follows the playhead", async (t) => {
  const page = await open(t, { ...NOISY, methods: [{ id: "omp" }] });
  await page.locator("diagnosis-part summary").click();
  await fact(page, "erc")
    .getByText(/The support at the playhead, 6 columns: \d/)
    .waitFor();
  await track(page).focus();
  await page.keyboard.press("Home");
  await fact(page, "erc").getByText("The support at the playhead is empty").waitFor();
  await page.keyboard.press("ArrowRight");
  await fact(page, "erc")
    .getByText(/playhead, 1 column: 0\.\d/)
    .waitFor();
});

test("rules stand on the path, and one that is chosen is an edit that can be undone", async (t) => {
  const page = await open(t);
  await page.locator("path-part summary").click();
  await rule(page, "EBIC").waitFor();
  const names = await page.locator(".rules tbody th").allInnerTexts();
  assert.deepEqual([...names].sort(), [
    "AIC",
    "BIC",
    "EBIC",
    "GCV",
    "SURE",
    "cross-validation",
    "discrepancy",
    "universal",
  ]);
  await solved(page, () => rule(page, "EBIC").click());
  const chosen = (await spec(page)).methods[0].lambda_ratio;
  assert.ok(chosen > 1e-3 && chosen < 1, String(chosen));
  assert.equal(await rule(page, "EBIC").getAttribute("aria-pressed"), "true");
  await solved(page, () => page.keyboard.press("Control+z"));
  assert.deepEqual((await spec(page)).methods, NOISY.methods);
});

test("a click on the path takes the penalty there", async (t) => {
  const page = await open(t);
  await page.locator("path-part summary").click();
  const figure = page.locator("path-part figure-view");
  await figure.scrollIntoViewIfNeeded();
  const wanted = 0.3;
  const at = await figure.evaluate((view, ratio) => {
    const { left, top, height } = view.getBoundingClientRect();
    return { x: left + view.pixelAt(ratio, 0).left, y: top + height - 60 };
  }, wanted);
  await solved(page, () => page.mouse.click(at.x, at.y));
  const ratio = (await spec(page)).methods[0].lambda_ratio;
  assert.ok(Math.abs(ratio / wanted - 1) < 0.02, String(ratio));
});

test("methods without such a penalty have no path", async (t) => {
  const page = await open(t, { ...NOISY, methods: [{ id: "omp" }] });
  assert.equal(await page.locator("path-part details").count(), 0);
});

test("lines of theory are switched off and on, and are no part of the Spec", async (t) => {
  const page = await open(t, { ...NOISY, methods: [{ id: "amp" }] });
  const predicted = page.getByRole("checkbox", { name: "predicted" });
  const worst = page.getByRole("checkbox", { name: "best-tuned LASSO, worst signal" });
  const labels = () => page.locator("traces-part .end-label").allInnerTexts();
  assert.ok((await labels()).includes("predicted") && (await labels()).includes("best λ"));
  const before = await spec(page);
  await predicted.uncheck();
  await page.waitForFunction(
    () => !document.querySelector("traces-part .labelled").innerText.includes("predicted"),
  );
  await worst.focus();
  await page.keyboard.press("Space");
  await page.waitForFunction(
    () => !document.querySelector("traces-part .labelled").innerText.includes("best λ"),
  );
  await predicted.check();
  await page.waitForFunction(() =>
    document.querySelector("traces-part .labelled").innerText.includes("predicted"),
  );
  assert.deepEqual(await spec(page), before);
});

test("on a phone both open within the width of the screen", async (t) => {
  const page = await open(t, NOISY, PHONE);
  await page.locator("path-part summary").tap();
  await rule(page, "EBIC").waitFor();
  await page.getByRole("button", { name: "Matrix", exact: true }).tap();
  await page.locator("diagnosis-part summary").tap();
  await fact(page, "coherence").waitFor();
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(width <= 390, String(width));
});
