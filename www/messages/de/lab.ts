import type * as english from "../en/lab.ts";
import { alarms, count, inSteps, ordinal, steps } from "./count.ts";

export const sentence = {
  method: "Verfahren",
  problem: "Problem",
  groups: { matrix: "Messmatrix", signal: "Signal", noise: "Rauschen" },
  seed: "Startwert",
  compare: "+ Vergleichen",
  newDraw: "Neu ziehen",
  newDrawTitle: "Der nächste Startwert; mit Alt der vorige",
  more: "mehr",
  less: "weniger",
  drawing: "Zeichnen",
  addAndRemove: "Verfahren hinzufügen und entfernen",
  newDrawAct: "neu ziehen",
  drawingAct: "zeichnen",
  locked: "Durch diesen Link gesperrt",
  stillShown: " Das Bild zeigt noch die letzte Spec, die sich lösen ließ.",
  automatic: "automatisch",
  leaveIt: "Dem Verfahren überlassen",
  leave: (parameter) => `${parameter}: dem Verfahren überlassen`,
  yes: "ja",
  no: "nein",
  remove: (method) => `${method} entfernen`,
  dragOrType: "Ziehen, Pfeiltasten, oder klicken und tippen",
  showPanels: (method) => `Die Bilder von ${method} zeigen`,
  showPanelsOf: (letter, method) => `${letter}: die Bilder von ${method} zeigen`,
  nothingLoaded: (why) => `${why} Es wurde nichts geladen.`,
  handout: ({ lock, hide, guess, step }) => {
    const list = [
      ...(lock ? ["einiges ist gesperrt"] : []),
      ...(hide ? ["einiges ist verborgen"] : []),
      ...(guess ? ["zuerst wird geschätzt"] : []),
      ...(step === undefined ? [] : [`es beginnt bei Schritt ${step}`]),
    ];
    return `Dies ist ein Arbeitsblatt: ${list.join(", ").replace(/, ([^,]*)$/, " und $1")}.`;
  },
  wholeSpec: "Die ganze Spec zeigen",
  heldByChallenge: "Das hält die Aufgabe fest.",
  heldByLink: (name) => `Dieser Link hält ${name} fest. Wer die ganze Spec zeigt, kann es ändern.`,
  heldAll: "alles, was nicht frei ist,",
  unknownRestrictions:
    "Die Beschränkungen dieses Links sind hier nicht bekannt. Alles ist zu sehen und frei.",
  partlyUnknown:
    "Einiges von dem, was der Link verbirgt, sperrt oder fragt, ist hier nicht bekannt. Es wird ausgelassen.",
} satisfies typeof english.sentence;

export const verdict = {
  steps,
  alarms,
  spikes: "Spikes",
  coefficients: "Koeffizienten",
  unknownTruth: (n) =>
    `${count(n, "Eintrag ist", "Einträge sind")} nicht null; die Wahrheit ist unbekannt.`,
  nothingToFind: (wrong) =>
    wrong === 0
      ? "Es gab nichts zu finden, und nichts wurde gefunden."
      : `Es gab nichts zu finden, dafür ${alarms(wrong)}.`,
  inside: (found, all, things, step, inner) =>
    `${found} von ${all} ${things} in Schritt ${step}, nach ${count(inner, "innerem Schritt", "inneren Schritten")}.`,
  soFar: (found, all, things, step) => `${found} von ${all} ${things} nach ${inSteps(step)}.`,
  all: (all, last) => `Alle ${all} gefunden, keiner falsch, in ${inSteps(last)}.`,
  some: (found, all, things, wrong) =>
    `${found} von ${all} ${things} gefunden, ${wrong === 0 ? "ohne Fehlalarm" : `dazu ${alarms(wrong)}`}.`,
  firstPick: (index, method) =>
    `Schon die erste Wahl, ${index}, war falsch, und ${method} nimmt keine Wahl zurück.`,
  onePick: (index, step, small) => `Eine Wahl war falsch: ${index}, in Schritt ${step}${small}.`,
  picks: (n, some, more, small) =>
    `${n} Mal wurde falsch gewählt: ${some}${more ? " und weitere" : ""}${small}.`,
  small: (few, all) => {
    if (few < all) return `, davon ${few} zu klein, um zu zählen`;
    return all > 1 ? ", alle zu klein, um zu zählen" : ", und zu klein, um zu zählen";
  },
  error: (decibels) => `Fehler ${decibels}`,
  residual: (decibels) => `Residuum ${decibels}`,
  after: (clause, last, time) => `${clause} nach ${inSteps(last)}, ${time}.`,
  converged: (why) => `Konvergiert: ${why}.`,
  budget: (last, gap) =>
    `Nach ${inSteps(last)} nicht konvergiert.${gap === undefined ? "" : ` Die Dualitätslücke ist ${gap}.`} Mehr Schritte gibt es unter „mehr“.`,
  above: (failed) =>
    failed
      ? "Diese Ziehung liegt über der ℓ₁-Schwelle; dass es hier misslingt, überrascht nicht."
      : "Diese Ziehung liegt über der ℓ₁-Schwelle, wo ℓ₁ allein versagen sollte.",
  many: (n) => `${n} Verfahren an denselben Messungen.`,
  noneBest: "Die Wahrheit ist unbekannt, daher ist keines das beste.",
  findsAll: (method, all, last) =>
    `${method} findet alle ${all}, keinen falsch, in ${inSteps(last)}.`,
  nearest: (method, found, all, wrong, last) =>
    `${method} kommt am nächsten: ${found} von ${all}, ${alarms(wrong)}, in ${inSteps(last)}.`,
  also: (others) => `Ebenso ${others.join(" und ")}.`,
  farthest: (method, decibels) => `${method} liegt am weitesten entfernt, bei ${decibels}.`,
  innerDone: (inner) =>
    `Darin ${inner === 1 ? "ist" : "sind"} ${count(inner, "innerer Schritt", "innere Schritte")} getan.`,
  ahead: (method, step) => `${method} führt nach ${inSteps(step)}.`,
  its: (quantity, value) => `${quantity}: ${value}.`,
  lowest: (method, quantity, value, last) =>
    `${method} endet am tiefsten: ${quantity} ${value} in ${inSteps(last)}.`,
  told: (method, value, last) => `${method}: ${value} in ${inSteps(last)}`,
  takes: (method, last) => `${method} braucht ${steps(last)}.`,
  fails: (method, last) => `${method} kommt in ${inSteps(last)} nicht ans Ziel.`,
  onItsWay: (method) => `${method} ist noch unterwegs.`,
  done: (method, last) => `${method} ist nach ${inSteps(last)} fertig.`,
} satisfies typeof english.verdict;

