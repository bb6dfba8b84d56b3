/** The parts of an exhibit by the names that an embedding page hides them by. */
export const PARTS = [
  "title",
  "sentence",
  "here",
  "picture",
  "verdict",
  "traces",
  "compare",
  "panels",
  "path",
  "measured",
  "matrix",
  "beside",
  "below",
  "timeline",
  "notes",
] as const;

export type PartName = (typeof PARTS)[number];

/** The parts that a text names, apart by spaces or commas; what is no part is not heard. */
export function partsIn(text: string): ReadonlySet<PartName> {
  const named = text.split(/[\s,]+/);
  return new Set(PARTS.filter((part) => named.includes(part)));
}
