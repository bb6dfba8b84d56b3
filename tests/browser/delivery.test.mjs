// The promises of how the page is delivered: any folder of any host, offline after a visit, one file from disk.
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { inProject } from "../../scripts/lib/root.mjs";
import { openLab, ready, serveDist } from "./lib/lab.mjs";

test("opens in a sub-path of a host", async (t) => {
  const { address } = await serveDist(t);
  await openLab(t, address);
});

test("opens where the host does not know what wasm is", async (t) => {
  const { address } = await serveDist(t, { types: { ".wasm": "application/octet-stream" } });
  await openLab(t, address);
});

test("opens without a network after the first visit", async (t) => {
  const { address, close } = await serveDist(t);
  const page = await openLab(t, address);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await close();
  await page.goto(`${address}?another=address`);
  await ready(page);
});

test("a new build takes over on a reload", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "pursuit-dist-"));
  t.after(() => rmSync(folder, { recursive: true }));
  cpSync(inProject("dist"), folder, { recursive: true });
  const { address } = await serveDist(t, { folder });
  const page = await openLab(t, address);
  await page.evaluate(() => navigator.serviceWorker.ready);

  const html = readFileSync(join(folder, "index.html"), "utf8");
  writeFileSync(join(folder, "index.html"), html.replace("<html", '<html data-build="new"'));
  const worker = readFileSync(join(folder, "sw.js"), "utf8");
  writeFileSync(join(folder, "sw.js"), worker.replace(/BUILD = "/, "$&new"));
  await page.reload();
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update();
    while (!registration.waiting) await new Promise((done) => setTimeout(done, 20));
  });
  // The old worker answers with one more reload, which brings the new page.
  await page.reload();
  await page.waitForSelector("html[data-build=new][data-ready]", { state: "attached" });
  assert.equal((await page.evaluate(() => caches.keys())).length, 1);
});

test("the single file opens from disk", async (t) => {
  const page = await openLab(t, pathToFileURL(inProject("dist-single", "pursuit.html")).href);
  assert.equal(new URL(page.url()).protocol, "file:");
});

test("no text becomes markup or a worker but through a policy", async (t) => {
  const { address } = await serveDist(t);
  const pages = [address, pathToFileURL(inProject("dist-single", "pursuit.html")).href];
  // Chromium says what it has blocked.
  const options = { logs: /TrustedHTML|TrustedTypePolicy/ };
  for (const page of await Promise.all(pages.map((page) => openLab(t, page, options)))) {
    const refused = await page.evaluate(() => {
      const attempts = [
        () => {
          document.createElement("p").innerHTML = "<img src=x onerror=alert(1)>";
        },
        () => new Worker("https://example.org/worker.js"),
        () => new Worker("data:text/javascript,0"),
        () => globalThis.trustedTypes.createPolicy("another", { createHTML: (text) => text }),
      ];
      return attempts.map((attempt) => {
        try {
          attempt();
          return "";
        } catch (error) {
          return error.name;
        }
      });
    });
    assert.deepEqual(refused, ["TypeError", "TypeError", "TypeError", "TypeError"]);
  }
});
