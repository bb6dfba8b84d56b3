// Lessons beside the lab: steps, guesses and outcomes, the divider, the sheet, lessons of one's own, and hostile ones.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { inProject } from "../../scripts/lib/root.mjs";
import { openLab, ready, serveDist } from "./lib/lab.mjs";
import { number, solved, verdict } from "./lib/page.mjs";

const AXE = readFileSync(inProject("node_modules", "axe-core", "axe.min.js"), "utf8");
const WIDE = { viewport: { width: 1440, height: 900 } };
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

async function open(t, hash, options = WIDE) {
  const { address } = await serveDist(t);
  return openLab(t, `${address}${hash}`, options);
}

const title = (page) => page.locator("lesson-step h1");
const text = (page) => page.locator("lesson-step");
const step = async (page) => Number(/^\d+/.exec(await page.locator(".turn .count").textContent()));
const spec = (page) => page.evaluate(() => document.querySelector("pursuit-app").lab.spec);
const guess = (page) => page.getByRole("spinbutton", { name: /guess|index/ });
const lock = (page) => page.getByRole("button", { name: "Lock my guess" });
const outcome = (page) => page.locator(".outcome");

async function turnedTo(page, wanted) {
  await page.waitForFunction(
    (one) => document.querySelector(".turn .count")?.textContent.startsWith(`${one} of`),
    wanted,
  );
}

/** Waits until the run of the Spec on the screen is done. */
function settled(page) {
  return page.waitForFunction(() => {
    const { spec, recording } = document.querySelector("pursuit-app").lab;
    return recording?.done && JSON.stringify(recording.description.spec) === JSON.stringify(spec);
  });
}

function drop(page, name, content, onto = "main") {
  return page.evaluate(
    ([name, content, onto]) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([content], name));
      const event = new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true });
      document.querySelector(onto).dispatchEvent(event);
    },
    [name, content, onto],
  );
}

async function blameless(page) {
  await page.evaluate(AXE);
  const violations = await page.evaluate(async () =>
    (await globalThis.axe.run()).violations.map(({ id, nodes }) => ({
      id,
      at: nodes
        .slice(0, 3)
        .map(({ html, failureSummary }) => `${html.slice(0, 160)} ${failureSummary}`),
    })),
  );
  assert.deepEqual(violations, []);
}

