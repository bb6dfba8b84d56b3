// The figures under a hand: several spikes together, the index axis zoomed, curves, panels read by keys and by finger.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openLab, serveDist } from "./lib/lab.mjs";
import { choice, drag, linkOf, readSpikes, solved, spikes, spot } from "./lib/page.mjs";

/** Six spikes far from one another: between them there is room. */
const SPARSE = {
  v: 1,
  problem: {
    id: "linear",
    signal: { id: "drawn", spikes: [20, 60, 100, 140, 180, 220].map((i) => [i, 1]) },
  },
  methods: [{ id: "omp" }],
};
const WIDE = { viewport: { width: 1440, height: 900 } };
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

async function open(t, { spec = SPARSE, ...options } = {}) {
  const { address } = await serveDist(t);
  return openLab(t, address + (spec ? linkOf(spec) : ""), { ...WIDE, ...options });
}

const spec = (page) => page.evaluate(() => document.querySelector("pursuit-app").lab.spec);
const axis = (page) => page.evaluate(() => document.querySelector("pursuit-app").lab.axis);

/** Waits until the part of the axis in view passes a test. */
async function axisIs(page, passes) {
  const axis = () => page.evaluate(() => document.querySelector("pursuit-app").lab.axis);
  const late = Date.now() + 10_000;
  while (!passes(await axis())) {
    assert.ok(Date.now() < late, `the axis passes ${passes}: ${JSON.stringify(await axis())}`);
    await page.waitForTimeout(30);
  }
}

/** The indices that are chosen, as a screen reader has them. */
async function chosen(page) {
  const texts = await spikes(page).locator("[aria-selected=true]").allTextContents();
  return texts.map((text) => Number(/\d+/.exec(text)[0])).sort((a, b) => a - b);
}

const chosenAre = async (page, wanted) => {
  await page.waitForFunction((count) => {
    const { shadowRoot } = document.querySelector("spike-editor");
    return shadowRoot.querySelectorAll("[aria-selected=true]").length === count;
  }, wanted.length);
  assert.deepEqual(await chosen(page), wanted);
};

async function clickWithShift(page, place) {
  await page.keyboard.down("Shift");
  await page.mouse.click(place.x, place.y);
  await page.keyboard.up("Shift");
}

test("several spikes: chosen with Shift, dragged, moved and removed together, each one undo", async (t) => {
  const page = await open(t);
  const before = await readSpikes(page);
  const head = await spot(page, 60, 1);
  await page.mouse.click(head.x, head.y);
  await clickWithShift(page, await spot(page, 100, 1));
  await clickWithShift(page, await spot(page, 180, 1));
  await chosenAre(page, [60, 100, 180]);
  await clickWithShift(page, await spot(page, 180, 1));
  await chosenAre(page, [60, 100]);
  assert.deepEqual(await readSpikes(page), before, "choosing changes nothing");

  await solved(page, async () => drag(page, await spot(page, 60, 1), await spot(page, 60, 0.5)));
  const lower = await readSpikes(page);
  for (const i of [60, 100])
    assert.ok(Math.abs(lower.get(i) - 0.5) < 0.03, `${i}: ${lower.get(i)}`);
  assert.equal(lower.get(20), 1);

  await solved(page, async () => drag(page, await spot(page, 60, 0.5), await spot(page, 65, 0.5)));
  assert.deepEqual([...(await readSpikes(page)).keys()], [20, 65, 105, 140, 180, 220]);
  await chosenAre(page, [65, 105]);

  await spikes(page).focus();
  await solved(page, () => page.keyboard.press("Delete"));
  assert.deepEqual([...(await readSpikes(page)).keys()], [20, 140, 180, 220]);
  for (let i = 0; i < 3; i += 1) await solved(page, () => page.keyboard.press("Control+z"));
  assert.deepEqual(await readSpikes(page), before);
});

test("several spikes by a box, and by Shift and arrows", async (t) => {
  const page = await open(t);
  const [one, other] = [await spot(page, 50, 1.08), await spot(page, 150, 0.6)];
  await page.keyboard.down("Shift");
  await drag(page, one, other);
  await page.keyboard.up("Shift");
  await chosenAre(page, [60, 100, 140]);

  await spikes(page).focus();
  await page.keyboard.press("Escape");
  await chosenAre(page, []);
  for (let i = 0; i < 2; i += 1) await page.keyboard.press("ArrowRight");
  for (let i = 0; i < 2; i += 1) await page.keyboard.press("Shift+ArrowRight");
  await chosenAre(page, [60, 100, 140]);
  await page.keyboard.press("Shift+ArrowLeft");
  await chosenAre(page, [60, 100]);
  await page.getByText("2 spikes", { exact: true }).waitFor();
  await solved(page, () => page.keyboard.press("ArrowUp"));
  assert.deepEqual([...(await readSpikes(page)).values()], [1, 1.05, 1.05, 1, 1, 1]);
  await page.keyboard.press("ArrowRight");
  await chosenAre(page, [140]);
});

