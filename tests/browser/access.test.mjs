// What axe-core finds wrong with the page for people who see, hear or point otherwise: nothing.
import { test } from "node:test";
import { blameless } from "./lib/axe.mjs";
import { openLab, serveDist } from "./lib/lab.mjs";
import { choice, spikes } from "./lib/page.mjs";

const STATES = {
  "the lab": async () => {},
  "an open menu": async (page) => {
    await choice(page, "matrix").click();
    await page.getByRole("listbox", { name: "matrix" }).waitFor();
  },
  "an open share menu": (page) => page.getByRole("button", { name: "Share" }).click(),
  "a panel's numbers": async (page) => {
    await page.getByRole("button", { name: "About Convergence" }).click();
    await page.getByRole("region", { name: "Numbers of Convergence" }).waitFor();
  },
  "what can be done in a panel": async (page) => {
    await page.getByRole("button", { name: "About Signal" }).click();
    await page.getByText("What you can do").click();
  },
  "a matrix's promises": async (page) => {
    await page.locator("diagnosis-part summary").click();
    await page.locator("[data-fact=erc]").waitFor();
  },
  "the path of penalties and lines of theory": async (page) => {
    await choice(page, "method").click();
    await page.keyboard.type("approximate message");
    await page.keyboard.press("Enter");
    await choice(page, "noise").click();
    await page.keyboard.type("gaussian");
    await page.keyboard.press("Enter");
    await page.getByRole("checkbox", { name: "predicted" }).waitFor();
    await choice(page, "method").click();
    await page.keyboard.type("fista");
    await page.keyboard.press("Enter");
    await page.locator("path-part summary").click();
    await page.locator(".rules").waitFor();
  },
  "all parameters": (page) => page.getByRole("button", { name: "more" }).click(),
  "a comparison": async (page) => {
    await page.getByRole("button", { name: "+ Compare" }).click();
    await page.getByRole("table").waitFor();
  },
  "a chosen spike": async (page) => {
    await spikes(page).focus();
    await page.keyboard.press("ArrowRight");
    await page.getByRole("toolbar", { name: "Spike" }).waitFor();
  },
  "several spikes on a part of the axis": async (page) => {
    await spikes(page).focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Shift+ArrowRight");
    await page.keyboard.press("+");
    await page.getByRole("button", { name: "Show all" }).waitFor();
  },
  "a panel read by keys": async (page) => {
    await page
      .getByRole("slider", { name: /^Line on/ })
      .first()
      .focus();
    await page.keyboard.press("ArrowRight");
    await page.locator(".reading").first().waitFor();
  },
  "a curve": async (page) => {
    await page.getByRole("button", { name: "Curve" }).click();
    await page.locator("curve-editor").waitFor();
  },
  "a complaint": async (page) => {
    await page.getByRole("spinbutton", { name: "rows" }).click();
    await page.keyboard.type("-1");
    await page.keyboard.press("Enter");
    await page.getByRole("alert").waitFor();
  },
  "the signal's menu": async (page) => {
    await choice(page, "signal").click();
    await page.getByRole("listbox", { name: "signal", exact: true }).waitFor();
  },
  "a file's note": async (page) => {
    await page.evaluate(() => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(["1\n2\n3\n"], "y.csv"));
      const event = new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true });
      document.querySelector("lab-page main").dispatchEvent(event);
    });
    await page.locator(".file-note").waitFor();
  },
  "a step that is opened": async (page) => {
    await choice(page, "method").click();
    await page.keyboard.type("reweighted l1");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "inside" }).click();
    await page.getByRole("slider", { name: "Inner step" }).waitFor();
  },
  "a phase diagram with an open cell": async (page) => {
    await page.getByRole("link", { name: "Sweep", exact: true }).click();
    await page.waitForFunction(() => document.querySelector("pursuit-app").study?.trials > 20);
    await page.getByRole("grid").focus();
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: "Open in the lab" }).first().waitFor();
    await page.getByRole("button", { name: /workers?$/ }).click();
    await page.getByRole("button", { name: "Pause" }).click();
  },
  "a phase diagram's parameters, of two methods": async (page) => {
    await page.getByRole("link", { name: "Sweep", exact: true }).click();
    await page.getByRole("button", { name: "+ Compare" }).click();
    await page.getByRole("group", { name: "Which map" }).waitFor();
    await page.getByRole("button", { name: "more" }).click();
    await page.getByRole("button", { name: "Pause" }).click();
  },
  "the index": async (page) => {
    await page.keyboard.press("/");
    await page.getByRole("searchbox").waitFor();
  },
  "the methods": async (page) => {
    await page.goto(page.url().replace(/#.*|$/, "#/methods"));
    await page.locator("#method-omp").waitFor();
  },
};

for (const colorScheme of ["light", "dark"]) {
  for (const [name, reach] of Object.entries(STATES)) {
    test(`${name}, ${colorScheme}`, async (t) => {
      const { address } = await serveDist(t);
      const page = await openLab(t, address, {
        colorScheme,
        viewport: { width: 1440, height: 900 },
      });
      await reach(page);
      await blameless(page);
    });
  }

  test(`on a phone, ${colorScheme}`, async (t) => {
    const { address } = await serveDist(t);
    const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
    const page = await openLab(t, address, { colorScheme, ...phone });
    await blameless(page);
  });

  test(`the index on a phone, ${colorScheme}`, async (t) => {
    const { address } = await serveDist(t);
    const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
    const page = await openLab(t, `${address}#/index`, { colorScheme, ...phone });
    await page.getByRole("button", { name: /^Recovery/ }).tap();
    await page.locator("#system-kronecker-sbl").waitFor();
    await blameless(page);
  });
}
