import type { Challenge } from "../challenge/challenge.ts";
import { fewestMeasurements } from "../challenge/scoring.ts";

/** How few measurements a signal needs, by the best method that one finds. */
export const FEWEST_MEASUREMENTS: Challenge = {
  id: "fewest-measurements",
  title: "The fewest measurements",
  rule: "A signal of 10 spikes among 128 is hidden, and Gaussian measurements of it are all you get. Find the method that needs the fewest of them to recover every such signal.",
  may: "the number of measurements, and the method with all that it may be told",
  exhibit: "omp",
  spec: {
    v: 1,
    problem: {
      id: "linear",
      rows: 80,
      cols: 128,
      matrix: { id: "gaussian" },
      signal: { id: "sparse", sparsity: 10 },
    },
    methods: [{ id: "omp", sparsity: 10 }],
  },
  free: ["problem.rows", "methods.0"],
  hide: ["notes", "path", "here"],
  blind: true,
  scoring: fewestMeasurements(20),
  ranks: [
    {
      name: "Gold",
      at: 33,
      by: "Iteratively reweighted least squares needs 33.",
      patch: { problem: { rows: 33 }, methods: [{ id: "irls" }] },
    },
    {
      name: "Silver",
      at: 36,
      by: "Reweighted ℓ₁ needs 36.",
      patch: { problem: { rows: 36 }, methods: [{ id: "reweighted-l1" }] },
    },
    {
      name: "Bronze",
      at: 43,
      by: "Basis pursuit needs 43, and OMP 45.",
      patch: { problem: { rows: 43 }, methods: [{ id: "basis-pursuit" }] },
    },
  ],
};
