/**
 * Vertical ranges that stand still: a range changes only when the data leaves it or fills less than three
 * quarters of it, and never while something is dragged.
 */
export class Ranges {
  readonly #kept = new Map<string, [number, number]>();

  /** The range for `name`, given what the data needs. */
  settle(name: string, needed: [number, number], frozen = false): [number, number] {
    const kept = this.#kept.get(name);
    if (kept && (frozen || fits(kept, needed))) return kept;
    this.#kept.set(name, needed);
    return needed;
  }

  forget(): void {
    this.#kept.clear();
  }
}

function fits([low, high]: [number, number], [from, to]: [number, number]): boolean {
  return from >= low && to <= high && to - from >= 0.75 * (high - low);
}

/** Smallest and largest of several lists, with zero. */
export function extent(...lists: (ArrayLike<number> | undefined)[]): [number, number] {
  let [low, high] = [0, 0];
  for (const list of lists) {
    for (let i = 0; list && i < list.length; i += 1) {
      const value = list[i] as number;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return [low, high];
}

/** A range with room above and below, never empty. */
export function roomy([low, high]: [number, number], share = 0.08): [number, number] {
  if (low === high) return [low - 1, high + 1];
  const room = (high - low) * share;
  return [low < 0 ? low - room : low, high > 0 ? high + room : high];
}

/** A range for a logarithmic axis that shows positive values from `floor` up. */
export function logRange(
  lists: (ArrayLike<number> | undefined)[],
  floor = 1e-16,
): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, 0];
  for (const list of lists) {
    for (let i = 0; list && i < list.length; i += 1) {
      const value = list[i] as number;
      if (!(value > 0) || !Number.isFinite(value)) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  if (high === 0) return [0.1, 1];
  low = Math.max(low, floor, high * 1e-18);
  // Never less than one decade, so that a flat line looks flat.
  if (high / low < 10) return [high / 12, high * 1.2];
  return [low / 1.3, high * 1.3];
}
