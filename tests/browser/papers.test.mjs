// What goes into papers and handouts: figures at a density, citations, a script that checks the numbers, the printed page.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { inProject } from "../../scripts/lib/root.mjs";
import { blameless } from "./lib/axe.mjs";
import { openLab, serveDist } from "./lib/lab.mjs";
import { linkOf } from "./lib/page.mjs";

const open = async (t, hash = "", options = {}) =>
  openLab(t, `${(await serveDist(t)).address}${hash}`, options);

/** Clicks something in the share menu and reads the file that comes of it. */
async function saved(page, name) {
  if (!(await page.locator(".share .menu").isVisible()))
    await page.getByRole("button", { name: "Share" }).click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name }).click(),
  ]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

test("a PNG has the density that was chosen, and says so", async (t) => {
  const page = await open(t);
  const css = await page
    .locator("signal-part figure-view")
    .first()
    .evaluate((view) => [view.frame.width, view.frame.height]);
  for (const dpi of [72, 150, 300, 600]) {
    if (!(await page.locator(".share .menu").isVisible()))
      await page.getByRole("button", { name: "Share" }).click();
    await page.getByRole("button", { name: String(dpi), exact: true }).click();
    const { bytes } = await saved(page, /^Figure as PNG/);
    const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
    assert.ok(Math.abs(width - (css[0] * dpi) / 96) <= 1, `${width} px at ${dpi} dpi`);
    assert.ok(Math.abs(height - (css[1] * dpi) / 96) <= 1);
    const at = bytes.indexOf("pHYs");
    assert.equal(bytes.readUInt32BE(at + 4), Math.round(dpi / 0.0254));
    // The file is whole: the browser reads it, and something is drawn in it.
    const seen = await page.evaluate(
      async (data) => {
        const bitmap = await createImageBitmap(
          new Blob([Uint8Array.from(data)], { type: "image/png" }),
        );
        const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
        context.drawImage(bitmap, 0, 0);
        const { data: pixels } = context.getImageData(0, 0, bitmap.width, bitmap.height);
        const colours = new Set();
        for (let i = 0; i < pixels.length; i += 4)
          colours.add(pixels[i] * 65536 + pixels[i + 1] * 256 + pixels[i + 2]);
        return [bitmap.width, colours.size];
      },
      [...bytes],
    );
    assert.equal(seen[0], width);
    assert.ok(seen[1] > 8);
  }
});

/** A page that reads a drawing: the lab's own takes no text for markup. */
const blank = (page) => page.context().newPage();

test("an SVG has its words as text", async (t) => {
  const page = await open(t);
  const { bytes } = await saved(page, /^Figure as SVG/);
  const { texts, families } = await (await blank(page)).evaluate((source) => {
    const drawing = new DOMParser().parseFromString(source, "image/svg+xml");
    const elements = [...drawing.querySelectorAll("text")];
    return {
      texts: elements.map((text) => text.textContent.trim()),
      families: [...new Set(elements.map((text) => text.getAttribute("font-family")))],
    };
  }, bytes.toString());
  for (const tick of ["0", "64", "255"]) assert.ok(texts.includes(tick), texts.join(" "));
  assert.match(families.join(), /Source Sans 3/);
});

test("methods that are compared are one drawing, row under row", async (t) => {
  const page = await open(
    t,
    linkOf({ v: 1, seed: 2, problem: { id: "linear" }, methods: [{ id: "omp" }, { id: "iht" }] }),
  );
  const { bytes } = await saved(page, /^Figure as SVG/);
  const [height, rows] = await (await blank(page)).evaluate((source) => {
    const { documentElement: root } = new DOMParser().parseFromString(source, "image/svg+xml");
    return [
      Number(root.getAttribute("height")),
      [...root.children].map((row) => [
        Number(row.getAttribute("y")),
        Number(row.getAttribute("height")),
        row.querySelectorAll("circle").length,
      ]),
    ];
  }, bytes.toString());
  assert.equal(rows.length, 2);
  assert.deepEqual([rows[0][0], rows[1][0]], [0, rows[0][1]]);
  assert.equal(height, rows[0][1] + rows[1][1]);
  for (const [, , circles] of rows) assert.ok(circles > 10);
});

test("a problem with a page of its own has figures and arrays, too", async (t) => {
  const page = await open(t, "#/altmin-completion");
  const { bytes } = await saved(page, /^Figure as PNG/);
  assert.ok(bytes.readUInt32BE(16) > 300 && bytes.readUInt32BE(20) > 300);
  const npz = await saved(page, /^Arrays as NPZ/);
  assert.match(npz.bytes.toString("latin1"), /estimate_altmin_completion\.npy/);
});

