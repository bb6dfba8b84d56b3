import { Lexer, type Token } from "marked";
import type { Spec } from "../spec/spec.ts";
import { type Ask, askOf, conditionOf } from "./ask.ts";
import { type Front, frontOf } from "./front.ts";
import type { Condition } from "./measures.ts";
import { SpecChain } from "./spec-chain.ts";

/** Most steps of a lesson, and its longest text in bytes. */
export const MAX_STEPS = 60;
export const MAX_BYTES = 256_000;
/** Most characters of a step's words: the time that Markdown takes may grow with their square. */
export const MAX_WORDS = 20_000;

/** What a step asks of the student: to read, to predict, to play, or to take in why. */
export const KINDS = ["read", "predict", "try", "explain"] as const;
export type Kind = (typeof KINDS)[number];

/** One screen of a lesson. */
export interface Step {
  title: string;
  kind: Kind;
  /** Markdown; in a predict step what stands before the question. */
  before: string;
  /** Markdown that is shown once a guess is locked; in other steps empty. */
  after: string;
  /** What the lab shows on arrival. Only a lesson whose every Spec is broken has none. */
  spec: Spec | undefined;
  ask: Ask | undefined;
  /** What the step says of the run, for tests. */
  expect: Condition | undefined;
  /** What the step says of many draws, for tests. */
  draws: Draws | undefined;
  /** What of the step could not be used, a sentence each. */
  troubles: string[];
}

/** A condition, and the share of the seeds 0, 1, ... of which it holds. */
export interface Draws {
  seeds: number;
  when: Condition;
  share: { at_least?: number; at_most?: number };
}

export interface Lesson extends Front {
  steps: Step[];
}

/**
 * Reads a lesson (see docs/lessons.md). Throws an `Error` with one sentence when there is nothing to show; what is wrong
 * with one step is told in the step's `troubles`, and the lesson goes on.
 */
export function lessonOf(text: string): Lesson {
  if (new TextEncoder().encode(text).length > MAX_BYTES)
    throw new Error(`A lesson may have ${MAX_BYTES / 1000} kB, and this one is larger.`);
  const { front, body } = frontOf(text.replace(/^\uFEFF/, "").replaceAll("\r\n", "\n"));
  const sections = sectionsOf(body);
  if (sections.length === 0)
    throw new Error('The lesson has no steps. A step begins with a heading, "## Read: Its title".');
  if (sections.length > MAX_STEPS)
    throw new Error(`A lesson may have ${MAX_STEPS} steps, and this one has ${sections.length}.`);
  const chain = new SpecChain();
  return { ...front, steps: sections.map((section, i) => stepOf(section, i + 1, chain)) };
}

interface Section {
  heading: string;
  tokens: Token[];
}

/** The parts of a text that headings of the second level begin. What stands before the first is left out. */
function sectionsOf(body: string): Section[] {
  const sections: Section[] = [];
  // Only the blocks: what is in them is nobody's business before a step is shown.
  for (const token of new Lexer().blockTokens(body, [])) {
    if (token.type === "heading" && token.depth === 2)
      sections.push({ heading: String(token.text), tokens: [] });
    else sections.at(-1)?.tokens.push(token);
  }
  return sections;
}

function stepOf({ heading, tokens }: Section, number: number, chain: SpecChain): Step {
  const { kind, title } = titled(heading);
  const step: Step = {
    title,
    kind,
    before: "",
    after: "",
    spec: undefined,
    ask: undefined,
    expect: undefined,
    draws: undefined,
    troubles: [],
  };
  let asked = false;
  for (const token of tokens) {
    const part = token.type === "code" ? /^json (\w+)/.exec(token.lang ?? "")?.[1] : undefined;
    if (part === undefined) step[asked ? "after" : "before"] += token.raw;
    else {
      asked ||= part === "ask";
      const trouble = attempt(() =>
        take(step, part, String((token as { text: string }).text), chain),
      );
      if (trouble) step.troubles.push(`Step ${number}, "${title}": ${trouble}`);
    }
  }
  for (const part of ["before", "after"] as const) {
    if (step[part].length <= MAX_WORDS) continue;
    step[part] = step[part].slice(0, MAX_WORDS);
    step.troubles.push(
      `Step ${number}, "${title}": a step may have ${MAX_WORDS} characters of words. The rest was left out.`,
    );
  }
  if (step.kind === "predict" && !step.ask && step.troubles.length === 0)
    step.troubles.push(`Step ${number}, "${title}": it predicts, and has no "json ask" block.`);
  step.spec = chain.present;
  return step;
}

/** Puts what a block of JSON says into its step. */
function take(step: Step, part: string, text: string, chain: SpecChain): void {
  if (part === "spec") chain.take(read(text, "Spec"));
  else if (part === "change") chain.change(read(text, "change"));
  else if (part === "ask") {
    step.ask = askOf(read(text, "question"));
    step.kind = "predict";
  } else if (part === "expect") step.expect = conditionOf(read(text, "expectation"), "expect");
  else if (part === "draws") step.draws = drawsOf(read(text, "draws"));
  else throw new Error(`"json ${part}" is no block that a lesson has.`);
}

function drawsOf(value: unknown): Draws {
  const { seeds, when, share } = (value ?? {}) as Partial<Draws>;
  const bounds = Object.keys(share ?? {});
  if (!Number.isInteger(seeds) || bounds.length === 0)
    throw new Error('its "draws" take seeds, when, and a share at_least or at_most.');
  return { seeds: seeds as number, when: conditionOf(when, "when"), share: share ?? {} };
}

function read(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`its ${what} is not JSON. It was left out.`);
  }
}

function attempt(act: () => void): string | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** "Predict: How many?" is a kind and a title; without a kind one reads. */
function titled(heading: string): { kind: Kind; title: string } {
  const [, word = "", rest = ""] = /^(\w+):\s*(.*)$/s.exec(heading) ?? [];
  const kind = KINDS.find((one) => one === word.toLowerCase());
  const title = (kind ? rest : heading).slice(0, 200);
  return { kind: kind ?? "read", title: title || "Untitled" };
}
