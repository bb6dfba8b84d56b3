import type * as english from "../en/sweep.ts";
import { pieces } from "../pieces.ts";
import { count } from "./count.ts";

const trials = (n: number) => count(n, "Versuch", "Versuche");

export const sweep = {
  heading: (exhibit) => `Phasendiagramm: ${exhibit}`,
  over: ({ x, y, across, up, trials, together }) =>
    pieces`Phasendiagramm über ${x} und ${y} mit ${together(pieces`${across} × ${up}`)} Zellen zu ${trials} Versuchen.`,
  across: "Zellen waagerecht",
  up: "Zellen senkrecht",
  trials: "Versuche",
  horizontalAxis: "waagerechte Achse",
  verticalAxis: "senkrechte Achse",
  ends: {
    x: { from: "waagerecht von", to: "waagerecht bis", scale: "waagerechte Skala" },
    y: { from: "senkrecht von", to: "senkrecht bis", scale: "senkrechte Skala" },
  },
  metric: "Maß",
  shows: (choice) => pieces`Die Karte zeigt: ${choice}.`,
  succeeds: (choice) => pieces`Ein Versuch gelingt, wenn er ${choice}.`,
  within: ({ choice, tolerance }) =>
    pieces`Ein Versuch ${choice}, wenn sein Fehler höchstens so groß ist: ${tolerance}`,
  tolerance: "Toleranz",
  go: (choice) => pieces`Die Versuche gehen ${choice}`,
  where: "wohin die Versuche gehen",
  spending: {
    adaptive: {
      label: "dahin, wo sie am meisten sagen",
      line: "Zwei für jede Zelle, dann mehr, wo der Erfolg ungewiss ist",
    },
    full: { label: "überallhin", line: "Alle Versuche aller Zellen" },
  },
  lastStill: " Das Bild ist noch das des letzten brauchbaren Phasendiagramms.",
  axisOfMap: "Eine Achse der Karte",
  axes: "Achsen",
  range: ({ name, from, to, scale }) => pieces`${name} von ${from} bis ${to}, ${scale}`,
  scales: { linear: "in gleichen Schritten", log: "in gleichen Verhältnissen" },
  showMap: (method) => `Die Karte von ${method} zeigen`,
  sets: (what) => `setzt ${what}`,
  of: (parameter, what) => `${parameter} von ${what}`,
  metrics: {
    success: { label: "gelingt", line: "der relative Fehler ist höchstens die Toleranz" },
    exact: { label: "exakt ist", line: "der Träger ist der der Wahrheit" },
    meanSteps: { label: "mittlere Zahl der Schritte", line: "wie lange das Verfahren braucht" },
    medianSteps: {
      label: "Median der Schritte",
      line: "wie lange die Hälfte der Versuche höchstens braucht",
    },
    meanProducts: {
      label: "mittlere Zahl der Produkte",
      line: "Produkte mit der Matrix und ihrer Transponierten",
    },
    meanFlops: {
      label: "mittlere Zahl der FLOPs",
      line: "Gleitkommaoperationen dieser Produkte",
    },
    medianError: {
      label: "Median des Fehlers",
      line: "der relative Fehler, den die Hälfte der Versuche höchstens hat",
    },
  },
  quantities: {
    iterations: "Zahl der Schritte",
    products: "Zahl der Produkte",
    flops: "Zahl der FLOPs",
    relative_error: "Fehler",
  },
  statistic: (statistic, name, level) =>
    `${{ mean: "Mittel", median: "Median", quantile: `${level}-Quantil` }[statistic] ?? statistic}: ${name}`,
  medianLine: "was die Hälfte der Versuche höchstens hat",
  quantileLine: (level) => `was ${level} der Versuche höchstens haben`,
  noTrial: "noch kein Versuch",
  successes: (found, trials) => `${found} von ${trials} ${found === 1 ? "gelingt" : "gelingen"}`,
  times: (ratio) => `${ratio}-mal`,
  cellCounts: (at, successes, low, high) => `${at}: ${successes}, zwischen ${low} und ${high}`,
  cellValue: (at, value, trials) => `${at}: ${value} in ${count(trials, "Versuch", "Versuchen")}`,
  cellEmpty: (at) => `${at}: noch kein Versuch`,
  hopeless: "Nirgends gelingt ein Versuch.",
  hopelessWhy: (tolerance) =>
    `Die Toleranz, ${tolerance}, ist vielleicht feiner als das, was die Verfahren mit Absicht übrig lassen: eine größere hilft, oder ein Blick auf den Median des Fehlers.`,
  at: (what, place) => `${what} bei ${place}`,
  atWithin: (what, place, width) =>
    `${what} bei ${place} (von 10\u2009% bis 90\u2009% innerhalb von ${width})`,
  trade: (a, b, place) => `${a} und ${b} tauschen bei ${place} die Plätze.`,
  half: (place, methods) => `Bei ${place} gelingt die Hälfte der Versuche mit ${methods}.`,
  infinite: (curves) => `Theorie für unendliche Größe: ${curves}.`,
  otherCurves: "Theorie für andere Signale:",
  theoryName: (title) => `${title}, Theorie`,
  minus: (a, b) => `${a} minus ${b}`,
  successOf: (method) => `Erfolg von ${method}`,
  metricOf: (method, metric) => `${method}: ${metric}`,
  whichMap: "Welche Karte",
  about: (counts, theory) =>
    `Die Fläche eines Quadrats ist sein Anteil an Versuchen, die Farbe, wie sie ausgingen. ${
      counts
        ? "Die Linie ist da, wo die Hälfte gelingt, gepunktet, bis sie auf zwei Zellen genau bekannt ist; ihr Band enthält sie mit 95 %."
        : ""
    } ${theory ? `Gestrichelte Linien sind Theorie. ${theory}` : ""}`,
  theMap: "die Karte",
  theSlice: "den Schnitt",
  map: (what, x, y, n, cells) =>
    `${what} über ${x} und ${y}: ${trials(n)} in ${count(cells, "Zelle", "Zellen")}.`,
  fromTo: (name, from, to) => `${name} von ${from} bis ${to}`,
  cells: "Zellen der Karte",
  columnOfSlice: "Spalte des Schnitts",
  chosen: (wide, tall) => `${wide} × ${tall} Zellen gewählt.`,
  refine: "Verfeinern: ein eigenes Phasendiagramm",
  clear: "Aufheben",
  sliceAt: (place) => pieces`Schnitt bei ${place}`,
  aboutSlice: (counts) =>
    `Die Spalte der Karte, auf der die gepunktete Linie steht. ${counts ? "Balken sind 95-%-Intervalle, die Kurve ist die logistische Anpassung." : ""}`,
  slice: (counts, up, place) => `${counts ? "Erfolg" : "Wert"} über ${up} bei ${place}`,
  succeedPercent: "gelingen, %",
  value: "Wert",
  heads: {
    trials: "Versuche",
    successes: "Erfolge",
    value: "Wert",
    low: "unten",
    high: "oben",
  },
  noCell: "Keine Zelle ist offen",
  noCellLine:
    "Ein Klick auf eine Zelle zeigt ihre Zahl, einen gelungenen Versuch und einen misslungenen. Ein aufgezogener Rahmen lässt sich feiner untersuchen.",
  thisCell: "Diese Zelle",
  closeCell: "Die Zelle schließen",
  tally: (found, trials, bold) =>
    pieces`${bold(`${found} von ${trials}`)} ${found === 1 ? "gelingt" : "gelingen"}`,
  withMethod: (method) => `mit ${method}`,
  interval: (low, high) => `zwischen ${low} und ${high}, mit 95\u2009% Konfidenz`,
  inTrials: (n) => `in ${count(n, "Versuch", "Versuchen")}`,
  none: (word) => `Hier ist noch kein Versuch ${word === "failed" ? "misslungen" : "gelungen"}.`,
  trial: (trial, word) =>
    `Versuch ${trial}${{ first: "", succeeded: ", gelungen", failed: ", misslungen" }[word]}`,
  error: (value) => `Fehler ${value}`,
  openInLab: "Im Labor öffnen",
  truthAndEstimate: (title) => `${title}: Wahrheit und Schätzung`,
  pause: "Anhalten",
  resume: "Fortsetzen",
  run: "Dieses Phasendiagramm rechnen",
  done: (done, all, most) => pieces`${done} von ${most ? "höchstens " : ""}${all} Versuchen`,
  progress: "Versuche",
  progressOf: (done, all) => `${done} von ${all} Versuchen`,
  workers: (n) => count(n, "Worker", "Worker"),
  opened: "geöffnet: ",
  paused: "angehalten; die Zählung bleibt",
  starting: "beginnt",
  rate: (rate) => `${rate} Versuche/s`,
  left: (time) => `noch etwa ${time}`,
  untilKnown: "bis die Linie bekannt ist",
  saved: (times) => `fertig; das volle Gitter braucht ${times} so viele`,
  finished: "fertig",
  worker: (n, busy, done, replaced) =>
    `Worker ${n}: ${busy ? "rechnet" : "wartet"}, ${trials(done)}${replaced > 0 ? `, ${replaced}-mal ersetzt` : ""}`,
  restart: "Die Zählung verwerfen und neu beginnen",
  tooLarge: (file) => `${file} ist größer als 64 MB.`,
  notJson: (file) => `${file} ist kein JSON.`,
  neither: (file) =>
    `${file} ist weder ein Phasendiagramm, mit spec, x und y, noch ein Ergebnis, mit sweep und methods.`,
  otherLab: (file, exhibit) =>
    `${file} ist ein Phasendiagramm eines anderen Labors, dem von „${exhibit}“. Nichts wurde geladen.`,
  unknownProblem: (file, problem) =>
    `${file} nennt ein Problem, das diese Seite nicht hat: ${problem}. Nichts wurde geladen; es steht in spec.problem.id, oder die Version, aus der die Datei kommt, öffnet sie.`,
  openThere: "Dort öffnen",
  lastUsable: "Zurück zum letzten brauchbaren Phasendiagramm",
  notSweep: (file) => `${file} ist kein Phasendiagramm: nötig sind spec, x und y.`,
  badField: (file, field, takes) =>
    `${file} ist nicht zu gebrauchen: ${field} verlangt ${takes}. Nach einer Berichtigung oder neu gespeichert lässt sie sich öffnen.`,
  takes: {
    digest: "16 Ziffern zur Basis 16 als Text",
    object: "Felder mit ihren Namen",
    list: (length) => (length === undefined ? "eine Liste" : `eine Liste der Länge ${length}`),
    word: (word) => `„${word}“, wie im Phasendiagramm`,
    whole: (from, to) => `eine ganze Zahl von ${from} bis ${to}`,
    between: (from, to) => `eine Zahl von ${from} bis ${to}`,
    number: "eine endliche Zahl",
    sum: (sum, cells) => `${sum}, die Summe über ${cells}`,
  },
  ownShown: (why) => `${why}. Gezeigt wird das Phasendiagramm des Exponats.`,
  noSweep: (exhibit) => `${exhibit} hat kein Phasendiagramm.`,
  stuck: (trial, cell, why) =>
    `Ein Rechenprozess blieb dreimal bei Versuch ${trial} der Zelle ${cell} stehen: ${why || "ohne Angabe eines Grundes"}. Das Phasendiagramm lässt sich ändern, oder es geht ohne diesen Versuch weiter.`,
  notes: {
    stopped:
      "Der Prozess, der die Zählung hält, ist stehen geblieben. Nach einem Neuladen ist da, was gespeichert war.",
    full: "Der Speicher des Browsers ist voll. Es geht weiter, aber ein Neuladen verliert, was von jetzt an kommt.",
    denied:
      "Der Browser speichert für diese Seite nichts. Es geht weiter, aber ein Neuladen beginnt von vorn.",
  },
} satisfies typeof english.sweep;
