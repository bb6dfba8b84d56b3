/** A place on the curve: sample and value, neither of them whole. */
export interface Point {
  x: number;
  y: number;
}

/** Samples that a bend reaches on either side. */
const REACH = 4;

/** The samples from one point to another on the straight piece between them; the others stay. */
export function stroked(values: readonly number[], one: Point, other: Point): number[] {
  const result = [...values];
  const [left, right] = one.x <= other.x ? [one, other] : [other, one];
  const last = Math.min(values.length - 1, Math.round(right.x));
  for (let i = Math.max(0, Math.round(left.x)); i <= last; i += 1) {
    const share = right.x === left.x ? 0 : (i - left.x) / (right.x - left.x);
    // Of two points on one sample the later one counts.
    result[i] =
      right.x === left.x ? other.y : left.y + Math.min(1, Math.max(0, share)) * (right.y - left.y);
  }
  return result;
}

/** The samples between two, a hand's tremor smoothed away; the two themselves stay. */
export function smoothed(values: readonly number[], from: number, to: number): number[] {
  return values.map((value, i) =>
    i > from && i < to
      ? 0.25 * (values[i - 1] ?? value) + 0.5 * value + 0.25 * (values[i + 1] ?? value)
      : value,
  );
}

/** The curve bent at a sample by a soft brush: one press must not make a spike. */
export function bent(values: readonly number[], at: number, by: number): number[] {
  return values.map((value, i) => {
    const away = Math.abs(i - at);
    return away > REACH
      ? value
      : value + by * (0.5 + 0.5 * Math.cos((Math.PI * away) / (REACH + 1)));
  });
}

/** A stroke of the brush as it goes. */
export interface Stroke {
  values: number[];
  last: Point;
  /** Samples that were drawn freehand, to be smoothed; none while `from > to`. */
  rough: { from: number; to: number };
  /** Where a straight piece began, and the values before it. */
  straight: { start: Point; values: number[] } | undefined;
}

/** A stroke that begins at a point of the curve. */
export function beginStroke(values: ArrayLike<number>, at: Point, straight: boolean): Stroke {
  const stroke: Stroke = {
    values: Array.from(values),
    last: at,
    rough: { from: Number.POSITIVE_INFINITY, to: Number.NEGATIVE_INFINITY },
    straight: undefined,
  };
  return continueStroke(stroke, at, straight);
}

/** The stroke led on to a point: freehand, or by one straight piece since `straight` first held. */
export function continueStroke(stroke: Stroke, at: Point, straight: boolean): Stroke {
  if (straight) {
    const piece = stroke.straight ?? { start: stroke.last, values: stroke.values };
    return { ...stroke, straight: piece, last: at, values: stroked(piece.values, piece.start, at) };
  }
  const ends = [stroke.last.x, at.x].map(Math.round);
  return {
    values: stroked(stroke.values, stroke.last, at),
    last: at,
    straight: undefined,
    rough: {
      from: Math.min(stroke.rough.from, ...ends),
      to: Math.max(stroke.rough.to, ...ends),
    },
  };
}

/** What a stroke leaves once the pointer is lifted. */
export function endStroke({ values, rough }: Stroke): number[] {
  return smoothed(values, rough.from, rough.to);
}
