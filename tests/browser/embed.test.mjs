// Labs in pages of others by an element.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { inProject } from "../../scripts/lib/root.mjs";
import { blameless } from "./lib/axe.mjs";
import { openHost, serveDist, serveHost } from "./lib/lab.mjs";
import { linkOf } from "./lib/page.mjs";

const SPEC = { v: 1, seed: 5, problem: { id: "linear" }, methods: [{ id: "omp" }] };
const PAIR = { ...SPEC, methods: [{ id: "iht" }, { id: "omp" }] };
const quote = (spec) => JSON.stringify(spec).replaceAll('"', "&quot;");

/** A page with three elements, of which the last is far below. */
const hostPage = (script, head = "") => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>A page of somebody else</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
<style>:root { font-size: 10px; --ink: red } h2 { color: teal; font-size: 40px } p { text-indent: 3em } button { border: 9px solid }</style>${head}
<script>
  const heard = [];
  for (const name of ["run", "done", "error"])
    addEventListener(name, ({ target, detail }) => target.localName === "pursuit-lab" && heard.push({ name, id: target.id, detail }), true);
</script>
<script type="module" src="${script}"></script></head>
<body><main><h1>A page of somebody else</h1><h2>Its heading</h2>
<pursuit-lab id="first" spec="#/omp" hide="title verdict"></pursuit-lab>
<pursuit-lab id="second" spec="${quote(PAIR)}" height="500"></pursuit-lab>
<div style="height:4000px"></div>
<pursuit-lab id="third" spec="${linkOf(SPEC)}"></pursuit-lab>
</main></body></html>`;

/** Waits until so many events of a name have come from an element, and gives the last one's detail. */
async function heard(page, id, name, times = 1) {
  const handle = await page.waitForFunction(
    ([id, name, times]) => {
      const those = globalThis.heard ?? heard;
      const found = those.filter((event) => event.id === id && event.name === name);
      return found.length >= times ? found.at(-1) : undefined;
    },
    [id, name, times],
  );
  return (await handle.jsonValue()).detail;
}

const inside = (page, id, selector) => page.locator(`#${id}`).locator(selector);

/** A page with three elements, once the first two have their answers. */
async function openThree(t, { head, ...options } = {}) {
  const { address } = await serveHost(t, {
    "host.html": hostPage("dist/embed/pursuit-lab.js", head),
  });
  const page = await openHost(t, `${address}host.html`, options);
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  await heard(page, "first", "done");
  await heard(page, "second", "done");
  return { page, address, asked };
}

test("three elements: events, shared parts, and nothing before it is near", async (t) => {
  const { page, asked } = await openThree(t);
  const first = await heard(page, "first", "done");
  assert.equal(first.status, "converged");
  assert.match(first.digest, /^[0-9a-f]+$/);
  assert.equal(first.spec.methods[0].id, "omp");
  assert.ok(first.iterations > 0 && first.metrics.relative_error > 0);
  const second = await heard(page, "second", "done");
  assert.deepEqual(
    second.runs.map(({ method }) => method),
    ["iht", "omp"],
  );
  // Parts that were left out are not there, the others are.
  assert.equal(await inside(page, "first", "verdict-part").count(), 0);
  assert.equal(await inside(page, "first", "spec-sentence").count(), 1);
  assert.equal(await inside(page, "second", "verdict-part").count(), 1);
  // Below the window nothing has been made.
  assert.equal(await inside(page, "third", "lab-page").count(), 0);
  assert.deepEqual(await page.evaluate(() => heard.filter(({ id }) => id === "third")), []);
  const workers = page.workers().length;
  asked.length = 0;
  await page.locator("#third").scrollIntoViewIfNeeded();
  await heard(page, "third", "done");
  assert.deepEqual(
    asked.filter((url) => url.endsWith(".wasm") || url.endsWith(".json")),
    [],
    "what the first elements loaded serves the third",
  );
  assert.ok(page.workers().length <= workers + 1);
});

