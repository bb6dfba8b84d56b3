import { describe, expect, test } from "vitest";
import {
  changed,
  chosenOf,
  dragShift,
  neighbour,
  shifted,
  spikesBetween,
  spikesOf,
  stepShift,
  valued,
} from "../../www/spec/spikes.ts";

const SPIKES = new Map([
  [3, 1],
  [5, -2],
  [6, 0.5],
  [9, 0.04],
]);
const of = (...indices: number[]) => new Set(indices);

test("the spikes of a vector are its entries that are not zero", () => {
  expect([...spikesOf([0, 2, 0, -1])]).toEqual([
    [1, 2],
    [3, -1],
  ]);
  expect(spikesOf(undefined).size).toBe(0);
});

describe("the choice", () => {
  test("is what was chosen together, as long as the selected one is of it", () => {
    expect(chosenOf(5, of(3, 5))).toEqual(of(3, 5));
    expect(chosenOf(6, of(3, 5))).toEqual(of(6));
    expect(chosenOf(undefined, of(3, 5))).toEqual(of());
  });

  test("of a range has both ends, in either order", () => {
    expect(spikesBetween(SPIKES, 6, 3)).toEqual(of(3, 5, 6));
    expect(spikesBetween(SPIKES, 5, 5)).toEqual(of(5));
  });
});

describe("values", () => {
  test("change together, to a thousandth; what comes to zero goes and an empty place gets a spike", () => {
    const after = changed(SPIKES, of(5, 9, 1), -0.04);
    expect(after.get(5)).toBe(-2.04);
    expect(after.has(9)).toBe(false);
    expect(after.get(1)).toBe(-0.04);
    expect(after.get(3)).toBe(1);
    expect(SPIKES.get(5)).toBe(-2);
  });

  test("are set together, and zero removes", () => {
    expect(valued(SPIKES, of(3, 5), 4).get(5)).toBe(4);
    expect([...valued(SPIKES, of(3, 5), 0).keys()]).toEqual([6, 9]);
  });
});

describe("places", () => {
  test("taken ones are jumped by keys", () => {
    expect(stepShift(SPIKES, of(5), 1, 12)).toBe(2);
    expect(stepShift(SPIKES, of(5), -1, 12)).toBe(-1);
    // Three and five together: by one, three lands on a free four and five on a taken six.
    expect(stepShift(SPIKES, of(3, 5), 1, 12)).toBe(2);
    expect(stepShift(SPIKES, of(5, 6), 1, 12)).toBe(1);
  });

  test("have an end", () => {
    expect(stepShift(SPIKES, of(9), 1, 10)).toBe(0);
    expect(dragShift(SPIKES, of(9), 40, 10)).toBe(0);
    expect(dragShift(SPIKES, of(3), -1e9, 10)).toBe(-3);
  });

  test("a drag waits before a taken place and is past it once the pointer is", () => {
    expect([0, 1, 2, 3, 4].map((by) => dragShift(SPIKES, of(3), by, 12))).toEqual([0, 1, 1, 1, 4]);
    expect(dragShift(SPIKES, of(5, 6), 3, 12)).toBe(2);
  });

  test("a shift keeps values and everything else", () => {
    const after = shifted(SPIKES, of(5, 6), 1);
    expect([...after].sort(([i], [j]) => i - j)).toEqual([
      [3, 1],
      [6, -2],
      [7, 0.5],
      [9, 0.04],
    ]);
  });
});

test("neighbours are the next spikes either way, and none beyond the last", () => {
  expect(neighbour(SPIKES, undefined, 1)).toBe(3);
  expect(neighbour(SPIKES, undefined, -1)).toBe(9);
  expect(neighbour(SPIKES, 4, 1)).toBe(5);
  expect(neighbour(SPIKES, 5, -1)).toBe(3);
  expect(neighbour(SPIKES, 9, 1)).toBe(undefined);
});
