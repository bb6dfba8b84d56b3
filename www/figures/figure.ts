/** What the crate's figures take. The Rust structs of the same names are in `src/figures/`. */

/** Numbers as the bytes of a typed array: one copy into wasm. */
export type Series = Uint8Array;

export function series(values: ArrayLike<number>): Series {
  const numbers = values instanceof Float64Array ? values : Float64Array.from(values);
  return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}

export interface Scale {
  from: number;
  to: number;
  kind?: "linear" | "log" | "index";
  ticks?: boolean;
}

export interface Frame {
  width: number;
  height: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
  x: Scale;
  y: Scale;
}

export interface Line {
  x?: Series;
  y: Series;
  colour: string;
  dash?: number[];
  width?: number;
  until?: number;
}

export interface Span {
  index: number;
  from: number;
  to: number;
  wrong: boolean;
}

export interface Heat {
  kind: "heat";
  rows: number;
  cols: number;
  values: Series;
  scheme: "sequential" | "diverging" | "grey";
  active?: number[];
  peak?: number;
}

/** A phase diagram; see `src/figures/phase.rs`. */
export interface Phase {
  kind: "phase";
  cols: number;
  rows: number;
  shares: Series;
  values: Series;
  scheme: Heat["scheme"];
  contours: {
    x: Series;
    y: Series;
    low: Series;
    high: Series;
    colour: string;
    name: string;
    banded: boolean;
  }[];
  theory: { x: Series; y: Series; name: string }[];
}

/** A column of a phase diagram; see `src/figures/slice.rs`. */
export interface Slice {
  kind: "slice";
  upright: boolean;
  profile: {
    at: Series;
    value: Series;
    low: Series;
    high: Series;
    colour: string;
    chosen?: number;
  };
  fits: Line[];
  theory: { at: number; name: string }[];
  level?: number;
}

export type Figure =
  | {
      kind: "stems";
      truth?: Series;
      estimate?: Series;
      threshold?: number;
      ended?: boolean;
      colour?: string;
      selected?: number[];
    }
  | {
      kind: "bars";
      values: Series;
      active?: number[];
      chosen?: number;
      label?: string;
      threshold?: number;
      colour?: string;
    }
  | { kind: "measured"; measurements: Series; residual: Series }
  | {
      kind: "curves";
      lines: Line[];
      crosses?: { x: number; y: number }[];
      rules?: { y: number }[];
      bands?: { low: Series; high: Series; colour: string }[];
      points?: { rows: Series; colour: string };
    }
  | { kind: "raster"; spans: Span[]; truth: number[]; colour?: string }
  | Heat
  | { kind: "links"; rows: Series; colour?: string }
  | Phase
  | Slice;

/** Least width and height of a plot, in px: what is smaller has no room for its letters and is not drawn. */
const LEAST_PLOT = 24;

/** Whether a frame leaves its plot room enough to be drawn. */
export function hasRoom({ width, height, left, right, top, bottom }: Frame): boolean {
  return width - left - right >= LEAST_PLOT && height - top - bottom >= LEAST_PLOT;
}

/** Where a value stands between the edges of an axis, 0 to 1; the same rule as `Scale::place` in Rust. */
export function place(scale: Scale, value: number): number {
  const map = (v: number) => (scale.kind === "log" ? Math.log10(Math.max(v, 1e-300)) : v);
  const [from, to] = [map(scale.from), map(scale.to)];
  return from === to ? 0.5 : (map(value) - from) / (to - from);
}

/** The value at a place between the edges: the inverse of {@link place}. */
export function valueAtPlace(scale: Scale, share: number): number {
  if (scale.kind !== "log") return scale.from + share * (scale.to - scale.from);
  const [from, to] = [Math.log10(scale.from), Math.log10(scale.to)];
  return 10 ** (from + share * (to - from));
}

/** Whether two figures would be drawn alike. Numbers that lie in the same place are not compared one by one. */
export function alike(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (a instanceof Uint8Array && b instanceof Uint8Array) return sameBytes(a, b);
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => alike(a[key as keyof typeof a], b[key as keyof typeof b]))
  );
}

function sameBytes(a: Series, b: Series): boolean {
  if (a.length !== b.length) return false;
  if (a.buffer === b.buffer && a.byteOffset === b.byteOffset) return true;
  const [left, right] = [words(a), words(b)];
  for (let i = 0; i < left.length; i += 1) if (left[i] !== right[i]) return false;
  return true;
}

/** Bytes four at a time where they lie so: a matrix has a million of them, and is compared whenever a hand moves. */
function words(bytes: Series): Uint8Array | Uint32Array {
  const aligned = bytes.byteOffset % 4 === 0 && bytes.length % 4 === 0;
  return aligned ? new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4) : bytes;
}