/** What the page has loaded, by file ending. */
const loaded = (page, ending) =>
  page.evaluate(
    (ending) =>
      performance
        .getEntriesByType("resource")
        .filter(({ name }) => name.endsWith(ending))
        .map(({ name, encodedBodySize }) => ({ name: name.split("/").at(-1), encodedBodySize })),
    ending,
  );

test("far from the window an element costs its script and nothing else", async (t) => {
  const page = hostPage("dist/embed/pursuit-lab.js").replace(
    /<pursuit-lab id="(first|second)".*/g,
    "",
  );
  const { address } = await serveHost(t, { "host.html": page });
  const opened = await openHost(t, `${address}host.html`);
  await opened.waitForLoadState("networkidle");
  const scripts = await loaded(opened, ".js");
  const bytes = scripts.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0);
  assert.ok(bytes > 1000 && bytes < 10_000, `${bytes} bytes of ${scripts.map(({ name }) => name)}`);
  for (const ending of [".wasm", ".json", ".woff2"])
    assert.deepEqual(await loaded(opened, ending), []);
  assert.equal(opened.workers().length, 0);
});

test("elements that load at once load each file once", async (t) => {
  const { page } = await openThree(t);
  const modules = (await loaded(page, ".wasm")).map(({ name }) => name);
  assert.equal(modules.length, 2, modules.join(" "));
  assert.equal(new Set(modules).size, 2);
});

test("the worker of an element that is done and out of sight goes", async (t) => {
  const { page } = await openThree(t);
  assert.ok(page.workers().length >= 1);
  await page.evaluate(() => scrollTo(0, 2500));
  await page.waitForFunction(() => scrollY > 2000);
  const deadline = Date.now() + 10_000;
  while (page.workers().length > 0 && Date.now() < deadline) await page.waitForTimeout(50);
  assert.equal(page.workers().length, 0);
  // An edit fetches another one.
  await page.evaluate((spec) => {
    document.querySelector("#first").spec = spec;
  }, SPEC);
  const { spec } = await heard(page, "first", "done", 2);
  assert.equal(spec.seed, 5);
});

test("of Specs that are set in a row the newest wins", async (t) => {
  const { page } = await openThree(t);
  const done = await page.evaluate(
    (spec) =>
      new Promise((resolve) => {
        const lab = document.querySelector("#first");
        const details = [];
        lab.addEventListener("done", ({ detail }) => {
          details.push(detail);
          if (detail.spec.seed === 19) resolve(details);
        });
        for (let seed = 10; seed < 20; seed += 1) lab.spec = { ...spec, seed };
      }),
    SPEC,
  );
  assert.equal(done.at(-1).spec.seed, 19);
  assert.equal(await page.evaluate(() => document.querySelector("#first").spec.seed), 19);
});

test("a Spec that cannot be used is one sentence in its place", async (t) => {
  const { page } = await openThree(t);
  const bad = { ...SPEC, problem: { id: "linear", rows: -3 } };
  await page.evaluate((spec) => {
    document.querySelector("#first").spec = spec;
  }, bad);
  const sentence = await heard(page, "first", "error");
  assert.match(sentence, /^problem\.rows: /);
  const alert = inside(page, "first", "[role=alert]");
  assert.match(
    await alert.textContent(),
    /problem\.rows: .*The picture is that of the Spec before\./,
  );
  // What was there stays, and the next good one takes the sentence away.
  assert.equal(await inside(page, "first", "signal-part").count(), 1);
  await page.evaluate(
    (spec) => document.querySelector("#first").setAttribute("spec", spec),
    JSON.stringify(SPEC),
  );
  await heard(page, "first", "done", 2);
  assert.equal(await alert.count(), 0);
  for (const [text, expected] of [
    ["{", /is not JSON/],
    ["#/no-such-thing", /There is no exhibit "no-such-thing" here/],
    ['{"v":1,"problem":{"id":"linear"},"methods":[{"id":"nobody"}]}', /methods/],
  ]) {
    const element = await page.evaluateHandle((spec) => {
      const lab = document.createElement("pursuit-lab");
      lab.setAttribute("spec", spec);
      document.querySelector("h1").after(lab);
      return lab;
    }, text);
    const alone = page.locator("h1 + pursuit-lab").locator("[role=alert]");
    await alone.waitFor();
    assert.match(await alone.textContent(), expected);
    await element.evaluate((lab) => lab.remove());
  }
});

