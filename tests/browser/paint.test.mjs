// An intensity painted by hand: pointer, finger and keys, undo and reload, a picture and a line.
import assert from "node:assert/strict";
import { test } from "node:test";
import { blameless } from "./lib/axe.mjs";
import { openLab, ready, serveDist } from "./lib/lab.mjs";
import { drag, linkOf, solved } from "./lib/page.mjs";

const WIDE = { viewport: { width: 1440, height: 900 } };
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

async function open(t, hash = "#/spiral-tap", options = WIDE) {
  const { address } = await serveDist(t);
  return openLab(t, `${address}${hash}`, options);
}

const LINE = {
  v: 1,
  problem: { id: "poisson", scene: { id: "line", samples: 128 }, counts: 20 },
  methods: [{ id: "spiral-tap" }],
};

const spec = (page) => page.evaluate(() => document.querySelector("pursuit-app").lab.spec);
const given = (page, id) =>
  page.evaluate((wanted) => {
    const { panels } = document.querySelector("pursuit-app").lab.recording.description;
    return [...panels.find(({ id }) => id === wanted).values];
  }, id);
const stage = (page) => page.getByRole("application", { name: /^Paint on / });
const count = (all, holds) => all.filter(holds).length;

/** A place of the stage, as shares of its figure's plot. */
async function at(page, across, down) {
  await stage(page).scrollIntoViewIfNeeded();
  return page.evaluate(
    ([across, down]) => {
      const view = document.querySelector("paint-editor figure-view");
      const { left, top } = view.getBoundingClientRect();
      const { frame } = view;
      return {
        x: left + frame.left + across * (frame.width - frame.left - frame.right),
        y: top + frame.top + down * (frame.height - frame.top - frame.bottom),
      };
    },
    [across, down],
  );
}

test("a stroke is the truth of the Spec: counts are drawn of it, one undo takes it back, a reload keeps it", async (t) => {
  const page = await open(t);
  const before = await spec(page);
  const [truth, counts] = [await given(page, "truth"), await given(page, "counts")];
  await solved(page, async () => drag(page, await at(page, 0.2, 0.9), await at(page, 0.8, 0.9)));
  const { problem } = await spec(page);
  assert.equal(problem.scene.id, "drawn");
  assert.equal(problem.scene.values.length, 64 * 64);
  assert.ok(problem.counts > (before.problem.counts ?? 45), "more light, more photons");
  const painted = await given(page, "truth");
  const [bright, row] = [Math.max(...truth), Math.floor(0.9 * 64)];
  const along = painted.slice(64 * row + 16, 64 * row + 48);
  assert.ok(along.every((value) => Math.abs(value - bright) < 0.01 * bright));
  const touched = count(painted, (value, i) => Math.abs(value - truth[i]) > 0.02 * bright);
  assert.ok(touched > 60 && touched < 250, `${touched} pixels are not as they were`);
  assert.notDeepEqual(await given(page, "counts"), counts);
  await page.getByText("a painted intensity").first().waitFor();

  await page.waitForFunction(() => location.hash.includes("s="));
  const kept = await spec(page);
  await page.waitForTimeout(400);
  await page.reload();
  await ready(page);
  assert.deepEqual(await spec(page), kept);
  assert.deepEqual(await given(page, "truth"), painted);

  const again = await open(t);
  await solved(again, async () =>
    drag(again, await at(again, 0.2, 0.9), await at(again, 0.8, 0.9)),
  );
  await solved(again, () => again.keyboard.press("Control+z"));
  assert.deepEqual(await spec(again), before);
});

