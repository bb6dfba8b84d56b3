import type * as english from "../en/lesson.ts";
import { pieces } from "../pieces.ts";

export const lesson = {
  kinds: { read: "Lesen", predict: "Vorhersagen", try: "Probieren", explain: "Warum" },
  lesson: "Lektion",
  steps: "Schritte",
  previous: "Voriger Schritt",
  previousKey: "Voriger Schritt (Bild auf)",
  nextStep: "Nächster Schritt",
  nextStepKey: "Nächster Schritt (Bild ab)",
  of: (number, last) => `${number} von ${last}`,
  text: "Text des Schritts",
  next: "Weiter",
  all: "Alle Lektionen",
  reset: "Diesen Schritt zurücksetzen",
  myReport: "Mein Bericht:",
  asPage: "als Seite speichern",
  asMarkdown: "als Markdown",
  saved: (file) => `${file} gespeichert.`,
  widthOfText: "Breite des Textes",
  dragOrKeys: "Ziehen, oder Pfeiltasten",
  heading: "Ein erster Kurs",
  summary: (lessons, minutes) =>
    `${lessons} Lektionen neben dem Labor, zusammen ${minutes} Minuten. Jede lässt sich allein lesen.`,
  minutes: (n) => `${n} min`,
  tryChallenges: (link) =>
    pieces`Wer das alles weiß, kann sich an den ${link("Aufgaben")} versuchen.`,
  ownFile: (link) =>
    pieces`Eine Lektion ist eine Markdown-Datei. Eine eigene lässt sich hier ablegen, oder ${link("aus einer Datei öffnen")}.`,
  report: (title) => `${title}: mein Bericht`,
  whereLeft: "Die Lektion, wie ich sie verlassen habe",
  figureInStep: (name, step) => `${name}, Schritt ${step}`,
  inLab: "Dieser Schritt im Labor",
  inLabChanged: "Dieser Schritt im Labor, wie ich ihn geändert habe",
  figure: "Abbildung",
  trouble: (step, title, what) =>
    `Schritt ${step}, „${title}“: ${what} Das Bild bleibt, wie es war.`,
  noExhibit: (id) => `Ein Exponat „${id}“ gibt es hier nicht.`,
  noLesson: (id) => `Eine Lektion „${id}“ gibt es hier nicht.`,
  noLessonAt: (path, status) =>
    `Unter ${path} gibt es keine Lektion${status === undefined ? "" : ` (${status})`}.`,
  gone: "Diese Lektion war eine eigene Datei, die nicht mehr da ist. Sie lässt sich noch einmal ablegen.",
  tooLarge: (kilobytes, file) =>
    `Eine Lektion darf ${kilobytes} kB haben, und ${file ?? "diese"} ist größer.`,
  noAddress: (text) => `„${text}“ ist keine Adresse einer Lektion.`,
  elsewhere: (text) =>
    `Lektionen kommen vom Server dieser Seite, und „${text}“ liegt anderswo. Sie wurde nicht geöffnet.`,
} satisfies typeof english.lesson;

export const ask = {
  lock: "Schätzung festlegen",
  byIndex: "Ins Bild klicken, oder den Index tippen:",
  byNumber: "Meine Schätzung:",
  onItsWay: "Der Lauf ist unterwegs …",
  choice: (text) => `„${text}“`,
  noAnswer: (said) => `Geschätzt war ${said}. Dieser Lauf hat keine Antwort auf die Frage.`,
  was: (said, was) => `Geschätzt war ${said}. Es war ${was}.`,
  justSo: (said) => `Geschätzt war ${said}, und so war es.`,
  nearEnough: (said, was) => `Geschätzt war ${said}. Es war ${was}, und das ist nah genug.`,
} satisfies typeof english.ask;

export const guess = {
  index: "Erst schätzen, dann schauen: An welchem Index wird die Schätzung am größten sein?",
  recovered:
    "Erst schätzen, dann schauen: Wird das Signal bis auf ein Tausendstel seiner Größe rekonstruiert?",
  yes: "rekonstruiert",
  no: "nicht",
} satisfies typeof english.guess;

export const sheet = {
  height: "Höhe des Textes",
  share: (percent) => `${percent} % des Fensters`,
} satisfies typeof english.sheet;