test("an element may be moved, taken away and brought back with what was edited", async (t) => {
  const { page } = await openThree(t);
  const done = await page.evaluate(
    (spec) =>
      new Promise((resolve) => {
        const lab = document.querySelector("#first");
        lab.addEventListener("done", function edited() {
          lab.removeEventListener("done", edited);
          lab.remove();
          const left = lab.shadowRoot.querySelectorAll("lab-page").length;
          lab.addEventListener("done", ({ detail }) => resolve({ left, seed: detail.spec.seed }));
          document.querySelector("main").prepend(lab);
        });
        lab.spec = { ...spec, seed: 77 };
      }),
    SPEC,
  );
  assert.deepEqual(done, { left: 0, seed: 77 });
});

test("a Spec that is set before the script comes is taken up", async (t) => {
  const early = hostPage("dist/embed/pursuit-lab.js").replace(
    "const heard",
    `const early = document.createElement("pursuit-lab"); early.id = "early"; early.spec = ${JSON.stringify(SPEC)}; document.addEventListener("readystatechange", () => document.querySelector("main")?.prepend(early), { once: true }); const heard`,
  );
  const { address } = await serveHost(t, { "host.html": early });
  const page = await openHost(t, `${address}host.html`);
  assert.equal((await heard(page, "early", "done")).spec.seed, 5);
});

test("neither page changes the other's looks", async (t) => {
  const { page } = await openThree(t);
  const looks = await page.evaluate(() => {
    const root = document.querySelector("#first").shadowRoot;
    const style = (at) => getComputedStyle(at);
    return {
      heading: style(document.querySelector("h2")).color,
      ink: style(root.querySelector(".pursuit-root")).color,
      sentence: style(root.querySelector(".sentence")).fontSize,
      indent: style(root.querySelector(".sentence")).textIndent,
      sheets: document.adoptedStyleSheets.flatMap((sheet) =>
        [...sheet.cssRules].map((rule) => rule.constructor.name),
      ),
    };
  });
  assert.equal(looks.heading, "rgb(0, 128, 128)");
  assert.equal(looks.ink, "rgb(21, 23, 28)");
  assert.equal(looks.sentence, "20px");
  assert.equal(looks.indent, "0px");
  assert.deepEqual([...new Set(looks.sheets)], ["CSSFontFaceRule"]);
});

const DARK = "rgb(20, 22, 27)";
const paper = (page, id) =>
  page.evaluate(
    (id) =>
      getComputedStyle(document.querySelector(`#${id}`).shadowRoot.firstElementChild)
        .backgroundColor,
    id,
  );

test("light and dark follow the host page, and the attribute before it", async (t) => {
  const { page } = await openThree(t, {
    head: '<meta name="color-scheme" content="light dark">',
    colorScheme: "dark",
  });
  assert.equal(await paper(page, "first"), DARK);
  await page.evaluate(() => document.querySelector("#second").setAttribute("theme", "light"));
  assert.notEqual(await paper(page, "second"), DARK);
  assert.equal(await paper(page, "first"), DARK);
  await page.evaluate(() => {
    document.documentElement.style.colorScheme = "light";
  });
  await page.waitForFunction(
    (dark) =>
      getComputedStyle(document.querySelector("#first").shadowRoot.firstElementChild)
        .backgroundColor !== dark,
    DARK,
  );
});

test("a page that knows no dark stays light in a dark system", async (t) => {
  const { page } = await openThree(t, { colorScheme: "dark" });
  assert.notEqual(await paper(page, "first"), DARK);
});

