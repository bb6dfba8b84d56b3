// The sentence: what its menus show, and what a finger sees of a number that it drags.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openLab, serveDist } from "./lib/lab.mjs";
import { choice, number, solved } from "./lib/page.mjs";

async function open(t, options) {
  const { address } = await serveDist(t);
  return openLab(t, address, options);
}

test("each option of a menu has a thumbnail of its kind, also one that nobody drew", async (t) => {
  const page = await open(t, { viewport: { width: 1440, height: 900 } });
  for (const [name, shapes] of [
    ["amplitude", "circle"],
    ["noise", "path"],
    ["matrix", "path"],
    ["method", "path"],
  ]) {
    await choice(page, name).click();
    const options = page.getByRole("listbox", { name }).getByRole("option");
    await options.first().waitFor();
    const drawings = await options.evaluateAll(
      (all, wanted) =>
        all.map((option) => option.querySelectorAll(`svg ${wanted}, svg rect`).length),
      shapes,
    );
    assert.ok(drawings.length > 2 && drawings.every((marks) => marks > 0), `${name}: ${drawings}`);
    await page.keyboard.press("Escape");
  }
  await choice(page, "matrix").click();
  const looks = await page
    .getByRole("listbox", { name: "matrix" })
    .getByRole("option")
    .evaluateAll((all) => all.map((option) => option.querySelector("svg").innerHTML));
  assert.equal(new Set(looks).size, looks.length, "no two matrices look alike");
});

test("a number under a finger stands once more on a strip below it", async (t) => {
  const page = await open(t, {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  const rows = number(page, "rows");
  const box = await rows.boundingBox();
  const at = (by) => [{ x: box.x + 6 + by, y: box.y + box.height / 2 }];
  const touch = await page.context().newCDPSession(page);
  const send = (type, touchPoints) => touch.send("Input.dispatchTouchEvent", { type, touchPoints });
  const strip = page.locator(".strip");
  await solved(page, async () => {
    await send("touchStart", at(0));
    for (let by = 4; by <= 24; by += 4) await send("touchMove", at(by));
    await strip.waitFor();
    await page.waitForFunction(
      () =>
        document.querySelector(".strip b").textContent !== "80" &&
        document.querySelector(".strip b").textContent ===
          document.querySelector("[role=spinbutton].held").textContent,
    );
    const { y, height } = await strip.boundingBox();
    assert.equal(height, 44);
    assert.ok(y >= box.y + box.height && y < box.y + box.height + 20, "it is below the number");
    await send("touchEnd", []);
  });
  assert.equal(await strip.count(), 0);
  assert.ok(Number(await rows.getAttribute("aria-valuenow")) > 80);
});
