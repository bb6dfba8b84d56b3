import { nothing, svg } from "lit";
import { curve, type Drawing, HEIGHT, sampled, scaled, stems, WIDTH } from "./ground.ts";

/** Where the test signals of Donoho and Johnstone (1994) jump or peak, how high, and how wide. */
const AT = [0.1, 0.13, 0.15, 0.23, 0.25, 0.4, 0.44, 0.65, 0.76, 0.78, 0.81];
const JUMPS = [4, -5, 3, -4, 5, -4.2, 2.1, 4.3, -3.1, 2.1, -4.2];
const PEAKS = [4, 5, 3, 4, 5, 4.2, 2.1, 4.3, 3.1, 5.1, 4.2];
const WIDTHS = [5, 5, 6, 10, 10, 30, 10, 10, 5, 8, 5].map((width) => width / 1000);

const sum = (value: (place: number, i: number) => number) =>
  AT.reduce((total, place, i) => total + value(place, i), 0);
const centred = (values: number[]) => {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return scaled(values.map((value) => value - (low + high) / 2));
};

const SIGNALS: Record<string, () => Drawing> = {
  sparse: () => stems([0, 0.7, 0, 0, -0.5, 0, 0, 0, 1, 0, 0.35, 0, 0, -0.85, 0, 0]),
  drawn: () => [
    stems([0, 0, 0.6, 0, 0, 0, 0, 0, 0, -0.7, 0, 0, 0, 0, 0, 0]),
    svg`<path d="M36 10l6-7 3 2.5-6 7-3.6 1z" fill="none" stroke="var(--ink-3)" stroke-width="1.2"></path>`,
  ],
  "block-sparse": () => stems([0, 0, 0.7, -0.5, 0.9, 0.4, 0, 0, 0, 0, -0.6, 0.8, -0.9, 0.5, 0, 0]),
  clustered: () => stems([0, 0.5, 0.9, 0, 0, 0, 0, -0.7, 0.4, -0.8, 0.6, 0, 0, 0, 0, 0.3]),
  "tree-sparse": () => stems([1, -0.8, 0.6, 0, 0.5, 0, -0.4, 0, 0, 0.3, 0, 0, 0, 0.25, 0, 0]),
  "piecewise-constant": () =>
    curve(sampled((t) => (t < 0.2 ? 0.4 : t < 0.45 ? -0.6 : t < 0.7 ? 0.9 : -0.1), 96)),
  sinusoids: () =>
    curve(
      sampled(
        (t) => 0.5 * (Math.sin(2 * Math.PI * 3.3 * t) + Math.sin(2 * Math.PI * 7.4 * t)),
        120,
      ),
    ),
  "shepp-logan": phantom,
  ellipses,
  curve: () => curve(sampled((t) => 0.8 * Math.sin(9 * t ** 1.5) * (1 - 0.5 * t))),
  waveform: () => curve(centred(sampled(NAMED.blocks as (t: number) => number, 96))),
  recording: () => curve(centred(sampled(NAMED["mauna-loa"] as (t: number) => number, 96))),
};

/** Test signals and recordings that are curves; Mauna Loa's is a trend with seasons, as the recording has. */
const NAMED: Record<string, (t: number) => number> = {
  blocks: (t) => sum((place, i) => (t > place ? (JUMPS[i] ?? 0) : 0)),
  bumps: (t) =>
    sum((place, i) => (PEAKS[i] ?? 0) * (1 + Math.abs((t - place) / (WIDTHS[i] ?? 1))) ** -4),
  heavisine: (t) => 4 * Math.sin(4 * Math.PI * t) - Math.sign(t - 0.3) - Math.sign(0.72 - t),
  doppler: (t) => Math.sqrt(t * (1 - t)) * Math.sin((2 * Math.PI * 1.05) / (t + 0.05)),
  "mauna-loa": (t) => t + 0.12 * Math.sin(2 * Math.PI * 9 * t),
};

/** The skull, and what is darker and brighter in it. */
function phantom(): Drawing {
  const [x, y] = [WIDTH / 2, HEIGHT / 2];
  const ellipses = [
    [0, 0, 8, 11, 0.85],
    [0, 0.3, 7.2, 10, 0.3],
    [-2.4, 0, 1.5, 3.6, 0.7],
    [2.4, 0, 1.2, 3, 0.7],
    [0, -4, 2, 2, 0.5],
    [0, 6, 1, 0.8, 0.6],
  ];
  return ellipses.map(
    ([dx = 0, dy = 0, rx, ry, opacity]) =>
      svg`<ellipse cx=${x + dx} cy=${y + dy} rx=${rx} ry=${ry} fill="var(--truth)" opacity=${opacity}></ellipse>`,
  );
}

/** Some, one over the other. */
function ellipses(): Drawing {
  const [x, y] = [WIDTH / 2, HEIGHT / 2];
  return [
    [-6, -1, 7, 5, -20, 0.45],
    [7, 2, 8, 4, 35, 0.75],
    [2, -4, 3.5, 5.5, 10, 0.95],
  ].map(
    ([dx = 0, dy = 0, rx, ry, turn, opacity]) =>
      svg`<ellipse cx=${x + dx} cy=${y + dy} rx=${rx} ry=${ry} transform=${`rotate(${turn} ${x + dx} ${y + dy})`} fill="var(--truth)" opacity=${opacity}></ellipse>`,
  );
}

/** A kind of signal: stems where it is spikes, a line where it is a curve. */
export function signal(id: string): Drawing {
  return SIGNALS[id]?.() ?? nothing;
}

/** A signal with a name. */
export function named(id: string): Drawing {
  const of = NAMED[id];
  if (of) return curve(centred(sampled(of, 160)));
  if (id !== "galaxy") return nothing;
  const [x, y] = [WIDTH / 2, HEIGHT / 2];
  return [11, 7.5, 4, 1.6].map(
    (size, i) =>
      svg`<ellipse cx=${x} cy=${y} rx=${size * 1.7} ry=${size * 0.8} transform="rotate(-20 ${x} ${y})" fill="var(--truth)" opacity=${0.18 + 0.14 * i}></ellipse>`,
  );
}
