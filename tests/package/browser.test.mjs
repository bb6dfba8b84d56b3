// The npm package in a browser, its files as they are.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { inProject } from "../../scripts/lib/root.mjs";
import { openHost, serveHost } from "../browser/lib/lab.mjs";

const PAGE = `<!doctype html><html lang="en"><title>t</title><link rel="icon" href="data:,"><h1>t</h1></html>`;

/** An empty page beside the package. */
async function openBeside(t) {
  const { address } = await serveHost(t, { "page.html": PAGE }, { beside: "dist-package" });
  return openHost(t, `${address}page.html`);
}

test("solves to the native build's digest", async (t) => {
  const page = await openBeside(t);
  const read = (name) => JSON.parse(readFileSync(inProject("tests", "digests", name), "utf8"));
  const [spec] = read("specs.json");
  const line = await page.evaluate(async (given) => {
    const { solve } = await import(new URL("dist-package/index.js", location.href).href);
    const { runs } = await solve(given);
    return ["method", "status", "iterations", "digest"].map((name) => runs[0][name]).join(" ");
  }, spec);
  assert.equal(line, read("digests.json")[0]);
});

test("the element shows a lab, with no link to a page that is not there", async (t) => {
  const page = await openBeside(t);
  const [status, links] = await page.evaluate(async () => {
    await import(new URL("dist-package/element.js", location.href).href);
    const lab = document.createElement("pursuit-lab");
    const done = new Promise((resolve) =>
      lab.addEventListener("done", ({ detail }) => resolve(detail.status)),
    );
    lab.setAttribute("spec", "#/omp");
    document.body.append(lab);
    const ended = await done;
    return [ended, lab.shadowRoot.querySelectorAll(".embed-foot").length];
  });
  assert.equal(status, "converged");
  assert.equal(links, 0);
});
