import { sayChallenge } from "../messages/challenge.ts";

import type { Catalogue } from "../spec/catalogue.ts";
import { brokenHold } from "../spec/handout.ts";
import { type Json, type Spec, withValue } from "../spec/spec.ts";
import type { Challenge } from "./challenge.ts";

/** A seed that nobody chose. */
export function freshSeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
}

/** A Spec with the hidden draw: its seed, and the parameters that are drawn with it. */
export function dressed({ secret = {} }: Challenge, spec: Spec, seed: number): Spec {
  return Object.entries(secret).reduce<Spec>(
    (whole, [name, [from, to]], i) =>
      withValue(whole, name.split("."), from + Math.floor(share(seed, i + 1) * (to - from + 1))),
    { ...spec, seed },
  );
}

/** A share of 1, even over seeds and another for each number: the finaliser of MurmurHash3. */
function share(seed: number, number: number): number {
  let mixed = (seed ^ Math.imul(number, 0x9e3779b9)) >>> 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
}

/** The Spec of a link as the catalogue writes it. Throws an `Error` where no player can have come to it. */
export function reachedIn(catalogue: Catalogue, challenge: Challenge, spec: Spec): Spec {
  let reached: Spec;
  try {
    reached = catalogue.canonical(spec);
  } catch (error) {
    throw new Error(sayChallenge.hereIs((error as { message: string }).message));
  }
  const start = dressed(challenge, catalogue.canonical(challenge.spec), reached.seed ?? 0);
  const handout = { hide: [], lock: [], free: [...challenge.free, "seed"] };
  const broken = brokenHold(catalogue, handout, catalogue.canonical(start), reached);
  if (broken !== undefined || hasNumbers(reached.problem.matrix))
    throw new Error(sayChallenge.notAllowed);
  return reached;
}

/** Numbers of one's own are made for the draws that they are scored on. */
function hasNumbers(choice: Json | undefined): boolean {
  return (choice as { id?: Json } | undefined)?.id === "file";
}
