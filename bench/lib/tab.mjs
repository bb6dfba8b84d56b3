import { spawnSync } from "node:child_process";
import { copyFileSync, createReadStream, existsSync, mkdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { chromium } from "playwright-core";
import { BROWSER_FLAGS, findChromium } from "../../scripts/lib/chromium.mjs";
import { inProject } from "../../scripts/lib/root.mjs";
import { WASM } from "./build.mjs";

const RIVALS = inProject("target", "bench", "tab");
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript" };

/** Chromium shows the clock in steps of 5 us to a page that is isolated, and of 100 us to others. */
const ISOLATED = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

/** What a browser's address has, by its first part. */
const FOLDERS = { bench: inProject("bench"), wasm: WASM, rivals: join(RIVALS, "node_modules") };

/** Installs the rivals of the tab from their lock file; returns their versions, or nothing where they cannot be had. */
export function prepareRivals() {
  const lock = inProject("bench", "tab", "package-lock.json");
  const installed = join(RIVALS, "package-lock.json");
  mkdirSync(RIVALS, { recursive: true });
  if (!(existsSync(installed) && readFileSync(installed).equals(readFileSync(lock)))) {
    copyFileSync(inProject("bench", "tab", "package.json"), join(RIVALS, "package.json"));
    copyFileSync(lock, installed);
    const { npm_execpath: npm } = process.env;
    const { status } = npm
      ? spawnSync(process.execPath, [npm, "ci", "--ignore-scripts"], { cwd: RIVALS })
      : spawnSync("npm ci --ignore-scripts", { cwd: RIVALS, shell: true });
    if (status !== 0) return {};
  }
  const { dependencies } = JSON.parse(readFileSync(join(RIVALS, "package.json"), "utf8"));
  return existsSync(join(RIVALS, "node_modules")) ? dependencies : {};
}

function serve() {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://host");
    const [, first, ...rest] = decodeURIComponent(pathname).split("/");
    const file = join(FOLDERS[first] ?? "", normalize(`/${rest.join("/")}`));
    if (!(first in FOLDERS) || !existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    const wasm = extname(file) === ".wasm" ? "application/wasm" : undefined;
    const type = wasm ?? TYPES[extname(file)] ?? "application/octet-stream";
    response.writeHead(200, { "Content-Type": type, "Cache-Control": "no-store", ...ISOLATED });
    createReadStream(file).pipe(response);
  });
  return new Promise((listening) => {
    server.listen(0, "127.0.0.1", () => listening(server));
  });
}

/** A tab with one worker that is asked as the programs outside are; see bench/tab/worker.mjs. */
export async function startTab() {
  const server = await serve();
  const { browser: executablePath } = await findChromium();
  const browser = await chromium.launch({ executablePath, args: BROWSER_FLAGS });
  const page = await browser.newPage();
  const address = `http://127.0.0.1:${server.address().port}/bench/tab/index.html`;
  await page.goto(address);
  await page.waitForFunction(() => window.ask);
  return {
    version: browser.version(),
    clockStep: await page.evaluate(() => window.ask({ do: "clock" })),
    async ask(command) {
      const answer = await page.evaluate((command) => window.ask(command), command);
      if (answer.error) throw new Error(answer.error);
      return answer;
    },
    async close() {
      await browser.close();
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
