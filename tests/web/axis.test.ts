import { describe, expect, test } from "vitest";
import {
  axisAct,
  lineAfter,
  panned,
  pinched,
  revealed,
  type Stretch,
  shown,
  spanned,
  zoomed,
} from "../../www/figures/axis.ts";

const N = 256;
const part = (from: number, to: number): Stretch => ({ from, to });

describe("what is shown", () => {
  test("is all without a part, or when the part is of a longer axis", () => {
    expect(shown(undefined, N)).toEqual(part(0, 255));
    expect(shown(part(10, 20), N)).toEqual(part(10, 20));
    expect(shown(part(200, 255), 128)).toEqual(part(0, 127));
    expect(shown(undefined, 1)).toEqual(part(0, 1));
  });
});

describe("zoom", () => {
  test("leaves the index under the pointer where it stands", () => {
    for (const at of [20, 128, 200]) {
      const { from, to } = zoomed(undefined, N, 0.5, at) ?? part(0, 0);
      expect(to - from).toBeCloseTo(127.5, 9);
      expect((at - from) / (to - from)).toBeCloseTo(at / 255, 9);
    }
  });

  test("keeps at least eight indices, within the axis, and ends in all", () => {
    const close = zoomed(part(0, 10), N, 1e-6, 0);
    expect(close).toEqual(part(0, 7));
    expect(zoomed(part(100, 140), N, 100, 120)).toBe(undefined);
    const wide = zoomed(part(200, 255), N, 2, 200) ?? part(0, 0);
    expect(wide.to).toBeLessThanOrEqual(255);
    expect(wide.to - wide.from).toBeCloseTo(110, 9);
  });

  test("of a short axis is all of it", () => {
    expect(zoomed(undefined, 5, 0.1, 2)).toBe(undefined);
  });
});

test("panning keeps the width and stops at the ends", () => {
  expect(panned(part(10, 30), N, 5)).toEqual(part(15, 35));
  expect(panned(part(10, 30), N, -50)).toEqual(part(0, 20));
  expect(panned(part(10, 30), N, 1000)).toEqual(part(235, 255));
  expect(panned(undefined, N, 10)).toBe(undefined);
});

test("a marked part is shown, whichever way it was dragged, and never too little", () => {
  expect(spanned(80, 40, N)).toEqual(part(40, 80));
  const least = spanned(50, 51, N) ?? part(0, 0);
  expect(least.to - least.from).toBe(7);
  expect((least.to + least.from) / 2).toBeCloseTo(50.5, 9);
});

describe("two fingers", () => {
  test("hold their indices", () => {
    const { from, to } = pinched([100, 140], [0.25, 0.75], N) ?? part(0, 0);
    expect(from + 0.25 * (to - from)).toBeCloseTo(100, 9);
    expect(from + 0.75 * (to - from)).toBeCloseTo(140, 9);
  });

  test("pan when they keep their distance", () => {
    const before = pinched([100, 140], [0.25, 0.75], N) ?? part(0, 0);
    const after = pinched([100, 140], [0.35, 0.85], N) ?? part(0, 0);
    expect(after.to - after.from).toBeCloseTo(before.to - before.from, 9);
    expect(after.from).toBeLessThan(before.from);
  });

  test("that touch show all", () => {
    expect(pinched([100, 140], [0.5, 0.5], N)).toBe(undefined);
  });
});

test("an index that is out of view is brought into it with room, others move nothing", () => {
  expect(revealed(part(10, 30), N, 20)).toEqual(part(10, 30));
  expect(revealed(undefined, N, 200)).toBe(undefined);
  const right = revealed(part(10, 30), N, 50) ?? part(0, 0);
  expect(right.to).toBeCloseTo(52, 9);
  expect(revealed(part(10, 30), N, 0)).toEqual(part(0, 20));
});

test("plus, minus and zero are the axis's, but not with a command key", () => {
  const press = (key: string, more = {}) =>
    axisAct({ key, ctrlKey: false, metaKey: false, altKey: false, ...more });
  expect(press("+")).toEqual({ act: "zoom", factor: 1 / 1.5 });
  expect(press("=")).toEqual(press("+"));
  expect(press("-")).toEqual({ act: "zoom", factor: 1.5 });
  expect(press("0")).toEqual({ act: "all" });
  expect(press("0", { ctrlKey: true })).toBe(undefined);
  expect(press("1")).toBe(undefined);
});

test("keys lead a line along an axis and not beyond it", () => {
  expect(lineAfter("ArrowRight", 3, 20)).toBe(4);
  expect(lineAfter("PageUp", 10, 20)).toBe(19);
  expect(lineAfter("PageDown", 10, 20)).toBe(0);
  expect(lineAfter("Home", 10, 20)).toBe(0);
  expect(lineAfter("End", 10, 20)).toBe(19);
  expect(lineAfter("ArrowUp", 10, 20)).toBe(undefined);
});
