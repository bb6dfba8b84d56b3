import { steps } from "./count.ts";

/** What panels are called, say and tell. */
export const panels = {
  /** "What is this": two sentences a panel, by id. Panels that a method brings have their caption and this frame. */
  about: {
    signal:
      "Rings are the truth and discs are the estimate; a disc in its ring is a spike found. A dashed ring is missed, a cross is a false alarm.",
    support:
      "Each bar is an index, from the step at which it enters the support to the step at which it leaves. Pale columns behind are where the truth is not zero.",
    convergence:
      "The residual is what the estimate leaves of the measurements, the error is its distance to the truth; both are relative. The method sees the first, never the second.",
    snapshots:
      "Each line is a snapshot, each column a place; colours are values, with one scale for both maps. The estimate stands above the truth.",
    measured: "Dots are the measurements y. Bars are what the estimate does not explain of them.",
    matrix:
      "Each column says how one unknown enters the measurements. The Gram matrix compares columns: the brighter a place, the more alike the two, and the easier to confuse.",
  } as Record<string, string>,
  shows: (caption: string) => `It shows ${caption}.`,
  beforeStep: (caption: string) =>
    `It shows ${caption}. The values are those before the step at the playhead.`,
  /** What a hand can do in a panel, by id; the others are read only. */
  acts: {
    signal: [
      "Click to add a spike, drag it up and down to change it, sideways to move it, to zero to remove it; double-click to type its value.",
      "Shift-click, or a box dragged with Shift, chooses several. A long press of a finger does, too; then tap more.",
      "Keys: Left and Right go from spike to spike, with Shift they choose several, with Ctrl they go to every index, with Alt they move what is chosen. Up and Down change it by 0.05, with Shift by 0.01, Page Up and Page Down by 0.5. Enter types, Delete removes.",
    ],
    convergence: [
      "Drag across it to move the playhead. Left and Right move the line, Enter takes the playhead there.",
    ],
    curve: [
      "Draw freehand over the figure; with Shift a straight piece. The stems underneath are the coefficients, and can be dragged like spikes.",
      "Keys: Left and Right move a brush, Up and Down bend the curve there. Space holds the brush down to draw, Up and Down then lift it, Space lets it go.",
    ],
    "painted-picture": [
      "Paint with a pointer or a finger. What you paint is the truth from then on: it is measured anew, and places that you do not touch stay as bright as they were.",
      "Keys: arrows move the brush, with Shift by eight pixels. Space holds it down to paint and lets it go. + and \u2212 make it lighter and darker, [ and ] finer and broader.",
      "A picture that is dropped on the page takes the place of all of it, in grey.",
    ],
    "painted-line": [
      "Draw freehand over the figure; with Shift a straight piece. What you draw is the truth from then on: it is measured anew.",
      "Keys: Left and Right move a brush, Up and Down bend the line there. Space holds the brush down to draw, Up and Down then lift it, Space lets it go.",
    ],
  } as Record<string, string[]>,
  read: "A pointer, a long press, or Left and Right move the line; L locks it. Page Up and Page Down go 16 places, Home and End to the ends.",
  zoom: "Ctrl with the wheel, two fingers, or + and \u2212 zoom the axis, 0 shows all of it. A drag below the axis marks a part, and then moves it.",
  aboutButton: (name: string) => `About ${name}`,
  aboutTitle: "What is this, and its numbers",
  numbersOf: (name: string) => `Numbers of ${name}`,
  firstRows: (shown: number, all: number) => `The first ${shown} of ${all} rows. `,
  copyAll: "Copy all",
  copied: "Copied.",
  notAllowed: "The browser did not allow it. Select the rows and copy them by hand.",
  whatYouCanDo: "What you can do",
  line: (name: string, more: string) => `Line on ${name}. Left and right move it.${more}`,
  lineOfSteps: " Enter takes the playhead there.",
  lineLocks: " L locks it.",
  lineZooms: " L locks it. Plus and minus zoom the axis, zero shows all.",
  cell: (row: number, column: number, value: string) => `row ${row}, column ${column}: ${value}`,
  second: "Second figure",
  trace: "Trace",
  looksAt: "Looks at",
  support: "Support",
  measured: "Measured",
  matrix: "Matrix",
  convergence: "Convergence",
  comparison: "the comparison",
  band: (at: number, mean: string, low: string, high: string, truth: string | undefined) =>
    `${at}: ${mean}, from ${low} to ${high}${truth === undefined ? "" : `; truly ${truth}`}`,
  reached: (at: number, reached: string, wanted: string) => `${at}: ${reached} of ${wanted}`,
  links: (title: string) => `${title}: points in the plane and lines between them.`,
  values: (title: string, rows: number, cols: number, most: string) =>
    `${title}: ${rows} by ${cols} values, the largest ${most}.`,
  list: (title: string, n: number, most: string) => `${title}: ${n} values, the largest ${most}.`,
  map: (title: string, rows: number, cols: number, truth: boolean) =>
    `${title}: ${rows} lines of ${cols} values${truth ? ", and the truth under them" : ""}.`,
  andMore: " and more",
  picks: (index: number) => `picks ${index}`,
  stays: (stays: number, last: number) =>
    `Support by step: ${stays} stays of indices in ${last} steps.`,
  supportCaption: (truth: boolean) =>
    `by step, downwards${truth ? "; pale columns are the true support" : ""}`,
  stay: (from: number, to: number) => `from step ${from} to ${to}`,
  neverIn: "never in",
  measuredLabel: (n: number) => `${n} measurements and the residual.`,
  matrixLabel: (rows: number, cols: number, active: number, coherence: string) =>
    `Matrix of ${rows} rows and ${cols} columns, ${active} of them active; coherence ${coherence}.`,
  coherence: (value: string) => `coherence ${value}`,
  columnsLit: (rows: number, cols: number) => `${rows} × ${cols}, active columns lit`,
  whichMatrix: "Which matrix",
  gram: "Gram matrix",
  column: (at: number, active: boolean) => `column ${at}, ${active ? "active" : "not active"}`,
  /** Headings of the tables that are read and copied. */
  heads: {
    index: "index",
    from: "from",
    to: "to",
    step: "step",
    value: "value",
    low: "low",
    high: "high",
    mean: "mean",
    wanted: "wanted",
    reached: "reached",
    truth: "truth",
    estimate: "estimate",
  },
};

