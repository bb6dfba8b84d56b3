// Every lesson that ships with the page: what it says of a run is measured, in the solvers that the page runs.
import { describe, expect, test } from "vitest";
import exhibitLabs from "../../target/web/exhibits.json";
import { answerOf } from "../../www/lesson/ask.ts";
import { type Draws, lessonOf, type Step } from "../../www/lesson/format.ts";
import { failing, holds, measuresOf } from "../../www/lesson/measures.ts";
import { LESSONS, lessonsOf, TEXTS, textOf } from "../../www/lesson/shelf.ts";
import type { Spec } from "../../www/spec/spec.ts";
import { recorded } from "./lib/recorded.ts";
import { CATALOGUE, canonical } from "./lib/wasm.ts";

const lessons = TEXTS.map(lessonOf);

/** Runs that were done already: most steps show what the one before does. */
const known = new Map<string, ReturnType<typeof measuresOf>>();

function measured(spec: Spec): ReturnType<typeof measuresOf> {
  const checked = canonical(spec);
  const key = JSON.stringify(checked);
  const measures = known.get(key) ?? measuresOf(recorded(checked));
  known.set(key, measures);
  return measures;
}

test("there are ten, each with a name of its own", () => {
  expect(lessons.map(({ id }) => id)).toEqual(LESSONS.map(({ id }) => id));
  expect(new Set(lessons.map(({ id }) => id)).size).toBe(10);
  expect(textOf("too-few-equations")).toBe(TEXTS[0]);
  expect(textOf("no-such")).toBeUndefined();
});

test("exhibits find the lessons that use them", () => {
  expect(lessonsOf("omp").map(({ number }) => number)).toContain(3);
  expect(lessonsOf("ml-em")).toEqual([]);
});

describe.each(lessons)("$title", (lesson) => {
  test("is of five to ten minutes, says what it is about, and belongs to exhibits that there are", () => {
    expect(lesson.minutes).toBeGreaterThanOrEqual(5);
    expect(lesson.minutes).toBeLessThanOrEqual(10);
    expect(lesson.summary).toMatch(/[.?]$/);
    for (const exhibit of lesson.exhibits) {
      expect(CATALOGUE.exhibit(exhibit), exhibit).toBeDefined();
      expect(exhibitLabs).toHaveProperty(exhibit, "recovery");
    }
  });

  test("has no trouble, a prediction, something to try, and a Spec in every step", () => {
    expect(lesson.steps.flatMap(({ troubles }) => troubles)).toEqual([]);
    const kinds = lesson.steps.map(({ kind }) => kind);
    for (const kind of ["predict", "try", "explain"]) expect(kinds).toContain(kind);
    for (const { spec, title } of lesson.steps) expect(spec, title).toBeDefined();
  });

  test.each(lesson.steps)("$kind: $title", (step: Step) => {
    const measures = measured(step.spec as Spec);
    if (step.expect) expect(failing(step.expect, measures)).toBeUndefined();
    if (step.ask) {
      const answer = answerOf(step.ask, measures);
      expect(answer, "the run has an answer").toBeDefined();
      expect(step.after.trim(), "the outcome is explained").not.toBe("");
    }
    if (step.draws) expectShare(step.spec as Spec, step.draws);
  });

  test("every prediction is checked, and what it claims is its own", () => {
    for (const step of lesson.steps.filter(({ ask }) => ask))
      expect(Object.keys(step.expect ?? {}).length, step.title).toBeGreaterThan(0);
  });
});

function expectShare(spec: Spec, { seeds, when, share }: Draws): void {
  const draws = Array.from({ length: seeds }, (_, seed) => measured({ ...spec, seed }));
  const part = draws.filter((measures) => holds(when, measures)).length / seeds;
  expect(part).toBeGreaterThanOrEqual(share.at_least ?? 0);
  expect(part).toBeLessThanOrEqual(share.at_most ?? 1);
}
