import { sayLesson } from "../messages/lesson.ts";

import { exact, short } from "../words/numbers.ts";
import { type Ask, met } from "./ask.ts";

/** Most guesses that an address holds: one a step. */
const MOST = 60;

/** Guesses by the number of their step, as an address has them: `3~17_5~0`. */
export function packGuesses(guesses: ReadonlyMap<number, number>): string {
  return [...guesses]
    .sort(([a], [b]) => a - b)
    .map(([step, guess]) => `${step}~${guess}`)
    .join("_");
}

/** Reads guesses from an address; what is none is left out. */
export function unpackGuesses(text: string): Map<number, number> {
  const guesses = new Map<number, number>();
  for (const part of text.split("_").slice(0, MOST)) {
    const [, step, guess] = /^(\d{1,2})~(-?\d{1,9}(?:\.\d{1,9})?)$/.exec(part) ?? [];
    if (step && guess) guesses.set(Number(step), Number(guess));
  }
  return guesses;
}

/** A guess or an answer in words. */
export function saidOf(ask: Ask, value: number): string {
  if (ask.by === "choice") return sayLesson.ask.choice(ask.options[value]?.text ?? "?");
  return Number.isInteger(value) ? exact(value) : short(value, 3);
}

/** A guess beside the outcome, in one sentence. */
export function outcomeOf(ask: Ask, guess: number, answer: number | undefined): string {
  const said = saidOf(ask, guess);
  const { noAnswer, was: itWas, justSo, nearEnough } = sayLesson.ask;
  if (answer === undefined) return noAnswer(said);
  const was = saidOf(ask, answer);
  if (!met(ask, guess, answer)) return itWas(said, was);
  return said === was ? justSo(said) : nearEnough(said, was);
}
