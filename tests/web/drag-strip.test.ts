import { describe, expect, test } from "vitest";
import { rulerMarks } from "../../www/view/drag-strip.ts";

const stepped = (from: number, steps: number) => Math.min(30, Math.max(0, from + steps));

describe("the ruler under a finger", () => {
  test("has a mark every five steps, the value held in the middle", () => {
    const marks = rulerMarks({ value: 12, from: 12, steps: 0 }, stepped, 11);
    expect(marks.map(({ step }) => step)).toEqual([-10, -5, 0, 5, 10]);
    expect(marks.map(({ value }) => value)).toEqual([2, 7, 12, 17, 22]);
  });

  test("moves with the finger: a mark keeps its value", () => {
    const marks = rulerMarks({ value: 15, from: 12, steps: 3 }, stepped, 11);
    expect(marks.find(({ value }) => value === 12)?.step).toBe(-3);
    expect(marks.find(({ value }) => value === 17)?.step).toBe(2);
  });

  test("ends where the range ends", () => {
    const marks = rulerMarks({ value: 12, from: 12, steps: 0 }, stepped, 60);
    expect(Math.min(...marks.map(({ value }) => value))).toBe(2);
    expect(Math.max(...marks.map(({ value }) => value))).toBe(27);
    expect(new Set(marks.map(({ value }) => value)).size).toBe(marks.length);
  });

  test("numbers stand at places of the drag's own, whatever is held now", () => {
    const labelled = (steps: number) =>
      rulerMarks({ value: 0, from: 0, steps }, (from, by) => from + by, 60)
        .filter(({ labelled }) => labelled)
        .map(({ value }) => value);
    expect(labelled(0)).toEqual([-50, -25, 0, 25, 50]);
    expect(labelled(10)).toEqual([-50, -25, 0, 25, 50]);
  });
});
