import type { Lab } from "../lab.ts";

/** Colour, dash and letter of a method. They belong together and stay with the method: see `Lab.drawnLetters`. */

const TOKENS = ["method-a", "method-b", "method-c", "method-d"];
const DASHES = [[], [7, 3], [2, 2.5], [9, 3, 2, 3]];

export function methodColour(letter: number | undefined): string {
  return TOKENS[letter ?? 0] ?? "estimate";
}

export function methodDash(letter: number | undefined): number[] {
  return DASHES[letter ?? 0] ?? [];
}

export function methodLetter(letter: number | undefined): string {
  return String.fromCharCode(65 + (letter ?? 0));
}

/** The short name of a method that is drawn. */
export function nameOf(lab: Lab, i: number): string {
  const id = (lab.recording?.description.spec ?? lab.spec).methods[i]?.id ?? "";
  return lab.catalogue.method(id)?.card.short ?? id;
}
