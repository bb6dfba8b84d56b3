import assert from "node:assert/strict";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { chromium } from "playwright-core";
import { BROWSER_FLAGS, findChromium } from "../../../scripts/lib/chromium.mjs";
import { inProject } from "../../../scripts/lib/root.mjs";
import { serve } from "./server.mjs";

// One browser for each test file, one context (its own storage and service worker) for each test.
const { browser: executablePath } = await findChromium();
// Its microphone beeps once a second, for pages that are allowed to hear it.
const args = [...BROWSER_FLAGS, "--use-fake-device-for-media-stream"];
const browser = await chromium.launch({ executablePath, args });
after(() => browser.close());

const closers = new WeakMap();

/** Closes at the end of test `t`, the last opened first: a page goes before the server that it may be asking still. */
function atEnd(t, close) {
  if (!closers.has(t)) {
    const list = [];
    closers.set(t, list);
    t.after(async () => {
      const failures = [];
      for (const one of list.reverse()) await one().catch((failure) => failures.push(failure));
      if (failures.length > 0) throw failures[0];
    });
  }
  closers.get(t).push(close);
}

/** Serves the built page, or another folder, while the test `t` runs. */
export async function serveDist(t, { folder = inProject("dist"), ...options } = {}) {
  const server = await serve(folder, options);
  atEnd(t, server.close);
  return server;
}

/** Serves `pages` of somebody else, by name, and beside them what was built: the page, another folder, or nothing. */
export async function serveHost(t, pages, { beside = "dist", ...options } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "pursuit-host-"));
  // After the page: what it still asks for must be there.
  atEnd(t, async () => rmSync(folder, { recursive: true }));
  if (beside) cpSync(inProject(beside), join(folder, beside), { recursive: true });
  for (const [name, text] of Object.entries(pages)) writeFileSync(join(folder, name), text);
  return serveDist(t, { folder, ...options });
}

/**
 * Opens `address` and waits until the lab stands. Whatever the page then does while the test runs,
 * it may log no error but those that `logs` names, throw nothing, and ask nobody but its own server. `options` are
 * Playwright's for a context.
 */
export async function openLab(t, address, { logs, ...options } = {}) {
  const { page, complaints } = await open(t, address, options, [], logs);
  await ready(page).catch((error) => {
    throw new Error([error.message, ...complaints].join("\n"));
  });
  return page;
}

/** The same for a page of somebody else, which may ask the `hosts` too. */
export async function openHost(t, address, { hosts = [], ...options } = {}) {
  return (await open(t, address, options, hosts)).page;
}

async function open(t, address, options, hosts = [], logs = undefined) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints = watch(page, [new URL(address).host, ...hosts], logs);
  atEnd(t, async () => {
    await context.close();
    assert.deepEqual(complaints, []);
  });
  await page.goto(address);
  return { page, complaints };
}

/** Waits until the page says, by `data-ready` on its root, that the first answer is drawn. */
export function ready(page) {
  return page.waitForSelector("html[data-ready]", { state: "attached", timeout: 20_000 });
}

function watch(page, hosts, logs) {
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(`thrown: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() !== "error" || logs?.test(message.text())) return;
    complaints.push(`logged: ${message.text()} (${message.location().url})`);
  });
  page.on("request", (request) => {
    const { protocol, host } = new URL(request.url());
    const own = protocol === "data:" || protocol === "blob:" || hosts.includes(host);
    if (!own) complaints.push(`asked: ${request.url()}`);
  });
  return complaints;
}
