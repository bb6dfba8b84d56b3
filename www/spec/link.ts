import { deflateSync, Inflate, strFromU8, strToU8 } from "fflate";
import { say } from "../messages/say.ts";
import type { SweepSpec } from "../sweep/protocol.ts";
import { type Handout, handoutIn, handoutQuery } from "./handout.ts";
import type { Spec } from "./spec.ts";

/** Longest address that is read, in characters, and longest Spec that may come out of it, in bytes. */
const MAX_LINK = 2_000_000;
const MAX_SPEC = 8_000_000;
/** Bytes of a link that are unfolded before the size of what came out is looked at. */
const PORTION = 2048;
/** The exhibit that opens when the address names none. */
export const FIRST = "omp";
/** What the index may be narrowed to. */
export const SHOWS = ["all", "ready", "foundations"];

/** Where in the page one is: an exhibit (with its own Spec or another), its phase diagram, the index, or the methods. */
export type Place =
  | LabPlace
  | SweepPlace
  | { page: "index"; query: string; show: string }
  | { page: "methods"; query: string }
  | { page: "lessons" }
  | LessonPlace
  | { page: "challenges" }
  | ChallengePlace;

/** An exhibit, and what the link hides and holds of it. */
export interface LabPlace {
  page: "lab";
  exhibit: string;
  spec?: Spec;
  handout?: Handout;
  problem?: string;
  /** The part that a lecture shows, if it is one. */
  lecture?: string;
}

/** A step of a lesson, what was guessed so far, and the Spec where the student has made it another. */
export interface LessonPlace {
  page: "lesson";
  /** The name of a lesson that ships with the page, or `own` for a file. */
  lesson: string;
  /** Where the lesson's text is, relative to the page; in place of a name. */
  from?: string;
  /** From 1. */
  step: number;
  /** Guesses as `www/lesson/guesses.ts` writes them. */
  guesses?: string;
  spec?: Spec;
  /** The part that a lecture shows, if it is one. */
  lecture?: string;
}

/** A challenge to be played; with a Spec, what somebody reached in it. */
export interface ChallengePlace {
  page: "challenge";
  challenge: string;
  spec?: Spec;
  problem?: string;
}

/** A phase diagram: the sweep, unless it is the exhibit's own, and what of it is looked at. */
export interface SweepPlace {
  page: "sweep";
  exhibit: string;
  sweep?: SweepSpec;
  /** Every trial of every cell, also where they tell nothing. */
  full?: boolean;
  /** The cell that is open. */
  cell?: number;
  problem?: string;
}

/** The part of the address after `#`. A Spec that is the exhibit's own is left out. */
export function addressOf(place: Place): string {
  if (place.page === "index") {
    const parameters = new URLSearchParams();
    if (place.query) parameters.set("q", place.query);
    if (place.show && place.show !== "all") parameters.set("show", place.show);
    const query = parameters.toString();
    return `#/index${query ? `?${query}` : ""}`;
  }
  if (place.page === "methods")
    return `#/methods${place.query ? `?${new URLSearchParams({ q: place.query })}` : ""}`;
  if (place.page === "lessons" || place.page === "challenges") return `#/${place.page}`;
  if (place.page === "lesson") return lessonAddress(place);
  if (place.page === "challenge") {
    const { challenge, spec } = place;
    return `#/challenge/${challenge}${spec ? `?s=${packed(spec)}` : ""}`;
  }
  if (place.page === "lab") {
    const parts = [
      ...(place.spec ? [`s=${packed(place.spec)}`] : []),
      ...handoutQuery(place.handout),
      ...(place.lecture ? [`lecture=${place.lecture}`] : []),
    ];
    return `#/${place.exhibit}${parts.length > 0 ? `?${parts.join("&")}` : ""}`;
  }
  const parts = [
    place.sweep ? `s=${packed(place.sweep)}` : "",
    place.full ? "full=1" : "",
    place.cell === undefined ? "" : `cell=${place.cell}`,
  ].filter(Boolean);
  return `#/${place.exhibit}/sweep${parts.length > 0 ? `?${parts.join("&")}` : ""}`;
}

function lessonAddress({ lesson, from, step, guesses, spec, lecture }: LessonPlace): string {
  const parts = [
    step > 1 ? `step=${step}` : "",
    guesses ? `g=${guesses}` : "",
    spec ? `s=${packed(spec)}` : "",
    lecture ? `lecture=${lecture}` : "",
  ].filter(Boolean);
  if (from !== undefined) return `#${[`lesson=${encodeURIComponent(from)}`, ...parts].join("&")}`;
  return `#/lesson/${lesson}${parts.length > 0 ? `?${parts.join("&")}` : ""}`;
}

/** The exhibit that an address opens; the first one where it names none, nothing for the pages about all of them. */
export function exhibitOf(hash: string): string {
  const place = placeOf(hash);
  if (!place) return FIRST;
  return "exhibit" in place ? place.exhibit : "";
}

