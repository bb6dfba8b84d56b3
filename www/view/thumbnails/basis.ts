import { nothing } from "lit";
import { cells, curve, type Drawing, sampled, scaled, stems } from "./ground.ts";

/** The wavelet with four taps, by the cascade: its filters applied again and again. */
function daubechies(): number[] {
  const root = Math.sqrt(3);
  const low = [1 + root, 3 + root, 3 - root, 1 - root].map((tap) => tap / 4);
  const high = low.map((_, k) => (k % 2 === 0 ? 1 : -1) * (low[3 - k] ?? 0));
  const filtered = (values: number[], taps: number[], stride: number) => {
    const result = new Array(values.length + 3 * stride).fill(0);
    values.forEach((value, i) => {
      taps.forEach((tap, k) => {
        result[i + k * stride] += tap * value;
      });
    });
    return result as number[];
  };
  let values = [1];
  for (let level = 0; level < 4; level += 1) values = filtered(values, low, 2 ** level);
  return filtered(values, high, 2 ** 4);
}

/** The wavelet of a longer filter: of the same kind, and smoother with every two taps. */
function smoother(taps: number): number[] {
  let values = daubechies();
  for (let round = 4; round < taps; round += 2)
    values = values.map((value, i) => (value + (values[i - 1] ?? 0) + (values[i + 1] ?? 0)) / 3);
  return scaled(values);
}

/** A bump between dips, in both directions: a wavelet of an image. */
const pyramid = (sharp: number) =>
  cells(8, 16, (i, j) => {
    const [y, x] = [(i - 3.5) / 3, (j - 7.5) / 5];
    return (1 - sharp * (x * x + y * y)) * Math.exp(-1.5 * (x * x + y * y));
  });

const BASES: Record<string, () => Drawing> = {
  identity: () => stems([0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]),
  dct: () => curve(sampled((t) => 0.9 * Math.cos(5 * Math.PI * t))),
  haar: () => curve(sampled((t) => (t < 0.25 || t > 0.75 ? 0 : t < 0.5 ? 0.85 : -0.85), 96)),
  "daubechies-4": () => curve(scaled(daubechies())),
  "dct-2d": () =>
    cells(
      8,
      16,
      (i, j) => Math.cos((Math.PI * (i + 0.5) * 2) / 8) * Math.cos((Math.PI * (j + 0.5) * 3) / 16),
    ),
  "haar-2d": () => cells(4, 8, (i, j) => (i < 2 === j < 4 ? 0.7 : -0.7)),
  fourier: () => curve(sampled((t) => 0.9 * Math.sin(4 * Math.PI * t))),
  "haar-pyramid": () => cells(4, 8, (i, j) => (i < 2 === j < 4 ? 0.7 : -0.7)),
  "daubechies-4-pyramid": () => pyramid(2.4),
  "daubechies-8-pyramid": () => pyramid(1.8),
  "symlet-8-pyramid": () => pyramid(1.4),
  gabor: () =>
    curve(sampled((t) => Math.exp(-24 * (t - 0.5) ** 2) * Math.cos(40 * (t - 0.5)), 120)),
  "identity-and-dct": () => [
    stems([0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]),
    curve(
      sampled((t) => 0.5 * Math.cos(5 * Math.PI * t)),
      "estimate",
    ),
  ],
  "haar-and-dct": () => [
    curve(sampled((t) => (t < 0.25 || t > 0.75 ? 0 : t < 0.5 ? 0.85 : -0.85), 96)),
    curve(
      sampled((t) => 0.5 * Math.cos(5 * Math.PI * t)),
      "estimate",
    ),
  ],
};

/** One element of the basis. */
export function basis(id: string): Drawing {
  const taps = /^(?:daubechies|symlet)-(\d+)$/.exec(id)?.[1];
  return BASES[id]?.() ?? (taps ? curve(smoother(Number(taps))) : nothing);
}
