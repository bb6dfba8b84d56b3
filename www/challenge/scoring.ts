import { RECOVERED } from "../lesson/measures.ts";
import type { Judged } from "../solve/protocol.ts";
import { merged, type Path, type Spec, withValue } from "../spec/spec.ts";
import { count, decibels, short } from "../words/numbers.ts";

/** Seeds of the draws that scores are computed on begin here: the same for everybody, and none of those one plays with. */
const FIRST_SEED = 70_000;

/** How a Spec is scored: by other Specs that are run, and what they come to. No score depends on anything else. */
export interface Scoring {
  /** What the score is, in words. */
  says: string;
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
    says: `The number of measurements, if all of ${many} fresh draws are recovered to a thousandth of the signal's size. The draws are the same for everybody, and none is the one on the page.`,
    better: "less",
    spoken: (score) => count(score, "measurement", "measurements"),
    specs: (spec) => draws(spec, many),
    score: (judged) => {
      const recovered = judged.filter(isRecovered).length;
      const rows = judged[0]?.rows ?? 0;
      return {
        value: recovered === many ? rows : undefined,
        because: `With ${rows} measurements ${recovered} of ${many} draws were recovered.`,
      };
    },
  };
}

/** How many more of `many` draws, in a hundred, are recovered than with another choice on the same seeds. */
export function moreThan(patch: unknown, name: string, many: number): Scoring {
  return {
    says: `Of ${many} draws, how many in a hundred are recovered with your matrix, less those with ${name} on the same seeds. Complex matrices do not count: each of their measurements is two numbers.`,
    better: "more",
    spoken: (score) => `${score > 0 ? "+" : ""}${short(score, 3)} points`,
    specs: (spec) => [...draws(spec, many), ...draws(merged(spec, patch) as Spec, many)],
    score: (judged) => {
      const [own, theirs] = [judged.slice(0, many), judged.slice(many)].map(
        (some) => some.filter(isRecovered).length,
      ) as [number, number];
      if (judged[0]?.complex)
        return { value: undefined, because: "This matrix is complex, and does not count." };
      return {
        value: ((own - theirs) * 100) / many,
        because: `Of ${many} draws ${own} were recovered, and ${theirs} with ${name}.`,
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
    says: `The error of your choice, over the least error that any of ${many} choices between ${from} and ${to} has on the same draw. One is the best there is.`,
    better: "less",
    spoken: (score) => `${short(score, 3)} times the least error`,
    specs: (spec) => [
      spec,
      ...spread(from, to, many).map((value) => withValue(spec, path, Number(value.toPrecision(4)))),
    ],
    score: (judged) => {
      const errors = judged.map(({ metrics }) => metrics.relative_error ?? Number.NaN);
      const own = errors[0] ?? Number.NaN;
      const least = Math.min(...errors);
      const best = spread(from, to, many)[errors.indexOf(least) - 1];
      const where = best === undefined ? "none was better" : `the least, at ${short(best, 2)}`;
      return {
        value: own / least,
        because: `Your error is ${decibels(own)}; ${best === undefined ? where : `${where}, is ${decibels(least)}`}.`,
      };
    },
  };
}
