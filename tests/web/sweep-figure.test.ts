import { describe, expect, test } from "vitest";
import { Look, svg } from "../../target/web/front/pursuit.js";
import { type Frame, type Phase, type Slice, series } from "../../www/figures/figure.ts";
import "./lib/wasm.ts";

const COLOURS = {
  paper: "#ffffff",
  rule: "#dddddd",
  halo: "#fefefe",
  theory: "#010101",
  ink: "#020202",
  control: "#030303",
  "method-a": "#1466d6",
  ...Object.fromEntries(
    Array.from({ length: 9 }, (_, i) => [`seq-${i}`, `#0000${(16 + 20 * i).toString(16)}`]),
  ),
  ...Object.fromEntries(
    Array.from({ length: 9 }, (_, i) => [`div-${i}`, `#${(16 + 20 * i).toString(16)}0000`]),
  ),
};

const FRAME: Frame = {
  ...{ width: 100, height: 100, left: 0, right: 0, top: 0, bottom: 0 },
  x: { from: 0, to: 1 },
  y: { from: 0, to: 1 },
};

function drawn(figure: Phase | Slice): string {
  return svg(figure, FRAME, new Look({ font: "serif", colours: COLOURS }));
}

/** Filled rectangles of a drawing, in pixels. */
function rectangles(text: string) {
  return [
    ...text.matchAll(
      /<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)" opacity="1" fill="(#\w+)"/g,
    ),
  ].map(([, x, y, width, height, fill]) => ({
    ...{ x: Number(x) / 10, y: Number(y) / 10, width: Number(width) / 10 },
    ...{ height: Number(height) / 10, fill },
  }));
}

function phase(change: Partial<Phase>): Phase {
  return {
    kind: "phase",
    cols: 2,
    rows: 2,
    shares: series([1, 1, 1, 1]),
    values: series([0, 1, 0.5, Number.NaN]),
    scheme: "sequential",
    contours: [],
    theory: [],
    ...change,
  };
}

const contour = (half: number) => ({
  x: series([0.25, 0.75]),
  y: series([0.4, 0.6]),
  low: series([0.4 - half, 0.6 - half]),
  high: series([0.4 + half, 0.6 + half]),
  colour: "method-a",
  name: "A",
  banded: false,
});

describe("the map", () => {
  test("has its first cell at the bottom left, nothing where nothing is known, and the colours of the scale", () => {
    const cells = rectangles(drawn(phase({})));
    expect(cells).toHaveLength(3);
    const at = (x: number, y: number) =>
      cells
        .find((cell) => Math.abs(cell.x - x) < 1 && Math.abs(cell.y - y) < 1)
        ?.fill?.toLowerCase();
    expect(at(0, 50)).toBe("#000010");
    expect(at(50, 50)).toBe("#0000b0");
    expect(at(0, 0)).toMatch(/^#00006\w$/);
  });

  test("a cell's area is its share of trials", () => {
    const area = (share: number) => {
      const cells = rectangles(drawn(phase({ shares: series([share, 0, 0, 0]) })));
      const last = cells.at(-1);
      return (last?.width ?? 0) * (last?.height ?? 0);
    };
    expect(area(0.25) / area(1)).toBeCloseTo(0.25, 1);
    expect(area(0.0001)).toBeGreaterThan(4);
    expect(rectangles(drawn(phase({ shares: series([0, 0, 0, 0]) })))).toEqual([]);
  });

  test("a difference has its zero in the middle of the scale", () => {
    const cells = rectangles(drawn(phase({ scheme: "diverging", values: series([-1, 0, 1, 0]) })));
    expect(cells.map(({ fill }) => fill?.toLowerCase())).toEqual([
      "#100000",
      expect.stringMatching(/^#6/),
      "#b00000",
      expect.stringMatching(/^#6/),
    ]);
  });

  test("a contour is solid where its band is narrower than two cells, and dotted where it is not", () => {
    const pieces = (half: number) =>
      drawn(phase({ contours: [contour(half)] })).match(/stroke="#1466D6"/gi)?.length ?? 0;
    expect(pieces(0.2)).toBe(1);
    // Two cells are the whole height here.
    expect(pieces(0.6)).toBeGreaterThan(5);
  });

  test("theory is dashed ink with its name on it", () => {
    const text = drawn(
      phase({ theory: [{ x: series([0, 1]), y: series([0, 1]), name: "limit" }] }),
    );
    expect(text).toContain("limit");
    expect(text.match(/stroke="#010101"/g)?.length).toBeGreaterThan(5);
  });
});

describe("the slice", () => {
  const slice = (upright: boolean): Slice => ({
    kind: "slice",
    upright,
    profile: {
      at: series([0.2, 0.6]),
      value: series([0.9, Number.NaN]),
      low: series([0.7, Number.NaN]),
      high: series([1, Number.NaN]),
      colour: "method-a",
      chosen: 0,
    },
    fits: [],
    theory: [],
  });

  /** Centres of discs and rings, in pixels. */
  const circles = (text: string) =>
    [...text.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)"/g)].map(([, x, y]) => [
      Number(x) / 10,
      Number(y) / 10,
    ]);

  test("has places upward beside the map and rates across, or lies on its side", () => {
    // One disc and the ring of what is chosen; a cell without trials has neither.
    expect(circles(drawn(slice(true)))).toEqual([
      [90, 80],
      [90, 80],
    ]);
    expect(circles(drawn(slice(false)))).toEqual([
      [20, 10],
      [20, 10],
    ]);
  });
});
