import { alarms, count, ordinal, steps } from "./count.ts";

/** The sentence of a lab, and what a link holds of it. */
export const sentence = {
  method: "method",
  problem: "problem",
  groups: { matrix: "matrix", signal: "signal", noise: "noise" } as Record<string, string>,
  seed: "seed",
  compare: "+ Compare",
  newDraw: "New draw",
  newDrawTitle: "The next seed; with Alt the one before",
  more: "more",
  less: "less",
  drawing: "Drawing",
  addAndRemove: "add and remove methods",
  newDrawAct: "new draw",
  drawingAct: "drawing",
  locked: "Locked by this link",
  stillShown: " The picture still shows the last one that could be solved.",
  automatic: "automatic",
  leaveIt: "Leave it to the method",
  leave: (parameter: string) => `${parameter}: leave it to the method`,
  yes: "yes",
  no: "no",
  remove: (method: string) => `Remove ${method}`,
  dragOrType: "Drag, use the arrow keys, or click and type",
  showPanels: (method: string) => `Show the panels of ${method}`,
  showPanelsOf: (letter: string, method: string) => `${letter}: show the panels of ${method}`,
  nothingLoaded: (why: string) => `${why} Nothing was loaded.`,
  handout: (does: { lock: boolean; hide: boolean; guess: boolean; step: number | undefined }) => {
    const list = [
      ...(does.lock ? ["some of it is locked"] : []),
      ...(does.hide ? ["some is hidden"] : []),
      ...(does.guess ? ["a guess comes first"] : []),
      ...(does.step === undefined ? [] : [`it begins at step ${does.step}`]),
    ];
    return `This is a handout: ${list.join(", ").replace(/, ([^,]*)$/, " and $1")}.`;
  },
  wholeSpec: "Show the whole Spec",
  heldByChallenge: "The challenge holds this as it is.",
  heldByLink: (name: string) =>
    `This link holds ${name} as it is. Show the whole Spec to change it.`,
  heldAll: "all that is not free",
  unknownRestrictions:
    "The link's restrictions are not of a kind that this page knows. All is shown and free.",
  partlyUnknown: "Some of what the link hides, locks or asks is not known here. It is left out.",
};

/** The verdict under the picture. A first clause says how it went, the rest why. */
export const verdict = {
  steps,
  alarms,
  spikes: "spikes",
  coefficients: "coefficients",
  unknownTruth: (n: number) =>
    `${count(n, "entry is", "entries are")} not zero; the truth is not known.`,
  nothingToFind: (wrong: number) =>
    wrong === 0
      ? "Nothing to find, and nothing was found."
      : `Nothing to find, and ${alarms(wrong)}.`,
  inside: (found: number, all: number, things: string, step: number, inner: number) =>
    `${found} of ${all} ${things} inside step ${step}, after ${count(inner, "inner step", "inner steps")}.`,
  soFar: (found: number, all: number, things: string, step: number) =>
    `${found} of ${all} ${things} after ${steps(step)}.`,
  all: (all: number, last: number) => `All ${all} found, none false, in ${steps(last)}.`,
  some: (found: number, all: number, things: string, wrong: number) =>
    `Found ${found} of ${all} ${things}, ${wrong === 0 ? "and no false alarm" : `with ${alarms(wrong)}`}.`,
  firstPick: (index: number, method: string) =>
    `The very first pick, ${index}, was wrong, and ${method} never takes a pick back.`,
  onePick: (index: number, step: number, small: string) =>
    `One pick was wrong: ${index}, in step ${step}${small}.`,
  picks: (n: number, some: string, more: boolean, small: string) =>
    `${NUMERALS[n] ?? n} picks were wrong: ${some}${more ? " and more" : ""}${small}.`,
  /** Of `all` wrong picks `few` are so small that they are no false alarms. */
  small: (few: number, all: number) => {
    const which = few < all ? `, ${few} of them` : all > 1 ? ", all" : ", and";
    return `${which} too small to count`;
  },
  error: (decibels: string) => `Error ${decibels}`,
  residual: (decibels: string) => `Residual ${decibels}`,
  after: (clause: string, last: number, time: string) => `${clause} after ${steps(last)}, ${time}.`,
  converged: (why: string) => `Converged: ${why}.`,
  budget: (last: number, gap: string | undefined) =>
    `Not converged after ${steps(last)}.${gap === undefined ? "" : ` The gap is ${gap}.`} Give it more steps under "more".`,
  above: (failed: boolean): string =>
    failed
      ? "This draw lies above the ℓ₁ threshold; a failure here is no surprise."
      : "This draw lies above the ℓ₁ threshold, where ℓ₁ alone is expected to fail.",
  many: (n: number) => `${n} methods on the same measurements.`,
  noneBest: "The truth is not known, so none can be called best.",
  findsAll: (method: string, all: number, last: number) =>
    `${method} finds all ${all}, none false, in ${steps(last)}.`,
  nearest: (method: string, found: number, all: number, wrong: number, last: number) =>
    `${method} comes nearest: ${found} of ${all}, ${alarms(wrong)}, in ${steps(last)}.`,
  also: (others: string[]) => `So ${others.length === 1 ? "does" : "do"} ${others.join(" and ")}.`,
  farthest: (method: string, decibels: string) => `${method} is farthest, at ${decibels}.`,
  innerDone: (inner: number) => `Inside it, ${count(inner, "inner step", "inner steps")} are done.`,
  ahead: (method: string, step: number) => `${method} is ahead after ${steps(step)}.`,
  its: (quantity: string, value: string) => `Its ${quantity}: ${value}.`,
  lowest: (method: string, quantity: string, value: string, last: number) =>
    `${method} ends lowest: ${quantity} ${value} in ${steps(last)}.`,
  told: (method: string, value: string, last: number) => `${method}: ${value} in ${steps(last)}`,
  takes: (method: string, last: number) => `${method} takes ${steps(last)}.`,
  fails: (method: string, last: number) => `${method} does not get there in ${steps(last)}.`,
  onItsWay: (method: string) => `${method} is on its way.`,
  done: (method: string, last: number) => `${method} is done in ${steps(last)}.`,
};

