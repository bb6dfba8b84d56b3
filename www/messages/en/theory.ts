import { count } from "./count.ts";

const spikes = (n: number) => count(n, "spike", "spikes");
const columns = (n: number) => count(n, "column", "columns");

/** What a matrix promises. Numbers come as they are read, formulas between dollar signs. */
export const theory = {
  summary: "What is this matrix like?",
  looking: "Looking at all columns …",
  leftOut: (what: string) => `Left out: ${what}`,
  none: "none",
  coherence: {
    name: "Coherence",
    text: (welch: string, promise: string) =>
      `How alike the two most alike columns are. No matrix of this size is below ${welch}, the Welch bound. ${promise}`,
  },
  /** What a bound promises of `k` spikes; `k` is null where the truth is not known. */
  promise: (sure: number, k: number | null) => {
    const whom = `By it, OMP and basis pursuit are sure of every signal of up to ${spikes(sure)}`;
    if (k === null) return `${whom}.`;
    return k <= sure
      ? `${whom}: this one of ${k} is among them.`
      : `${whom}. Of ${k} it says nothing, neither yes nor no.`;
  },
  babel: {
    name: "Babel function",
    text: (at: number, promise: string) =>
      `How much any ${at} columns together can look like another one. ${promise}`,
    figure: (n: number, first: string, last: string) =>
      `Babel function of 1 to ${n} columns, from ${first} to ${last}.`,
    caption: "$\\mu_1(k)$ by $k$; below the dots, at about a half, the promise holds",
  },
  isometry: {
    name: "Restricted isometry",
    text: (k: number, exact: boolean, enough: string, says: string) =>
      `How far lengths change for signals of ${k} spikes. ${exact ? "Over all supports" : "Found by search, so that it is at least this"}. Basis pursuit is sure of k spikes where $\\delta_{2k} < ${enough}$. ${says}`,
    open: (k: number) =>
      `Up to ${k} columns nothing was found against it; a search cannot prove it.`,
    broken: (k: number, value: string) =>
      `At ${k} columns it is ${value} already: this matrix gives no such promise for ${spikes(Math.ceil(k / 2))} or more.`,
    holds: "It holds here, for every signal.",
  },
  spectrum: {
    name: "Spectrum",
    lost: "rank lost",
    flat: (largest: string) => `All singular values are ${largest}: the frame is tight.`,
    range: (smallest: string, largest: string) =>
      `Singular values go from ${smallest} to ${largest}; their ratio is the condition number.`,
    step: (formula: string) => ` Gradient steps may be up to ${formula} long.`,
    figure: (first: string, last: string) => `Singular values, from ${first} down to ${last}.`,
    caption: "$\\sigma_i$ by $i$",
  },
  erc: {
    name: "Exact recovery coefficient",
    dependent: "The true columns are dependent: no method can tell their values apart.",
    below:
      "Below 1: OMP and basis pursuit find every signal on the true support, whatever its values.",
    above:
      "At least 1: some values on the true support make OMP take a wrong column. These need not be such.",
  },
  irrepresentability: {
    name: "Irrepresentability",
    dependent: "The true columns are dependent.",
    below:
      "Below 1: basis pursuit finds this very signal without noise, and with a little noise the LASSO finds its support and signs.",
    above:
      "At least 1: a little noise is enough that the LASSO takes a false entry in. Without noise this test decides nothing.",
  },
  dimension: {
    name: "Measurements needed",
    text: (rows: number, verdict: "more" | "fewer" | "near") =>
      `What basis pursuit needs of a Gaussian matrix, whatever the values. Here are ${rows}: for such a matrix, ${
        {
          more: "success is all but sure",
          fewer: "failure is all but sure",
          near: "so near, theory leaves it open",
        }[verdict]
      }.`,
  },
  noise: {
    name: "Noise sensitivity",
    endless:
      "Above the transition: the worst error of the LASSO has no bound, however little the noise.",
    text: "The worst mean square error of the best-tuned LASSO on a large Gaussian matrix, over the noise variance.",
  },
  support: {
    empty: "The support at the playhead is empty.",
    unknown: (n: number) => `The support at the playhead, ${columns(n)}: not computed.`,
    dependent: (n: number) =>
      `The support at the playhead, ${columns(n)}: its columns are dependent.`,
    known: (n: number, value: string, within: boolean) =>
      `The support at the playhead, ${columns(n)}: ${value}${within ? ", so that OMP would stay within it" : ""}.`,
  },
};

/** Where a draw lies in the phase plane. */
export const here = {
  map: (above: boolean) =>
    `Map of m over n against k over m with the l1 threshold; this draw lies ${above ? "above" : "below"} it`,
  youAre: (here: (word: string) => unknown) => ["You are ", here("here"), ": "],
  threshold: (formula: string) => `The $\\ell_1$ threshold is ${formula}`,
  lies: (above: boolean) => ` as n grows; this draw lies ${above ? "above" : "below"} it.`,
};

/** The LASSO's path, and the rules that choose on it. */
export const path = {
  summary: "Which $\\lambda$? The whole path, and what the rules choose",
  curved: "With complex entries the path is curved, and is not followed here.",
  following: "Following the path …",
  caption: (method: string | undefined) =>
    `entries of $\\hat x$ by $\\lambda / \\lambda_{\\max}$; a click sets it${method === undefined ? "" : ` for ${method}`}`,
  entriesOf: (n: number) => count(n, "entry", "entries"),
  rule: "rule",
  share: "share of the largest penalty",
  entries: "entries",
  found: "found",
  false: "false",
  asksFor: "what it asks for",
  figure: (entries: number, breakpoints: number) =>
    `Path of the LASSO: ${entries} entries that are not zero somewhere, over ${breakpoints} breakpoints.`,
  rules: {
    universal: { name: "universal", line: "σ√(2 log n): noise alone hardly ever passes it" },
    sure: { name: "SURE", line: "least unbiased estimate of the prediction error" },
    gcv: { name: "GCV", line: "least prediction error, without knowing the noise" },
    cv: { name: "cross-validation", line: "predicts left-out fifths of the rows best" },
    discrepancy: { name: "discrepancy", line: "leaves a residual the size of the noise" },
    aic: { name: "AIC", line: "least squares fit, 2 charged an entry" },
    bic: { name: "BIC", line: "least squares fit, log m charged an entry" },
    ebic: { name: "EBIC", line: "BIC, and a charge for how many supports there are" },
  } as Record<string, { name: string; line: string }>,
};
