import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { answerOf, askOf, conditionOf, met } from "../../www/lesson/ask.ts";
import { lessonOf, MAX_BYTES, MAX_WORDS } from "../../www/lesson/format.ts";
import { outcomeOf, packGuesses, unpackGuesses } from "../../www/lesson/guesses.ts";
import { failing, holds, measuresOf } from "../../www/lesson/measures.ts";
import { addressHere } from "../../www/lesson/source.ts";
import { recorded } from "./lib/recorded.ts";
import { canonical } from "./lib/wasm.ts";

const HEAD =
  "---\nid: mine\ntitle: Mine\nminutes: 7\nsummary: One sentence.\nexhibits: omp, mp\n---\n";
const SPEC = '{"v":1,"problem":{"id":"linear","rows":40},"methods":[{"id":"omp"}]}';
const fence = (part: string, text: string) => `\`\`\`json ${part}\n${text}\n\`\`\`\n`;
const steps = (...texts: string[]) => lessonOf(HEAD + texts.join("\n")).steps;

describe("the head", () => {
  test("has id, title, minutes, summary and exhibits", () => {
    const { steps: _, ...front } = lessonOf(`${HEAD}## One\n`);
    expect(front).toEqual({
      id: "mine",
      title: "Mine",
      minutes: 7,
      summary: "One sentence.",
      lang: "en",
      exhibits: ["omp", "mp"],
    });
  });

  test.each([
    ["## Step\n", /begins with a line "---"/],
    ["---\nid: a\n---\n## Step\n", /no title/],
    ["---\ntitle: a\nnonsense\n---\n## Step\n", /no "name: value": nonsense/],
    ["---\ntitle: a\nid: A b\n---\n## Step\n", /id takes small letters/],
    ["---\ntitle: a\nminutes: soon\n---\n## Step\n", /minutes take a whole number/],
    ["---\ntitle: a\n---\nonly words\n", /has no steps/],
    ["---\ntitle: a\nlang: German\n---\n## Step\n", /lang takes a language/],
  ])("that is wrong is one sentence: %j", (text, message) => {
    expect(() => lessonOf(text)).toThrow(message);
  });

  test("may come from Windows, with a byte order mark", () => {
    const text = `\uFEFF${HEAD}## Read: One\nwords\n`.replaceAll("\n", "\r\n");
    expect(lessonOf(text).steps).toMatchObject([{ title: "One", before: "words\n" }]);
  });
});