export const timeline = {
  toStart: "Zum Anfang",
  toStartKey: "Zum Anfang (Pos1)",
  back: "Schritt zurück",
  backKey: "Schritt zurück (J)",
  play: "Abspielen",
  playKey: "Abspielen (Leertaste)",
  pause: "Anhalten",
  pauseKey: "Anhalten (Leertaste)",
  step: "Schritt",
  stepKey: "Schritt (L)",
  stepOf: (step, last) => `Schritt ${step} von ${last}`,
  of: (last) => ` von ${last}`,
  inside: "darin",
  insideTitle: "Was in diesem Schritt geschieht (Pfeil nach unten auf der Leiste)",
  speedKey: "Tempo (< und >)",
  speed: (speed) => `Tempo ${speed}`,
  allAtOnce: "alles",
  sound: "Ton",
  soundTitle: "Den Lauf hören: das Residuum fällt, Atome kommen von da, wo sie stehen",
  insideStep: (step) => `In Schritt ${step}`,
  innerStep: "Innerer Schritt",
  innerOf: (inner, last) => `innerer Schritt ${inner} von ${last}`,
  allInner: (last) => `alle ${last} inneren Schritte`,
  insideOf: (said, step) => `${said} in Schritt ${step}`,
  innerKept: (every) => `jeder ${ordinal(every)} behalten`,
  kept: (every) => `jeder ${ordinal(every)} Schritt behalten`,
  endings: {
    converged: "konvergiert",
    budget: "Budget erschöpft",
    diverged: "divergiert",
    failed: "gescheitert",
  },
} satisfies typeof english.timeline;

