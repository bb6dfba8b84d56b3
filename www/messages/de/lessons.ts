import type { LessonHead } from "../lessons.ts";

/** What the list of lessons says of each. */
export const lessonHeads: Record<string, LessonHead> = {
  "too-few-equations": {
    title: "Zu wenige Gleichungen",
    summary: "48 Gleichungen, 128 Unbekannte, und doch nur eine Antwort. Wann kann das sein?",
  },
  "why-l1": {
    title: "Warum die Summe der Beträge",
    summary:
      "Spikes zu zählen ist zu langsam. Ihre Höhen zu addieren gibt sehr oft dieselbe Antwort.",
  },
  "greedy-step-by-step": {
    title: "Gierig, Schritt für Schritt",
    summary:
      "Die Spalte nehmen, die am besten passt, neu anpassen, wiederholen: Orthogonal Matching Pursuit bei der Arbeit.",
  },
  "when-greedy-fails": {
    title: "Wenn Gier scheitert",
    summary:
      "Muster, die sich gleichen, täuschen den ersten Eindruck. Das Wort dafür ist Kohärenz.",
  },
  "noise-and-lambda": {
    title: "Rauschen, und wie viel man ihm glaubt",
    summary:
      "Bei Rauschen darf man nicht genau anpassen. Die Zahl, die sagt, wie viel man aufgibt, ist λ.",
  },
  "phase-transition": {
    title: "Der Phasenübergang",
    summary: "Zwischen immer und nie ist fast nichts. Wo die Grenze liegt, lässt sich berechnen.",
  },
  "does-the-matrix-matter": {
    title: "Kommt es auf die Matrix an?",
    summary:
      "Münzen, Kosinus, einige Einsen in einer Spalte. Sehr verschiedene Matrizen, und dieselbe Grenze.",
  },
  "message-passing": {
    title: "Ein Verfahren, das sich selbst vorhersagt",
    summary:
      "Ein Term mehr, und ein langsames Verfahren wird schnell, und sein Fehler lässt sich Schritt für Schritt vorhersagen.",
  },
  "bayesian-sparsity": {
    title: "Dünn besetzt nach Bayes",
    summary: "Jeder Eintrag bekommt eine eigene Varianz, und die Daten schalten die meisten ab.",
  },
  "spikes-to-pictures": {
    title: "Von Spikes zu Bildern",
    summary: "Echte Signale sind keine Spikes. In der richtigen Basis sind es viele beinahe.",
  },
};

/** Lessons in German, loaded one by one. */
export const lessons: Record<string, () => Promise<string>> = {
  "too-few-equations": async () =>
    (await import("../../lessons/de/01-too-few-equations.md?raw")).default,
};