describe("steps", () => {
  test("have kind, title and words; JSON is no part of the words", () => {
    const [read, tried, plain] = steps(
      `## Read: First\nSome $x$.\n\n${fence("spec", SPEC)}\nMore.\n`,
      "## Try: Second\n",
      "## Third: no kind\n### Below\n",
    );
    expect(read).toMatchObject({ kind: "read", title: "First", troubles: [] });
    expect(read?.before).toContain("Some $x$.");
    expect(read?.before).toContain("More.");
    expect(read?.before).not.toContain("methods");
    expect(tried).toMatchObject({ kind: "try", title: "Second" });
    expect(plain).toMatchObject({ kind: "read", title: "Third: no kind" });
    expect(plain?.before).toContain("### Below");
  });

  test("headings and fences within other fences begin nothing", () => {
    const [one, ...rest] = steps("## One\n````\n## not a step\n```json spec\n{}\n```\n````\n");
    expect(rest).toEqual([]);
    expect(one?.troubles).toEqual([]);
    expect(one?.before).toContain("## not a step");
  });

  test("a Spec stays until another comes, and a change is a merge patch of it", () => {
    const [one, two, three] = steps(
      `## One\n${fence("spec", SPEC)}`,
      "## Two\n",
      `## Three\n${fence("change", '{"problem":{"rows":50}}')}`,
    );
    expect(two?.spec).toEqual(one?.spec);
    expect(three?.spec).toMatchObject({ problem: { id: "linear", rows: 50 } });
    expect(one?.spec).toMatchObject({ problem: { rows: 40 } });
  });

  test("words after a question wait for the guess", () => {
    const ask = fence("ask", '{"question":"How many?","by":"number","answer":"found"}');
    const [step] = steps(`## Predict: One\nBefore.\n\n${ask}\nAfter.\n`);
    expect(step?.before).toContain("Before.");
    expect(step?.before).not.toContain("After.");
    expect(step?.after).toContain("After.");
    expect(step?.ask).toMatchObject({ by: "number", answer: "found", within: 0 });
  });

  test.each([
    [fence("spec", "{"), 'Step 2, "Two": its Spec is not JSON. It was left out.'],
    [
      fence("spec", "[]"),
      'Step 2, "Two": its Spec has no problem and methods. The picture stays as it was.',
    ],
    [fence("ask", "7"), 'Step 2, "Two": "ask" takes an object.'],
    [fence("nonsense", "{}"), 'Step 2, "Two": "json nonsense" is no block that a lesson has.'],
    [fence("expect", '{"found":"many"}'), 'Step 2, "Two": "expect.found" takes an object.'],
  ])("that are broken say so and the lesson goes on: %j", (block, trouble) => {
    const [, two, three] = steps(
      `## One\n${fence("spec", SPEC)}`,
      `## Two\n${block}`,
      "## Three\n",
    );
    expect(two?.troubles).toEqual([trouble]);
    expect(two?.spec).toEqual(JSON.parse(SPEC));
    expect(three?.troubles).toEqual([]);
  });

  test("a prediction without a question says so", () => {
    expect(steps("## Predict: One\n")[0]?.troubles).toEqual([
      'Step 1, "One": it predicts, and has no "json ask" block.',
    ]);
  });

  test("are 60 at most, and the text 256 kB", () => {
    expect(steps("## A step\n".repeat(60))).toHaveLength(60);
    expect(() => steps("## A step\n".repeat(61))).toThrow(/may have 60 steps, and this one has 61/);
    expect(() => lessonOf(`${HEAD}## A\n${"é".repeat(MAX_BYTES / 2)}`)).toThrow(/may have 256 kB/);
  });
});

test.each(["_a", "**a", "~a", "[", "![", "`a", "<!--", "> ", "- ", "|a", "$a", "# ", "a@"])(
  "250 kB of %j are read in time, and cut to what may be shown",
  (piece) => {
    const begin = performance.now();
    const text = `${HEAD}## Read: One\nx ${piece.repeat(250_000 / piece.length)}`;
    const [step] = lessonOf(text).steps;
    expect(step?.before.length).toBe(MAX_WORDS);
    expect(step?.troubles).toHaveLength(1);
    expect(performance.now() - begin).toBeLessThan(2000);
  },
);