test("the index axis: zoomed by the wheel, all panels follow, and what is drawn is where it is clicked", async (t) => {
  const page = await open(t);
  const before = await spec(page);
  const exact = await spot(page, 100, 0.5);
  // Wheels turn at whole pixels.
  const place = { x: Math.round(exact.x), y: Math.round(exact.y) };
  const under = () =>
    page.evaluate(
      ([x, y]) =>
        document.querySelector("signal-part figure-view").valueAt({ clientX: x, clientY: y }).x,
      [place.x, place.y],
    );
  const index = await under();
  await page.mouse.move(place.x, place.y);
  await page.keyboard.down("Control");
  for (let i = 0; i < 3; i += 1) await page.mouse.wheel(0, -150);
  await page.keyboard.up("Control");
  await axisIs(page, (axis) => axis && axis.to - axis.from < 45);
  const now = await spot(page, 100, 0.5);
  assert.ok(Math.abs((await under()) - index) < 0.01, "the index under the pointer stays there");
  assert.deepEqual(await spec(page), before, "the Spec knows nothing of it");

  await page.mouse.move(now.x, now.y);
  await page.locator(".left .line.upright.hover").nth(2).waitFor();
  const lines = await page
    .locator(".left .line.upright.hover")
    .evaluateAll((all) => all.map((line) => Math.round(line.getBoundingClientRect().left)));
  assert.equal(new Set(lines).size, 1, "the line is straight down the column");

  const there = await spot(page, 104, 0.7);
  await solved(page, () => page.mouse.click(there.x, there.y));
  assert.ok(Math.abs((await readSpikes(page)).get(104) - 0.7) < 0.03);

  await page.getByRole("button", { name: "Show all" }).click();
  await axisIs(page, (axis) => axis === undefined);
});

test("the index axis by keys and by dragging below it", async (t) => {
  const page = await open(t);
  await spikes(page).focus();
  await page.keyboard.press("ArrowRight");
  for (let i = 0; i < 3; i += 1) await page.keyboard.press("+");
  await axisIs(page, (axis) => axis && axis.from <= 20 && axis.to >= 20 && axis.to < 100);
  for (let i = 0; i < 5; i += 1) await page.keyboard.press("ArrowRight");
  await axisIs(page, (axis) => axis.from < 220 && axis.to > 220);
  await page.keyboard.press("-");
  await axisIs(page, (axis) => axis.to - axis.from > 100);
  await page.keyboard.press("0");
  await axisIs(page, (axis) => axis === undefined);

  const below = async (index) => {
    const foot = await spot(page, index, 0);
    return { x: foot.x, y: foot.y + 14 };
  };
  await drag(page, await below(90), await below(150));
  await axisIs(page, (axis) => axis && Math.abs(axis.from - 90) < 2 && Math.abs(axis.to - 150) < 2);
  await drag(page, await below(120), await below(130));
  await axisIs(page, (axis) => Math.abs(axis.from - 80) < 2 && Math.abs(axis.to - 140) < 2);
  assert.equal((await readSpikes(page)).size, 6, "nothing was drawn");
});

/** A finger or two, by Chrome's protocol: Playwright only taps. */
async function fingers(page) {
  const touch = await page.context().newCDPSession(page);
  const send = (type, ...touchPoints) =>
    touch.send("Input.dispatchTouchEvent", { type, touchPoints });
  const between = (a, b, share) => ({ x: a.x + share * (b.x - a.x), y: a.y + share * (b.y - a.y) });
  return {
    down: (...places) => send("touchStart", ...places.map((place, id) => ({ ...place, id }))),
    up: () => send("touchEnd"),
    async move(from, to) {
      for (let share = 0.1; share < 1.05; share += 0.1)
        await send(
          "touchMove",
          ...from.map((place, id) => ({ ...between(place, to[id], share), id })),
        );
    },
  };
}

