import { openLab, serveDist } from "./lab.mjs";

// What the tests of lessons ask of a page.

export const WIDE = { viewport: { width: 1440, height: 900 } };
export const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

export async function open(t, hash, options = WIDE) {
  const { address } = await serveDist(t);
  return openLab(t, `${address}${hash}`, options);
}

export const title = (page) => page.locator("lesson-step h1");
export const text = (page) => page.locator("lesson-step");
export const step = async (page) =>
  Number(/^\d+/.exec(await page.locator(".turn .count").textContent()));
export const spec = (page) => page.evaluate(() => document.querySelector("pursuit-app").lab.spec);
export const guess = (page) => page.getByRole("spinbutton", { name: /guess|index/ });
export const lock = (page) => page.getByRole("button", { name: "Lock my guess" });
export const outcome = (page) => page.locator(".outcome");

export async function turnedTo(page, wanted) {
  await page.waitForFunction(
    (one) => document.querySelector(".turn .count")?.textContent.startsWith(`${one} of`),
    wanted,
  );
}

/** Waits until the run of the Spec on the screen is done. */
export function settled(page) {
  return page.waitForFunction(() => {
    const { spec, recording } = document.querySelector("pursuit-app").lab;
    return recording?.done && JSON.stringify(recording.description.spec) === JSON.stringify(spec);
  });
}
