import { sayChallenge } from "../messages/challenge.ts";

import type { Handout } from "../spec/handout.ts";
import type { Spec } from "../spec/spec.ts";
import type { Scoring } from "./scoring.ts";

/** Something to be reached beside the lab. It is data: `www/challenges` has a file for each (docs/challenges.md). */
export interface Challenge {
  /** Small letters, digits and `-`: its name in an address. */
  id: string;
  title: string;
  /** What is to be reached, in two sentences. */
  rule: string;
  /** What may be changed, as the player reads it. */
  may: string;
  /** The exhibit whose lab it is played in. */
  exhibit: string;
  /** Where play begins. Its seed is drawn anew where the draw is hidden. */
  spec: Spec;
  /** What may be changed, as a handout names it; all else is locked. */
  free: readonly string[];
  /** Parts of the page and parameters that are not there while one plays. */
  hide: readonly string[];
  /** Whether the draw is hidden: truth, errors, hits and seed stay in the worker until the player gives in. */
  blind: boolean;
  /** Parameters that are drawn with the hidden seed, whole numbers between two bounds. */
  secret?: Secrets;
  /** Whether handing in shows the answer, so that there is one try a draw. */
  once?: boolean;
  scoring: Scoring;
  /** Ranks by their threshold, the best first. */
  ranks: readonly Rank[];
}

export type Secrets = Readonly<Record<string, readonly [from: number, to: number]>>;

/** A rank, and who reaches it: every threshold was measured, and a test measures it again. */
export interface Rank {
  name: string;
  /** The score that it takes. */
  at: number;
  /** Who reaches it, told after giving in. */
  by: string;
  /** A merge patch of the challenge's Spec that comes to just this score, where one does. */
  patch?: unknown;
}

/** A challenge in the words of the language that is spoken, where there are some. */
export function textIn(challenge: Challenge): Challenge {
  const text = sayChallenge.texts[challenge.id];
  if (!text) return challenge;
  const { title, rule, may, by } = text;
  const ranks = challenge.ranks.map((rank, i) => ({ ...rank, by: by[i] ?? rank.by }));
  return { ...challenge, title, rule, may, ranks };
}

/** The best rank that a score reaches. */
export function rankOf({ ranks, scoring }: Challenge, score: number): Rank | undefined {
  return ranks.find(({ at }) => (scoring.better === "less" ? score <= at : score >= at));
}

/** How a challenge holds the page while it is played. */
export function handoutOf({ free, hide }: Challenge): Handout {
  // Acts that are not free have no place on the page.
  const acts = ["seed", "methods"].filter((act) => !free.includes(act));
  return { hide: [...hide, ...acts], lock: [], free };
}