describe("questions", () => {
  const measures = new Map<string, number | boolean>([
    ["found", 17],
    ["B.found", 20],
    ["recovered", false],
  ]);

  test.each([
    [{}, /question takes/],
    [{ question: "?", by: "guess" }, /"by" takes/],
    [{ question: "?", by: "number" }, /"answer" takes/],
    [{ question: "?", by: "number", answer: "found", within: "a" }, /"within" takes/],
    [{ question: "?", by: "choice", options: [] }, /2 to 8 choices/],
    [{ question: "?", by: "choice", options: [{ text: "a" }, { text: "b" }] }, /"when" takes/],
    [{ question: "x".repeat(700), by: "number", answer: "found" }, /question takes/],
  ])("that are wrong are refused: %j", (value, message) => {
    expect(() => askOf(value)).toThrow(message);
  });

  test("the answer is the run's", () => {
    const number = askOf({ question: "?", by: "number", answer: "found", within: 1 });
    expect(answerOf(number, measures)).toBe(17);
    expect([met(number, 16, 17), met(number, 15, 17)]).toEqual([true, false]);
    expect(
      answerOf(askOf({ question: "?", by: "index", answer: "no_such" }), measures),
    ).toBeUndefined();
    const choice = askOf({
      question: "?",
      by: "choice",
      options: [
        { text: "Yes", when: { recovered: true } },
        { text: "B is better", when: { found: { less_than: "B.found" } } },
        { text: "No", when: { recovered: false } },
      ],
    });
    expect(answerOf(choice, measures)).toBe(1);
    expect(answerOf(choice, new Map())).toBeUndefined();
  });

  test("the outcome is one sentence", () => {
    const ask = askOf({ question: "?", by: "number", answer: "found", within: 2 });
    expect(outcomeOf(ask, 12, 17)).toBe("You said 12. It was 17.");
    expect(outcomeOf(ask, 17, 17)).toBe("You said 17, and so it was.");
    expect(outcomeOf(ask, 16, 17)).toBe("You said 16. It was 17, which is near enough.");
    expect(outcomeOf(ask, 16, undefined)).toMatch(/no answer/);
  });

  test("conditions compare with values, bounds and other measures", () => {
    expect(holds(conditionOf({ found: 17, recovered: false }, "x"), measures)).toBe(true);
    expect(holds(conditionOf({ found: { at_least: 17, at_most: 17 } }, "x"), measures)).toBe(true);
    expect(holds(conditionOf({ "B.found": { more_than: "found" } }, "x"), measures)).toBe(true);
    expect(holds(conditionOf({ found: { more_than: "missing" } }, "x"), measures)).toBe(false);
    expect(failing(conditionOf({ found: 18 }, "x"), measures)).toBe("found is 17, not 18");
    for (const bad of [{ found: {} }, { found: { above: 2 } }, { found: { at_least: true } }, []])
      expect(() => conditionOf(bad, "x")).toThrow();
  });
});

test("guesses in an address come back, and nonsense is left out", () => {
  const guesses = new Map([
    [2, 17],
    [5, 0],
    [11, -2.5],
  ]);
  expect(packGuesses(guesses)).toBe("2~17_5~0_11~-2.5");
  expect(unpackGuesses(packGuesses(guesses))).toEqual(guesses);
  for (const bad of ["", "x", "2~", "~3", "2~1e9", "100~1", "2~NaN", "<b>~1"])
    expect(unpackGuesses(bad).size, bad).toBe(0);
});

describe("where a lesson may come from", () => {
  const base = "https://uni.example/course/index.html";

  test.each(["lessons/mine.md", "../mine.md", "/mine.md", "https://uni.example/x.md"])(
    "its own host: %s",
    (from) => {
      expect(addressHere(from, base).host).toBe("uni.example");
    },
  );

  test.each([
    "https://elsewhere.example/x.md",
    "//elsewhere.example/x.md",
    "http://uni.example/x.md",
    "https://uni.example:8443/x.md",
    "data:text/plain,hello",
    "javascript:alert(1)",
    "file:///etc/passwd",
    "\\\\elsewhere.example\\x.md",
  ])("no other: %s", (from) => {
    expect(() => addressHere(from, base)).toThrow(/this page's own host/);
  });
});

test("the example of the documentation does what it says", () => {
  const docs = readFileSync(new URL("../../docs/lessons.md", import.meta.url), "utf8");
  const example = /````markdown\n(.*?)````/s.exec(docs)?.[1] ?? "";
  const lesson = lessonOf(example);
  expect(lesson.title).toBe("How many measurements?");
  expect(lesson.steps.map(({ kind }) => kind)).toEqual(["read", "predict", "try", "explain"]);
  for (const { spec, expect: condition, troubles } of lesson.steps) {
    expect(troubles).toEqual([]);
    const measures = measuresOf(recorded(canonical(spec)));
    if (condition) expect(failing(condition, measures)).toBeUndefined();
  }
});
