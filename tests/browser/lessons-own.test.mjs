// Lessons of one's own, hostile ones, lessons from addresses, and the report.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { openLab, ready, serveDist } from "./lib/lab.mjs";
import {
  guess,
  lock,
  open,
  outcome,
  settled,
  spec,
  text,
  title,
  turnedTo,
  WIDE,
} from "./lib/lesson.mjs";
import { drop, number, solved } from "./lib/page.mjs";

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
