import { chromium } from "playwright-core";
import { BROWSER_FLAGS, findChromium } from "./lib/chromium.mjs";
import { serve } from "../tests/browser/lib/server.mjs";
import { inProject } from "./lib/root.mjs";
const { browser: executablePath } = await findChromium();
const browser = await chromium.launch({ executablePath, args: BROWSER_FLAGS });
const server = await serve(inProject("dist"));
for (const job of process.argv.slice(2)) {
  const [hash, out, width = "1440", height = "900", scheme = "light", full = "", wait = "1500"] = job.split(",");
  const page = await (await browser.newContext({ viewport: { width: +width, height: +height }, colorScheme: scheme })).newPage();
  page.on("console", (m) => m.type() === "error" && console.log(hash, "console:", m.text()));
  page.on("pageerror", (e) => console.log(hash, "thrown:", e.message));
  const began = Date.now();
  await page.goto(`${server.address}#/${hash}`);
  await page.waitForSelector("html[data-ready]", { state: "attached" });
  const ready = Date.now() - began;
  await page.waitForTimeout(+wait);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  console.log(hash, scheme, width, "ready", ready, "overflow", wide);
  await page.screenshot({ path: out, fullPage: full === "full" });
  await page.close();
}
await browser.close();
await server.close();
