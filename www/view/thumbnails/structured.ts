import { bells, numbers } from "./ground.ts";

/** What entry (i, j) of a small matrix is. */
type Entries = (i: number, j: number) => number;

/** Rows and columns of the picture. */
const ROWS = 8;
const COLS = 16;

/** Random numbers, the same for the same place. */
function table(source: Generator<number, never>, rows = ROWS, cols = COLS): Entries {
  const values = Array.from({ length: rows * cols }, () => source.next().value);
  return (i, j) => values[(i % rows) * cols + (j % cols)] ?? 0;
}

/** A filter that moves along: Toeplitz where its ends do not meet, circulant where they do. */
function moving(seed: number, circular: boolean): Entries {
  const weights = table(bells(seed), 1, 32);
  return (i, j) => 0.6 * weights(0, circular ? (j - 2 * i + 32) % COLS : j - 2 * i + 15);
}

/** A cosine whose frequency grows with the row. */
const wave = (i: number, j: number, rate = 1) => Math.cos((Math.PI * rate * i * (j + 0.5)) / COLS);

/** The Legendre polynomial of degree `degree` at `t`. */
function legendre(degree: number, t: number): number {
  let [before, now] = [1, t];
  if (degree === 0) return 1;
  for (let k = 1; k < degree; k += 1)
    [before, now] = [now, ((2 * k + 1) * t * now - k * before) / (k + 1)];
  return now;
}

/** Matrices that are made by a rule rather than drawn entry by entry, by id. */
export const STRUCTURED: Record<string, () => Entries> = {
  "nonzero-mean": () => {
    const value = table(bells(13));
    return (i, j) => 0.4 + 0.35 * value(i, j);
  },
  "heavy-tailed": () => {
    const value = table(bells(15));
    return (i, j) => 0.12 * value(i, j) ** 3;
  },
  "prescribed-spectrum": () => {
    const [left, right] = [table(bells(17), ROWS, 3), table(bells(18), 3, COLS)];
    return (i, j) =>
      [0.5, 0.2, 0.08].reduce((sum, size, k) => sum + size * left(i, k) * right(k, j), 0);
  },
  "low-rank": () => {
    const [left, right] = [table(bells(20), ROWS, 2), table(bells(25), 2, COLS)];
    return (i, j) => 0.4 * (left(i, 0) * right(0, j) + left(i, 1) * right(1, j));
  },
  grassmannian: () => (i, j) => 0.8 * Math.cos((Math.PI * (2 * i + 1) * (j + 1) * (j + 2)) / 37),
  "block-diagonal": () => {
    const value = table(bells(19));
    return (i, j) => (i >> 1 === j >> 2 ? 0.6 * value(i, j) : 0);
  },
  kronecker: () => {
    const [outer, inner] = [table(bells(21), 2, 4), table(bells(22), 4, 4)];
    return (i, j) => 0.6 * outer(i >> 2, j >> 2) * inner(i % 4, j % 4);
  },
  toeplitz: () => moving(23, false),
  circulant: () => moving(24, true),
  "random-demodulator": () => {
    const sign = table(numbers(25), 1, COLS);
    return (i, j) => (j >> 1 === i ? (sign(0, j) < 0.5 ? -0.8 : 0.8) : 0);
  },
  expander: () => (i, j) => (i === (3 * j) % ROWS || i === (5 * j + 2) % ROWS ? 1 : 0),
  polynomials: () => (i, j) => legendre(j >> 1, (2 * i + 1) / ROWS - 1),
  radon: () => (i, j) => ((i < 4 ? j >> 2 === i : j % 4 === i - 4) ? 0.8 : 0),
  mri: () => (i, j) => {
    const [y, x] = [i - 3.5, (j - 7.5) / 2];
    return Math.abs(y) < 0.6 || Math.abs(x) < 0.3 || Math.abs(Math.abs(y) - Math.abs(x)) < 0.4
      ? 1
      : 0;
  },
  "low-pass-fourier": () => (i, j) => wave(i, j, 0.5),
  "spikes-and-sines": () => (i, j) =>
    j < ROWS ? (i === j ? 1 : 0) : Math.cos((Math.PI * (i + 0.5) * (j - ROWS)) / ROWS),
  "spikes-and-noiselets": () => {
    const value = table(numbers(29));
    return (i, j) => (j < ROWS ? (i === j ? 1 : 0) : value(i, j) < 0.5 ? -0.6 : 0.6);
  },
  paley: () => (i, j) => ((i * i + 3 * j * j + i * j) % 17 < 8 ? -0.7 : 0.7),
  chirp: () => (i, j) => Math.cos((2 * Math.PI * (i * i * (1 + (j >> 2)) + i * j)) / 17),
  "delsarte-goethals": () => (i, j) =>
    ((i & j) + ((i & (i >> 1)) ^ (j >> 3))) % 2 === 0 ? 0.75 : -0.75,
};
