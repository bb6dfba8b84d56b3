import type * as english from "../en/handout.ts";
import { pieces } from "../pieces.ts";
import { count } from "./count.ts";

const characters = (n: number) => count(n, "Zeichen", "Zeichen");

export const handout = {
  handout: "Arbeitsblatt",
  heading: "Ein Arbeitsblatt erstellen",
  places: (free, locked, hidden) =>
    pieces`Jeder Wert unten hat drei Stellungen: ${free} frei, ${locked} gesperrt, ${hidden} verborgen. Teile der Seite werden an ihren Titeln gezeigt oder verborgen.`,
  link: "Link",
  frame: "Rahmen",
  copyLink: "Link kopieren",
  copyFrame: "Rahmen kopieren",
  copy: "Kopieren",
  copied: (name, n) => `${name} kopiert, ${characters(n)}.`,
  copyThis: "Bitte kopieren",
  characters,
  asStudent: "Wie Studierende öffnen",
  done: "Fertig",
  height: "Höhe",
  firstStep: "Erster Schritt",
  last: "letzter",
  takePresent: (step) => `Den jetzigen nehmen, ${step}`,
  takeLast: "Den letzten nehmen",
  guessFirst: "Erst schätzen",
  guesses: {
    no: "nein",
    index: "wo die Schätzung am größten ist",
    recovered: "rekonstruiert oder nicht",
  },
  qrTooLong: "Der Link ist zu lang für einen QR-Code, der 2953 Zeichen fasst.",
  qr: "QR-Code des Links",
  holds: {
    free: { name: "frei", line: "Lässt sich beim Lesen ändern" },
    locked: { name: "gesperrt", line: "Ist zu sehen, aber nicht zu ändern" },
    hidden: { name: "verborgen", line: "Ist nicht zu sehen" },
  },
  holdOf: (label, hold) => `${label}: ${hold}`,
  holdLine: (label, hold, line) => `${label}: ${hold}. ${line}.`,
  parts: {
    title: "Titel",
    sentence: "Satz",
    here: "Lage im Phasendiagramm",
    picture: "Bild",
    verdict: "Urteil",
    traces: "Verläufe",
    compare: "Vergleich",
    panels: "Worauf es blickt, und der Träger",
    path: "Pfad",
    measured: "Gemessen",
    matrix: "Messmatrix",
    beside: "Bilder daneben",
    below: "Bilder darunter",
    timeline: "Zeitleiste",
    notes: "Notizen und Aussagen",
  },
  shown: "gezeigt",
  hidden: "verborgen",
} satisfies typeof english.handout;