test("the list leads to a lesson, and an exhibit to the lessons that use it", async (t) => {
  const page = await open(t, "#/lessons");
  await page.getByRole("link", { name: "Greedy, step by step" }).click();
  await title(page).filter({ hasText: "One spike at a time" }).waitFor();
  await page.getByRole("navigation", { name: "Where you are" }).getByText("Lessons").click();
  await page.getByRole("heading", { name: "A first course" }).waitFor();
  await page.goto(page.url().replace(/#.*/, "#/omp"));
  await page.getByRole("link", { name: "Lesson 3" }).click();
  await title(page).filter({ hasText: "One spike at a time" }).waitFor();
});

test("a guess is locked before the outcome shows, and stays beside it", async (t) => {
  const page = await open(t, "#/lesson/too-few-equations");
  await settled(page);
  await assert.rejects(verdict(page).waitFor({ timeout: 300 }), "no verdict before the guess");
  assert.doesNotMatch(await text(page).textContent(), /All eight/);
  assert.equal(await lock(page).isDisabled(), true);
  await guess(page).fill("5");
  await lock(page).click();
  await verdict(page).waitFor();
  await outcome(page).filter({ hasText: "You said 5. It was 8." }).waitFor();
  assert.match(await text(page).textContent(), /All eight/);
  assert.equal(await lock(page).count(), 0, "a guess is not changed");
  assert.equal(await page.evaluate(() => document.activeElement?.className), "outcome ");

  await page.waitForFunction(() => location.hash.includes("g=1~5"));
  await page.reload();
  await ready(page);
  await outcome(page).filter({ hasText: "You said 5. It was 8." }).waitFor();
});

test("an index is guessed by a click on the picture, and its hollow mark stays there", async (t) => {
  const page = await open(t, "#/lesson/greedy-step-by-step?step=2");
  await settled(page);
  const spot = await page.evaluate(() => {
    const figure = document.querySelector("signal-part figure-view");
    const { left, top } = figure.getBoundingClientRect();
    const at = figure.pixelAt(88, 0);
    return { x: left + at.left, y: top + at.top + 30 };
  });
  await page.mouse.click(spot.x, spot.y);
  assert.equal(await guess(page).inputValue(), "88");
  await page.locator(".line.guess").waitFor();
  const before = await spec(page);
  await lock(page).click();
  await outcome(page).filter({ hasText: "You said 88. It was 10." }).waitFor();
  assert.deepEqual(await spec(page), before, "the click drew no spike");
  assert.equal(await page.locator(".line.guess").count(), 1);
  await page.keyboard.press("PageDown");
  await turnedTo(page, 3);
  await page.locator(".line.guess").waitFor({ state: "detached" });
});

test("a choice is locked, and formulas are set", async (t) => {
  const page = await open(t, "#/lesson/noise-and-lambda?step=4");
  await page.locator(".prose .katex").first().waitFor();
  await page.getByRole("radio", { name: /None are left/ }).check();
  await lock(page).click();
  await outcome(page)
    .filter({ hasText: 'You said "None are left". It was "Many, more than 15".' })
    .waitFor();
});

test("keys, links, margins and the browser's buttons turn steps; changed values are underlined", async (t) => {
  const page = await open(t, "#/lesson/why-l1?step=4&g=4~4_6~0");
  await settled(page);
  await page.keyboard.press("PageDown");
  await turnedTo(page, 5);
  await page.getByRole("link", { name: "Next step" }).click();
  await turnedTo(page, 6);
  await page.locator(".margin.right").click();
  await turnedTo(page, 7);
  await page.locator("choice-value[data-changed]").first().waitFor();
  assert.equal(await page.locator("number-value[data-changed]", { hasText: "12" }).count(), 0);
  assert.equal((await spec(page)).methods.length, 2);
  await page.locator("[data-changed]").first().waitFor({ state: "detached" });
  await page.goBack();
  await turnedTo(page, 6);
  assert.equal((await spec(page)).methods.length, 1);
  await page.keyboard.press("PageUp");
  await turnedTo(page, 5);
  await page.goBack();
  await turnedTo(page, 6);
});

test("Page Down on a number is the number's", async (t) => {
  const page = await open(t, "#/lesson/why-l1?step=8");
  await settled(page);
  await number(page, "rows").focus();
  await solved(page, () => page.keyboard.press("PageUp"));
  assert.equal(await step(page), 8);
  assert.equal((await spec(page)).problem.rows, 22);
});

test("nothing is lost when the student plays", async (t) => {
  const page = await open(t, "#/lesson/why-l1?step=8");
  await settled(page);
  const own = await spec(page);
  assert.equal(await page.getByRole("button", { name: "Reset this step" }).count(), 0);
  await number(page, "rows").focus();
  await solved(page, () => page.keyboard.press("ArrowUp"));
  await page.waitForFunction(() => location.hash.includes("s="));
  const played = await spec(page);
  await page.reload();
  await ready(page);
  await settled(page);
  assert.deepEqual(await spec(page), played);
  await page.getByRole("button", { name: "Reset this step" }).click();
  await settled(page);
  assert.deepEqual(await spec(page), own);
  await page.getByRole("button", { name: "Undo" }).last().click();
  await settled(page);
  assert.deepEqual(await spec(page), played);
});

test("the divider moves by keys and by dragging, within its bounds", async (t) => {
  const page = await open(t, "#/lesson/why-l1");
  const divider = page.getByRole("separator", { name: "Width of the text" });
  const width = async () => (await page.locator(".lesson-text").boundingBox()).width;
  const before = await width();
  await divider.focus();
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction(
    (old) => document.querySelector(".lesson-text").getBoundingClientRect().width > old,
    before,
  );
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowRight");
  assert.equal(await divider.getAttribute("aria-valuenow"), "52");
  await page.keyboard.press("Home");
  assert.equal(await divider.getAttribute("aria-valuenow"), "40");
  const box = await divider.boundingBox();
  await page.mouse.move(box.x + 4, 400);
  await page.mouse.down();
  await page.mouse.move(box.x + 44, 400, { steps: 5 });
  await page.mouse.up();
  const now = Number(await divider.getAttribute("aria-valuenow"));
  assert.ok(now >= 43 && now <= 47, `${now}ch`);
});

test("on a phone the text is a sheet over the lower third", async (t) => {
  const page = await open(t, "#/lesson/too-few-equations?g=1~8", PHONE);
  const sheet = page.locator(".lesson-text");
  const height = async () => (await sheet.boundingBox()).height / 844;
  assert.ok(Math.abs((await height()) - 0.36) < 0.02);
  const handle = page.getByRole("slider", { name: "Height of the text" });
  await handle.press("ArrowUp");
  assert.ok((await height()) > 0.8);
  await handle.press("ArrowDown");
  await handle.press("ArrowDown");
  assert.ok((await height()) < 0.2);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(width <= 390, `${width} px wide`);
  await page.getByRole("link", { name: "Next step" }).tap();
  await turnedTo(page, 2);
});

const OWN = `---
id: mine
title: Mine
summary: Own.
---

## Read: First words
Hello $x^2$.

\`\`\`json spec
{"v":1,"problem":{"id":"linear","rows":40,"cols":100},"methods":[{"id":"omp"}]}
\`\`\`

## Read: A broken one
\`\`\`json change
{"problem":{"rows":-3}}
\`\`\`

## Predict: And on
\`\`\`json change
{"problem":{"rows":60}}
\`\`\`
\`\`\`json ask
{"question":"Steps?","by":"number","answer":"steps"}
\`\`\`
Done.

## Read: What no solver takes
\`\`\`json change
{"problem":{"matrix":{"id":"partial-fourier"}},"methods":[{"id":"basis-pursuit"}]}
\`\`\`
`;

test("a lesson that is dropped opens, survives a reload, and goes on after a broken Spec", async (t) => {
  const page = await open(t, "#/omp");
  await drop(page, "mine.md", OWN);
  await title(page).filter({ hasText: "First words" }).waitFor();
  await settled(page);
  assert.equal((await spec(page)).problem.rows, 40);
  await page.keyboard.press("PageDown");
  await turnedTo(page, 2);
  const alert = text(page).getByRole("alert");
  assert.match(await alert.textContent(), /^Step 2, "A broken one": problem\.rows .*-3/);
  assert.equal((await spec(page)).problem.rows, 40);
  await page.keyboard.press("PageDown");
  await turnedTo(page, 3);
  await guess(page).fill("3");
  await lock(page).click();
  await outcome(page).filter({ hasText: "You said 3. It was 20." }).waitFor();
  await page.waitForFunction(() => location.hash.includes("g=3~3"));
  await page.reload();
  await ready(page);
  await title(page).filter({ hasText: "And on" }).waitFor();
  await page.keyboard.press("PageDown");
  await text(page)
    .getByText(/^Step 4, "What no solver takes": .*needs real measurements/)
    .waitFor();
  await page.keyboard.press("PageUp");
  await turnedTo(page, 3);
  await settled(page);
  assert.equal(await text(page).getByRole("alert").count(), 0);

  await drop(page, "empty.md", "no head");
  await page.getByText('A lesson begins with a line "---"').waitFor();
  await drop(page, "large.md", "x".repeat(300_000), "pursuit-app .loading");
  await page.getByText("A lesson may have 256 kB, and large.md is larger.").waitFor();
  await page.goto(page.url().replace(/#.*/, "#/lessons"));
  await page.getByRole("heading", { name: "A first course" }).waitFor();
  await drop(page, "mine.md", OWN);
  await title(page).filter({ hasText: "First words" }).waitFor();
  await drop(page, "again.markdown", OWN.replace("First words", "Other words"), ".lesson-text");
  await title(page).filter({ hasText: "Other words" }).waitFor();
});

const HOSTILE = `---
title: <img src=x onerror="window.hit=1">
---

## Read: <script>window.hit=2</script><img src=x onerror=window.hit=3>

<script>window.hit=4</script>

<img src="data:image/png;base64,AAAA" onerror="window.hit=5"> <svg onload="window.hit=6"><script>window.hit=7</script></svg>

<iframe src="javascript:parent.hit=8"></iframe> <iframe srcdoc="<script>parent.hit=9</script>"></iframe>

<style>body{display:none}</style> <p style="position:fixed;inset:0" onclick="window.hit=10">words</p>

<math><mtext><table><mglyph><style><img src=x onerror=window.hit=11></style></mglyph></table></mtext></math>

<form action="https://elsewhere.example"><input name=q autofocus onfocus="window.hit=12"></form>

<a href="javascript:window.hit=13">one</a> [two](javascript:window.hit=14) [three](data:text/html,<script>window.hit=15</script>) [four](vbscript:x)

[five](https://example.org/) <base href="https://elsewhere.example/"> <link rel=stylesheet href="https://elsewhere.example/x.css">

![six](https://elsewhere.example/x.png) <span data-tex="\\\\href{javascript:window.hit=16}{x}"></span> $\\href{javascript:window.hit=17}{x}$ $\\htmlData{a=b}{x}$

$\\text{<img src=x onerror=window.hit=18>}$ <object data="javascript:window.hit=19"></object> <div id=main class=lab>clobber</div>

\`\`\`json ask
{"question":"<img src=x onerror=window.hit=20> $x$","by":"choice","options":[{"text":"<script>window.hit=21</script>a","when":{}},{"text":"[b](javascript:window.hit=22)","when":{}}]}
\`\`\`
`;

test("a hostile lesson is inert", async (t) => {
  const page = await open(t, "#/omp");
  await drop(page, "hostile.md", HOSTILE);
  await text(page).getByText("words").waitFor();
  await page.locator("lesson-step a", { hasText: "one" }).count();
  const found = await page.evaluate(() => {
    const all = [...document.querySelectorAll("lesson-step *")];
    const bad =
      "script,iframe,img,style,object,form[action],input:not([type=radio]),base,link,[data-tex*=href] a";
    return {
      elements: all.filter((element) => element.matches(bad)).map(({ outerHTML }) => outerHTML),
      handlers: all.flatMap((element) =>
        [...element.attributes].filter(({ name }) => name.startsWith("on")).map(({ name }) => name),
      ),
      links: all
        .filter((element) => element.matches("a[href]"))
        .map((link) => link.getAttribute("href")),
      styled: all.filter((element) => element.style?.position === "fixed").length,
      mains: document.querySelectorAll("#main").length,
    };
  });
  assert.deepEqual(found, {
    elements: [],
    handlers: [],
    links: ["https://example.org/", "#/lessons"],
    styled: 0,
    mains: 1,
  });
  for (const link of await page.locator("lesson-step .prose a").all())
    await link.dispatchEvent("click");
  assert.equal(await page.evaluate(() => window.hit), undefined);
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).display), "block");
});

test("a lesson comes from the page's own host, and from no other", async (t) => {
  const { address } = await serveDist(t);
  const page = await openLab(t, `${address}#/lessons`, WIDE);
  await page.route("**/course/mine.md", (route) => route.fulfill({ body: OWN }));
  await page.goto(`${address}#lesson=course/mine.md&step=3&g=3~2`);
  await outcome(page).filter({ hasText: "You said 2. It was 20." }).waitFor();
  await page.goto(`${address}#lesson=${encodeURIComponent("https://elsewhere.example/x.md")}`);
  await page.getByText("Lessons come from this page's own host").waitFor();
  await page.route("**/course/large.md", (route) => route.fulfill({ body: "x".repeat(300_000) }));
  await page.goto(`${address}#lesson=course/large.md`);
  await page.getByText("A lesson may have 256 kB").waitFor();
  await page.goto(`${address}#/lesson/no-such`);
  await page.getByText('There is no lesson "no-such" here.').waitFor();
});

test("the report has questions, guesses, links and figures, and loads nothing", async (t) => {
  const page = await open(t, "#/lesson/too-few-equations?g=1~5");
  await outcome(page).filter({ hasText: "It was 8" }).waitFor();
  const saved = async (name) => {
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name }).click(),
    ]);
    return readFileSync(await download.path(), "utf8");
  };
  const markdown = await saved("as Markdown");
  assert.match(markdown, /^# Too few equations: my report\n/);
  assert.match(markdown, /How many of the 8 spikes will it find\?/);
  assert.match(markdown, /\*\*You said 5\. It was 8\.\*\*/);
  assert.match(markdown, /!\[Signal, step 1\]\(data:image\/png;base64,/);
  assert.match(markdown, /!\[Convergence, step 1\]\(data:image\/png;base64,/);
  assert.match(markdown, /^All 8 found, none false/m);
  assert.match(markdown, /\[This step in the lab\]\(<http.*#\/basis-pursuit\?s=/);
  // A step that was left is in it, too, as it was left.
  await page.keyboard.press("PageDown");
  await turnedTo(page, 2);
  await settled(page);
  await number(page, "rows").focus();
  await solved(page, () => page.keyboard.press("ArrowUp"));
  await page.getByRole("link", { name: "Next step" }).click();
  await turnedTo(page, 3);
  const html = await saved("save as a page");
  const other = await page.context().newPage();
  await other.setContent(html);
  assert.deepEqual(await other.locator("h2").allTextContents(), [
    "1. How many can be found?",
    "2. What the solver saw",
  ]);
  await other.getByRole("link", { name: "as I changed it" }).waitFor();
  assert.equal(await other.locator("section b").textContent(), "You said 5. It was 8.");
  const sizes = await other
    .locator("img")
    .evaluateAll((images) => images.map((image) => image.naturalWidth));
  assert.ok(sizes.length >= 4 && sizes.every((size) => size > 200), `${sizes} px`);
  const link = await other
    .getByRole("link", { name: "This step in the lab", exact: true })
    .getAttribute("href");
  await page.goto(link);
  await page.waitForFunction(
    () => document.querySelector("pursuit-app").lab?.spec.problem.rows === 48,
  );
});

for (const colorScheme of ["light", "dark"]) {
  test(`nothing stands in anybody's way, ${colorScheme}`, async (t) => {
    const page = await open(t, "#/lesson/greedy-step-by-step?step=2", { ...WIDE, colorScheme });
    await settled(page);
    await blameless(page);
    await guess(page).fill("10");
    await lock(page).click();
    await outcome(page).filter({ hasText: "so it was" }).waitFor();
    await blameless(page);
    await page.goto(page.url().replace(/#.*/, "#/lesson/noise-and-lambda?step=4"));
    await page.getByRole("radio").first().waitFor();
    await blameless(page);
    await page.goto(page.url().replace(/#.*/, "#/lessons"));
    await page.getByRole("heading", { name: "A first course" }).waitFor();
    await blameless(page);
  });

  test(`nor on a phone, ${colorScheme}`, async (t) => {
    const page = await open(t, "#/lesson/too-few-equations?g=1~8", { ...PHONE, colorScheme });
    await settled(page);
    await blameless(page);
  });
}
