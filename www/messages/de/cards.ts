import type { CardText } from "../cards.ts";

/** Exhibits in German, by their ids. */
export const cards: Record<string, CardText> = {
  omp: {
    title: "Orthogonal Matching Pursuit",
    idea: "Die Spalte wählen, die am besten zu dem passt, was noch nicht erklärt ist. Alle gewählten Spalten neu anpassen, nach kleinsten Quadraten. Wiederholen.",
    consequence:
      "Das Residuum steht senkrecht auf jeder gewählten Spalte, daher wird keine Spalte zweimal gewählt.",
    watch: [
      "Der höchste Balken in *What OMP looks at*. Sind zwei fast gleich hoch, ist die nächste Wahl ein Glücksspiel.",
      "In *Träger* beginnen Linien immer nur. Bei einem Verfahren, das bereuen kann, würden manche auch enden.",
      "Jede falsche Wahl hebt in *Konvergenz* den Fehler, nie das Residuum.",
    ],
    try_this: [
      {
        link: "Ein echtes Signal aus einem Viertel seiner Abtastwerte rekonstruieren:",
        question:
          "Kohlendioxid über dem Mauna Loa, drei von vier Monaten weggeworfen. Welche Atome sind die Jahreszeiten?",
      },
      {
        link: "12 statt 20 Spikes nehmen.",
        question: "Gibt es noch eine falsche Wahl?",
      },
      {
        link: "Alle Spikes gleich hoch machen.",
        question: "Welche Wahl misslingt zuerst, und warum schadet das den übrigen?",
      },
      {
        link: "Mit korrelierten Spalten messen.",
        question: "Erst den Fehler schätzen.",
      },
    ],
    breaks:
      "Eine Wahl wird nie zurückgenommen. Gleiche Amplituden und korrelierte Spalten machen frühe Wahlen falsch, lange bevor es zu wenige Messungen sind.",
    claims: [
      "Mit k = 8 Spikes, m = 80, n = 256 und ohne Rauschen rekonstruiert OMP exakt bei mindestens 95 % der Ziehungen",
      "OMP gewinnt durch ungleich hohe Spikes: mit Gaußschen ist die Hälfte der Ziehungen exakt bei einem rho, das um mindestens 0,1 höher liegt als mit gleich hohen Spikes, bei delta = 0,25 und 0,5",
    ],
  },
};
