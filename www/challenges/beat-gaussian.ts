import type { Challenge } from "../challenge/challenge.ts";
import { moreThan } from "../challenge/scoring.ts";

/** Which matrix serves a greedy method better than independent normal entries. */
export const BEAT_GAUSSIAN: Challenge = {
  id: "beat-gaussian",
  title: "Beat the Gaussian",
  rule: "OMP recovers 11 spikes among 64 from 32 Gaussian measurements about half of the time. Measure with another matrix of the same size, so that it succeeds more often.",
  may: "the matrix, what it is preconditioned by, and the draw that you look at",
  exhibit: "omp",
  spec: {
    v: 1,
    problem: {
      id: "linear",
      rows: 32,
      cols: 64,
      matrix: { id: "gaussian" },
      signal: { id: "sparse", sparsity: 11 },
    },
    methods: [{ id: "omp", sparsity: 11 }],
  },
  free: ["problem.matrix", "problem.precondition", "seed"],
  hide: ["notes", "path"],
  blind: false,
  scoring: moreThan(
    { problem: { matrix: { id: "gaussian" }, precondition: null } },
    "gaussian",
    200,
  ),
  ranks: [
    {
      name: "Gold",
      at: 41.5,
      by: "A Grassmannian matrix, its columns pushed apart, gains 41.5.",
      patch: { problem: { matrix: { id: "grassmannian" } } },
    },
    {
      name: "Silver",
      at: 35,
      by: "Rows of the cosine transform gain 35: they are orthogonal.",
      patch: { problem: { matrix: { id: "partial-dct" } } },
    },
    {
      name: "Bronze",
      at: 12.5,
      by: "A Toeplitz matrix gains 12.5.",
      patch: { problem: { matrix: { id: "toeplitz" } } },
    },
  ],
};
