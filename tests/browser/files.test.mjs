// Files of one's own: what they are read as, the other readings, and a sentence that says no more than is known.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openLab, serveDist } from "./lib/lab.mjs";
import { choice, drop, solved, verdict } from "./lib/page.mjs";
import { chord, wav } from "./lib/wav.mjs";

async function open(t) {
  const { address } = await serveDist(t);
  return openLab(t, address, { viewport: { width: 1440, height: 900 } });
}

/** A picture of a bright disc, as a browser writes it. */
async function disc(page, type) {
  const address = await page.evaluate((type) => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [300, 200];
    const context = canvas.getContext("2d");
    context.fillStyle = "#202020";
    context.fillRect(0, 0, 300, 200);
    context.fillStyle = "#fff";
    context.arc(150, 100, 50, 0, 7);
    context.fill();
    return canvas.toDataURL(type);
  }, type);
  return Buffer.from(address.split(",")[1], "base64");
}

const spec = (page) => page.evaluate(() => document.querySelector("pursuit-app").lab.spec);
const said = async (page) =>
  (await page.locator("spec-sentence .sentence").textContent()).replace(/\s+/g, " ").trim();
const column = (many) =>
  Array.from({ length: many }, (_, i) => Math.round(1000 * Math.sin(i)) / 1000 || 0).join("\n");

test("measurements: the sentence says y, the method is told a number, and the note says which", async (t) => {
  const page = await open(t);
  const before = await spec(page);
  await solved(page, () => drop(page, "y.csv", column(80)));
  const note = page.getByRole("status").filter({ hasText: "y.csv" });
  assert.match(
    await note.textContent(),
    /y\.csv is read as 80 measurements\. How many spikes they hold is not known: OMP is set to 20/,
  );
  assert.match(
    await said(page),
    /^Recover the spikes behind y from y\.csv among 256 from 80 Gaussian measurements, by OMP stopped after 20 picks\./,
  );
  assert.equal(await page.getByRole("alert").count(), 0);
  assert.match(
    await verdict(page).textContent(),
    /^20 entries are not zero; the truth is not known\./,
  );

  // Another method asks for its number, too.
  await choice(page, "method").click();
  await solved(page, () => page.getByRole("option", { name: /^IHT/ }).click());
  assert.equal((await spec(page)).methods[0].sparsity, 20);
  assert.equal(await note.count(), 0, "of a Spec that has gone on the note says nothing");
  await solved(page, () => page.keyboard.press("Control+z"));
  await solved(page, () => page.keyboard.press("Control+z"));
  assert.deepEqual(await spec(page), before);
});

test("another reading is one click, and all of them are one undo", async (t) => {
  const page = await open(t);
  const before = await spec(page);
  await solved(page, () => drop(page, "numbers.csv", column(80)));
  const note = page.getByRole("status").filter({ hasText: "numbers.csv" });
  await solved(page, () => note.getByRole("button", { name: "Read it as the signal" }).click());
  const { problem } = await spec(page);
  assert.deepEqual([problem.cols, problem.signal.id, problem.data], [80, "curve", undefined]);
  await note.getByText("a signal of 80 entries").waitFor();
  await solved(page, () => note.getByRole("button", { name: "Read it as measurements" }).click());
  await solved(page, () => page.keyboard.press("Control+z"));
  assert.deepEqual(await spec(page), before);
  assert.equal(await note.count(), 0);
});

