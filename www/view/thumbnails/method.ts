import { svg } from "lit";
import { axis, curve, type Drawing, HEIGHT, sampled, stems, WIDTH } from "./ground.ts";

/** How a method finds what is not zero. */
export type Family = "picks" | "threshold" | "shrinkage" | "bell" | "fit";

/**
 * Words in what a method says of itself, the most telling first. A method that comes later finds its family by
 * the same words; one that uses none of them fits something.
 */
const WORDS: [Family, RegExp][] = [
  ["bell", /bayes|varianc|denoise|learn|evidence|message|looks like noise/],
  ["threshold", /hard threshold/],
  ["picks", /\bpick|\bcolumns?\b|greedy/],
  ["shrinkage", /shrink|threshold|lasso|one entry at a time|prox/],
];

/** The family of a method, from its title and its line. */
export function familyOf(words: string): Family {
  const text = words.toLowerCase();
  return WORDS.find(([, telling]) => telling.test(text))?.[0] ?? "fit";
}

const FAMILIES: Record<Family, () => Drawing> = {
  // Stems one by one: some are there, one is being taken.
  picks: () => [
    stems([0.9, 0, 0, 0.6, 0, 0, 0.75, 0, 0, 0], "estimate"),
    svg`<path d="M40.8 ${HEIGHT - 3}V7" stroke="var(--estimate)" stroke-width="1.2" stroke-dasharray="2 2"></path><circle cx="40.8" cy="7" r="2.4" fill="none" stroke="var(--estimate)" stroke-width="1.2"></circle>`,
  ],
  // A line above which all stay.
  threshold: () => [
    axis(HEIGHT - 3),
    ...[0.3, 0.9, 0.2, 0.45, 1, 0.35, 0.15, 0.8, 0.4, 0.25].map(
      (value, i) =>
        svg`<path d="M${2.4 + 4.8 * i} ${HEIGHT - 3}v${-16 * value}" stroke="var(--${value > 0.6 ? "estimate" : "control"})" stroke-width="1.6"></path>`,
    ),
    svg`<path d="M0 11.5H${WIDTH}" stroke="var(--ink-2)" stroke-width="1" stroke-dasharray="3 2"></path>`,
  ],
  // The soft threshold as a curve.
  shrinkage: () => [
    axis(HEIGHT / 2),
    curve(
      sampled((t) => {
        const x = 2 * t - 1;
        return 1.4 * Math.sign(x) * Math.max(0, Math.abs(x) - 0.35);
      }),
      "estimate",
    ),
  ],
  bell: () => [
    axis(HEIGHT - 3),
    curve(
      sampled((t) => 1.65 * Math.exp(-(((t - 0.5) / 0.16) ** 2)) - 0.75),
      "estimate",
    ),
  ],
  // The ball of the one-norm that touches the line of all signals that fit.
  fit: () =>
    svg`<path d="M24 3l9 9-9 9-9-9z" fill="none" stroke="var(--estimate)" stroke-width="1.3"></path><path d="M10 0L44 13" stroke="var(--ink-2)" stroke-width="1"></path>`,
};

/** The family of a method. */
export function method(words: string): Drawing {
  return FAMILIES[familyOf(words)]();
}