test("on a phone two fingers zoom and pan the axis, and draw nothing", async (t) => {
  const page = await open(t, PHONE);
  const hand = await fingers(page);
  const [a, b] = [await spot(page, 110, 0.5), await spot(page, 150, 0.5)];
  await hand.down(a);
  await hand.down(a, b);
  const [c, d] = [
    { ...a, x: a.x - 60 },
    { ...b, x: b.x + 60 },
  ];
  await hand.move([a, b], [c, d]);
  await axisIs(page, (axis) => axis && axis.to - axis.from < 120);
  const near = await spot(page, 110, 0.5);
  assert.ok(Math.abs(near.x - c.x) < 2, "an index stays under its finger");
  const before = await axis(page);
  const moved = [c, d].map((place) => ({ ...place, x: place.x + 40 }));
  await hand.move([c, d], moved);
  await axisIs(page, (axis) => axis.from < before.from - 5);
  const after = await axis(page);
  assert.ok(
    Math.abs(after.to - after.from - (before.to - before.from)) < 1,
    "panning keeps the width",
  );
  await hand.up();
  assert.equal((await readSpikes(page)).size, 6);
  assert.equal(await page.evaluate(() => scrollY), 0);
});

test("on a phone a long press chooses several, taps choose more, and a drag takes them all", async (t) => {
  const page = await open(t, PHONE);
  const hand = await fingers(page);
  const head = await spot(page, 60, 1);
  await hand.down(head);
  await page.waitForTimeout(700);
  await hand.up();
  await chosenAre(page, [60]);
  const more = await spot(page, 140, 0.9);
  await page.touchscreen.tap(more.x, more.y);
  await chosenAre(page, [60, 140]);
  await page.getByText("2 spikes", { exact: true }).waitFor();

  const [from, to] = [await spot(page, 140, 1), await spot(page, 140, 0.5)];
  await solved(page, async () => {
    await hand.down(from);
    await hand.move([from], [to]);
    const box = await page.locator("spike-editor .readout").boundingBox();
    assert.ok(Math.abs(to.y - 48 - (box.y + box.height)) < 2, `${to.y} and ${box.y + box.height}`);
    await hand.up();
  });
  const dragged = await readSpikes(page);
  for (const i of [60, 140]) assert.ok(Math.abs(dragged.get(i) - 0.5) < 0.1, `${i}`);
  const beside = await spot(page, 100, 0.5);
  await page.touchscreen.tap(beside.x - 14, beside.y - 90);
  assert.equal((await readSpikes(page)).size, 6);
});

test("on a phone a long press reads a figure like a pointer, and a swipe still scrolls", async (t) => {
  const page = await open(t, PHONE);
  const hand = await fingers(page);
  const place = await spot(page, 121, 0.4);
  await hand.down(place);
  await page.waitForTimeout(700);
  const box = page.locator("spike-editor .readout");
  await box.getByText(/^i = 12[012]$/).waitFor();
  await hand.move([place], [{ x: place.x + 50, y: place.y + 40 }]);
  await box.getByText(/^i = 1[56]\d$/).waitFor();
  assert.equal(await page.evaluate(() => scrollY), 0);
  await hand.up();
  await box.waitFor({ state: "detached" });
  assert.equal((await readSpikes(page)).size, 6, "reading draws nothing");

  await page.getByRole("button", { name: "Looks at" }).tap();
  const panel = page.locator('[data-panel="looks-at"]');
  const { x, y, width, height } = await panel.locator("figure-view").boundingBox();
  const middle = { x: x + width / 2, y: y + height / 2 };
  await hand.down(middle);
  await page.waitForTimeout(700);
  await panel.locator(".reading").waitFor();
  await hand.up();
  await panel.locator(".reading").waitFor({ state: "detached" });
});

test("panels by keys: Tab comes to them, arrows move the line, the reading is spoken, L locks it", async (t) => {
  const page = await open(t);
  const panel = page.locator('[data-panel="looks-at"]');
  const line = page.getByRole("slider", { name: /^Line on / });
  assert.ok((await line.count()) >= 4);
  const support = page.locator('[data-panel="support"]');
  await panel.getByRole("slider").focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  assert.ok(await support.getByRole("slider").evaluate((e) => e === e.getRootNode().activeElement));
  await panel.getByRole("slider").focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("PageUp");
  await panel.locator(".reading").getByText(/^17: /).waitFor();
  const said = panel.getByRole("status").filter({ hasText: /^17: / });
  await said.waitFor({ state: "attached" });
  assert.equal(await said.textContent(), await panel.locator(".reading").textContent());
  assert.equal(await panel.getByRole("slider").getAttribute("aria-valuenow"), "17");

  await page.keyboard.press("l");
  await page.keyboard.press("ArrowRight");
  await page.mouse.move(700, 400);
  assert.match(await panel.locator(".reading").textContent(), /^17: /);
  await page.keyboard.press("l");
  await page.keyboard.press("ArrowRight");
  await panel.locator(".reading").getByText(/^18: /).waitFor();
  await page.keyboard.press("+");
  await axisIs(page, (axis) => axis && axis.from <= 18 && axis.to >= 18);
});