test("a matrix: its size is said and not to be edited, and a drawn one takes its place again", async (t) => {
  const page = await open(t);
  const rows = Array.from({ length: 24 }, (_, i) =>
    Array.from(
      { length: 60 },
      (_, j) => Math.round(1000 * Math.sin(i * 61 + j * j + 1)) / 1000,
    ).join(","),
  );
  await solved(page, () => drop(page, "a.csv", rows.join("\n")));
  await page.getByText("is read as a matrix of 24 rows and 60 columns.").waitFor();
  assert.match(await said(page), /^Recover 6 uniform spikes among 60 from 24 a\.csv measurements/);
  assert.equal(await page.getByRole("spinbutton", { name: "rows" }).count(), 0);

  // Its own measurements come after it.
  await solved(page, () => drop(page, "y.csv", column(24)));
  assert.match(
    await said(page),
    /^Recover the spikes behind y from y\.csv among 60 from 24 a\.csv measurements, by OMP stopped after 6 picks\./,
  );
  await choice(page, "signal").click();
  await solved(page, () => page.getByRole("option", { name: /^sparse/ }).click());
  assert.match(await said(page), /spikes among 60 from 24 a\.csv measurements/);
  await choice(page, "matrix").click();
  await solved(page, () => page.getByRole("option", { name: /^Bernoulli/ }).click());
  assert.equal((await spec(page)).problem.data, undefined);
  assert.equal(await page.getByRole("spinbutton", { name: "rows" }).count(), 1);
});

test("drawing again leaves the file: what one then sees is what the sentence says", async (t) => {
  const page = await open(t);
  await solved(page, () => drop(page, "y.csv", column(80)));
  await solved(page, () => page.getByRole("button", { name: "Curve", exact: true }).click());
  assert.equal((await spec(page)).problem.data, undefined);
  assert.match(
    await said(page),
    /^Recover the test signal blocks ?, sparse in Haar wavelets ?, among/,
  );
});

test("a note is closed", async (t) => {
  const page = await open(t);
  await solved(page, () => drop(page, "x.csv", column(100)));
  await page.getByText("is read as a signal of 100 entries, measured 80 times.").waitFor();
  await page.getByRole("button", { name: "Close this note" }).click();
  await page.locator(".file-note").waitFor({ state: "detached" });
});

test("a WAV file is a signal that is sparse in cosines: its loudest piece", async (t) => {
  const page = await open(t);
  const sound = [...Array(9000).fill(0), ...chord(44_100, 1)];
  await solved(page, () => drop(page, "chord.wav", wav(44_100, sound)));
  await page
    .getByText(
      "chord.wav is read as a signal of 1024 samples, its loudest 0.128 s, measured 410 times.",
    )
    .waitFor();
  const { problem } = await spec(page);
  assert.deepEqual([problem.cols, problem.rows, problem.basis], [1024, 410, "dct"]);
  assert.match(await said(page), /^Recover a drawn curve ?, sparse in cosines/);
});

test("a picture is a signal that is sparse in wavelets, shown as a picture, and one that is none gets a sentence", async (t) => {
  const page = await open(t);
  const before = await spec(page);
  await drop(page, "broken.png", "this is no picture");
  await page
    .getByRole("alert")
    .filter({ hasText: /^broken\.png is not a picture/ })
    .waitFor();
  assert.deepEqual(await spec(page), before);
  for (const [name, type] of [
    ["disc.png", "image/png"],
    ["disc.jpg", "image/jpeg"],
  ]) {
    const bytes = await disc(page, type);
    await solved(page, () => drop(page, name, bytes));
    await page.getByText(`${name} is read as a grey picture of 32 by 32 pixels`).waitFor();
    const { problem } = await spec(page);
    const { values } = problem.signal;
    assert.deepEqual([problem.cols, problem.basis, values.length], [1024, "haar-2d", 1024]);
    assert.ok(values[16 * 32 + 16] > 0.98 && values[0] < 0.2, "bright in the middle");
    assert.equal(await page.locator("signal-part .picture").count(), 2);
  }
});

test("a picture is what shines where one counts photons, and elsewhere has no place", async (t) => {
  const { address } = await serveDist(t);
  const page = await openLab(t, `${address}#/spiral-tap`, {
    viewport: { width: 1440, height: 900 },
  });
  const bytes = await disc(page, "image/png");
  await solved(page, () => drop(page, "disc.png", bytes));
  const { scene } = (await spec(page)).problem;
  assert.deepEqual([scene.id, scene.rows, scene.values.length], ["drawn", 64, 4096]);
  await drop(page, "y.csv", "1,2,3");
  await page
    .getByRole("alert")
    .filter({ hasText: /takes no numbers from files/ })
    .waitFor();
});
