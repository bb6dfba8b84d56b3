// `npm run picture` takes docs/lab.png, the README's picture, from the built page.
import { mkdirSync } from "node:fs";
import { chromium } from "playwright-core";
import { serve } from "../tests/browser/lib/server.mjs";
import { BROWSER_FLAGS, findChromium } from "./lib/chromium.mjs";
import { inProject } from "./lib/root.mjs";

const { browser: executablePath } = await findChromium();
const server = await serve(inProject("dist"));
const browser = await chromium.launch({ executablePath, args: BROWSER_FLAGS });
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
await page.goto(server.address);
await page.waitForSelector("html[data-ready]", { state: "attached" });
// The fonts come after the first picture, and the figures draw again with them.
await page.evaluate(() => document.fonts.ready);
await page.waitForTimeout(500);
mkdirSync(inProject("docs"), { recursive: true });
await page.screenshot({ path: inProject("docs", "lab.png") });
await browser.close();
await server.close();
