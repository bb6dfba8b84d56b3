import { Lab } from "../lab.ts";
import { sayLesson } from "../messages/lesson.ts";
import type { Catalogue, Exhibit } from "../spec/catalogue.ts";
import type { LessonPlace } from "../spec/link.ts";
import type { Complaint, Spec } from "../spec/spec.ts";
import { type Ask, answerOf } from "./ask.ts";
import type { Lesson, Step } from "./format.ts";
import { packGuesses, unpackGuesses } from "./guesses.ts";
import { measuresOf } from "./measures.ts";
import type { Seen } from "./seen.ts";

/** A lesson as a student goes through it: the step, the guesses and how they came out, and the lab beside it. */
export class Course extends EventTarget {
  readonly lab: Lab;
  /** Guesses by the number of their step; a choice is its place among the options. */
  readonly guesses = new Map<number, number>();
  /** What the runs came to, by step; `undefined` where a run has no answer. */
  readonly answers = new Map<number, number | undefined>();
  /** What the steps came to, as they were left. */
  readonly seen = new Map<number, Seen>();
  /** What the student made of a step's Spec. */
  readonly played = new Map<number, Spec>();
  /** Why the Spec of the present step could not be applied. */
  trouble: string | undefined;
  /** Takes what the page shows; the page says how. */
  look: () => Seen | undefined = () => undefined;
  #number = 0;
  /** The present step's Spec as the catalogue writes it, or what was shown where it has none that can be used. */
  #base: Spec;
  /** What the student had made of the Spec, to be shown once the answer is known. */
  #later: Spec | undefined;

