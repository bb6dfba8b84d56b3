import type { Challenge } from "../challenge/challenge.ts";
import { nearBest } from "../challenge/scoring.ts";

/** How much to believe measurements whose noise one is not told. */
export const BLIND_LAMBDA: Challenge = {
  id: "blind-lambda",
  title: "Find λ blind",
  rule: "You have 64 measurements with noise, and are told neither how much noise nor how many spikes. Choose the penalty of the LASSO from what you see, and hand in once.",
  may: "the penalty λ",
  exhibit: "lasso-cd",
  spec: {
    v: 1,
    problem: {
      id: "linear",
      rows: 64,
      cols: 128,
      matrix: { id: "gaussian" },
      signal: { id: "sparse", sparsity: 8 },
      noise: { id: "gaussian", snr_db: 20 },
    },
    methods: [{ id: "lasso-cd", lambda_ratio: 0.5 }],
  },
  free: ["methods.0.lambda_ratio"],
  hide: ["notes", "path", "here", "problem.signal.sparsity", "problem.noise"],
  blind: true,
  secret: { "problem.signal.sparsity": [4, 14], "problem.noise.snr_db": [6, 26] },
  once: true,
  scoring: nearBest(["methods", 0, "lambda_ratio"], [0.001, 1], 97),
  ranks: [
    {
      name: "Gold",
      at: 1.04,
      by: "Cross-validation comes to 1.04 or less in half of such draws.",
    },
    {
      name: "Silver",
      at: 1.07,
      by: "The discrepancy principle, which is told the noise, comes to 1.07 or less in half of them.",
    },
    {
      name: "Bronze",
      at: 1.48,
      by: "A tenth of the largest penalty, whatever the draw, comes to 1.48 or less in half of them.",
    },
  ],
};
