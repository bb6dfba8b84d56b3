import { say } from "../messages/say.ts";

import type { Catalogue } from "./catalogue.ts";
import { PARTS, type PartName } from "./parts.ts";
import { type Complaint, type Json, type Path, type Spec, valueAt, withValue } from "./spec.ts";

/** What a link asks of its reader before the run is shown: an index, or whether it is recovered. */
export const GUESSES = ["index", "recovered"] as const;

/**
 * What a link says of the page beside the Spec. Names are parts of the page, parameters by path (`problem.rows`,
 * `methods.0.sparsity`; `methods.0` is which method stands there), and three acts: `methods` adds and removes methods, `signal`
 * draws or opens files, `seed` draws anew. What is hidden is held as fast as what is locked.
 */
export interface Handout {
  hide: readonly string[];
  lock: readonly string[];
  /** The only parameters and acts that are free, all else is held; a challenge says so, and no address does. */
  free?: readonly string[];
  /** The step under the playhead at first; without one, the last. */
  step?: number;
  guess?: (typeof GUESSES)[number];
}

export const NOTHING: Handout = { hide: [], lock: [] };

/** Where a control stands. */
export type Hold = "free" | "locked" | "hidden";

const VERSION = "1";
const KEYS = ["h", "hide", "lock", "step", "guess"];
const ACTS = ["methods", "signal", "seed"];
/** Most names of one kind, and longest list of them in characters. */
const MOST = 100;
const MAX_TEXT = 4000;
const MAX_STEP = 999_999;
const PATH = /^(problem(\.[a-z][a-z0-9_]{0,39}){1,5}|methods\.[0-3](\.[a-z][a-z0-9_]{0,39}){0,5})$/;

/** The name of what stands at a path. */
export function nameOf(path: Path): string {
  return path.join(".");
}

/** A handout as parts of an address; none where it says nothing. */
export function handoutQuery(handout: Handout | undefined): string[] {
  if (!handout || saysNothing(handout)) return [];
  const { hide, lock, step, guess } = handout;
  return [
    `h=${VERSION}`,
    hide.length > 0 ? `hide=${hide.join("~")}` : "",
    lock.length > 0 ? `lock=${lock.join("~")}` : "",
    step === undefined ? "" : `step=${step}`,
    guess === undefined ? "" : `guess=${guess}`,
  ].filter(Boolean);
}

function saysNothing({ hide, lock, step, guess }: Handout): boolean {
  return hide.length + lock.length === 0 && step === undefined && guess === undefined;
}

/** Reads a handout from an address. What cannot be read is left out, and `problem` is the sentence that says so. */
export function handoutIn(parameters: URLSearchParams): { handout?: Handout; problem?: string } {
  if (!KEYS.some((key) => parameters.has(key))) return {};
  if (parameters.get("h") !== VERSION) return { problem: say.sentence.unknownRestrictions };
  let good = true;
  const read = (key: string, known: (name: string) => boolean): string[] => {
    const text = parameters.get(key) ?? "";
    const given = text.length > MAX_TEXT ? [] : [...new Set(text.split("~"))].filter(Boolean);
    const names = given.slice(0, MOST).filter(known);
    good &&= text.length <= MAX_TEXT && names.length === given.length;
    return names;
  };
  const step = parameters.get("step");
  const guess = GUESSES.find((kind) => kind === parameters.get("guess"));
  good &&= guess !== undefined || !parameters.has("guess");
  const steps = step !== null && /^\d{1,6}$/.test(step) ? { step: Number(step) } : {};
  good &&= step === null || "step" in steps;
  const handout: Handout = {
    hide: read("hide", (name) => isPart(name) || isHeld(name)),
    lock: read("lock", isHeld),
    ...steps,
    ...(guess ? { guess } : {}),
  };
  return {
    ...(saysNothing(handout) ? {} : { handout }),
    ...(good ? {} : { problem: say.sentence.partlyUnknown }),
  };
}

function isPart(name: string): name is PartName {
  return (PARTS as readonly string[]).includes(name);
}

function isHeld(name: string): boolean {
  return ACTS.includes(name) || PATH.test(name);
}

/** The parts of the page that are left out. */
export function hiddenParts({ hide }: Handout): ReadonlySet<PartName> {
  return new Set(hide.filter(isPart));
}

/** Whether a parameter or an act is absent: by itself, or with the choice that it belongs to. */
export function isHidden({ hide }: Handout, name: string): boolean {
  return hide.some((hidden) => name === hidden || isBelow(name, hidden));
}

