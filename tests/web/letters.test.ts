import { describe, expect, test } from "vitest";
import { carriedLetters } from "../../www/spec/letters.ts";
import type { Choice } from "../../www/spec/spec.ts";

const omp: Choice = { id: "omp" };
const iht: Choice = { id: "iht" };
const sbl: Choice = { id: "sbl" };
const amp: Choice = { id: "amp" };
const [A, B, C, D] = [0, 1, 2, 3] as const;

describe("letters of methods", () => {
  test("stay when another is removed, and the next method takes the free one", () => {
    const two = carriedLetters([omp, iht, sbl], [A, B, C], [omp, sbl]);
    expect(two).toEqual([A, C]);
    expect(carriedLetters([omp, sbl], two, [omp, sbl, amp])).toEqual([A, C, B]);
    expect(carriedLetters([omp, iht, sbl], [A, B, C], [sbl])).toEqual([C]);
  });

  test("stay in place when parameters or the kind of one method change", () => {
    expect(carriedLetters([omp, sbl], [A, C], [omp, { id: "amp", damping: 0.5 }])).toEqual([A, C]);
  });

  test("of equal methods are kept one by one", () => {
    expect(carriedLetters([omp, omp, iht], [B, A, D], [omp, iht])).toEqual([B, D]);
    expect(carriedLetters([omp], [C], [omp, omp])).toEqual([C, A]);
  });

  test("follow a method that is changed while another comes", () => {
    const after = [{ id: "omp", sparsity: 3 }, iht, sbl];
    expect(carriedLetters([omp, iht], [D, B], after)).toEqual([D, B, A]);
  });

  test("are all different, and at most four with at most four methods", () => {
    const all = [omp, iht, sbl, amp];
    let methods: Choice[] = [omp];
    let letters: number[] = [A];
    for (let step = 0; step < 200; step += 1) {
      const wanted = all.filter((_, i) => (step * 7919 + i * 104729) % 5 > 1);
      const next = wanted.length > 0 ? wanted : [sbl];
      letters = carriedLetters(methods, letters, next);
      methods = next;
      expect(new Set(letters).size).toBe(methods.length);
      expect(Math.max(...letters)).toBeLessThan(4);
    }
  });
});
