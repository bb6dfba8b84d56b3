import { expect, test } from "vitest";
import { loudness } from "../../www/view/loudness.ts";

test("sounds keep their ratio, and the louder one fits", () => {
  expect(loudness([0.2, -0.5], [0.1])).toBe(1);
  const factor = loudness([0.5, -0.5], [0.25, -2]);
  expect(factor).toBe(0.5);
  expect(loudness([], [])).toBe(1);
});
