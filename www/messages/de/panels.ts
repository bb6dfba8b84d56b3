import type * as english from "../en/panels.ts";
import { inSteps, steps } from "./count.ts";

export const panels = {
  about: {
    signal:
      "Ringe sind die Wahrheit, Scheiben die Schätzung; eine Scheibe in ihrem Ring ist ein gefundener Spike. Ein gestrichelter Ring wurde verpasst, ein Kreuz ist ein Fehlalarm.",
    support:
      "Jeder Balken ist ein Index, von dem Schritt, in dem er in den Träger kommt, bis zu dem, in dem er ihn verlässt. Blasse Spalten dahinter sind da, wo die Wahrheit nicht null ist.",
    convergence:
      "Das Residuum ist, was die Schätzung von den Messungen übrig lässt, der Fehler ihr Abstand zur Wahrheit; beide sind relativ. Das Verfahren sieht das erste, nie den zweiten.",
    snapshots:
      "Jede Zeile ist eine Aufnahme, jede Spalte ein Ort; Farben sind Werte, mit einer Skala für beide Karten. Die Schätzung steht über der Wahrheit.",
    measured: "Punkte sind die Messungen y. Balken sind, was die Schätzung davon nicht erklärt.",
    matrix:
      "Jede Spalte sagt, wie eine Unbekannte in die Messungen eingeht. Die Gram-Matrix vergleicht Spalten: je heller eine Stelle, desto ähnlicher sind die beiden, und desto leichter zu verwechseln.",
  },
  shows: (caption) => `Gezeigt wird: ${caption}.`,
  beforeStep: (caption) =>
    `Gezeigt wird: ${caption}. Es sind die Werte vor dem Schritt an der Abspielmarke.`,
  acts: {
    signal: [
      "Ein Klick setzt einen Spike; hoch und runter gezogen ändert er sich, seitwärts wandert er, bei null verschwindet er; ein Doppelklick nimmt einen getippten Wert.",
      "Ein Klick mit Umschalt, oder ein mit Umschalt aufgezogener Rahmen, wählt mehrere. Ein langer Druck mit dem Finger auch; danach wählt jedes Tippen weitere.",
      "Tasten: Links und Rechts gehen von Spike zu Spike, mit Umschalt wählen sie mehrere, mit Strg gehen sie zu jedem Index, mit Alt verschieben sie das Gewählte. Hoch und Runter ändern es um 0,05, mit Umschalt um 0,01, Bild auf und Bild ab um 0,5. Enter nimmt einen getippten Wert, Entf löscht.",
    ],
    convergence: [
      "Quer darüber ziehen bewegt die Abspielmarke. Links und Rechts bewegen die Linie, Enter holt die Abspielmarke dorthin.",
    ],
    curve: [
      "Freihändig über die Abbildung zeichnen; mit Umschalt ein gerades Stück. Die Stängel darunter sind die Koeffizienten und lassen sich ziehen wie Spikes.",
      "Tasten: Links und Rechts bewegen einen Pinsel, Hoch und Runter biegen dort die Kurve. Die Leertaste setzt den Pinsel zum Zeichnen auf, Hoch und Runter heben und senken ihn dann, die Leertaste lässt ihn los.",
    ],
    "painted-picture": [
      "Mit Zeiger oder Finger malen. Was gemalt ist, ist von da an die Wahrheit: sie wird neu gemessen, und unberührte Stellen bleiben so hell, wie sie waren.",
      "Tasten: Pfeile bewegen den Pinsel, mit Umschalt um acht Pixel. Die Leertaste setzt ihn zum Malen auf und lässt ihn los. + und \u2212 machen ihn heller und dunkler, [ und ] feiner und breiter.",
      "Ein Bild, das auf der Seite abgelegt wird, tritt in Grau an die Stelle des ganzen.",
    ],
    "painted-line": [
      "Freihändig über die Abbildung zeichnen; mit Umschalt ein gerades Stück. Was gezeichnet ist, ist von da an die Wahrheit: sie wird neu gemessen.",
      "Tasten: Links und Rechts bewegen einen Pinsel, Hoch und Runter biegen dort die Linie. Die Leertaste setzt den Pinsel zum Zeichnen auf, Hoch und Runter heben und senken ihn dann, die Leertaste lässt ihn los.",
    ],
  },
  read: "Ein Zeiger, ein langer Druck, oder Links und Rechts bewegen die Linie; L hält sie fest. Bild auf und Bild ab gehen 16 Stellen, Pos1 und Ende an die Enden.",
  zoom: "Strg mit dem Mausrad, zwei Finger, oder + und \u2212 vergrößern und verkleinern die Achse, 0 zeigt sie ganz. Ziehen unter der Achse markiert einen Teil, und verschiebt ihn dann.",
  aboutButton: (name) => `Über ${name}`,
  aboutTitle: "Was das ist, und seine Zahlen",
  numbersOf: (name) => `Zahlen: ${name}`,
  firstRows: (shown, all) => `Die ersten ${shown} von ${all} Zeilen. `,
  copyAll: "Alles kopieren",
  copied: "Kopiert.",
  notAllowed:
    "Der Browser hat es nicht erlaubt. Die Zeilen lassen sich von Hand markieren und kopieren.",
  whatYouCanDo: "Was sich hier tun lässt",
  line: (name, more) => `Linie auf ${name}. Links und rechts bewegen sie.${more}`,
  lineOfSteps: " Enter holt die Abspielmarke dorthin.",
  lineLocks: " L hält sie fest.",
  lineZooms:
    " L hält sie fest. Plus und Minus vergrößern und verkleinern die Achse, null zeigt sie ganz.",
  cell: (row, column, value) => `Zeile ${row}, Spalte ${column}: ${value}`,
  second: "Zweite Abbildung",
  trace: "Verlauf",
  looksAt: "Blick",
  support: "Träger",
  measured: "Gemessen",
  matrix: "Matrix",
  convergence: "Konvergenz",
  comparison: "dem Vergleich",
  band: (at, mean, low, high, truth) =>
    `${at}: ${mean}, von ${low} bis ${high}${truth === undefined ? "" : `; in Wahrheit ${truth}`}`,
  reached: (at, reached, wanted) => `${at}: ${reached} von ${wanted}`,
  links: (title) => `${title}: Punkte in der Ebene und Linien zwischen ihnen.`,
  values: (title, rows, cols, most) => `${title}: ${rows} mal ${cols} Werte, der größte ${most}.`,
  list: (title, n, most) => `${title}: ${n} Werte, der größte ${most}.`,
  map: (title, rows, cols, truth) =>
    `${title}: ${rows} Zeilen mit ${cols} Werten${truth ? ", darunter die Wahrheit" : ""}.`,
  andMore: " und weitere",
  picks: (index) => `wählt ${index}`,
  stays: (stays, last) =>
    `Träger nach Schritten: ${stays} Aufenthalte von Indizes in ${inSteps(last)}.`,
  supportCaption: (truth) =>
    `nach Schritten, abwärts${truth ? "; blasse Spalten sind der wahre Träger" : ""}`,
  stay: (from, to) => `von Schritt ${from} bis ${to}`,
  neverIn: "nie darin",
  measuredLabel: (n) => `${n} Messungen und das Residuum.`,
  matrixLabel: (rows, cols, active, coherence) =>
    `Messmatrix mit ${rows} Zeilen und ${cols} Spalten, davon ${active} aktiv; Kohärenz ${coherence}.`,
  coherence: (value) => `Kohärenz ${value}`,
  columnsLit: (rows, cols) => `${rows} × ${cols}, aktive Spalten leuchten`,
  whichMatrix: "Welche Matrix",
  gram: "Gram-Matrix",
  column: (at, active) => `Spalte ${at}, ${active ? "aktiv" : "nicht aktiv"}`,
  heads: {
    index: "Index",
    from: "von",
    to: "bis",
    step: "Schritt",
    value: "Wert",
    low: "unten",
    high: "oben",
    mean: "Mittel",
    wanted: "gesucht",
    reached: "erreicht",
    truth: "Wahrheit",
    estimate: "Schätzung",
  },
} satisfies typeof english.panels;

