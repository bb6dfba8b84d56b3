import type { Choice } from "./spec.ts";

/** The first letters that are free, as numbers from 0 (A). */
function free(taken: readonly number[], many: number): number[] {
  const letters: number[] = [];
  for (let letter = 0; letters.length < many; letter += 1)
    if (!taken.includes(letter)) letters.push(letter);
  return letters;
}

/**
 * The letters of methods after an edit: a method keeps its own, whichever others come or go; a new one takes the
 * first that is free. Where as many methods stand as before, each is the one that stood in its place, changed or not.
 */
export function carriedLetters(
  before: readonly Choice[],
  letters: readonly number[],
  after: readonly Choice[],
): number[] {
  if (before.length === after.length) return [...letters];
  const left = before.map((method, i) => ({ method, letter: letters[i] ?? i }));
  const take = (same: (method: Choice) => boolean): number | undefined => {
    const place = left.findIndex(({ method }) => same(method));
    return place < 0 ? undefined : left.splice(place, 1)[0]?.letter;
  };
  const found = after.map((method) => {
    const text = JSON.stringify(method);
    return take((other) => JSON.stringify(other) === text);
  });
  // An edit may add one method and change another at once: then the id tells.
  const carried = found.map((letter, i) => letter ?? take(({ id }) => id === after[i]?.id));
  const taken = carried.filter((letter) => letter !== undefined);
  const fresh = free(taken, after.length - taken.length);
  return carried.map((letter) => letter ?? (fresh.shift() as number));
}
