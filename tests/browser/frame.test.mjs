// Labs in pages of others by a frame: the page without header and notes, which tells its height.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openHost, openLab, serveDist, serveHost } from "./lib/lab.mjs";
import { linkOf } from "./lib/page.mjs";

const SPEC = { v: 1, seed: 5, problem: { id: "linear" }, methods: [{ id: "omp" }] };
const DARK = "rgb(20, 22, 27)";

const framed = (
  address,
  width,
) => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page with a frame</title><link rel="icon" href="data:,">
<script>const said = []; addEventListener("message", ({ data }) => {
  said.push(data);
  if (data.type === "pursuit-height") document.querySelector("iframe").height = data.height;
});</script></head>
<body><h1>A page with a frame</h1><iframe src="dist/index.html?${address}" title="OMP" width="${width}" height="100"></iframe></body></html>`;

test("a frame tells its height and nothing else", async (t) => {
  const { address } = await serveHost(t, {
    "host.html": framed("embed&hide=matrix,measured&theme=dark#/omp", 800),
  });
  const page = await openHost(t, `${address}host.html`);
  const frame = page.frameLocator("iframe");
  await frame.locator("html[data-ready]").waitFor({ state: "attached" });
  await page.waitForFunction(() => said.at(-1)?.height > 400);
  const said = await page.evaluate(() => said);
  for (const message of said) {
    assert.deepEqual(Object.keys(message).sort(), ["height", "type"]);
    assert.equal(message.type, "pursuit-height");
  }
  assert.equal(await frame.locator("header.bar").count(), 0);
  assert.equal(await frame.locator("notes-part").count(), 0);
  assert.equal(await frame.locator("matrix-part").count(), 0);
  assert.equal(await frame.locator("signal-part").count(), 1);
  const { scroll, height, paper } = await frame.locator("body").evaluate((body) => ({
    scroll: document.documentElement.scrollHeight,
    height: innerHeight,
    paper: getComputedStyle(body).backgroundColor,
  }));
  assert.ok(scroll <= height + 1, `${scroll} px in a frame of ${height} px`);
  assert.equal(paper, DARK);
  // The height settles: it does not grow with the frame that follows it.
  const last = await page.evaluate(() => said.at(-1).height);
  await page.waitForTimeout(300);
  assert.ok(Math.abs((await page.evaluate(() => said.at(-1).height)) - last) < 40);
  // Asked, it does not answer.
  const before = await page.evaluate(() => said.length);
  await page.evaluate(() =>
    document.querySelector("iframe").contentWindow.postMessage({ type: "pursuit-height" }, "*"),
  );
  await page.waitForTimeout(200);
  assert.equal(await page.evaluate(() => said.length), before);
});

test("a frame as narrow as a phone has no more height than it tells", async (t) => {
  const { address } = await serveHost(t, { "host.html": framed("embed#/fista", 390) });
  const page = await openHost(t, `${address}host.html`);
  const frame = page.frameLocator("iframe");
  await frame.locator("html[data-ready]").waitFor({ state: "attached" });
  await page.waitForFunction(() => said.at(-1)?.height > 400);
  await page.waitForTimeout(300);
  const [scroll, height] = await frame
    .locator("body")
    .evaluate(() => [document.documentElement.scrollHeight, innerHeight]);
  assert.ok(scroll <= height + 1, `${scroll} px in a frame of ${height} px`);
  assert.ok(await frame.getByRole("heading", { level: 1 }).isVisible());
});

test("the share menu copies a line that works, for either", async (t) => {
  const { address } = await serveDist(t);
  const page = await openLab(t, `${address}${linkOf(SPEC)}`, {
    permissions: ["clipboard-read", "clipboard-write"],
  });
  const copied = async (name) => {
    await page.getByRole("button", { name: "Share" }).click();
    await page.getByRole("button", { name }).click();
    await page.locator(".said").waitFor();
    const text = await page.evaluate(() => navigator.clipboard.readText());
    await page.keyboard.press("Escape");
    return text;
  };
  const [element, frame] = [
    await copied(/^Embed as an element/),
    await copied(/^Embed as a frame/),
  ];
  assert.equal(element.split("\n").length, 1);
  const shell = (line) =>
    `<!doctype html><html lang="en"><title>t</title><link rel="icon" href="data:,"><body><h1>t</h1>${line}</body></html>`;
  const host = await serveHost(
    t,
    { "element.html": shell(element), "frame.html": shell(frame) },
    { beside: null },
  );
  // The line names the host that it was copied from, which allows no other page to read its files: the frame needs no leave.
  const hosts = [new URL(address).host];
  const framed = await openHost(t, `${host.address}frame.html`, { hosts });
  const verdict = framed.frameLocator("iframe").locator("verdict-part");
  await verdict.waitFor();
  await framed.waitForFunction(() => document.querySelector("iframe").clientHeight > 500);
  assert.match(
    element,
    new RegExp(
      `^<script type="module" src="${address}embed/pursuit-lab.js"></script><pursuit-lab spec="#/omp\\?s=[\\w-]+"></pursuit-lab>$`,
    ),
  );
});