test("the paper and the Spec are cited by what is known of them", async (t) => {
  const page = await open(
    t,
    linkOf({ v: 1, seed: 8, problem: { id: "linear" }, methods: [{ id: "omp" }] }),
    {
      permissions: ["clipboard-read", "clipboard-write"],
    },
  );
  await page.getByRole("button", { name: "Cite" }).click();
  const dialog = page.getByRole("dialog", { name: "Cite" });
  await dialog.waitFor();
  await blameless(page);
  const [paper, spec] = await dialog.locator("pre").allTextContents();
  assert.match(paper, /author = \{Tropp and Gilbert\}/);
  assert.match(paper, /doi = \{10\.1109\/TIT\.2007\.909108\}/);
  assert.ok(spec.includes(`url = {${page.url()}}`));
  assert.match(spec, /version = \{\d+\.\d+\.\d+\}/);
  await dialog.getByRole("button", { name: "Copy" }).first().click();
  await dialog.getByText("Copied.").waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), paper);
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
});

/** A Python with NumPy: the tests' own, or the machine's. */
const PYTHON = [
  process.env.PYTHON,
  inProject("target", "venv", "bin", "python"),
  "python3",
  "python",
].find((name) => name && spawnSync(name, ["-c", "import numpy"]).status === 0);
const noPython = PYTHON ? false : "there is no Python with NumPy here; set PYTHON to one";
const LASSO = {
  v: 1,
  seed: 5,
  problem: { id: "linear" },
  methods: [{ id: "fista" }, { id: "lasso-cd", lambda_ratio: 0.05 }, { id: "omp" }],
};

for (const [what, hash] of Object.entries({
  "orthogonal matching pursuit": "#/omp",
  "three methods, two on the LASSO": linkOf(LASSO, "fista"),
  "the same method twice": linkOf({
    ...LASSO,
    methods: [{ id: "omp" }, { id: "omp", sparsity: 5 }],
  }),
  "unit columns that are none": linkOf({
    ...LASSO,
    problem: { id: "linear", matrix: { id: "gaussian", unit_columns: false } },
    methods: [{ id: "omp" }],
  }),
  "complex columns": linkOf({
    ...LASSO,
    problem: { id: "linear", matrix: { id: "partial-fourier" } },
    methods: [{ id: "omp" }],
  }),
  "a matrix with holes": "#/altmin-completion",
}))
  test(`the script for Python runs and agrees: ${what}`, { skip: noPython }, async (t) => {
    const folder = mkdtempSync(join(tmpdir(), "pursuit-python-"));
    t.after(() => rmSync(folder, { recursive: true }));
    const page = await open(t, hash);
    const { name, bytes } = await saved(page, /^Arrays as NPZ/);
    writeFileSync(join(folder, name), bytes);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Python" }).click();
    const script = await page.getByRole("dialog").locator("pre").textContent();
    writeFileSync(join(folder, "check.py"), script);
    const options = { cwd: folder, encoding: "utf8", stdio: "pipe" };
    const said = execFileSync(PYTHON, ["check.py"], options);
    assert.match(said, /All of it holds\.\s*$/);
    if (said.includes("scikit-learn is not installed")) t.diagnostic("without scikit-learn");
    if (!script.includes("fingerprint(estimate)")) return;
    // A file with other numbers is found out.
    const other = script.replace(/(fingerprint\(estimate\) == ")[0-9a-f]+/, "$10");
    writeFileSync(join(folder, "other.py"), other);
    assert.notEqual(spawnSync(PYTHON, ["other.py"], options).status, 0);
  });

test("the page prints as a handout", async (t) => {
  const page = await open(t, "", { colorScheme: "dark", viewport: { width: 1440, height: 900 } });
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  await page.emulateMedia({ media: "print" });
  const shown = await page.evaluate(() => ({
    buttons: [...document.querySelectorAll("button, select, input, summary")].filter(
      (button) => button.checkVisibility() && !button.closest(".sentence"),
    ).length,
    header: document.querySelector("header.bar").checkVisibility(),
    address: document.querySelector(".address").textContent,
    paper: getComputedStyle(document.body).backgroundColor,
    width: document.documentElement.scrollWidth,
    figures: [...document.querySelectorAll("figure-view")].map((view) => {
      const canvas = view.querySelector("canvas");
      return canvas.width / canvas.clientWidth;
    }),
    parts: ["h1", ".sentence", "signal-part", ".verdict"].map((part) =>
      document.querySelector(part).checkVisibility(),
    ),
  }));
  assert.equal(shown.buttons, 0);
  assert.equal(shown.header, false);
  assert.equal(shown.address, page.url());
  assert.equal(shown.paper, "rgb(255, 255, 255)");
  assert.deepEqual(shown.parts, [true, true, true, true]);
  assert.ok(shown.figures.length > 3);
  for (const ratio of shown.figures) assert.ok(ratio > 3, `${ratio} pixels to one of CSS`);
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  await page.emulateMedia({ media: "screen" });
  assert.equal(
    await page.evaluate(() => getComputedStyle(document.body).backgroundColor),
    "rgb(20, 22, 27)",
  );
  const after = await page.evaluate(() => {
    const canvas = document.querySelector("signal-part canvas");
    return [canvas.width, Math.round(canvas.clientWidth * devicePixelRatio)];
  });
  assert.ok(Math.abs(after[0] - after[1]) <= 1);
  assert.ok((await page.pdf({ format: "A4" })).length > 50_000);
});