export const signal = {
  title: "Signal",
  whatIsDrawn: "Was gezeichnet wird",
  spikes: "Spikes",
  curve: "Kurve",
  part: (from, to) => `${from} bis ${to}`,
  showAllTitle: "Die ganze Achse zeigen (0)",
  showAll: "Alles zeigen",
  found: "gefunden",
  missed: "verpasst",
  notYet: "noch nicht gefunden",
  falseAlarms: "Fehlalarme",
  truth: "Wahrheit",
  estimate: "Schätzung",
  truthPicture: "Wahrheit",
  estimatePicture: "Schätzung",
  picture: (name, rows, cols) => `${name}, ein Bild von ${rows} mal ${cols}`,
  unknown: (active, all) => `Schätzung mit ${active} von ${all} Einträgen ungleich null.`,
  described: (all, found, missed, wrong) =>
    `Signal mit ${all} Einträgen: ${found} Spikes gefunden, ${missed} nicht gefunden, ${alarms(wrong)}.`,
  coefficient: (at, text) => `Koeffizient ${at}: ${text}`,
  ownDomain: "Das Signal in seinem eigenen Bereich, Wahrheit und Schätzung.",
  inBasis: "Koeffizienten in der Basis.",
  readEstimate: (estimate) => `Schätzung ${estimate}`,
  readBoth: (truth, estimate) => `Wahrheit ${truth}, Schätzung ${estimate}`,
  noSpike: (index, text) => `Index ${index}, kein Spike, ${text}`,
  spike: (index, text, found) =>
    `Spike ${index}, ${text}, ${found ? "gefunden" : "nicht gefunden"}`,
  noSpikes: "noch keine Spikes",
  addOne: "Ein Klick irgendwo auf die Linie setzt einen Spike.",
  ofEstimate: "Spikes der Schätzung.",
  keys: (coefficients) =>
    `${coefficients ? "Koeffizienten des Signals in seiner Basis" : "Spikes des Signals"}. Links und rechts gehen von Spike zu Spike, mit Umschalt wählen sie mehrere; hoch und runter ändern den Wert, Enter nimmt einen getippten, Entf löscht ihn; Plus und Minus vergrößern und verkleinern die Achse, null zeigt sie ganz.`,
  pickedIn: (step) => `, gewählt in Schritt ${step}`,
  bar: "Spike",
  chosen: (n) => `${n} Spikes`,
  previous: "Voriger Spike",
  next: "Nächster Spike",
  valueOfMany: (n) => `Wert von ${n} Spikes`,
  valueOf: (index) => `Wert von Spike ${index}`,
  various: "verschieden",
  value: (shown) => `Wert ${shown}, einen anderen tippen`,
  smaller: "Kleiner",
  larger: "Größer",
  remove: "Löschen",
  brush:
    "Pinsel auf der Kurve. Links und rechts bewegen ihn, hoch und runter biegen dort die Kurve; die Leertaste setzt ihn zum Zeichnen auf, dann heben und senken ihn hoch und runter. Plus und Minus vergrößern und verkleinern die Achse, null zeigt sie ganz.",
  brushAt: (sample, value, held) =>
    `Abtastwert ${sample}, Wert ${value}${held ? ", aufgesetzt" : ""}`,
  sample: (at) => `Abtastwert ${at}`,
} satisfies typeof english.signal;

export const paint = {
  line: "Links und rechts bewegen den Pinsel, hoch und runter biegen dort die Linie; die Leertaste setzt ihn zum Zeichnen auf, dann heben und senken ihn hoch und runter.",
  picture:
    "Pfeile bewegen den Pinsel, mit Umschalt um acht. Die Leertaste setzt ihn zum Malen auf. Plus und Minus machen ihn heller und dunkler, eckige Klammern breiter und feiner.",
  on: (panel, keys) => `Malen auf ${panel}. ${keys}`,
  painting: "Malen",
  draw: "Auf die Wahrheit zeichnen.",
  light: "Licht",
  width: "Breite",
  pixels: (n) => `${n} Pixel`,
  clear: "Leeren",
  clearTitle: "Ein gleichmäßiges, schwaches Licht",
  sampleAt: (at) => `Abtastwert ${at}`,
  pixelAt: (row, column) => `Zeile ${row}, Spalte ${column}`,
  under: (place, value, light, held) =>
    `${place}: ${value}${light === undefined ? "" : `; der Pinsel hat ${light}`}${held ? ", aufgesetzt" : ""}`,
} satisfies typeof english.paint;

export const sound = {
  sound: "Ton",
  listen: "Anhören",
  stop: "Stopp",
  before: "Vorher",
  after: "Nachher",
  playBefore: "Abspielen, was gegeben war",
  playAfter: (method) => `Abspielen, wozu ${method} in diesem Schritt gekommen ist`,
  ofYourOwn: "Eigener Ton",
  yourOwn: "Eigener Ton",
  wavTitle: "Eine WAV-Datei; sie lässt sich auch auf der Seite ablegen",
  wav: "WAV-Datei wählen",
  recordTitle: (seconds) => `Vom Mikrofon, höchstens ${seconds} s, die in diesem Tab bleiben`,
  record: "Aufnehmen",
  take: "Stopp und übernehmen",
  level: "Pegel des Mikrofons",
  seconds: (since, most) => `${since} von ${most} s`,
  cancel: "Abbrechen",
  asking: "Der Browser fragt nach dem Mikrofon.",
  recording: "Die Aufnahme läuft.",
  yourRecording: "die Aufnahme",
  noHttps: "Diese Seite darf kein Mikrofon hören: sie kommt nicht über https.",
  refused:
    "Das Mikrofon ist nicht erlaubt. Die Einstellungen des Browsers für diese Seite erlauben es, oder eine WAV-Datei wird abgelegt.",
  noMicrophone: "Es gibt kein Mikrofon. Stattdessen lässt sich eine WAV-Datei ablegen.",
  unusable:
    "Das Mikrofon ist nicht zu benutzen; vielleicht hat es ein anderes Programm. Stattdessen lässt sich eine WAV-Datei ablegen.",
  tooShort: "Die Aufnahme ist zu kurz, um gelesen zu werden.",
} satisfies typeof english.sound;
