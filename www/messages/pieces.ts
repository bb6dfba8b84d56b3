/** A sentence with things in it: its words and its parts in their order, which another language may change. */
export function pieces(words: TemplateStringsArray, ...parts: unknown[]): unknown[] {
  return words.flatMap((word, i) => (i < parts.length ? [word, parts[i]] : [word]));
}

/** Parts that stand in a sentence by their names. */
export type Parts<Name extends string> = Record<Name, unknown>;
