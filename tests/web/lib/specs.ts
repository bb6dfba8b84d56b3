import type { Choice, Json, Spec } from "../../../www/spec/spec.ts";

/** A small generator, so that what fails once fails again. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const TEXTS = [
  "omp",
  "",
  "ℓ₁ – λ",
  "a\u0000b",
  'say "no"',
  "\ud83d\ude00",
  "x".repeat(300),
  "</script>",
];

/** Specs of every form that JSON allows, whether or not a solver would take them. */
export function* specs(many: number, seed = 1): Generator<Spec> {
  const random = randomOf(seed);
  const below = (n: number) => Math.floor(random() * n);
  const text = () => TEXTS[below(TEXTS.length)] ?? "";
  const number = () => [below(300), -random(), random() * 1e-9, 2 ** 53 - 1, -0.05][below(5)] ?? 0;
  const value = (depth: number): Json => {
    const kind = below(depth > 3 ? 4 : 6);
    if (kind === 0) return number();
    if (kind === 1) return text();
    if (kind === 2) return random() < 0.5;
    if (kind === 3) return null;
    if (kind === 4) return Array.from({ length: below(6) }, () => value(depth + 1));
    return object(depth + 1);
  };
  const object = (depth: number): { [key: string]: Json } =>
    Object.fromEntries(
      Array.from({ length: below(5) }, (_, i) => [`${text().slice(0, 9)}${i}`, value(depth)]),
    );
  const choice = (): Choice => ({ ...object(0), id: text() });
  for (let i = 0; i < many; i += 1) {
    yield {
      v: 1,
      seed: below(2 ** 31),
      problem: choice(),
      methods: Array.from({ length: 1 + below(4) }, choice),
    };
  }
}
