import { nothing } from "lit";
import { bells, curve, type Drawing } from "./ground.ts";

const LENGTH = 40;

function drawn(size: (i: number) => number): number[] {
  const source = bells(21);
  return Array.from({ length: LENGTH }, (_, i) =>
    Math.max(-1, Math.min(1, size(i) * source.next().value)),
  );
}

/** Measurements that are spoilt in other ways than by adding to them. */
const WAVE = Array.from({ length: LENGTH }, (_, i) => 0.9 * Math.sin((4 * Math.PI * i) / LENGTH));

const NOISES: Record<string, () => number[]> = {
  none: () => [0, 0],
  gaussian: () => drawn(() => 0.3),
  outliers: () => drawn(() => 0.05).map((value, i) => (i === 9 ? 0.9 : i === 27 ? -0.8 : value)),
  laplace: () => drawn(() => 0.25).map((value) => Math.sign(value) * (2.2 * value) ** 2 * 0.8),
  "student-t": () =>
    drawn(() => 0.2).map((value, i) => (i === 14 ? 0.9 : i % 7 === 3 ? 2 * value : value)),
  poisson: () => drawn((i) => 0.1 + (0.6 * i) / LENGTH),
  quantisation: () => WAVE.map((value) => Math.round(3 * value) / 3),
  clipping: () => WAVE.map((value) => Math.max(-0.5, Math.min(0.5, value))),
  missing: () => WAVE.map((value, i) => (i % 9 === 4 || i % 13 === 7 ? 0 : value)),
};

/** What is added to the measurements, one after the other, or what is left of them. */
export function noise(id: string): Drawing {
  const values = NOISES[id];
  return values ? curve(values(), "measured") : nothing;
}