/** Small numbers that begin a sentence. */
const NUMERALS = [
  ...["No", "One", "Two", "Three", "Four", "Five", "Six"],
  ...["Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve"],
];

export const timeline = {
  toStart: "To the start",
  toStartKey: "To the start (Home)",
  back: "Step back",
  backKey: "Step back (J)",
  play: "Play",
  playKey: "Play (Space)",
  pause: "Pause",
  pauseKey: "Pause (Space)",
  step: "Step",
  stepKey: "Step (L)",
  stepOf: (step: number, last: number) => `step ${step} of ${last}`,
  of: (last: string) => ` of ${last}`,
  inside: "inside",
  insideTitle: "What happens inside this step (down arrow on the track)",
  speedKey: "Speed (< and >)",
  speed: (speed: string) => `Speed ${speed}`,
  allAtOnce: "all",
  sound: "Sound",
  soundTitle: "Hear the run: the residual falls, atoms enter from where they stand",
  insideStep: (step: string) => `Inside step ${step}`,
  innerStep: "Inner step",
  innerOf: (inner: number, last: number) => `inner step ${inner} of ${last}`,
  allInner: (last: number) => `all ${last} inner steps`,
  insideOf: (said: string, step: number) => `${said} inside step ${step}`,
  innerKept: (every: number) => `every ${ordinal(every)} kept`,
  kept: (every: number) => `every ${ordinal(every)} step kept`,
  endings: {
    converged: "converged",
    budget: "budget spent",
    diverged: "diverged",
    failed: "failed",
  },
};

