import { exact } from "../words/numbers.ts";

/** Share of the work before which nothing is said. */
const FIRST = 0.05;
/** Seconds that are said; between them nothing changes. */
const STEPS = [
  1, 2, 3, 5, 7, 10, 15, 20, 30, 45, 60, 90, 120, 180, 300, 420, 600, 900, 1200, 1800, 2700, 3600,
];
/** Longer times are said in hours. */
const HOUR = 3600;
/** Time constant of the measured rate, in s. */
const MEMORY = 4;

/** Measures a rate and says how long the rest takes, in steps that do not flicker. */
export class Eta {
  #last: { done: number; at: number } | undefined;
  #rate = 0;
  #said: number | undefined;

  /** Work per second, 0 where it is not known. */
  get rate(): number {
    return this.#rate;
  }

  /** After a pause: the time that went by was not spent on work. */
  restart(): void {
    this.#last = undefined;
  }

  /** Takes a reading at `now` ms and returns the seconds to say, if any. */
  read(done: number, total: number, now: number): number | undefined {
    const last = this.#last;
    if (!last) this.#last = { done, at: now };
    else if (now - last.at >= 200) {
      const span = (now - last.at) / 1000;
      const rate = (done - last.done) / span;
      const weight = this.#rate > 0 ? 1 - Math.exp(-span / MEMORY) : 1;
      this.#rate += weight * (rate - this.#rate);
      this.#last = { done, at: now };
    }
    if (done < FIRST * total || this.#rate <= 0) return undefined;
    this.#said = settled((total - done) / this.#rate, this.#said);
    return this.#said;
  }
}

/** How much of a sweep is done, 0 to 1. One whose trials go where they tell most ends before all have been run. */
export function shareDone(trials: number, total: number, done: boolean): number {
  return done ? 1 : total > 0 ? Math.min(1, trials / total) : 0;
}

/** The step to say for `seconds`, given the one that was said: it stays until the time is clearly another. */
export function settled(seconds: number, said: number | undefined): number {
  if (said !== undefined && seconds <= said * 1.15 && seconds > below(said) * 0.95) return said;
  return STEPS.find((step) => step >= seconds) ?? HOUR * Math.ceil(seconds / HOUR);
}

function below(step: number): number {
  if (step > HOUR) return step - HOUR;
  return STEPS[STEPS.indexOf(step) - 1] ?? 0;
}

/** A time to say. */
export function duration(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  if (seconds < HOUR) return `${exact(seconds / 60)} min`;
  return `${seconds / HOUR} h`;
}
