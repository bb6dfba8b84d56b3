import type * as english from "../en/lecture.ts";

export const lecture = {
  guessFirst: "Zuerst wird geschätzt, beim Text.",
  black: "Schwarzer Bildschirm. Jede Taste zeigt die Seite.",
  panels: "Bilder",
  step: (number, last) => `Schritt ${number} von ${last}`,
  of: (step, last) => `${step} von ${last}`,
  keys: "Tasten",
  leave: "Verlassen",
  text: "Text",
  picture: "Bild",
  signal: "Signal",
  convergence: "Konvergenz",
  comparison: "Vergleich",
  support: "Träger",
  measured: "Gemessen",
  matrix: "Messmatrix",
  keysInWords: [
    ["Bild ab, rechts, runter", "nächstes Bild; nach dem letzten der nächste Schritt der Lektion"],
    ["Bild auf, links, hoch", "voriges Bild"],
    ["1 bis 9", "das Bild mit dieser Nummer"],
    ["Leertaste", "abspielen, anhalten"],
    ["J, L", "einen Schritt zurück, einen vor"],
    ["B oder .", "schwarzer Bildschirm; jede Taste beendet ihn"],
    ["F", "ganzer Bildschirm"],
    ["Escape", "erst aus einem Wert heraus, dann aus der Vorlesung"],
  ],
} satisfies typeof english.lecture;
