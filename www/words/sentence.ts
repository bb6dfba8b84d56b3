/** A text as a sentence: with a mark at its end, so that another can follow. */
export function ended(text: string): string {
  return /[.?!\u2026]$/.test(text) ? text : `${text}.`;
}
