import { describe, expect, test } from "vitest";
import {
  beginStroke,
  bent,
  continueStroke,
  endStroke,
  smoothed,
  stroked,
} from "../../www/spec/curve.ts";
import { curveAct } from "../../www/view/curve-keys.ts";

const FLAT = Array<number>(9).fill(0);

describe("a stroke", () => {
  test("overwrites what it passes, either way, and nothing else", () => {
    const rising = [0, 0, 1, 2, 3, 0, 0, 0, 0];
    expect(stroked(FLAT, { x: 2, y: 1 }, { x: 4, y: 3 })).toEqual(rising);
    expect(stroked(FLAT, { x: 4, y: 3 }, { x: 2, y: 1 })).toEqual(rising);
  });

  test("on one sample takes the later value, and ends at the edges", () => {
    expect(stroked(FLAT, { x: 3, y: 1 }, { x: 3, y: 5 })[3]).toBe(5);
    expect(stroked(FLAT, { x: -4, y: 1 }, { x: 40, y: 1 })).toEqual(Array(9).fill(1));
  });

  test("with Shift is one straight piece to wherever the pointer is: what it passed comes back", () => {
    let stroke = beginStroke(FLAT, { x: 1, y: 2 }, true);
    stroke = continueStroke(stroke, { x: 7, y: 8 }, true);
    stroke = continueStroke(stroke, { x: 3, y: 4 }, true);
    expect(endStroke(stroke)).toEqual([0, 2, 3, 4, 0, 0, 0, 0, 0]);
  });

  test("goes on freehand when Shift is let go, and only that part is smoothed", () => {
    let stroke = beginStroke(FLAT, { x: 0, y: 1 }, true);
    stroke = continueStroke(stroke, { x: 4, y: 1 }, true);
    stroke = continueStroke(stroke, { x: 5, y: 5 }, false);
    stroke = continueStroke(stroke, { x: 6, y: 1 }, false);
    expect(stroke.rough).toEqual({ from: 4, to: 6 });
    expect(endStroke(stroke)).toEqual([1, 1, 1, 1, 1, 3, 1, 0, 0]);
  });
});

test("smoothing keeps both ends and everything that is straight", () => {
  const line = FLAT.map((_, i) => 2 * i - 3);
  expect(smoothed(line, 0, 8)).toEqual(line);
  expect(smoothed([0, 0, 4, 0, 0], 0, 4)).toEqual([0, 1, 2, 1, 0]);
  expect(smoothed([0, 0, 4, 0, 0], 2, 4)).toEqual([0, 0, 4, 1, 0]);
});

test("a bend is soft: all of it at the brush, none five samples away", () => {
  const after = bent(Array<number>(20).fill(1), 10, 0.5);
  expect(after[10]).toBe(1.5);
  expect(after[9]).toBeCloseTo(after[11] as number, 12);
  expect(after[8]).toBeGreaterThan(1);
  expect(after[8] as number).toBeLessThan(after[9] as number);
  expect(after[5]).toBe(1);
  expect(after[15]).toBe(1);
});

test("keys of a curve: Space holds the brush and lets it go", () => {
  const press = (key: string, state = { editable: true, held: false }, shiftKey = false) =>
    curveAct({ key, shiftKey, ctrlKey: false, metaKey: false, altKey: false }, state);
  expect(press(" ")).toEqual({ act: "hold" });
  expect(press(" ", { editable: true, held: true })).toEqual({ act: "release" });
  expect(press("Escape", { editable: true, held: true })).toEqual({ act: "release" });
  expect(press("Escape")).toBe(undefined);
  expect(press("ArrowDown", undefined, true)).toEqual({ act: "lift", by: -0.01 });
  expect(press("PageDown")).toEqual({ act: "go", by: -16 });
  expect(press("ArrowUp", { editable: false, held: false })).toBe(undefined);
  expect(press("+", { editable: false, held: false })).toMatchObject({ act: "zoom" });
});
