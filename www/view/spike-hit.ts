import type { Spikes } from "../spec/spikes.ts";

/** A place within the figure, in px. */
export interface Spot {
  left: number;
  top: number;
}

/** How near a pointer must be to a stem, in px. */
const NEAR = { mouse: 12, finger: 22 };
/** How far below its foot a stem is still met by a mouse. */
const FOOT = 4;
/** A spike that comes this near to zero is removed. */
const ZERO = 4;

/** Where values stand in the figure; nothing while it has no size, or beside the part of the axis in view. */
export type PlaceOf = (index: number, value: number) => Spot | undefined;

/** The spike whose stem is nearest to a pointer, if one is within reach. */
export function stemAt(
  spikes: Spikes,
  pointer: Spot,
  place: PlaceOf,
  finger: boolean,
): number | undefined {
  const reach = finger ? NEAR.finger : NEAR.mouse;
  const below = finger ? reach : FOOT;
  let best: number | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const [index, value] of spikes) {
    const [head, foot] = [place(index, value), place(index, 0)];
    if (!head || !foot) continue;
    const distance = Math.abs(head.left - pointer.left);
    // The reach is around the head; the foot stands on the axis, beyond which nothing is.
    const high = Math.min(head.top, foot.top) - (head.top <= foot.top ? reach : below);
    const low = Math.max(head.top, foot.top) + (head.top <= foot.top ? below : reach);
    if (distance <= reach && distance < least && pointer.top >= high && pointer.top <= low)
      [best, least] = [index, distance];
  }
  return best;
}

/** The spikes whose heads are within a box between two corners. */
export function headsWithin(spikes: Spikes, one: Spot, other: Spot, place: PlaceOf): Set<number> {
  const within = (value: number, a: number, b: number) =>
    value >= Math.min(a, b) && value <= Math.max(a, b);
  return new Set(
    [...spikes].flatMap(([index, value]) => {
      const head = place(index, value);
      const inside =
        head && within(head.left, one.left, other.left) && within(head.top, one.top, other.top);
      return inside ? [index] : [];
    }),
  );
}

/** Whether a value is drawn so near to zero that it means none. */
export function nearZero(value: number, place: PlaceOf, index: number): boolean {
  const [head, foot] = [place(index, value), place(index, 0)];
  return head !== undefined && foot !== undefined && Math.abs(head.top - foot.top) <= ZERO;
}