  constructor(
    readonly lesson: Lesson,
    readonly source: Pick<LessonPlace, "lesson" | "from">,
    readonly catalogue: Catalogue,
    exhibit: Exhibit,
    module: WebAssembly.Module,
  ) {
    super();
    const first = lesson.steps.find(({ spec }) => spec)?.spec;
    this.lab = new Lab(catalogue, exhibit, module, this.#canonical(first) ?? undefined);
    this.#base = this.lab.spec;
    this.lab.addEventListener("change", () => this.#heard());
  }

  get title(): string {
    return this.lesson.title;
  }

  /** The language of the lesson's text. */
  get lang(): string {
    return this.lesson.lang;
  }

  /** The number of the present step, from 1. */
  get number(): number {
    return this.#number;
  }

  get step(): Step {
    return this.lesson.steps[this.#number - 1] as Step;
  }

  get last(): number {
    return this.lesson.steps.length;
  }

  /** Whether the student has changed the step's Spec. */
  get changed(): boolean {
    return !same(this.lab.spec, this.#base);
  }

  /** Where this is. */
  get place(): LessonPlace {
    const guesses = packGuesses(this.guesses);
    return {
      ...this.placeAt(this.#number),
      ...(guesses ? { guesses } : {}),
      ...(this.changed ? { spec: this.lab.spec } : {}),
    };
  }

  /** Where a step is. */
  placeAt(step: number): LessonPlace {
    const guesses = packGuesses(this.guesses);
    return { page: "lesson", ...this.source, step, ...(guesses ? { guesses } : {}) };
  }

  isOf({ lesson, from }: LessonPlace): boolean {
    return lesson === this.source.lesson && from === this.source.from;
  }

  /** Goes where an address says. */
  follow(place: LessonPlace): void {
    for (const [step, guess] of unpackGuesses(place.guesses ?? ""))
      if (this.#takes(step, guess)) this.guesses.set(step, guess);
    const number = Math.min(Math.max(1, place.step), this.last);
    if (number !== this.#number) this.#arrive(number);
    const theirs = place.spec && this.#canonical(place.spec);
    if (theirs && !same(theirs, this.lab.spec)) {
      if (this.#waiting) this.#later = theirs;
      else this.lab.edit(theirs);
    }
    this.#tell();
  }

  /** Keeps what the present step looks like, for the report. */
  keep(): void {
    const { recording, spec, asking } = this.lab;
    const shown = recording?.done && same(recording.description.spec, spec);
    if (asking || !shown || this.#number === 0) return;
    const seen = this.look();
    if (seen) this.seen.set(this.#number, seen);
    if (this.changed) this.played.set(this.#number, this.lab.spec);
  }

  #arrive(number: number): void {
    this.keep();
    this.#later = undefined;
    this.#number = number;
    this.trouble = undefined;
    const wanted = this.#canonical(this.step.spec);
    if (wanted && !same(wanted, this.lab.spec)) this.lab.follow(wanted);
    this.#base = wanted ?? this.lab.spec;
    this.lab.asking = this.step.ask !== undefined && !this.guesses.has(number);
    this.#mark();
    this.lab.announce();
    this.dispatchEvent(new Event("arrive"));
  }

  /** The Spec as the catalogue writes it; tells why where it cannot be used. */
  #canonical(spec: Spec | undefined): Spec | undefined {
    if (!spec) return undefined;
    try {
      return this.catalogue.canonical(spec);
    } catch (error) {
      if (this.#number > 0) this.trouble = this.#troubleOf(error as Complaint);
      return undefined;
    }
  }

  #troubleOf({ field, message }: Complaint): string {
    const what = `${field} ${message.replace(/[^.]$/, "$&.")}`;
    return sayLesson.lesson.trouble(this.#number, this.step.title, what);
  }

  /** Whether the step's own Spec could not be drawn or started. A value that was typed is another matter. */
  get #refused(): boolean {
    const { recording, complaint } = this.lab;
    const shown = recording && same(recording.description.spec, this.#base);
    return complaint !== undefined && !this.changed && !shown;
  }

  /** Locks a guess; the outcome shows, of the step's own Spec. */
  lock(guess: number): void {
    if (!this.#takes(this.#number, guess) || this.guesses.has(this.#number)) return;
    this.guesses.set(this.#number, guess);
    if (this.changed) this.lab.follow(this.#base);
    this.lab.asking = false;
    this.lab.player.seek(this.lab.player.last);
    this.#mark();
    this.lab.announce();
    this.#heard();
    this.#tell();
  }

  /** The step's Spec again; what was played is one undo away. */
  reset(): void {
    this.lab.follow(this.#base);
    this.#tell();
  }

  /** Ends the lab: nothing runs on. */
  close(): void {
    this.lab.close();
  }

  /** A guess stays in the picture where it is an index. */
  #mark(): void {
    const { ask } = this.step;
    this.lab.guess = ask?.by === "index" ? this.guesses.get(this.#number) : undefined;
  }

  #takes(number: number, guess: number): boolean {
    const ask = this.lesson.steps[number - 1]?.ask;
    if (!ask || !Number.isFinite(guess)) return false;
    if (ask.by === "number") return true;
    return (
      Number.isInteger(guess) && guess >= 0 && (ask.by === "index" || guess < ask.options.length)
    );
  }

  /** Whether a guess is locked and its outcome not known yet. */
  get #waiting(): boolean {
    return this.guesses.has(this.#number) && !this.answers.has(this.#number);
  }

  /** The lab has changed: perhaps it has the answer. */
  #heard(): void {
    const { ask } = this.step;
    const { complaint } = this.lab;
    if (complaint && this.#refused) this.trouble = this.#troubleOf(complaint);
    if (ask && this.#waiting) this.#answer(ask);
    this.#tell();
  }

  #answer(ask: Ask): void {
    const { recording } = this.lab;
    const finished = recording?.done && same(recording.description.spec, this.#base);
    if (!finished && !this.#refused) return;
    this.answers.set(
      this.#number,
      finished && recording ? answerOf(ask, measuresOf(recording)) : undefined,
    );
    if (!this.#later) return;
    this.lab.edit(this.#later);
    this.#later = undefined;
  }

  #tell(): void {
    this.dispatchEvent(new Event("change"));
  }
}

function same(a: Spec, b: Spec): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
