import type { Complaint, Json, Spec } from "../spec/spec.ts";
import type { Call } from "./desk.ts";

/** An axis of a sweep. See `src/sweep/axis.rs`. */
export interface Axis {
  param: string;
  from: number;
  to: number;
  steps: number;
  scale?: "linear" | "log";
}

/** The file of a sweep. See `src/sweep/spec.rs`. */
export interface SweepSpec {
  v: 1;
  spec: Spec;
  x: Axis;
  y: Axis;
  trials: number;
  metric: Json;
  tolerance: number;
  seed?: number;
}

/** One trial's outcome: for each method how it ended, and the number that the metric keeps. */
export interface TrialRecord {
  cell: number;
  trial: number;
  runs: [ending: string, value: number | null][];
}

/** Cells and trials in turn: cell, trial, cell, trial, ... */
export type Tasks = Uint32Array;

/** Page to worker. A batch is of the sweep that was sent last; a call is for the worker that keeps the tally. */
export type ToRunner =
  | { kind: "module"; module: WebAssembly.Module }
  | { kind: "sweep"; sweep: SweepSpec }
  | { kind: "batch"; batch: number; tasks: Tasks }
  | { kind: "call"; call: number; ask: Call };

/** A worker to its pool. */
export interface FromRunner {
  batch: number;
  records: TrialRecord[];
  ms: number;
}

/** The worker with the tally to the page. */
export type FromDesk =
  | { kind: "answer"; call: number; value: unknown; complaint?: Complaint }
  | { kind: "note"; note: Note };

/** What there is to say of the worker with the tally and its storage; the page has the words. */
export type Note = "stopped" | "full" | "denied";

/** What is known of a sweep before any trial. */
export interface Opened {
  sweep: SweepSpec;
  cells: Cell[];
  theory: TheoryCurve[];
}

/** A cell: its place on the axes, and what its trials have in fact. */
export interface Cell {
  x: number;
  y: number;
  at: [number, number];
}

/** A point of a contour. See `sweep::Point`. */
export interface ContourPoint {
  x: number;
  y: number;
  low: number;
  high: number;
  width: number | null;
  slope: number | null;
}

export interface TheoryCurve {
  id: string;
  title: string;
  holds_for: string;
  points: [number, number][];
}

/** What is known of one method: `trials`, `successes` and `value` of every cell in turn, and its contour. */
export interface Picture {
  cells: Float64Array;
  contour: ContourPoint[];
}

/** What is known of all methods. */
export interface Pictures {
  trials: number;
  pictures: Picture[];
}

/** A trial to look at. */
export interface Example {
  trial: number;
  word: "succeeded" | "failed" | "first";
  /** The trial's very Spec. */
  spec: Spec;
  /** The number that the metric kept of it. */
  value: number;
}

/** A `result.json`. */
export interface Result {
  v: 1;
  sweep: SweepSpec;
  trials: number;
  methods: {
    id: string;
    cells: (Cell & { trials: number; successes?: number; value: number | null })[];
    contour: ContourPoint[];
  }[];
  theory: TheoryCurve[];
  digest: string;
}
