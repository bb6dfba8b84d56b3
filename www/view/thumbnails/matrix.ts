import { nothing } from "lit";
import { bells, cells, type Drawing, HEIGHT, numbers, WIDTH } from "./ground.ts";
import { STRUCTURED } from "./structured.ts";

/** Rows and columns: cells of 3 px. */
const ROWS = HEIGHT / 3;
const COLS = WIDTH / 3;
/** Rows of a transform that are kept, of 16. */
const KEPT = [1, 3, 4, 7, 8, 11, 13, 14];

function drawn(source: Generator<number, never>): (i: number, j: number) => number {
  const values = Array.from({ length: ROWS * COLS }, () => source.next().value);
  return (i, j) => values[i * COLS + j] ?? 0;
}

/** Whether the ones that two numbers share are odd in number: the sign in a Hadamard matrix. */
function odd(i: number, j: number): boolean {
  let shared = i & j;
  let parity = false;
  while (shared !== 0) {
    parity = !parity;
    shared &= shared - 1;
  }
  return parity;
}

/** Neighbouring columns that are alike, as in an autoregressive process. */
function correlated(): (i: number, j: number) => number {
  const fresh = drawn(bells(5));
  const columns: number[][] = [];
  for (let j = 0; j < COLS; j += 1)
    columns.push(
      Array.from({ length: ROWS }, (_, i) =>
        j === 0 ? fresh(i, 0) : 0.88 * (columns[j - 1]?.[i] ?? 0) + 0.475 * fresh(i, j),
      ),
    );
  return (i, j) => 0.6 * (columns[j]?.[i] ?? 0);
}

/** Three ones a column. */
function sparse(): (i: number, j: number) => number {
  const source = numbers(11);
  const taken = Array.from({ length: COLS }, () => {
    const rows = new Set<number>();
    while (rows.size < 2) rows.add(Math.floor(source.next().value * ROWS));
    return rows;
  });
  return (i, j) => (taken[j]?.has(i) ? 1 : 0);
}

/** A cyclic convolution with random weights, of which some rows are kept. */
function convolution(): (i: number, j: number) => number {
  const source = bells(3);
  const kernel = Array.from({ length: COLS }, () => 0.6 * source.next().value);
  return (i, j) => kernel[(j - (KEPT[i] ?? 0) + COLS) % COLS] ?? 0;
}

/** What entry (i, j) is, by the matrix's id. */
const ENTRIES: Record<string, () => (i: number, j: number) => number> = {
  gaussian: () => {
    const value = drawn(bells(1));
    return (i, j) => 0.55 * value(i, j);
  },
  bernoulli: () => {
    const value = drawn(numbers(7));
    return (i, j) => (value(i, j) < 0.5 ? -0.75 : 0.75);
  },
  sphere: () => {
    const value = drawn(bells(9));
    const norms = Array.from({ length: COLS }, (_, j) =>
      Math.hypot(...Array.from({ length: ROWS }, (_, i) => value(i, j))),
    );
    return (i, j) => (1.6 * value(i, j)) / (norms[j] ?? 1);
  },
  "partial-dct": () => (i, j) => Math.cos((Math.PI * (KEPT[i] ?? 0) * (j + 0.5)) / COLS),
  "partial-fourier": () => (i, j) => Math.cos((2 * Math.PI * (KEPT[i] ?? 0) * j) / COLS + i),
  "partial-hadamard": () => (i, j) => (odd(KEPT[i] ?? 0, j) ? -0.75 : 0.75),
  "random-convolution": convolution,
  "sparse-binary": sparse,
  correlated,
  subsampling: () => (i, j) => (KEPT[i] === j ? 1 : 0),
};

/** A small picture of the matrix's pattern. */
export function matrix(id: string): Drawing {
  const entries = ENTRIES[id] ?? STRUCTURED[id];
  return entries ? cells(ROWS, COLS, entries()) : nothing;
}