export const compared = {
  caption: "Die Verfahren, verglichen an derselben Instanz",
  method: "Verfahren",
  steps: "Schritte",
  found: "gefunden",
  false: "falsch",
  error: "Fehler",
  gap: "Lücke",
  counts: (threshold) => `Ein Spike zählt, wenn er größer ist als ${threshold}.`,
  errorToTruth: "Abstand zur Wahrheit",
  traces: {
    relative_error: "relativer Fehler",
    relative_residual: "relatives Residuum",
    predicted_error: "vorhergesagter Fehler",
    objective: "Zielfunktion",
    duality_gap: "Dualitätslücke",
    hamming: "falsche Vorzeichen",
  },
  axis: "Waagerechte Achse",
  trace: "Verglichener Verlauf",
  logarithmic: "beide Achsen logarithmisch",
  figure: (title, n, along) => `${title} von ${n} Verfahren ${along}.`,
  at: (step, values) => `Schritt ${step}: ${values}`,
  along: {
    step: { choice: "nach Schritten", unit: "Schritt" },
    ms: { choice: "nach ms", unit: "ms" },
    products: { choice: "nach Produkten mit A", unit: "Produkte mit A" },
  },
  products: (n) => `${n} Produkte`,
  step: (place) => `Schritt ${place}`,
} satisfies typeof english.compared;

export const traces = {
  names: {
    relative_error: "Fehler",
    relative_residual: "Residuum",
    predicted_error: "Vorhersage",
    hamming: "Vorzeichen",
    duality_gap: "Lücke",
  },
  noise: "Rauschen",
  worst: "bestes λ",
  overlays: {
    predicted: {
      name: "Vorhersage",
      title: "Zustandsevolution: der Fehler, wie ihn die Theorie vor dem Lauf kennt",
    },
    worst: {
      name: "bestes LASSO, schlimmstes Signal",
      title:
        "Rauschempfindlichkeit: der größte Fehler des am besten eingestellten LASSO, was auch die Werte sind, bei einer großen Gaußschen Matrix",
    },
  },
  about: (last, ends) => `Konvergenz über ${steps(last)}. ${ends}.`,
  at: (step, values) => `Schritt ${step}: ${values}`,
  byStep: "nach Schritten",
  relative: "relativ, nach Schritten",
  lines: "Linien der Theorie",
  theory: "Theorie:",
  steps,
} satisfies typeof english.traces;