test("keys are an element's own while the focus is inside it", async (t) => {
  const { page } = await openThree(t);
  /** Waits until an element's playhead is at its end, or at its start. */
  const at = (id, end) =>
    page.waitForFunction(
      ([id, end]) => {
        const track = document.querySelector(`#${id}`).shadowRoot.querySelector(".track");
        return track && track.ariaValueNow === (end ? track.ariaValueMax : "0");
      },
      [id, end],
    );
  await at("first", true);
  await at("second", true);
  // A key that nobody in an element was meant by, and then one on an element's button.
  await page.keyboard.press("Home");
  await inside(page, "first", ".play").focus();
  await page.keyboard.press("Home");
  await at("first", false);
  await at("second", true);
  await inside(page, "first", ".track").focus();
  await page.keyboard.press("End");
  await at("first", true);
  await page.locator("h1").click();
  await page.keyboard.press("Home");
  await page.evaluate(
    () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
  );
  await at("first", true);
});

for (const [name, options] of Object.entries({
  "on a wide screen": {},
  "on a phone": { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
  "in the dark": { colorScheme: "dark", head: '<meta name="color-scheme" content="light dark">' },
}))
  test(`axe finds nothing ${name}`, async (t) => {
    const { page } = await openThree(t, options);
    await page.locator("#third").scrollIntoViewIfNeeded();
    await heard(page, "third", "done");
    await blameless(page);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(overflow <= 0, `the page is ${overflow} px too wide`);
  });

test("the script may come from another host", async (t) => {
  const cors = { "Access-Control-Allow-Origin": "*" };
  const far = await serveDist(t, { headers: cors });
  const script = new URL("embed/pursuit-lab.js", far.address).href;
  const { address } = await serveHost(t, { "host.html": hostPage(script) }, { beside: null });
  const page = await openHost(t, `${address}host.html`, { hosts: [new URL(far.address).host] });
  assert.equal((await heard(page, "first", "done")).status, "converged");
  const link = inside(page, "first", ".embed-foot a");
  assert.equal(await link.getAttribute("href"), `${far.address}#/omp`);
});

test("the example page stands", async (t) => {
  const { address } = await serveDist(t, { folder: inProject() });
  const page = await openHost(t, `${address}examples/embed.html`);
  await page.waitForFunction(() => {
    const lab = document.querySelector("pursuit-lab");
    return lab.shadowRoot?.querySelector("verdict-part")?.dataset.digest;
  });
});

test("the notebook's widget takes Specs and gives results", async (t) => {
  const { cells } = JSON.parse(readFileSync(inProject("examples", "notebook.ipynb"), "utf8"));
  const source = cells.map((cell) => cell.source.join("")).find((text) => text.includes("_esm"));
  const [, widget] = /_esm = """([\s\S]*?)"""/.exec(source);
  const shell = `<!doctype html><html lang="en"><title>t</title><link rel="icon" href="data:,"><body><h1>t</h1></body></html>`;
  const { address } = await serveHost(t, { "host.html": shell, "widget.js": widget });
  const page = await openHost(t, `${address}host.html`);
  const results = await page.evaluate(
    async ([spec, base]) => {
      const { default: made } = await import(new URL("widget.js", base).href);
      // What of anywidget's model it uses.
      const values = {
        page: new URL("dist/", base).href,
        spec: JSON.stringify(spec),
        hide: "title",
      };
      const [listeners, results] = [[], []];
      let next;
      const model = {
        get: (name) => values[name],
        set: (name, value) => {
          values[name] = value;
        },
        on: (name, act) => listeners.push([name, act]),
        off: () => {},
        save_changes: () => {
          results.push(values.result);
          next();
        },
      };
      const saved = () =>
        new Promise((resolve) => {
          next = resolve;
        });
      const first = saved();
      await made.render({ model, el: document.body });
      await first;
      const second = saved();
      values.spec = JSON.stringify({ ...spec, seed: 6 });
      for (const [name, act] of listeners) if (name === "change:spec") act();
      await second;
      return results;
    },
    [SPEC, address],
  );
  assert.deepEqual(
    results.map(({ spec, status }) => [spec.seed, status]),
    [
      [5, "converged"],
      [6, "converged"],
    ],
  );
});