test("a sentence lifts the panel that it names", async (t) => {
  const page = await open(t);
  const sentence = page.locator(".notes ol li").first();
  const named = await page.evaluate(
    () => document.querySelector("pursuit-app").lab.exhibit.watch[0].panel,
  );
  await sentence.hover();
  await page.waitForFunction((id) => {
    const opacity = (element) => getComputedStyle(element).opacity;
    const others = [...document.querySelectorAll(`[data-panel]:not([data-panel="${id}"]), .row`)];
    const lifted = document.querySelector(`[data-panel="${id}"]`);
    return opacity(lifted) === "1" && others.every((other) => opacity(other) === "0.45");
  }, named);
});

test("a curve: Shift draws straight, Space holds the brush down, coefficients can be dragged", async (t) => {
  const page = await open(t, { spec: undefined });
  await solved(page, () => page.getByRole("button", { name: "Curve", exact: true }).click());
  const values = async () => (await spec(page)).problem.signal.values;
  const [a, b, c] = [await spot(page, 60, 2), await spot(page, 75, 4), await spot(page, 100, 3)];
  await solved(page, async () => {
    await page.keyboard.down("Shift");
    await page.mouse.move(a.x, a.y);
    await page.mouse.down();
    await page.mouse.move(b.x, b.y, { steps: 5 });
    await page.mouse.move(c.x, c.y, { steps: 5 });
    await page.mouse.up();
    await page.keyboard.up("Shift");
  });
  const drawn = await values();
  for (let i = 61; i < 99; i += 1)
    assert.ok(Math.abs(drawn[i] - (2 + (i - 60) / 40)) < 0.06, `${i}: ${drawn[i]}`);

  const brush = page.getByRole("slider", { name: /^Brush on the curve/ });
  await brush.focus();
  for (let i = 0; i < 3; i += 1) await page.keyboard.press("PageUp");
  await solved(page, async () => {
    await page.keyboard.press("Space");
    for (let i = 0; i < 4; i += 1) await page.keyboard.press("ArrowUp");
    for (let i = 0; i < 3; i += 1) await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Space");
  });
  const held = await values();
  assert.ok(Math.abs(held[48] - drawn[48] - 0.2) < 0.002, `${drawn[48]} to ${held[48]}`);
  assert.deepEqual(held.slice(48, 52), Array(4).fill(held[48]));
  await solved(page, () => page.keyboard.press("Control+z"));
  assert.deepEqual(await values(), drawn, "holding the brush down is one undo");

  const coefficients = page.getByRole("listbox", { name: /^Coefficients of the signal/ });
  await coefficients.focus();
  await page.keyboard.press("ArrowRight");
  await page
    .locator("signal-part .reading")
    .getByText(/^coefficient \d+: truth /)
    .waitFor();
  await solved(page, () => page.keyboard.press("PageUp"));
  const { signal } = (await spec(page)).problem;
  assert.equal(signal.id, "drawn");
  assert.ok(await page.locator("curve-editor").isVisible(), "it is still a curve");
});

test("a recording brings its own number of unknowns, as one undo", async (t) => {
  const page = await open(t, { spec: undefined });
  const before = await spec(page);
  await choice(page, "signal").click();
  await solved(page, () => page.getByRole("option", { name: /recording/i }).click());
  const { problem } = await spec(page);
  assert.equal(problem.signal.id, "recording");
  assert.equal(problem.cols, 448);
  assert.equal(await page.getByRole("alert").count(), 0);
  await solved(page, () => page.keyboard.press("Control+z"));
  assert.deepEqual(await spec(page), before);
});

test("a truth from a file can be drawn on", async (t) => {
  const truth = Array.from({ length: 64 }, (_, i) => (i === 10 || i === 40 ? 1 : 0));
  const problem = { id: "linear", rows: 32, cols: 64, data: { truth } };
  const page = await open(t, { spec: { v: 1, problem, methods: [{ id: "omp" }] } });
  const place = await spot(page, 25, 0.6);
  await solved(page, () => page.mouse.click(place.x, place.y));
  assert.deepEqual([...(await readSpikes(page)).keys()], [10, 25, 40]);
  await solved(page, () => page.keyboard.press("Control+z"));
  assert.deepEqual([...(await readSpikes(page)).keys()], [10, 40]);
});
