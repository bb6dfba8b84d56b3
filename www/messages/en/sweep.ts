import { type Parts, pieces } from "../pieces.ts";
import { count } from "./count.ts";

/** Phase diagrams. */
export const sweep = {
  heading: (exhibit: string) => `Phase diagram: ${exhibit}`,
  over: ({
    x,
    y,
    across,
    up,
    trials,
    together,
  }: Parts<"x" | "y" | "across" | "up" | "trials"> & {
    together: (pieces: unknown) => unknown;
  }) =>
    pieces`Sweep ${x} and ${y} over ${together(pieces`${across} × ${up}`)} cells of ${trials} trials.`,
  across: "cells across",
  up: "cells up",
  trials: "trials",
  horizontalAxis: "horizontal axis",
  verticalAxis: "vertical axis",
  ends: {
    x: { from: "horizontal from", to: "horizontal to", scale: "horizontal scale" },
    y: { from: "vertical from", to: "vertical to", scale: "vertical scale" },
  },
  metric: "metric",
  shows: (choice: unknown) => pieces`The map shows the ${choice}.`,
  succeeds: (choice: unknown) => pieces`A trial succeeds when it ${choice}.`,
  within: ({ choice, tolerance }: Parts<"choice" | "tolerance">) =>
    pieces`A trial ${choice} when its error is at most ${tolerance}`,
  tolerance: "tolerance",
  go: (choice: unknown) => pieces`Trials go ${choice}`,
  where: "where trials go",
  spending: {
    adaptive: {
      label: "where they tell most",
      line: "Two for every cell, then more where success is uncertain",
    },
    full: { label: "everywhere", line: "All trials of all cells" },
  },
  lastStill: " The picture is still that of the last sweep that could be used.",
  axisOfMap: "An axis of the map",
  axes: "axes",
  range: ({ name, from, to, scale }: Parts<"name" | "from" | "to" | "scale">) =>
    pieces`${name} from ${from} to ${to}, ${scale}`,
  scales: { linear: "in equal steps", log: "in equal ratios" },
  showMap: (method: string) => `Show the map of ${method}`,
  sets: (what: string) => `sets ${what}`,
  of: (parameter: string, what: string) => `${parameter} of ${what}`,
  metrics: {
    success: { label: "succeeds", line: "its relative error is at most the tolerance" },
    exact: { label: "is exact", line: "the support is that of the truth" },
    meanSteps: { label: "mean number of steps", line: "how long the method takes" },
    medianSteps: {
      label: "median number of steps",
      line: "how long half of the trials take at most",
    },
    meanProducts: {
      label: "mean number of products",
      line: "products with the matrix and its transpose",
    },
    meanFlops: {
      label: "mean number of FLOPs",
      line: "floating-point operations of those products",
    },
    medianError: {
      label: "median error",
      line: "the relative error of half of the trials at most",
    },
  },
  quantities: {
    iterations: "number of steps",
    products: "number of products",
    flops: "number of FLOPs",
    relative_error: "error",
  },
  statistic: (statistic: string, name: string, level: string) =>
    statistic === "quantile" ? `${level} quantile of ${name}` : `${statistic} of ${name}`,
  medianLine: "what half of the trials have at most",
  quantileLine: (level: string) => `what ${level} of the trials have at most`,
  noTrial: "no trial yet",
  successes: (found: number, trials: number) =>
    `${found} of ${trials} ${found === 1 ? "succeeds" : "succeed"}`,
  times: (ratio: string) => `${ratio} times`,
  cellCounts: (at: string, successes: string, low: string, high: string) =>
    `${at}: ${successes}, between ${low} and ${high}`,
  cellValue: (at: string, value: string, trials: number) =>
    `${at}: ${value} in ${count(trials, "trial", "trials")}`,
  cellEmpty: (at: string) => `${at}: no trial yet`,
  hopeless: "No trial succeeds anywhere.",
  hopelessWhy: (tolerance: string) =>
    `The tolerance, ${tolerance}, may be finer than what the methods leave on purpose: take a larger one, or look at the median error.`,
  at: (what: string, place: string) => `${what} at ${place}`,
  atWithin: (what: string, place: string, width: string) =>
    `${what} at ${place} (from 10\u2009% to 90\u2009% within ${width})`,
  trade: (a: string, b: string, place: string) => `${a} and ${b} trade places at ${place}.`,
  half: (place: string, methods: string) =>
    `At ${place}, half of the trials succeed with ${methods}.`,
  infinite: (curves: string) => `Theory for infinite size: ${curves}.`,
  otherCurves: "Theory of other signals:",
  theoryName: (title: string) => `${title}, theory`,
  minus: (a: string, b: string) => `${a} minus ${b}`,
  successOf: (method: string) => `Success of ${method}`,
  metricOf: (method: string, metric: string) => `${method}: ${metric}`,
  whichMap: "Which map",
  about: (counts: boolean, theory: string) =>
    `A square's area is its share of trials, its colour how they went. ${
      counts
        ? "The line is where half of them succeed, dotted until it is known within two cells; its band holds it with 95 %."
        : ""
    } ${theory ? `Dashed lines are theory. ${theory}` : ""}`,
  theMap: "the map",
  theSlice: "the slice",
  map: (what: string, x: string, y: string, trials: number, cells: number) =>
    `${what} over ${x} and ${y}: ${count(trials, "trial", "trials")} in ${count(cells, "cell", "cells")}.`,
  fromTo: (name: string, from: string, to: string) => `${name} from ${from} to ${to}`,
  cells: "Cells of the map",
  columnOfSlice: "Column of the slice",
  chosen: (wide: number, tall: number) => `${wide} × ${tall} cells chosen.`,
  refine: "Refine: a sweep of their own",
  clear: "Clear",
  sliceAt: (place: unknown) => pieces`Slice at ${place}`,
  aboutSlice: (counts: boolean) =>
    `The column of the map that the dotted line stands on. ${counts ? "Bars are 95 % intervals, the curve is the logistic fit." : ""}`,
  slice: (counts: boolean, up: string, place: string) =>
    `${counts ? "success" : "value"} against ${up} at ${place}`,
  succeedPercent: "succeed, %",
  value: "value",
  heads: {
    trials: "trials",
    successes: "successes",
    value: "value",
    low: "low",
    high: "high",
  },
  noCell: "No cell is open",
  noCellLine:
    "Click a cell for its count, a trial that succeeded and one that did not. Drag a box to sweep it more finely.",
  thisCell: "This cell",
  closeCell: "Close the cell",
  tally: (found: number, trials: number, bold: (text: string) => unknown) =>
    pieces`${bold(`${found} of ${trials}`)} ${found === 1 ? "succeeds" : "succeed"}`,
  withMethod: (method: string) => `with ${method}`,
  interval: (low: string, high: string) => `between ${low} and ${high}, at 95\u2009% confidence`,
  inTrials: (n: number) => `in ${count(n, "trial", "trials")}`,
  none: (word: "succeeded" | "failed") => `No trial ${word} here yet.`,
  trial: (trial: number, word: "succeeded" | "failed" | "first") =>
    `Trial ${trial}${word === "first" ? "" : `, ${word}`}`,
  error: (value: string) => `error ${value}`,
  openInLab: "Open in the lab",
  truthAndEstimate: (title: string) => `${title}: truth and estimate`,
  pause: "Pause",
  resume: "Resume",
  run: "Run this sweep",
  done: (done: unknown, all: string, most: boolean) =>
    pieces`${done} of ${most ? "at most " : ""}${all} trials`,
  progress: "Trials",
  progressOf: (done: number, all: number) => `${done} of ${all} trials`,
  workers: (n: number) => count(n, "worker", "workers"),
  opened: "opened: ",
  paused: "paused; tallies are kept",
  starting: "starting",
  rate: (rate: string) => `${rate} trials/s`,
  left: (time: string) => `about ${time} left`,
  untilKnown: "until the line is known",
  saved: (times: string) => `done; the full grid takes ${times} as many`,
  finished: "done",
  worker: (n: number, busy: boolean, trials: number, replaced: number) =>
    `worker ${n}: ${busy ? "running" : "waiting"}, ${count(trials, "trial", "trials")}${replaced > 0 ? `, replaced ${count(replaced, "time", "times")}` : ""}`,
  restart: "Throw the tallies away and begin again",
  tooLarge: (file: string) => `${file} is larger than 64 MB.`,
  notJson: (file: string) => `${file} is not JSON.`,
  neither: (file: string) =>
    `${file} is neither a sweep, with spec, x and y, nor a result, with sweep and methods.`,
  otherLab: (file: string, exhibit: string) =>
    `${file} is a sweep of another lab, the one of “${exhibit}”. Nothing was loaded.`,
  unknownProblem: (file: string, problem: string) =>
    `${file} names a problem that this page does not have, ${problem}. Nothing was loaded: look at spec.problem.id, or open it in the version that wrote it.`,
  openThere: "Open it there",
  lastUsable: "Back to the last sweep that could be used",
  notSweep: (file: string) => `${file} is not a sweep: it needs spec, x and y.`,
  badField: (file: string, field: string, takes: string) =>
    `${file} cannot be used: ${field} takes ${takes}. Correct it, or save the result again.`,
  takes: {
    digest: "16 digits of base 16, as text",
    object: "fields by their names",
    list: (length: number | undefined) => (length === undefined ? "a list" : `a list of ${length}`),
    word: (word: string) => `“${word}”, as its sweep does`,
    whole: (from: number, to: number) => `a whole number from ${from} to ${to}`,
    between: (from: number, to: number) => `a number from ${from} to ${to}`,
    number: "a finite number",
    sum: (sum: number, cells: string) => `${sum}, the sum over ${cells}`,
  },
  ownShown: (why: string) => `${why}. The exhibit's own sweep is shown.`,
  noSweep: (exhibit: string) => `${exhibit} declares no sweep.`,
  stuck: (trial: number, cell: number, why: string) =>
    `A worker stopped three times at trial ${trial} of cell ${cell}: ${why || "no reason was given"}. Change the sweep, or go on without it.`,
  /** What the worker with the tally tells. */
  notes: {
    stopped: "The worker that keeps the tally stopped. Reload the page: what was kept is there.",
    full: "The browser's storage is full. The sweep goes on, but a reload loses what comes from now on.",
    denied:
      "The browser keeps nothing for this page. The sweep goes on, but a reload begins it anew.",
  },
};
