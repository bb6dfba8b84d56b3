import type { Complaint, Spec } from "../spec/spec.ts";

/** A panel as the session hands it over: what it is, and its numbers. */
export interface PanelData {
  id: string;
  title: string;
  caption: string;
  kind: "stems" | "bars" | "curves" | "band" | "heat" | "image" | "links" | "table";
  rows: number;
  cols: number;
  x: { label: string; unit: string; log: boolean };
  y: { label: string; unit: string; log: boolean };
  marks: (
    | { kind: "chosen"; index: number }
    | { kind: "threshold"; value: number }
    | { kind: "point"; x: number; y: number }
  )[];
  values: Float64Array;
  /** Headings, and what stands in each cell in place of its number; in panels of kind `table`. */
  table?: { columns: string[]; words: string[] } | null;
}

/** Something that happened in a step. */
export type RunEvent =
  | { kind: "pick" | "drop"; index: number }
  | { kind: "restart" }
  | { kind: "round"; number: number };

export interface Ending {
  word: "converged" | "budget" | "diverged" | "failed";
  reason: string;
}

/** One step of a run. The last three are there only in steps that are kept. */
export interface Frame {
  step: number;
  /** In a finer step, its number from 1 inside the outer step `step`. */
  inner?: number;
  ending?: Ending;
  traces: Record<string, number>;
  events: RunEvent[];
  /** Products with `A` or its adjoint so far, in full-vector units. */
  products: number;
  /** Time of the method's own steps so far, in ms. */
  ms: number;
  estimate?: Float64Array;
  support?: Uint32Array;
  panels?: PanelData[];
}

/** What is known before any step. */
export interface Description {
  spec: Spec;
  facts: Facts;
  panels: PanelData[];
  methods: { max_steps: number }[];
}

/** Facts about an instance; problems add what they know. */
export interface Facts {
  rows: number;
  cols: number;
  /** The sizes in the problem's own letters. */
  size: string;
  complex: boolean;
  sparsity: number | null;
  delta: number;
  rho: number | null;
  rho_l1: number | null;
  /** The same for methods that know that no entry is negative, where none is. */
  rho_l1_nonnegative?: number | null;
  active_threshold: number;
  noise_norm: number;
  basis: string;
  side: number | null;
  notes: string[];
  /** What stands in place of the signal, such as the norms of rows: shown and not drawn by hand. */
  profile?: string;
  /** What is counted as found, where it is not spikes or coefficients. */
  things?: string;
  /** Samples a second, where the estimate is a sound that can be played. */
  sampling_rate?: number;
}

export interface Verdict {
  metrics: Record<string, number>;
  digest: string;
}

/** How far the check of a claim is; `left` are the jobs known so far, `measured` is null while nothing is told. */
export interface ClaimState {
  done: number;
  left: number;
  measured: number | null;
  holds: boolean;
}

/** What theory says about an instance; see `src/labs/recovery/linear/diagnosis.rs`. What is left out is not there. */
export interface Diagnosis {
  welch: number;
  coherence?: number;
  babel?: number[];
  guaranteed?: { coherence: number; babel: number };
  /** Singular values, the largest first. */
  spectrum?: number[];
  condition?: number | null;
  isometry?: { k: number; lower: number; upper: number; exact: boolean }[];
  erc?: number | null;
  irrepresentability?: number | null;
  statistical_dimension?: { measurements: number; width: number; eta: number };
  noise_sensitivity?: number | null;
  left_out: string[];
}

/** What a rule of choice takes on the LASSO's path; `ratio` is of the largest penalty. */
export interface PenaltyRule {
  id: string;
  lambda: number;
  ratio: number;
  size: number;
  found: number | null;
  false_alarms: number | null;
  at_end: boolean;
}

/** The LASSO's solutions at their breakpoints; see `src/labs/recovery/penalty_rules.rs`. */
export interface PenaltyPath {
  lambda_max: number;
  /** Over the largest penalty, the largest first. */
  ratios: number[];
  lines: { index: number; values: number[] }[];
  rules: PenaltyRule[];
  left_out: string[];
}

/** What can be asked of theory, and what is answered. `null` where there is nothing to say. */
export interface Answers {
  diagnosis: Diagnosis | null;
  path: PenaltyPath | null;
  support: { erc: number | null } | null;
}

/** How the first method of a Spec did. */
export interface Judged {
  metrics: Record<string, number>;
  /** Number of measurements, and whether they are complex. */
  rows: number;
  complex: boolean;
}

/**
 * Page to worker. A newer `solve` cancels an older one. Where a Spec is `shown` in place of the one that is solved, the page
 * is not told the truth (`blind.ts`). A `judge` runs Specs one after the other and tells only how they did.
 */
export type ToWorker =
  | { kind: "module"; module: WebAssembly.Module }
  | { kind: "solve"; id: number; spec: Spec; shown?: Spec }
  | { kind: "judge"; id: number; specs: Spec[] }
  | { kind: "claim"; id: number; exhibit: string; claim: number }
  | { kind: "theory"; id: number; ask: keyof Answers; spec: Spec; support: number[] };

/** Strides of kept frames so far, of steps and of inner steps: the page thins what it has likewise. */
export interface Strides {
  every: number;
  inner: number;
}

/** Worker to page. */
export type FromWorker =
  | { kind: "started"; id: number; description: Description }
  | { kind: "frames"; id: number; method: number; frames: Frame[]; strides: Strides; ms: number }
  | { kind: "ended"; id: number; method: number; verdict: Verdict; ms: number }
  | { kind: "done"; id: number }
  | { kind: "judged"; id: number; judged: Judged }
  | { kind: "claim"; id: number; state: ClaimState }
  | { kind: "theory"; id: number; answer: Answers[keyof Answers] }
  | { kind: "refused"; id: number; complaint: Complaint };
