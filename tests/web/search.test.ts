import { describe, expect, test } from "vitest";
import { matches } from "../../www/spec/search.ts";

const TEXT = "42 lasso-forest Learning Sparse Trees, Müller-Lüdenscheidt (2019): pruning by l1";

describe("search", () => {
  test("an empty query matches everything", () => {
    for (const query of ["", "  ", "?!"]) expect(matches(query, TEXT)).toBe(true);
  });

  test("words match by their beginning, in any order and case", () => {
    for (const query of ["lea", "TREES learn", "forest", "müll", "2019", "l1"])
      expect(matches(query, TEXT), query).toBe(true);
    for (const query of ["arning", "trees dictionary", "ees"])
      expect(matches(query, TEXT), query).toBe(false);
  });

  test("numbers match by their beginning and not by a typing error", () => {
    expect(matches("42", TEXT)).toBe(true);
    expect(matches("43", TEXT)).toBe(false);
    expect(matches("4", TEXT)).toBe(true);
    expect(matches("119", "118 other")).toBe(false);
    expect(matches("2018", "year 2019")).toBe(false);
  });

  test("longer words tolerate one insertion, deletion, replacement or exchange", () => {
    for (const query of [
      "leaarning",
      "learnng",
      "lesrning",
      "laerning",
      "prunign",
      "sparze",
      "trres",
    ])
      expect(matches(query, TEXT), query).toBe(true);
  });

  test("also while they are still being typed", () => {
    for (const query of ["lesrn", "prnui", "spaes"]) expect(matches(query, TEXT), query).toBe(true);
  });

  test("two errors are too many, and short words tolerate none", () => {
    for (const query of ["laerninh", "srapze", "lwa", "tre1s2"])
      expect(matches(query, TEXT), query).toBe(false);
  });

  test("every one-letter error in every longer word is found", () => {
    for (const word of ["matching", "pursuit", "wavelet"]) {
      for (let i = 0; i < word.length; i += 1) {
        const [head, tail] = [word.slice(0, i), word.slice(i + 1)];
        for (const query of [head + tail, `${head}q${tail}`, `${head}q${word.slice(i)}`])
          expect(matches(query, word), `${query} for ${word}`).toBe(true);
      }
    }
  });
});
