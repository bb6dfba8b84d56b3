import { expect, test } from "vitest";
import type { Description } from "../../www/solve/protocol.ts";
import { l1Threshold } from "../../www/view/seen.ts";

const described = (facts: object, nonnegative: boolean) =>
  ({ facts, spec: { methods: [{ id: "basis-pursuit", nonnegative }] } }) as unknown as Description;

test("a positive signal has the higher threshold for methods that know of it, and for no other", () => {
  const positive = { rho_l1: 0.39, rho_l1_nonnegative: 0.56 };
  expect(l1Threshold(described(positive, true))).toBe(0.56);
  expect(l1Threshold(described(positive, false))).toBe(0.39);
  expect(l1Threshold(described({ rho_l1: 0.39, rho_l1_nonnegative: null }, true))).toBe(0.39);
  expect(l1Threshold(described({ rho_l1: null }, true))).toBeNull();
});
