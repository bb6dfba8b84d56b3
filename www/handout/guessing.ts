import type { Lab } from "../lab.ts";
import { type Ask, answerOf } from "../lesson/ask.ts";
import type { Asker } from "../lesson/ask-form.ts";
import { measuresOf } from "../lesson/measures.ts";
import { sayLesson } from "../messages/lesson.ts";
import type { Handout } from "../spec/handout.ts";
import type { Spec } from "../spec/spec.ts";

/** What a link may ask before its run is shown. */
const ASKS: Record<NonNullable<Handout["guess"]>, () => Ask> = {
  index: () => ({
    question: sayLesson.guess.index,
    by: "index",
    answer: "largest",
    within: 0,
    options: [],
  }),
  recovered: () => ({
    question: sayLesson.guess.recovered,
    by: "choice",
    answer: "",
    within: 0,
    options: [
      { text: sayLesson.guess.yes, when: { recovered: true } },
      { text: sayLesson.guess.no, when: { recovered: false } },
    ],
  }),
};

/** The one question of a link; the run stays out of sight until it has its guess. */
export class Guessing implements Asker {
  readonly number = 1;
  readonly guesses = new Map<number, number>();
  readonly answers = new Map<number, number | undefined>();
  /** The Spec that was guessed about. */
  #about: Spec | undefined;

  constructor(
    readonly lab: Lab,
    private readonly kind: NonNullable<Handout["guess"]>,
  ) {}

  get step(): { ask: Ask } {
    return { ask: ASKS[this.kind]() };
  }

  lock(guess: number): void {
    const { lab } = this;
    if (!lab.asking || !this.#takes(guess)) return;
    this.guesses.set(this.number, guess);
    this.#about = lab.spec;
    lab.asking = false;
    if (this.step.ask.by === "index") lab.guess = guess;
    lab.player.seek(lab.handout?.step ?? lab.player.last);
    this.hear();
    lab.announce();
  }

  /** The lab has changed: perhaps it has the answer. */
  hear(): void {
    const { recording } = this.lab;
    if (!this.#about || this.answers.has(this.number)) return;
    if (this.lab.spec !== this.#about) this.answers.set(this.number, undefined);
    else if (recording?.done && isOf(recording.description.spec, this.#about))
      this.answers.set(this.number, answerOf(this.step.ask, measuresOf(recording)));
  }

  #takes(guess: number): boolean {
    const { by, options } = this.step.ask;
    const most = by === "choice" ? options.length : this.lab.recording?.description.facts.cols;
    return Number.isInteger(guess) && guess >= 0 && guess < (most ?? 0);
  }
}

function isOf(drawn: Spec, spec: Spec): boolean {
  return JSON.stringify(drawn) === JSON.stringify(spec);
}
