import type * as english from "../en/challenge.ts";
import { pieces } from "../pieces.ts";
import { count } from "./count.ts";

export const challenge = {
  texts: {
    "fewest-measurements": {
      title: "Die wenigsten Messungen",
      rule: "Ein Signal mit 10 Spikes unter 128 Einträgen ist verborgen, und nur Gaußsche Messungen davon sind zu haben. Gesucht ist das Verfahren, das die wenigsten braucht, um jedes solche Signal zu rekonstruieren.",
      may: "die Zahl der Messungen, und das Verfahren mit allem, was man ihm sagen kann",
      by: [
        "Iterativ neu gewichtete kleinste Quadrate brauchen 33.",
        "Neu gewichtetes ℓ₁ braucht 36.",
        "Basis Pursuit braucht 43, und OMP 45.",
      ],
    },
    "beat-gaussian": {
      title: "Besser als Gauß",
      rule: "OMP rekonstruiert 11 Spikes unter 64 Einträgen aus 32 Gaußschen Messungen in etwa der Hälfte der Fälle. Gesucht ist eine andere Messmatrix derselben Größe, mit der es öfter gelingt.",
      may: "die Messmatrix, ihre Vorkonditionierung, und die gezeigte Ziehung",
      by: [
        "Eine Graßmannsche Matrix, deren Spalten auseinandergeschoben sind, gewinnt 41,5.",
        "Zeilen der Kosinustransformation gewinnen 35: sie sind orthogonal.",
        "Eine Toeplitz-Matrix gewinnt 12,5.",
      ],
    },
    "blind-lambda": {
      title: "λ blind finden",
      rule: "Es gibt 64 verrauschte Messungen; unbekannt ist, wie stark das Rauschen ist und wie viele Spikes es sind. Der Strafparameter des LASSO ist nach Augenschein zu wählen, und abgegeben wird einmal.",
      may: "den Strafparameter λ",
      by: [
        "Kreuzvalidierung kommt bei der Hälfte solcher Ziehungen auf höchstens 1,04.",
        "Das Diskrepanzprinzip, das das Rauschen kennt, kommt bei der Hälfte auf höchstens 1,07.",
        "Ein Zehntel des größten Strafparameters, bei jeder Ziehung, kommt bei der Hälfte auf höchstens 1,48.",
      ],
    },
  },
  heading: "Aufgaben",
  about:
    "Was eine Aufgabe verbirgt, bleibt bis zum Aufgeben im Rechenprozess. Ein Ergebnis wird durch seine Einstellungen geteilt: wer den Link öffnet, rechnet die Wertung neu aus.",
  challenge: "Aufgabe",
  ruleAndScore: "Regel und Wertung",
  aResult: "ein Ergebnis",
  oneTry: "ein Versuch pro Ziehung",
  tries: (n) => count(n, "Versuch", "Versuche"),
  theScore: "Die Wertung.",
  mayChange: (may, bold) => pieces`${bold("Geändert werden")} ${may}. Alles andere ist gesperrt.`,
  handIn: "Abgeben",
  handInAndSee: "Abgeben und auflösen",
  giveIn: "Aufgeben",
  thisTry: "Dieser Versuch",
  theseSettings: "Diese Einstellungen",
  best: "Bisher am besten",
  computed: "Soeben berechnet, auf dieser Seite.",
  seed: (seed) => ` Die Ziehung hat den Startwert ${seed}.`,
  play: "Spielen",
  openInLab: "Im Labor öffnen",
  scoring: "Gewertete Läufe",
  runs: (done, of) => `${done} von ${of} Läufen`,
  noScore: "Keine Wertung.",
  scored: (what, score, ranked) => `${what}: ${score}${ranked ? "" : ", kein Rang"}.`,
  noScoreYet: "keine Wertung",
  withRank: (score, rank) => `${score}, ${rank}`,
  ranks: { Gold: "Gold", Silver: "Silber", Bronze: "Bronze" },
  ranksCaption: "Ränge",
  reached: ", erreicht",
  orBetter: (score, better) => `${score} oder ${better === "less" ? "weniger" : "mehr"}`,
  copyLink: "Link kopieren",
  copied: "Kopiert. Wer ihn öffnet, rechnet die Wertung neu aus.",
  copyThis: "Bitte kopieren",
  noChallenge: (id) => `Eine Aufgabe „${id}“ gibt es hier nicht.`,
  notScored: (why) => `Es ließ sich nicht werten: ${why}`,
  hereIs: (why) => `${why} Hier ist die Aufgabe.`,
  notAllowed: "Solche Einstellungen lässt diese Aufgabe nicht zu. Hier ist die Aufgabe.",
  fewest: {
    says: (many) =>
      `Die Zahl der Messungen, wenn alle von ${many} neuen Ziehungen bis auf ein Tausendstel der Größe des Signals rekonstruiert werden. Die Ziehungen sind für alle dieselben, und keine ist die auf der Seite.`,
    spoken: (n) => count(n, "Messung", "Messungen"),
    because: (rows, recovered, many) =>
      `Mit ${rows} Messungen wurden ${recovered} von ${many} Ziehungen rekonstruiert.`,
  },
  more: {
    gaussian: "der Gaußschen",
    says: (many, name) =>
      `Wie viele von hundert bei ${many} Ziehungen mit der eigenen Matrix rekonstruiert werden, abzüglich derer mit ${name} bei denselben Startwerten. Komplexe Matrizen zählen nicht: jede ihrer Messungen sind zwei Zahlen.`,
    spoken: (points) => `${points} Punkte`,
    complex: "Diese Matrix ist komplex und zählt nicht.",
    because: (many, own, theirs, name) =>
      `Von ${many} Ziehungen wurden ${own} rekonstruiert, mit ${name} ${theirs}.`,
  },
  near: {
    says: (many, from, to) =>
      `Der Fehler der eigenen Wahl, geteilt durch den kleinsten Fehler unter ${many} Werten zwischen ${from} und ${to} bei derselben Ziehung. Eins ist das Beste.`,
    spoken: (ratio) => `das ${ratio}-fache des kleinsten Fehlers`,
    because: (own, best) =>
      `Der Fehler ist ${own}; ${best ? `der kleinste, bei ${best.at}, ist ${best.error}` : "keiner war kleiner"}.`,
  },
} satisfies typeof english.challenge;
