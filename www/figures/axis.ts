/** The part of the index axis in view: the indices at the left and the right edge of every plot of the column. */
export interface Stretch {
  from: number;
  to: number;
}

/** The fewest indices that a zoom leaves in view. */
const FEWEST = 8;

function whole(n: number): Stretch {
  return { from: 0, to: Math.max(1, n - 1) };
}

/** What is shown of an axis of `n` indices: all of it without a part, or when the part is of a longer axis. */
export function shown(part: Stretch | undefined, n: number): Stretch {
  const all = whole(n);
  return part && part.to <= all.to ? { from: part.from, to: part.to } : all;
}

/** A part of the width asked for, as near as may be to where it was asked; nothing when it is all. */
function placed(from: number, width: number, n: number): Stretch | undefined {
  const all = whole(n);
  const wide = Math.max(Math.min(FEWEST - 1, all.to), width);
  // Within a hundredth of an index of all of it is all of it.
  if (wide >= all.to - 0.01) return undefined;
  const start = Math.min(Math.max(0, from), all.to - wide);
  return { from: start, to: start + wide };
}

/** `factor` times as many indices in view, the one at `at` staying where it stands. */
export function zoomed(
  part: Stretch | undefined,
  n: number,
  factor: number,
  at: number,
): Stretch | undefined {
  const { from, to } = shown(part, n);
  const share = Math.min(1, Math.max(0, (at - from) / (to - from)));
  const least = Math.min(FEWEST - 1, n - 1);
  const width = Math.max(least, (to - from) * factor);
  return placed(Math.min(Math.max(from, at), to) - share * width, width, n);
}

/** The part moved along the axis. */
export function panned(part: Stretch | undefined, n: number, by: number): Stretch | undefined {
  const { from, to } = shown(part, n);
  return placed(from + by, to - from, n);
}

/** The part between two indices. */
export function spanned(one: number, other: number, n: number): Stretch | undefined {
  const [low, high] = [Math.min(one, other), Math.max(one, other)];
  const width = Math.max(FEWEST - 1, high - low);
  return placed((low + high - width) / 2, width, n);
}

/** The part in which two indices stand at two places between the edges, 0 to 1: what two fingers hold. */
export function pinched(
  held: [number, number],
  places: [number, number],
  n: number,
): Stretch | undefined {
  // Fingers that cross or touch would turn the axis round; an axis of a thousand lengths is all of it.
  const apart = Math.max(1e-3, Math.abs(places[1] - places[0]));
  const width = Math.abs(held[1] - held[0]) / apart;
  const middle = (held[0] + held[1]) / 2;
  return placed(middle - ((places[0] + places[1]) / 2) * width, width, n);
}

/** The part moved just so far that an index is in view, with a little room. */
export function revealed(part: Stretch | undefined, n: number, index: number): Stretch | undefined {
  const { from, to } = shown(part, n);
  if (part === undefined || (index >= from && index <= to)) return part;
  const room = 0.1 * (to - from);
  return panned(part, n, index < from ? index - room - from : index + room - to);
}

/** What a key does to the axis. */
export type AxisAct = { act: "zoom"; factor: number } | { act: "all" };

/** Plus and minus zoom, zero shows all. */
export function axisAct(event: {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}): AxisAct | undefined {
  // With a command key they are the browser's.
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  if (event.key === "+" || event.key === "=") return { act: "zoom", factor: 1 / 1.5 };
  if (event.key === "-" || event.key === "\u2212") return { act: "zoom", factor: 1.5 };
  return event.key === "0" ? { act: "all" } : undefined;
}

/** Indices that Page Up and Page Down go. */
const PAGE = 16;

/** Where a key puts the line on an axis of `n`, from where it stands. */
export function lineAfter(key: string, at: number, n: number): number | undefined {
  const steps: Record<string, number> = {
    ArrowLeft: at - 1,
    ArrowRight: at + 1,
    PageDown: at - PAGE,
    PageUp: at + PAGE,
    Home: 0,
    End: n - 1,
  };
  const wanted = steps[key];
  return wanted === undefined ? undefined : Math.min(Math.max(0, wanted), n - 1);
}
