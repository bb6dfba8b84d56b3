import { expect, test } from "vitest";
import { askOf } from "../../www/lesson/ask.ts";
import { type Report, reportAsMarkdown, reportAsPage } from "../../www/lesson/report.ts";

const HOSTILE = '<img src=x onerror="alert(1)">';
const ask = askOf({
  question: `How *many* of $k_0$? ${HOSTILE}`,
  by: "choice",
  options: [
    { text: "[a](javascript:x)", when: { found: 1 } },
    { text: "b", when: { found: 2 } },
  ],
});
const REPORT: Report = {
  title: `Mine ${HOSTILE}`,
  date: new Date("2026-12-01T10:00:00Z"),
  address: "https://uni.example/#/lesson/mine?step=2&g=1~0",
  steps: [
    {
      number: 1,
      title: "First # one",
      kind: "predict",
      link: "https://uni.example/#/omp?s=abc",
      changed: false,
      ask,
      guess: 0,
      answer: 1,
      seen: {
        verdict: `Found 17 of 20. ${HOSTILE}`,
        figures: [{ name: `Signal ${HOSTILE}`, data: "data:image/png;base64,AAAA" }],
      },
    },
    {
      number: 2,
      title: "Second",
      kind: "try",
      link: undefined,
      changed: true,
      ask: undefined,
      guess: undefined,
      answer: undefined,
      seen: undefined,
    },
  ],
};

test("a report as a page is whole, allows no script, and takes nothing of a lesson for markup", () => {
  const page = reportAsPage(REPORT);
  expect(page).toContain(`content="default-src 'none'; img-src data:; style-src 'unsafe-inline'"`);
  expect(page).not.toContain("<img src=x");
  expect(page).toContain('src="data:image/png;base64,AAAA"');
  expect(page).toContain("2026-12-01");
  expect(page).toContain('href="https://uni.example/#/omp?s=abc"');
  expect(page.match(/<section>/g)).toHaveLength(2);
  expect(page).not.toContain("<script");
});

test("a report as Markdown keeps formulas and quotes the rest", () => {
  const text = reportAsMarkdown(REPORT);
  expect(text).toContain("## 1. First \\# one");
  expect(text).toContain("How \\*many\\* of $k_0$? \\<img src=x");
  expect(text).toContain('**You said "\\[a\\](javascript:x)". It was "b".**');
  expect(text).toContain(", step 1](data:image/png;base64,AAAA)");
  expect(text).toContain("Found 17 of 20. \\<img");
  expect(text).toContain("[This step in the lab](<https://uni.example/#/omp?s=abc>)");
});
