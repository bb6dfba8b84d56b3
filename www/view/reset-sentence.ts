/** What stands in a sentence where a link hides a value. */
export const HIDDEN = Symbol("hidden");

/** What the sentence speaks of where everything that its verb spoke of is hidden. */
const SOMETHING = "what is not shown";

/** Words with which a phrase about a value begins, in the crate's sentences. */
const OPENING =
  /\s(?:among|from|by|of|in|at|with|to|on|onto|over|given|through|after|for|under|within|and|against|down|stopped|holding|looking|keeping|expecting|relaxed|skewed|blurred|seen|asking|until)(?=\s)/g;

/** Values that stand side by side, the words that lead to them, those that follow, and the mark that ends the sentence. */
interface Group {
  lead: string;
  values: unknown[];
  tail: string;
  end: string;
}

/**
 * Sets a sentence without what is hidden. Values that stand side by side share the words around them, which go with the
 * last of them, and with them a comma that only set them off.
 */
export function reset(pieces: unknown[]): unknown[] {
  const all = pieces.flat(Number.POSITIVE_INFINITY);
  if (!all.includes(HIDDEN)) return pieces;
  const flat = joined(all);
  const result: unknown[] = [];
  let gone: string | undefined;
  for (const [i, { lead, values, tail, end }] of groupsOf(flat).entries()) {
    const shown = values.filter((value) => value !== HIDDEN);
    const words = gone === undefined ? lead : ` ${after(gone, lead)}`;
    if (shown.length > 0)
      result.push(words, ...shown.flatMap((value) => [" ", value]).slice(1), tail, end);
    else result.push(i === 0 ? opened(lead, tail) : "", end);
    gone = shown.length > 0 || i === 0 ? undefined : words;
  }
  return spaced(joined(result));
}

/** What leads to a group after one that is gone: "and" needs another word, and one comma is enough. */
function after(gone: string, lead: string): string {
  if (/^\s*and\s/.test(lead)) return gone;
  return /^\s*,/.test(gone) ? lead.replace(/^\s*,/, "") : lead;
}

/** How a sentence begins whose first values are all hidden. */
function opened(lead: string, tail: string): string {
  const [first] = openings(lead);
  if (first !== undefined) return lead.slice(0, first);
  if (tail.trim() !== "") return lead + tail;
  return lead.trim() === "" ? lead : lead + SOMETHING;
}

function groupsOf(flat: unknown[]): Group[] {
  const groups: Group[] = [];
  let lead = "";
  for (const [i, piece] of flat.entries()) {
    const last = groups.at(-1);
    if (typeof piece !== "string") {
      if (last && lead.trim() === "" && last.tail === "") last.values.push(piece);
      else groups.push({ lead, values: [piece], tail: "", end: "" });
      lead = "";
    } else if (!last) {
      lead = piece;
    } else if (i === flat.length - 1) {
      last.end = /[.?!]?\s*$/.exec(piece)?.[0] ?? "";
      last.tail = piece.slice(0, piece.length - last.end.length);
    } else {
      const at = leadIn(piece);
      last.tail = piece.slice(0, at).trim() === "" ? "" : piece.slice(0, at);
      lead = piece.slice(at);
    }
  }
  return groups;
}

/** Where, in the words between two values, those begin that lead to the second. */
function leadIn(words: string): number {
  const comma = words.lastIndexOf(",");
  if (comma >= 0) return comma;
  const [first, second] = openings(words);
  // "of the largest weight and ..." still speaks of the value before it.
  if (first === 0 && second !== undefined && words.startsWith(" of")) return second;
  return first ?? (words.trim() === "" ? 0 : words.length);
}

function openings(words: string): number[] {
  return [...words.matchAll(OPENING)].map(({ index }) => index);
}

/** Strings that follow each other as one. */
function joined(pieces: unknown[]): unknown[] {
  const result: unknown[] = [];
  for (const piece of pieces) {
    if (piece === "") continue;
    const last = result.at(-1);
    if (typeof piece === "string" && typeof last === "string") result.splice(-1, 1, last + piece);
    else result.push(piece);
  }
  return result;
}

/** One space between words, and none before a mark. */
function spaced(pieces: unknown[]): unknown[] {
  return pieces.flatMap((piece, i) => {
    if (typeof piece !== "string") return [piece];
    const text = piece.replace(/\s+/g, " ").replace(/\s+(?=[,.])/g, "");
    const next = i === pieces.length - 1 ? text : text.replace(/(?<=[\w,])$/, " ");
    const whole = i > 0 ? next.replace(/^(?=\w)/, " ") : next;
    return whole === "" ? [] : [whole];
  });
}
