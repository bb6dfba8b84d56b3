import { deflateSync, strToU8 } from "fflate";

// What the tests of the lab ask of a page, in the words that a reader of the page would use.

/** A part of the page by its role and name. */
export const number = (page, name) => page.getByRole("spinbutton", { name }).first();
export const choice = (page, name) => page.getByRole("button", { name: new RegExp(`^${name}: `) });
export const spikes = (page) => page.getByRole("listbox", { name: /^Spikes of the signal/ });
export const track = (page) => page.getByRole("slider", { name: "Step" });
export const verdict = (page) => page.locator("verdict-part .verdict");
export const legend = (page) => page.locator("signal-part .legend").first();

/** The fingerprint of the first method's estimate. */
export const digest = (page) => page.locator("verdict-part").getAttribute("data-digest");

/** Does something that changes the Spec, and waits for the finished run of the new one. */
export async function solved(page, act) {
  const before = await digest(page);
  await act();
  await page.waitForFunction((old) => {
    const { spec, recording } = document.querySelector("pursuit-app").lab;
    const shown = document.querySelector("verdict-part")?.dataset.digest;
    return (
      shown !== old &&
      shown === recording.methods[0].verdict?.digest &&
      JSON.stringify(recording.description.spec) === JSON.stringify(spec)
    );
  }, before);
}

/** The step under the playhead. */
export async function step(page) {
  return Number(await track(page).getAttribute("aria-valuenow"));
}

/** The spikes as a screen reader has them: index and value. */
export async function readSpikes(page) {
  const options = await spikes(page).getByRole("option").allTextContents();
  return new Map(
    options.flatMap((text) => {
      const [, index, value] = /^\s*spike (\d+), truth ([−\d.·⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+)/.exec(text) ?? [];
      return index ? [[Number(index), Number(value.replace("−", "-"))]] : [];
    }),
  );
}

/** The index that is farthest from all spikes. */
export async function emptyIndex(page, n = 256) {
  const taken = [...(await readSpikes(page)).keys()];
  const room = (i) => Math.min(i, n - 1 - i, ...taken.map((j) => Math.abs(i - j)));
  return Array.from({ length: n }, (_, i) => i).reduce((a, b) => (room(b) > room(a) ? b : a));
}

/** Where an index and a value stand on the screen, once the figure stands still: a layout may come some frames late. */
export function spot(page, index, value) {
  return page.evaluate(
    async ([i, v]) => {
      const figure = document.querySelector("signal-part figure-view");
      const place = () => {
        const { left, top } = figure.getBoundingClientRect();
        const at = figure.pixelAt(i, v);
        return at && { x: left + at.left, y: top + at.top };
      };
      let seen = place();
      for (let same = 0; same < 5; ) {
        await new Promise(requestAnimationFrame);
        const now = place();
        same = now && now.x === seen?.x && now.y === seen.y ? same + 1 : 0;
        seen = now;
      }
      return seen;
    },
    [index, value],
  );
}

/** Drags with the left button, in steps as a hand does. */
export async function drag(page, from, to) {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 12 });
  await page.mouse.up();
}

/** Presses Tab until the focus is on what the selector names; at most so many times. */
export async function tabTo(page, selector, most = 40) {
  for (let presses = 1; presses <= most; presses += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector))
      return presses;
  }
  throw new Error(`${selector} is not within ${most} presses of Tab`);
}

/** The part of an address that a link with this Spec has. */
export function linkOf(spec, exhibit = "omp") {
  const bytes = deflateSync(strToU8(JSON.stringify(spec)));
  return `#/${exhibit}?s=${Buffer.from(bytes).toString("base64url")}`;
}

/** Drops a file of text or bytes onto what a selector finds. */
export function drop(page, name, content, onto = "main") {
  return page.evaluate(
    ([name, content, onto]) => {
      const bytes = Uint8Array.from(atob(content), (one) => one.charCodeAt(0));
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([bytes], name));
      const event = new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true });
      document.querySelector(onto).dispatchEvent(event);
    },
    [name, Buffer.from(content).toString("base64"), onto],
  );
}
