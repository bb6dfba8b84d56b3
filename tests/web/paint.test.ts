import { describe, expect, test } from "vitest";
import type { PanelData } from "../../www/solve/protocol.ts";
import type { Paint } from "../../www/spec/catalogue.ts";
import {
  beginLine,
  brushed,
  cleared,
  continueLine,
  endLine,
  type Painting,
  paintingOf,
  withPainted,
} from "../../www/spec/paint.ts";
import type { Choice, Spec } from "../../www/spec/spec.ts";
import { paintAct } from "../../www/view/paint-keys.ts";
import { CATALOGUE, canonical } from "./lib/wasm.ts";

const SPEC: Spec = {
  v: 1,
  problem: { id: "poisson", scene: { id: "picture", side: 4 }, counts: 10 },
  methods: [{ id: "spiral-tap" }],
};
const PAINT = CATALOGUE.problem("poisson")?.page?.paint as Paint;

/** A truth of sixteen pixels, 10 on average, and one of them bright. */
const TRUTH = {
  rows: 4,
  cols: 4,
  values: Float64Array.from({ length: 16 }, (_, i) => (i === 5 ? 40 : 8)),
} as PanelData;

const painting = (spec = SPEC, drawn = { spec: SPEC, truth: TRUTH }) =>
  paintingOf(CATALOGUE, spec, PAINT, drawn) as Painting;
const written = (of: Painting, spec = SPEC) =>
  canonical(withPainted(CATALOGUE, spec, PAINT, of)) as Spec;

describe("what is painted on", () => {
  test("is the truth as it was drawn, with its brightest as one", () => {
    const { rows, cols, values, unit } = painting();
    expect([rows, cols, Array.from(values), unit]).toEqual([4, 4, [...TRUTH.values], 40]);
  });

  test("is what the Spec has as soon as it has it, at the brightness that it asks for", () => {
    const drawn = written(painting());
    const scene = drawn.problem.scene as Choice & { values: number[] };
    expect(scene).toMatchObject({ id: "drawn", rows: 4 });
    expect(scene.values.slice(4, 7)).toEqual([0.2, 1, 0.2]);
    expect(drawn.problem.counts).toBe(10);
    const again = painting(drawn);
    expect(again.values[5]).toBeCloseTo(40, 9);
    const darker = painting({ ...drawn, problem: { ...drawn.problem, counts: 5 } });
    expect(darker.values[5]).toBeCloseTo(20, 9);
  });

  test("is nothing while another is being drawn", () => {
    expect(painting({ ...SPEC, seed: 7 })).toBeUndefined();
    const phantom = { ...SPEC.problem, scene: { id: "picture", side: 4, picture: "phantom" } };
    expect(painting({ ...SPEC, problem: phantom })).toBeUndefined();
  });
});

describe("painting", () => {
  test("leaves what was not touched as bright as it was: the mean grows instead", () => {
    const before = painting();
    const at = { x: 3, y: 3 };
    const values = brushed(before, at, at, { radius: 0.5, light: 80 });
    const spec = written({ ...before, values });
    expect(spec.problem.counts).toBe(14.5);
    const after = painting(spec);
    expect(after.values[5]).toBeCloseTo(40, 9);
    expect(after.values[15]).toBeCloseTo(80, 9);
    expect(after.unit).toBeCloseTo(before.unit, 9);
  });

  test("all in the dark is a Spec still, of the least light", () => {
    const dark = { ...painting(), values: new Float64Array(16) };
    expect(written(dark).problem.counts).toBe(0.01);
    expect(Array.from(cleared(painting()).values)).toEqual(Array(16).fill(2));
  });

  test("passes all pixels on its way, and none outside", () => {
    const canvas = { rows: 5, cols: 6, values: new Float64Array(30) };
    const brush = { radius: 0.5, light: 1 };
    const row = brushed(canvas, { x: 1, y: 2 }, { x: 4, y: 2 }, brush);
    expect([...row.keys()].filter((i) => row[i] === 1)).toEqual([13, 14, 15, 16]);
    const disc = brushed(canvas, { x: 2, y: 2 }, { x: 2, y: 2 }, { radius: 1, light: 1 });
    expect([...disc.keys()].filter((i) => disc[i] === 1)).toEqual([8, 13, 14, 15, 20]);
    const outside = brushed(canvas, { x: -9, y: -9 }, { x: -8, y: -9 }, brush);
    expect(Math.max(...outside)).toBe(0);
    const across = brushed(canvas, { x: -9, y: 2 }, { x: 99, y: 2 }, brush);
    expect(across.filter((value) => value === 1)).toHaveLength(6);
  });

  test("a line never goes below zero", () => {
    const values = new Float64Array(8).fill(1);
    const begun = beginLine(values, { x: 1, y: 3 }, false);
    const stroke = continueLine(begun, { x: 5, y: -5 }, false);
    expect([...stroke.values]).toEqual([1, 3, 1, 0, 0, 0, 1, 1]);
    expect(Math.min(...endLine(stroke))).toBe(0);
    expect(endLine(stroke)[1]).toBe(3);
  });
});

describe("the keys of a picture", () => {
  const key = (key: string, held = false, more = {}) =>
    paintAct(
      { key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...more },
      held,
    );

  test("move the brush, hold it down, and change it", () => {
    expect(key("ArrowDown")).toEqual({ act: "go", right: 0, down: 1 });
    expect(key("ArrowLeft", true, { shiftKey: true })).toEqual({ act: "go", right: -8, down: 0 });
    expect([key(" ")?.act, key(" ", true)?.act]).toEqual(["hold", "release"]);
    expect(key("+")).toEqual({ act: "light", by: 1 });
    expect(key("[")).toEqual({ act: "width", by: -1 });
  });

  test("leave to the page what is the page's", () => {
    for (const other of ["j", "Home", "Tab", "Escape"]) expect(key(other)).toBeUndefined();
    expect(key("z", false, { ctrlKey: true })).toBeUndefined();
  });
});