/** The methods side by side. */
export const compared = {
  caption: "The methods compared on the same instance",
  method: "method",
  steps: "steps",
  found: "found",
  false: "false",
  error: "error",
  gap: "gap",
  counts: (threshold: string) => `A spike counts when it is larger than ${threshold}.`,
  errorToTruth: "Error to the truth",
  /** Traces by name; others are called what the crate calls them. */
  traces: {} as Record<string, string>,
  axis: "Horizontal axis",
  trace: "Trace to compare",
  logarithmic: "both axes logarithmic",
  figure: (title: string, n: number, along: string) => `${title} of ${n} methods ${along}.`,
  at: (step: number, values: string) => `step ${step}: ${values}`,
  along: {
    step: { choice: "by step", unit: "step" },
    ms: { choice: "by ms", unit: "ms" },
    products: { choice: "by products with A", unit: "products with A" },
  },
  products: (n: string) => `${n} products`,
  step: (place: number) => `step ${place}`,
};

/** Convergence of one method. */
export const traces = {
  names: {
    relative_error: "error",
    relative_residual: "residual",
    predicted_error: "predicted",
    hamming: "wrong signs",
    duality_gap: "gap",
  },
  noise: "noise",
  worst: "best λ",
  overlays: {
    predicted: {
      name: "predicted",
      title: "State evolution: the error as theory knows it before the run",
    },
    worst: {
      name: "best-tuned LASSO, worst signal",
      title:
        "Noise sensitivity: the largest error of the best-tuned LASSO, whatever the values, on a large Gaussian matrix",
    },
  },
  about: (last: number, ends: string) => `Convergence over ${last} steps. ${ends}.`,
  at: (step: number, values: string) => `step ${step}: ${values}`,
  byStep: "by step",
  relative: "relative, by step",
  lines: "Lines of theory",
  theory: "Theory:",
  steps,
};
