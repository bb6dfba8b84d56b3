import { describe, expect, test } from "vitest";
import { headsWithin, nearZero, stemAt } from "../../www/view/spike-hit.ts";
import { spikeAct } from "../../www/view/spike-keys.ts";
import { listed, spoken } from "../../www/view/spike-options.ts";

// Ten px an index, forty px a unit, zero at 100.
const place = (index: number, value: number) => ({ left: 10 * index, top: 100 - 40 * value });
const SPIKES = new Map([
  [2, 1],
  [4, -1],
  [10, 2],
]);

describe("the spike under a pointer", () => {
  const at = (left: number, top: number, finger = false) =>
    stemAt(SPIKES, { left, top }, place, finger);

  test("is the nearest within twelve px, for a finger within twenty-two", () => {
    expect(at(20, 80)).toBe(2);
    expect(at(31, 100)).toBe(4);
    expect(at(118, 60)).toBe(undefined);
    expect(at(118, 60, true)).toBe(10);
  });

  test("reaches around the head, and little beyond the foot", () => {
    expect(at(20, 50)).toBe(2);
    expect(at(20, 45)).toBe(undefined);
    expect(at(20, 103)).toBe(2);
    expect(at(20, 108)).toBe(undefined);
    expect(at(40, 150)).toBe(4);
    expect(at(40, 93)).toBe(undefined);
  });

  test("is none beside the part of the axis in view", () => {
    const nowhere = (index: number, value: number) => (index > 3 ? place(index, value) : undefined);
    expect(stemAt(SPIKES, { left: 20, top: 80 }, nowhere, true)).toBe(4);
  });
});

test("a box has the spikes whose heads are in it, from whichever corner", () => {
  expect(headsWithin(SPIKES, { left: 50, top: 150 }, { left: 0, top: 50 }, place)).toEqual(
    new Set([2, 4]),
  );
  expect(headsWithin(SPIKES, { left: 0, top: 90 }, { left: 200, top: 110 }, place).size).toBe(0);
});

test("within four px of zero is none", () => {
  expect(nearZero(0.1, place, 2)).toBe(true);
  expect(nearZero(-0.11, place, 2)).toBe(false);
});

describe("keys", () => {
  const press = (key: string, held = "", editable = true) =>
    spikeAct(
      {
        key,
        shiftKey: held.includes("shift"),
        ctrlKey: held.includes("ctrl"),
        metaKey: false,
        altKey: held.includes("alt"),
      },
      editable,
    );

  test("go, choose several, move", () => {
    expect(press("ArrowLeft")).toEqual({ act: "go", direction: -1, every: false, extend: false });
    expect(press("ArrowRight", "ctrl")).toMatchObject({ every: true });
    expect(press("ArrowRight", "shift")).toMatchObject({ act: "go", extend: true });
    expect(press("ArrowLeft", "alt")).toEqual({ act: "move", direction: -1 });
  });

  test("change values in three sizes", () => {
    const by = (key: string, held = "") => (press(key, held) as { by: number }).by;
    expect([by("ArrowUp"), by("ArrowUp", "shift"), by("PageDown")]).toEqual([0.05, 0.01, -0.5]);
  });

  test("edit nothing where nothing may be edited", () => {
    for (const key of ["ArrowUp", "Delete", "Enter", "PageUp"])
      expect(press(key, "", false)).toBe(undefined);
    expect(press("ArrowLeft", "alt", false)).toMatchObject({ act: "go" });
    expect(press("ArrowRight", "shift", false)).toMatchObject({ extend: false });
    expect(press("0", "", false)).toEqual({ act: "all" });
  });

  test("leave others to the page", () => {
    for (const key of [" ", "l", "z", "Home"]) expect(press(key)).toBe(undefined);
  });
});

describe("what is heard", () => {
  test("of a spike and of an empty index", () => {
    expect(spoken(2, SPIKES, 0.99, 0.01)).toBe("spike 2, truth 1.00, estimate 0.990, found");
    expect(spoken(4, SPIKES, 0.001, 0.01)).toMatch(/, not found$/);
    expect(spoken(5, SPIKES, 0, 0.01)).toBe("index 5, no spike, estimate 0");
  });

  test("chosen indices are options even where there is no spike", () => {
    expect(listed(SPIKES, new Set([7, 2]))).toEqual([2, 4, 10, 7]);
  });
});
