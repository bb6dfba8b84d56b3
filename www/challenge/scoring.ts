import { RECOVERED } from "../lesson/measures.ts";
import { sayChallenge } from "../messages/challenge.ts";
import type { Judged } from "../solve/protocol.ts";
import { merged, type Path, type Spec, withValue } from "../spec/spec.ts";
import { decibels, exact, short } from "../words/numbers.ts";

/** Seeds of the draws that scores are computed on begin here: the same for everybody, and none of those one plays with. */
const FIRST_SEED = 70_000;

/** How a Spec is scored: by other Specs that are run, and what they come to. No score depends on anything else. */
export interface Scoring {
  /** What the score is, in words. */
  says: () => string;
  better: "less" | "more";
  /** The score as it is spoken of. */
  spoken: (score: number) => string;
  /** The Specs that are run. */
  specs: (spec: Spec) => Spec[];
  /** What they come to, in the order of `specs`. */
  score: (judged: readonly Judged[]) => Score;
}

export interface Score {
  /** Nothing where the rule is not met. */
  value: number | undefined;
  /** How it came about, one sentence. */
  because: string;
}

function isRecovered({ metrics }: Judged): boolean {
  return (metrics.relative_error ?? Number.POSITIVE_INFINITY) <= RECOVERED;
}

function draws(spec: Spec, many: number): Spec[] {
  return Array.from({ length: many }, (_, i) => ({ ...spec, seed: FIRST_SEED + i }));
}

/** The number of measurements, where all of `many` fresh draws are recovered. */
export function fewestMeasurements(many: number): Scoring {
  return {
    says: () => sayChallenge.fewest.says(many),
    better: "less",
    spoken: (score) => sayChallenge.fewest.spoken(score),
    specs: (spec) => draws(spec, many),
    score: (judged) => {
      const recovered = judged.filter(isRecovered).length;
      const rows = judged[0]?.rows ?? 0;
      return {
        value: recovered === many ? rows : undefined,
        because: sayChallenge.fewest.because(rows, recovered, many),
      };
    },
  };
}

/** Choices that a score is compared with, by what the words call them. */
type Named = Pick<typeof sayChallenge.more, "gaussian">;

/** How many more of `many` draws, in a hundred, are recovered than with another choice on the same seeds. */
export function moreThan(patch: unknown, name: keyof Named, many: number): Scoring {
  return {
    says: () => sayChallenge.more.says(many, sayChallenge.more[name]),
    better: "more",
    spoken: (score) => sayChallenge.more.spoken(`${score > 0 ? "+" : ""}${short(score, 3)}`),
    specs: (spec) => [...draws(spec, many), ...draws(merged(spec, patch) as Spec, many)],
    score: (judged) => {
      const [own, theirs] = [judged.slice(0, many), judged.slice(many)].map(
        (some) => some.filter(isRecovered).length,
      ) as [number, number];
      if (judged[0]?.complex) return { value: undefined, because: sayChallenge.more.complex };
      return {
        value: ((own - theirs) * 100) / many,
        because: sayChallenge.more.because(many, own, theirs, sayChallenge.more[name]),
      };
    },
  };
}

/** Values between two, in equal ratios. */
function spread(from: number, to: number, many: number): number[] {
  return Array.from({ length: many }, (_, i) => from * (to / from) ** (i / (many - 1)));
}

/** The error over the least that another value at a path would have given on the same draw. */
export function nearBest(path: Path, [from, to]: readonly [number, number], many: number): Scoring {
  return {
    says: () => sayChallenge.near.says(many, exact(from), exact(to)),
    better: "less",
    spoken: (score) => sayChallenge.near.spoken(short(score, 3)),
    specs: (spec) => [
      spec,
      ...spread(from, to, many).map((value) => withValue(spec, path, Number(value.toPrecision(4)))),
    ],
    score: (judged) => {
      const errors = judged.map(({ metrics }) => metrics.relative_error ?? Number.NaN);
      const own = errors[0] ?? Number.NaN;
      const least = Math.min(...errors);
      const best = spread(from, to, many)[errors.indexOf(least) - 1];
      const at = best === undefined ? undefined : { at: short(best, 2), error: decibels(least) };
      return {
        value: own / least,
        because: sayChallenge.near.because(decibels(own), at),
      };
    },
  };
}