test("counts arrive while the stroke goes on", async (t) => {
  const page = await open(t);
  const before = await given(page, "counts");
  const [from, to] = [await at(page, 0.2, 0.1), await at(page, 0.9, 0.1)];
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  const arrived = page.waitForFunction(
    (old) => {
      const { panels, spec } = document.querySelector("pursuit-app").lab.recording.description;
      const now = panels.find(({ id }) => id === "counts").values;
      return spec.problem.scene?.id === "drawn" && now.some((value, i) => value !== old[i]);
    },
    before,
    { timeout: 10_000 },
  );
  let done = false;
  void arrived.then(() => {
    done = true;
  });
  for (let step = 0; !done && step < 400; step += 1)
    await page.mouse.move(from.x + ((to.x - from.x) * (step % 40)) / 40, from.y);
  await arrived;
  // Runs come and go under it; the stroke stays in hand.
  assert.equal(await page.locator(".paint-brush.held").count(), 1);
  await page.mouse.up();
});

test("keys do what a pointer does, and what is painted is said", async (t) => {
  const page = await open(t);
  await stage(page).focus();
  for (const key of ["+", "+", "ArrowDown", " ", "Shift+ArrowRight", "ArrowUp"])
    await page.keyboard.press(key === "+" ? "NumpadAdd" : key);
  const said = page.locator("paint-editor [role=status]");
  assert.match(
    await said.textContent(),
    /^row 32, column 40: .* photons; the brush has .*, held down$/,
  );
  await solved(page, () => page.keyboard.press(" "));
  const { values } = (await spec(page)).problem.scene;
  assert.equal(values[33 * 64 + 36], 1.1);
  assert.equal(values[32 * 64 + 40], 1.1);
  await page.keyboard.press("Control+z");
  assert.equal((await spec(page)).problem.scene, undefined);
});

test("a finger paints, and the page does not scroll away under it", async (t) => {
  const page = await open(t, "#/spiral-tap", PHONE);
  await page.getByRole("button", { name: "Truth", exact: true }).click();
  const [from, to] = [await at(page, 0.3, 0.8), await at(page, 0.7, 0.8)];
  const touch = await page.context().newCDPSession(page);
  const send = (type, points) =>
    touch.send("Input.dispatchTouchEvent", { type, touchPoints: points });
  const scrolled = await page.evaluate(() => scrollY);
  await solved(page, async () => {
    await send("touchStart", [from]);
    for (let i = 1; i <= 8; i += 1)
      await send("touchMove", [{ x: from.x + ((to.x - from.x) * i) / 8, y: from.y }]);
    await send("touchEnd", []);
  });
  assert.equal((await spec(page)).problem.scene.id, "drawn");
  assert.equal(await page.evaluate(() => scrollY), scrolled);
  await blameless(page);
});

test("a line is drawn freehand where truth and estimate stand, and cleared", async (t) => {
  const page = await open(t, linkOf(LINE, "spiral-tap"));
  const truth = await given(page, "truth");
  await solved(page, async () => drag(page, await at(page, 0.25, 0.2), await at(page, 0.75, 0.2)));
  const painted = await given(page, "truth");
  const middle = painted.slice(40, 88);
  assert.ok(Math.max(...middle) < 1.02 * Math.min(...middle), "a level piece");
  assert.ok(Math.abs(painted[4] / truth[4] - 1) < 0.01, "and the rest as bright as it was");
  await stage(page).focus();
  await solved(page, async () => {
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowUp");
  });
  const bent = await given(page, "truth");
  assert.ok(bent[65] > painted[65]);
  await solved(page, () => page.getByRole("button", { name: "Clear" }).click());
  const even = await given(page, "truth");
  assert.ok(Math.max(...even) - Math.min(...even) < 1e-9);
});

for (const name of ["problem.scene", "problem.counts", "signal"])
  test(`a link that holds ${name} is not painted on`, async (t) => {
    const page = await open(t, `#/spiral-tap?h=1&lock=${name}`);
    await page.locator("paint-editor figure-view").waitFor();
    assert.equal(await stage(page).count(), 0);
  });

test("axe finds nothing in the tools", async (t) => {
  const page = await open(t);
  await stage(page).focus();
  await page.keyboard.press("ArrowRight");
  await blameless(page);
});
