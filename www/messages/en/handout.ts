import { pieces } from "../pieces.ts";
import { count } from "./count.ts";

const characters = (n: number) => count(n, "character", "characters");

/** Where a handout is made. */
export const handout = {
  handout: "Handout",
  heading: "Make a handout",
  places: (free: unknown, locked: unknown, hidden: unknown) =>
    pieces`Each value below has three places: ${free} free, ${locked} locked, ${hidden} hidden. Parts of the page are shown or hidden by their titles.`,
  link: "Link",
  frame: "Frame",
  copyLink: "Copy link",
  copyFrame: "Copy frame",
  copy: "Copy",
  copied: (name: string, n: number) => `${name} copied, ${characters(n)}.`,
  copyThis: "Copy this",
  characters,
  asStudent: "Open as student",
  done: "Done",
  height: "Height",
  firstStep: "First step",
  last: "last",
  takePresent: (step: number) => `Take the present one, ${step}`,
  takeLast: "Take the last",
  guessFirst: "Guess first",
  guesses: { no: "no", index: "where the estimate is largest", recovered: "recovered or not" },
  qrTooLong: "The link is too long for a QR code, which holds 2953 characters.",
  qr: "QR code of the link",
  holds: {
    free: { name: "free", line: "The reader may change it" },
    locked: { name: "locked", line: "The reader sees it and cannot change it" },
    hidden: { name: "hidden", line: "The reader does not see it" },
  },
  holdOf: (label: string, hold: string) => `${label}: ${hold}`,
  holdLine: (label: string, hold: string, line: string) => `${label}: ${hold}. ${line}.`,
  parts: {
    title: "Title",
    sentence: "Sentence",
    here: "You are here",
    picture: "Picture",
    verdict: "Verdict",
    traces: "Traces",
    compare: "Comparison",
    panels: "What it looks at, and support",
    path: "Path",
    measured: "Measured",
    matrix: "Matrix",
    beside: "Panels beside",
    below: "Panels below",
    timeline: "Timeline",
    notes: "Notes and claims",
  },
  shown: "shown",
  hidden: "hidden",
};