/** Reads an address. What cannot be read is left out, and `problem` says so. */
export function placeOf(hash: string): Place | undefined {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?", 2);
  const parameters = new URLSearchParams(query);
  if (path === "index") {
    const show = parameters.get("show") ?? "";
    return {
      page: "index",
      query: parameters.get("q") ?? "",
      show: SHOWS.includes(show) ? show : "all",
    };
  }
  if (path === "lessons" || path === "challenges") return { page: path };
  const challenge = /^challenge\/([a-z0-9-]{1,64})$/.exec(path)?.[1];
  if (challenge) return challengePlaceOf(challenge, parameters.get("s"));
  const lesson = lessonPlaceOf(hash, path, parameters);
  if (lesson) return lesson;
  if (path === "methods") return { page: "methods", query: parameters.get("q") ?? "" };
  const sweep = /^([a-z0-9-]{1,64})\/sweep$/.exec(path)?.[1];
  if (sweep) return sweepPlaceOf(sweep, parameters);
  if (!/^[a-z0-9-]{1,64}$/.test(path)) return undefined;
  const place: LabPlace = {
    page: "lab",
    exhibit: path,
    ...handoutIn(parameters),
    ...lectureIn(parameters),
  };
  const text = parameters.get("s");
  if (text === null) return place;
  try {
    return { ...place, spec: unpacked<Spec>(text) };
  } catch {
    return { ...place, problem: say.page.damaged };
  }
}

/** A lesson of the page's, `#/lesson/name?step=2`, or one elsewhere on its host, `#lesson=address&step=2`. */
function lessonPlaceOf(
  hash: string,
  path: string,
  named: URLSearchParams,
): LessonPlace | undefined {
  const lesson = /^lesson\/([a-z0-9-]{1,64})$/.exec(path)?.[1];
  const own = hash.startsWith("#lesson=") && hash.length <= MAX_LINK;
  if (lesson === undefined && !own) return undefined;
  const parameters = own ? new URLSearchParams(hash.slice(1)) : named;
  const step = parameters.get("step") ?? "1";
  const text = parameters.get("s");
  return {
    page: "lesson",
    lesson: lesson ?? "",
    ...(own ? { from: parameters.get("lesson") ?? "" } : {}),
    step: /^[1-9]\d?$/.test(step) ? Number(step) : 1,
    ...(parameters.get("g") ? { guesses: (parameters.get("g") ?? "").slice(0, 2000) } : {}),
    ...specIn(text),
    ...lectureIn(parameters),
  };
}

/** The part that a lecture shows. */
function lectureIn(parameters: URLSearchParams): { lecture?: string } {
  const lecture = parameters.get("lecture") ?? "";
  return /^[a-z]{1,20}(\.[a-z][a-z0-9-]{0,40})?$/.test(lecture) ? { lecture } : {};
}

/** What somebody reached. A link that is damaged has no result; the challenge is there to be played. */
function challengePlaceOf(challenge: string, text: string | null): ChallengePlace {
  const reached = specIn(text);
  const damaged = text !== null && !reached.spec;
  return {
    page: "challenge",
    challenge,
    ...reached,
    ...(damaged ? { problem: say.page.damagedChallenge } : {}),
  };
}

/** The Spec that an address holds; one that is damaged is left out, as the step has its own. */
function specIn(text: string | null): { spec?: Spec } {
  try {
    return text === null ? {} : { spec: unpacked<Spec>(text) };
  } catch {
    return {};
  }
}

function sweepPlaceOf(exhibit: string, parameters: URLSearchParams): SweepPlace {
  const cell = parameters.get("cell") ?? "";
  const place: SweepPlace = {
    page: "sweep",
    exhibit,
    ...(parameters.get("full") === "1" ? { full: true } : {}),
    ...(/^\d{1,4}$/.test(cell) ? { cell: Number(cell) } : {}),
  };
  const text = parameters.get("s");
  if (text === null) return place;
  try {
    return { ...place, sweep: unpacked<SweepSpec>(text) };
  } catch {
    return { ...place, problem: say.page.damaged };
  }
}

/** JSON, deflated, in base64 that is safe in addresses. */
export function packed(spec: Spec | SweepSpec): string {
  const bytes = deflateSync(strToU8(JSON.stringify(spec)), { level: 9 });
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** The Spec or sweep in a link, unchecked but for its size. Throws when the text is not one. */
export function unpacked<T = Spec>(text: string): T {
  if (text.length > MAX_LINK) throw new Error("too long");
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = inflated(Uint8Array.from(binary, (byte) => byte.charCodeAt(0)));
  const value: unknown = JSON.parse(strFromU8(bytes));
  if (value === null || typeof value !== "object" || Array.isArray(value))
    throw new Error("not a Spec");
  return value as T;
}

/** Unfolds bytes in portions: a small link that holds much is dropped as soon as it is too much. */
function inflated(bytes: Uint8Array): Uint8Array {
  const result = new Uint8Array(Math.min(MAX_SPEC, 64 + bytes.length * 1100));
  let size = 0;
  const inflate = new Inflate((chunk) => {
    if (size + chunk.length > result.length) throw new Error("too large");
    result.set(chunk, size);
    size += chunk.length;
  });
  for (let from = 0; from < bytes.length; from += PORTION)
    inflate.push(bytes.subarray(from, from + PORTION), from + PORTION >= bytes.length);
  return result.subarray(0, size);
}
