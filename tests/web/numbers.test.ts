import { describe, expect, test } from "vitest";
import { ordinal } from "../../www/messages/en/count.ts";
import { decibels, exact, milliseconds, short, typeset, whole } from "../../www/words/numbers.ts";

const MINUS = "\u2212";
const THIN = "\u2009";

describe("numbers as people read them", () => {
  test.each([
    [1, "1st"],
    [2, "2nd"],
    [3, "3rd"],
    [4, "4th"],
    [8, "8th"],
    [11, "11th"],
    [12, "12th"],
    [13, "13th"],
    [32, "32nd"],
    [512, "512th"],
    [1021, "1021st"],
  ])("ordinal(%d)", (value, text) => expect(ordinal(value)).toBe(text));

  test.each([
    [0, "0"],
    [-0, "0"],
    [-0.3, "0"],
    [7, "7"],
    [-7, `${MINUS}7`],
    [9999, "9999"],
    [10_000, `10${THIN}000`],
    [-1_234_567, `${MINUS}1${THIN}234${THIN}567`],
  ])("whole(%d)", (value, text) => expect(whole(value)).toBe(text));

  test.each([
    [0, 2, "0"],
    [0.31, 2, "0.31"],
    [0.3149, 3, "0.315"],
    [-0.221, 2, `${MINUS}0.22`],
    [1.04, 2, "1.0"],
    [12.34, 3, "12.3"],
    [123.4, 2, "123"],
    [-123.4, 2, `${MINUS}123`],
    [31_416, 2, `31${THIN}416`],
    [3e-11, 2, "3·10⁻¹¹"],
    [1e-11, 2, "10⁻¹¹"],
    [2e-3, 1, "0.002"],
    [2.5e-4, 3, "2.5·10⁻⁴"],
    [-1e6, 2, `${MINUS}10⁶`],
    [1e120, 2, "10¹²⁰"],
    [Number.POSITIVE_INFINITY, 2, "∞"],
    [Number.NEGATIVE_INFINITY, 2, `${MINUS}∞`],
    [Number.NaN, 2, "–"],
  ])("short(%d, %d)", (value, digits, text) => expect(short(value, digits)).toBe(text));

  test("rounding up to the next power of ten leaves one digit before the point", () => {
    expect(short(9.99e-11, 2)).toBe("10⁻¹⁰");
    expect(short(9.96e7, 2)).toBe("10⁸");
    expect(short(0.9999, 2)).toBe("1.0");
    expect(short(99.99, 2)).toBe("100");
  });

  test("a small number says the size that it has, within half a unit of its last digit", () => {
    for (let power = -300; power <= 300; power += 7) {
      for (const factor of [1, 1.49, 2.51, 9.4, 9.6]) {
        const value = factor * 10 ** power;
        const read = parsed(short(value, 3));
        expect(Math.abs(read / value - 1), `${value} as ${short(value, 3)}`).toBeLessThan(0.051);
      }
    }
  });

  test.each([
    [0, "0"],
    [80, "80"],
    [0.05, "0.05"],
    [-2.5, `${MINUS}2.5`],
    [123_456, `123${THIN}456`],
    [1e-6, "10⁻⁶"],
    [2.5e-4, "2.5·10⁻⁴"],
    [1e7, "10⁷"],
    [0.123456789012, "0.123456789012"],
  ])("exact(%d)", (value, text) => expect(exact(value)).toBe(text));

  test("exact loses no digit", () => {
    for (const value of [1 / 3, 1e-9 / 7, 12_345_678.25, -Math.PI, 2 ** 53 - 1, 5e-324])
      expect(parsed(exact(value))).toBeCloseTo(value, 15);
  });

  test.each([
    [1, "0.0 dB"],
    [0.015, `${MINUS}36.5 dB`],
    [10, "20.0 dB"],
    [0, `${MINUS}∞ dB`],
    [0.9999, "0.0 dB"],
  ])("decibels(%d)", (ratio, text) => expect(decibels(ratio)).toBe(text));

  test("decibels are right to 0.1 at every ratio", () => {
    for (let ratio = 1e-12; ratio < 1e6; ratio *= 1.37) {
      expect(
        Math.abs(parsed(decibels(ratio).replace(" dB", "")) - 20 * Math.log10(ratio)),
      ).toBeLessThan(0.0500001);
    }
  });

  test("decibels of what is no number or endless say so", () => {
    expect(decibels(Number.NaN)).toBe("– dB");
    expect(decibels(Number.POSITIVE_INFINITY)).toBe("∞ dB");
  });

  test.each([
    [0.04, "0.0 ms"],
    [3.14, "3.1 ms"],
    [9.99, "10 ms"],
    [42.4, "42 ms"],
    [999.7, "1.0 s"],
    [1500, "1.5 s"],
    [12_400, "12 s"],
  ])("milliseconds(%d)", (ms, text) => expect(milliseconds(ms)).toBe(text));

  test("no text holds a hyphen or an exponent of the machine's", () => {
    for (const value of [-1, -1e-9, -1e9, 1e-320, -0.001, 2 ** 53]) {
      for (const text of [whole(value), short(value), exact(value)])
        expect(text).not.toMatch(/[-e+]/);
    }
  });
});

/** The number that a text says. */
function parsed(text: string): number {
  const plain = text.replaceAll(MINUS, "-").replaceAll(THIN, "");
  const raised = /^(-?)(?:([\d.]+)·)?10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)$/.exec(plain);
  if (!raised) return Number(plain);
  const [, sign, factor = "1", power = ""] = raised;
  const digits = [...power].map((one) => (one === "⁻" ? "-" : "⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(one))).join("");
  return Number(`${sign}${factor}e${digits}`);
}

test("powers of ten in the crate's words are raised", () => {
  expect(typeset("residual below 1e-10 of y, 3 steps")).toBe("residual below 10⁻¹⁰ of y, 3 steps");
  expect(typeset("gap 2.5e-9; 1e5 steps; one1e3")).toBe("gap 2.5·10⁻⁹; 100\u2009000 steps; one1e3");
});