/** The signal, and what is drawn on it. */
export const signal = {
  title: "Signal",
  whatIsDrawn: "What is drawn",
  spikes: "Spikes",
  curve: "Curve",
  part: (from: number, to: number) => `${from} to ${to}`,
  showAllTitle: "Show the whole axis (0)",
  showAll: "Show all",
  found: "found",
  missed: "missed",
  notYet: "not found yet",
  falseAlarms: "false alarms",
  truth: "truth",
  estimate: "estimate",
  truthPicture: "Truth",
  estimatePicture: "Estimate",
  picture: (name: string, rows: number, cols: number) => `${name}, a picture of ${rows} by ${cols}`,
  unknown: (active: number, all: number) => `Estimate with ${active} non-zero entries of ${all}.`,
  described: (all: number, found: number, missed: number, wrong: number) =>
    `Signal of ${all} entries: ${found} spikes found, ${missed} not found, ${wrong} false alarms.`,
  coefficient: (at: number, text: string) => `coefficient ${at}: ${text}`,
  ownDomain: "Signal in its own domain, truth and estimate.",
  inBasis: "Coefficients in the basis.",
  readEstimate: (estimate: string) => `estimate ${estimate}`,
  readBoth: (truth: string, estimate: string) => `truth ${truth}, estimate ${estimate}`,
  noSpike: (index: number, text: string) => `index ${index}, no spike, ${text}`,
  spike: (index: number, text: string, found: boolean) =>
    `spike ${index}, ${text}, ${found ? "found" : "not found"}`,
  noSpikes: "no spikes yet",
  addOne: "Click anywhere on the line to add a spike.",
  ofEstimate: "Spikes of the estimate.",
  keys: (coefficients: boolean) =>
    `${coefficients ? "Coefficients of the signal in its basis" : "Spikes of the signal"}. Left and right go from spike to spike, with Shift they choose several; up and down change the value, Enter types one, Delete removes it; plus and minus zoom the axis, zero shows all.`,
  pickedIn: (step: number) => `, picked in step ${step}`,
  bar: "Spike",
  chosen: (n: number) => `${n} spikes`,
  previous: "Previous spike",
  next: "Next spike",
  valueOfMany: (n: number) => `Value of ${n} spikes`,
  valueOf: (index: number) => `Value of spike ${index}`,
  various: "various",
  value: (shown: string) => `Value ${shown}, type another`,
  smaller: "Smaller",
  larger: "Larger",
  remove: "Remove",
  brush:
    "Brush on the curve. Left and right move it, up and down bend the curve there; Space holds it down to draw, then up and down lift it. Plus and minus zoom the axis, zero shows all.",
  brushAt: (sample: number, value: string, held: boolean) =>
    `sample ${sample}, value ${value}${held ? ", held down" : ""}`,
  sample: (at: number) => `sample ${at}`,
};

/** Painting on a picture or a line. */
export const paint = {
  line: "Left and right move the brush, up and down bend the line there; Space holds it down to draw, then up and down lift it.",
  picture:
    "Arrows move the brush, with Shift by eight. Space holds it down to paint. Plus and minus make it lighter and darker, brackets broader and finer.",
  on: (panel: string, keys: string) => `Paint on ${panel}. ${keys}`,
  painting: "Painting",
  draw: "Draw on the truth.",
  light: "Light",
  width: "Width",
  pixels: (n: string) => `${n} pixels`,
  clear: "Clear",
  clearTitle: "An even, dim light",
  sampleAt: (at: number) => `sample ${at}`,
  pixelAt: (row: number, column: number) => `row ${row}, column ${column}`,
  under: (place: string, value: string, light: string | undefined, held: boolean) =>
    `${place}: ${value}${light === undefined ? "" : `; the brush has ${light}`}${held ? ", held down" : ""}`,
};

/** Sounds: what is heard, recorded and refused. */
export const sound = {
  sound: "Sound",
  listen: "Listen",
  stop: "Stop",
  before: "Before",
  after: "After",
  playBefore: "Play what was given",
  playAfter: (method: string) => `Play what ${method} has come to at this step`,
  ofYourOwn: "Sound of your own",
  yourOwn: "Your own",
  wavTitle: "A WAV file; it can be dropped on the page, too",
  wav: "Choose a WAV file",
  recordTitle: (seconds: string) =>
    `From the microphone, at most ${seconds} s, which stay in this tab`,
  record: "Record",
  take: "Stop and take it",
  level: "Level of the microphone",
  seconds: (since: string, most: string) => `${since} of ${most} s`,
  cancel: "Cancel",
  asking: "The browser asks for the microphone.",
  recording: "Recording.",
  yourRecording: "your recording",
  noHttps: "This page is not allowed to hear a microphone: it does not come by https.",
  refused:
    "The microphone is not allowed. Allow it in the browser's settings for this page, or drop a WAV file.",
  noMicrophone: "There is no microphone. A WAV file can be dropped instead.",
  unusable:
    "The microphone cannot be used; another program may have it. A WAV file can be dropped instead.",
  tooShort: "The recording is too short to be read.",
};