/** All methods together are an act, and none of them belongs to it. */
function isBelow(name: string, parent: string): boolean {
  return parent !== "methods" && name.startsWith(`${parent}.`);
}

/** Where a control stands by a handout. */
export function holdOf(handout: Handout, name: string): Hold {
  if (isHidden(handout, name)) return "hidden";
  if (handout.free) return isAmong(handout.free, name) ? "free" : "locked";
  return handout.lock.includes(name) ? "locked" : "free";
}

/** Whether a name is one of some, or belongs to a choice that is. */
function isAmong(names: readonly string[], name: string): boolean {
  return names.some((one) => name === one || isBelow(name, one));
}

/** A handout with one name held in another way. */
export function withHold(handout: Handout, name: string, hold: Hold): Handout {
  const others = (names: readonly string[]) => names.filter((other) => other !== name);
  const { hide, lock } = handout;
  return {
    ...handout,
    hide: hold === "hidden" ? [...others(hide), name] : others(hide),
    lock: hold === "locked" ? [...others(lock), name] : others(lock),
  };
}

/** A handout with another first step, within what an address takes; without one, the last. */
export function withStep(handout: Handout, step: number | undefined): Handout {
  const { step: _, ...rest } = handout;
  if (step === undefined || !Number.isFinite(step)) return rest;
  return { ...rest, step: Math.min(Math.max(0, Math.round(step)), MAX_STEP) };
}

/** A handout that asks for another guess, or for none. */
export function withGuess(handout: Handout, guess: Handout["guess"]): Handout {
  const { guess: _, ...rest } = handout;
  return guess ? { ...rest, guess } : rest;
}

/** The name of something held that differs between two Specs. */
export function brokenHold(
  catalogue: Catalogue,
  { hide, lock, free }: Handout,
  before: Spec,
  after: Spec,
): string | undefined {
  if (free && remainder(before, free) !== remainder(after, free)) return say.sentence.heldAll;
  return [...lock, ...hide]
    .filter(isHeld)
    .find((name) => held(catalogue, before, name, hide) !== held(catalogue, after, name, hide));
}

/** Throws a complaint where the second Spec is not one that a reader of the first may come to. */
export function keepHeld(
  catalogue: Catalogue,
  handout: Handout | undefined,
  before: Spec,
  after: Spec,
): void {
  const name = handout && brokenHold(catalogue, handout, before, after);
  if (name === undefined) return;
  const message = handout?.free ? say.sentence.heldByChallenge : say.sentence.heldByLink(name);
  throw { field: "", message } satisfies Complaint;
}

/** A Spec without what is free, as text. */
function remainder(spec: Spec, free: readonly string[]): string {
  const rest = free.reduce((left, name) => {
    if (name === "seed") return withValue(left, [name], 0);
    const path = pathOf(name);
    // What is left to its default is not there, and neither is what is free.
    return valueAt(left, path) === undefined ? left : withValue(left, path, undefined);
  }, spec);
  return JSON.stringify(rest);
}

/** The path that a name of a parameter stands for. */
function pathOf(name: string): Path {
  return name
    .split(".")
    .map((key, i, { 0: head }) => (head === "methods" && i === 1 ? Number(key) : key));
}

/** What may not change, as text. */
function held(catalogue: Catalogue, spec: Spec, name: string, hide: readonly string[]): string {
  if (name === "seed") return String(spec.seed ?? 0);
  if (name === "methods") return String(spec.methods.length);
  if (name === "signal") return drawn(catalogue, spec);
  const path = pathOf(name);
  const value =
    path[0] === "methods" && path.length === 2
      ? spec.methods[Number(path[1])]
      : catalogue.valueAt(spec, path);
  const { id } = (value ?? {}) as { id?: Json };
  // A choice is which one it is; its parameters are held by names of their own, unless they are hidden with it.
  return JSON.stringify(id === undefined || hide.includes(name) ? value : id) ?? "";
}

/** What was drawn or opened in place of what a seed draws. */
function drawn(catalogue: Catalogue, spec: Spec): string {
  const param = catalogue.problem(spec.problem.id)?.page?.paint?.param ?? "signal";
  const signal = catalogue.valueAt(spec, ["problem", param]) as { id?: Json } | undefined;
  const own = ["drawn", "curve", "file"].includes(String(signal?.id));
  return JSON.stringify([own ? signal : null, spec.problem.data ?? null]);
}
