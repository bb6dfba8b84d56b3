/** Spikes by index. Nothing here changes what it is given. */
export type Spikes = ReadonlyMap<number, number>;
/** Some of them, by index. */
export type Chosen = ReadonlySet<number>;

/** To a thousandth: what a hand can mean. */
export function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

/** The spikes of a vector: its entries that are not zero. */
export function spikesOf(values: ArrayLike<number> | undefined): Map<number, number> {
  const spikes = new Map<number, number>();
  for (let i = 0; values && i < values.length; i += 1)
    if (values[i] !== 0) spikes.set(i, values[i] as number);
  return spikes;
}

/**
 * What is chosen: the selected index, and with it those that were chosen together with it. A choice of several
 * ends when an index outside it is selected, from wherever.
 */
export function chosenOf(selected: number | undefined, together: Chosen): Chosen {
  if (selected === undefined) return new Set();
  return together.has(selected) ? together : new Set([selected]);
}

/** Every chosen place with a value added; a place without a spike gets one, and one that comes to zero goes. */
export function changed(spikes: Spikes, chosen: Chosen, by: number): Map<number, number> {
  const result = new Map(spikes);
  for (const i of chosen) put(result, i, rounded((spikes.get(i) ?? 0) + by));
  return result;
}

/** Every chosen place at one value; at zero they go. */
export function valued(spikes: Spikes, chosen: Chosen, value: number): Map<number, number> {
  const result = new Map(spikes);
  for (const i of chosen) put(result, i, value);
  return result;
}

function put(spikes: Map<number, number>, index: number, value: number): void {
  if (value === 0) spikes.delete(index);
  else spikes.set(index, value);
}

/** The chosen spikes at other places, all by the same shift. */
export function shifted(spikes: Spikes, chosen: Chosen, by: number): Map<number, number> {
  const result = new Map(spikes);
  for (const i of chosen) result.delete(i);
  for (const i of chosen) {
    const value = spikes.get(i);
    if (value !== undefined) result.set(i + by, value);
  }
  return result;
}

/** Whether the chosen spikes find free places among `n` after a shift. */
function fits(spikes: Spikes, chosen: Chosen, by: number, n: number): boolean {
  return [...chosen].every((i) => {
    const place = i + by;
    return place >= 0 && place < n && (chosen.has(place) || !spikes.has(place));
  });
}

/** The shift that a drag comes to: the largest up to `wanted` that finds free places. Taken ones are jumped once it is past them. */
export function dragShift(spikes: Spikes, chosen: Chosen, wanted: number, n: number): number {
  const direction = Math.sign(wanted);
  // No farther than the edges, however far the pointer is.
  let by = direction * Math.min(Math.abs(wanted), n);
  while (by !== 0 && !fits(spikes, chosen, by, n)) by -= direction;
  return by;
}

/** The next shift in a direction that finds free places: taken ones are jumped. Zero where there is none. */
export function stepShift(spikes: Spikes, chosen: Chosen, direction: 1 | -1, n: number): number {
  for (let by: number = direction; Math.abs(by) < n; by += direction)
    if (fits(spikes, chosen, by, n)) return by;
  return 0;
}

/** The next spike from a place, left or right of it. */
export function neighbour(
  spikes: Spikes,
  from: number | undefined,
  direction: 1 | -1,
): number | undefined {
  const places = [...spikes.keys()].sort((i, j) => i - j);
  if (from === undefined) return direction > 0 ? places[0] : places.at(-1);
  return direction > 0 ? places.find((i) => i > from) : places.findLast((i) => i < from);
}

/** The spikes from one place to another, both with them. */
export function spikesBetween(spikes: Spikes, one: number, other: number): Set<number> {
  const [low, high] = [Math.min(one, other), Math.max(one, other)];
  return new Set([...spikes.keys()].filter((i) => i >= low && i <= high));
}
