import type { Handout } from "../spec/handout.ts";
import { placeOf, unpacked } from "../spec/link.ts";
import type { Json, Spec } from "../spec/spec.ts";

/** What an element is to show: an exhibit, a Spec, or a Spec as an edit of an exhibit. */
export interface Wanted {
  exhibit?: string;
  spec?: Spec;
  /** What the link hides and holds. */
  handout?: Handout;
}

/** Longest text of a Spec, in characters. */
const MAX_TEXT = 8_000_000;

/**
 * Reads the attribute `spec`: JSON, a share link, the part of one after `#`, what follows `s=` in it, or an exhibit's id. Throws a sentence
 * where it is none of them; whether the Spec can be used is for the catalogue to say.
 */
export function wantedIn(text: string): Wanted {
  const given = text.trim();
  if (given === "")
    throw new Error('The attribute "spec" is empty. It takes JSON or a share link.');
  if (given.length > MAX_TEXT)
    throw new Error(`The Spec has ${given.length} characters. The limit is ${MAX_TEXT}.`);
  if (given.startsWith("{")) return { spec: parsed(given) };
  const hash = given.indexOf("#");
  const place = placeOf(hash < 0 ? given : given.slice(hash));
  if (place?.page !== "lab") return { spec: bare(given) };
  const { exhibit, spec, handout, problem } = place;
  // A page whose author reads this has the link to mend.
  if (problem) throw new Error(problem.replace(/\. .*/, "."));
  return { exhibit, ...(spec ? { spec } : {}), ...(handout ? { handout } : {}) };
}

function parsed(text: string): Spec {
  try {
    return JSON.parse(text) as Spec;
  } catch (error) {
    throw new Error(`The Spec is not JSON: ${(error as Error).message}.`);
  }
}

function bare(text: string): Spec {
  try {
    return unpacked<Spec>(text);
  } catch {
    throw new Error("The Spec is neither JSON nor a share link.");
  }
}

/** The method that stands first in what may be a Spec. */
export function firstMethod(spec: unknown): string | undefined {
  const { methods } = (spec ?? {}) as { methods?: Json };
  const [first] = Array.isArray(methods) ? methods : [];
  const id = (first as { id?: Json } | undefined)?.id;
  return typeof id === "string" ? id : undefined;
}
