import { describe, expect, test } from "vitest";
import { type Frame, hasRoom } from "../../www/figures/figure.ts";
import { MARGINS, mapHeight } from "../../www/sweep/map-figure.ts";
import "./lib/wasm.ts";

describe("room for the map", () => {
  test("a small window leaves the cells a least height", () => {
    for (const [width, height] of [
      [60, 100],
      [320, 480],
      [390, 844],
      [701, 200],
    ] as const) {
      const plot = mapHeight(width <= 700, { width, height }) - MARGINS.top - MARGINS.bottom;
      expect(plot).toBeGreaterThanOrEqual(200);
    }
  });

  test("a plot without room for letters is not drawn", () => {
    const frame = (width: number, height: number): Frame => ({
      ...MARGINS,
      width,
      height,
      x: { from: 0, to: 1 },
      y: { from: 0, to: 1 },
    });
    expect(hasRoom(frame(60, 260))).toBe(false);
    expect(hasRoom(frame(390, 60))).toBe(false);
    expect(hasRoom(frame(-1, -1))).toBe(false);
    expect(hasRoom(frame(390, 260))).toBe(true);
  });
});
