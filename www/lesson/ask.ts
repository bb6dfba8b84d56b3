import { type Condition, holds, type Measures } from "./measures.ts";

/** A choice: the first one whose condition holds of the run is the answer. */
export interface Choice {
  text: string;
  when: Condition;
}

/** A question that is answered before the outcome is shown. */
export interface Ask {
  question: string;
  by: "number" | "index" | "choice";
  /** The measure that a number or an index is. */
  answer: string;
  /** How far off a number or an index may be and count as met. */
  within: number;
  options: Choice[];
}

const MAX_TEXT = 600;
const MAX_OPTIONS = 8;
const BOUNDS = ["at_least", "at_most", "less_than", "more_than"];

/** Reads a question. Throws an `Error` with one sentence. */
export function askOf(value: unknown): Ask {
  const { question, by, answer, within = 0, options } = objectOf(value, "ask");
  if (typeof question !== "string" || question === "" || question.length > MAX_TEXT)
    throw new Error(`its question takes 1 to ${MAX_TEXT} characters.`);
  if (by === "choice") return { question, by, answer: "", within: 0, options: optionsOf(options) };
  if (by !== "number" && by !== "index")
    throw new Error('its "by" takes "number", "index" or "choice".');
  if (typeof answer !== "string")
    throw new Error('its "answer" takes the name of a measure, such as "found".');
  if (typeof within !== "number" || !(within >= 0)) throw new Error('its "within" takes a number.');
  return { question, by, answer, within, options: [] };
}

function optionsOf(value: unknown): Choice[] {
  if (!Array.isArray(value) || value.length < 2 || value.length > MAX_OPTIONS)
    throw new Error(`its "options" take 2 to ${MAX_OPTIONS} choices.`);
  return value.map((option) => {
    const { text, when } = objectOf(option, "options");
    if (typeof text !== "string" || text === "" || text.length > MAX_TEXT)
      throw new Error(`the text of an option takes 1 to ${MAX_TEXT} characters.`);
    return { text, when: conditionOf(when, "when") };
  });
}

/** Reads what is said of a run. Throws an `Error` with one sentence. */
export function conditionOf(value: unknown, field: string): Condition {
  const condition = objectOf(value, field);
  for (const [name, wanted] of Object.entries(condition)) {
    if (typeof wanted === "number" || typeof wanted === "boolean") continue;
    const bounds = Object.entries(objectOf(wanted, `${field}.${name}`));
    const known = ([kind, bound]: [string, unknown]) =>
      BOUNDS.includes(kind) && (typeof bound === "number" || typeof bound === "string");
    if (bounds.length === 0 || !bounds.every(known))
      throw new Error(`"${field}.${name}" takes a value, or ${BOUNDS.join(", ")}.`);
  }
  return condition as Condition;
}

function objectOf(value: unknown, field: string): Record<string, unknown> {
  if (value === null || typeof value !== "object" || Array.isArray(value))
    throw new Error(`"${field}" takes an object.`);
  return value as Record<string, unknown>;
}

/** What a question's answer is by a run: a number, or the place of a choice; nothing where the run has none. */
export function answerOf(ask: Ask, measures: Measures): number | undefined {
  if (ask.by === "choice") {
    const place = ask.options.findIndex(({ when }) => holds(when, measures));
    return place < 0 ? undefined : place;
  }
  const value = measures.get(ask.answer);
  return typeof value === "number" ? value : undefined;
}

/** Whether a guess is what the run came to. */
export function met(ask: Ask, guess: number, answer: number): boolean {
  return Math.abs(guess - answer) <= ask.within;
}
