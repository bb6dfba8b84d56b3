import { expect, test } from "vitest";
import { freestCorner, type Mark } from "../../www/view/readout.ts";

const around = (line: number, marks: Mark[] = []) => ({ line, width: 800, bottom: 200, marks });
/** A stem from the middle of the plot. */
const stem = (left: number, head: number): Mark => ({
  left,
  top: Math.min(head, 100),
  bottom: Math.max(head, 100),
});

test("with nothing in the way a readout stands at the top, on the side with more room", () => {
  expect(freestCorner(150, around(100))).toEqual({ right: true, top: true });
  expect(freestCorner(150, around(700))).toEqual({ right: false, top: true });
});

test("it goes where it covers the fewest marks", () => {
  const right = [stem(200, 10), stem(230, 20)];
  expect(freestCorner(150, around(300, [stem(350, 20)]))).toEqual({ right: false, top: true });
  expect(freestCorner(150, around(300, [stem(350, 20), ...right]))).toEqual({
    right: true,
    top: false,
  });
  expect(freestCorner(150, around(300, [stem(350, 190), ...right]))).toEqual({
    right: true,
    top: true,
  });
});

test("it never leaves the figure", () => {
  const crowded = [20, 30, 40, 60].flatMap((left) => [stem(left, 5), stem(left, 195)]);
  expect(freestCorner(150, around(15, crowded)).right).toBe(true);
  expect(freestCorner(150, around(790)).right).toBe(false);
});
