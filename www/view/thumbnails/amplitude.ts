import { nothing } from "lit";
import { type Drawing, stems } from "./ground.ts";

/** Eight spikes as the law draws them, the largest 1. */
const SPIKES: Record<string, readonly number[]> = {
  gaussian: [0.28, -0.62, 1, -0.12, 0.45, -0.86, 0.08, 0.36],
  signs: [1, -1, -1, 1, -1, 1, 1, -1],
  uniform: [0.75, -0.5, 0.9, -1, 0.6, 0.82, -0.7, 0.95],
  positive: [0.75, 0.5, 0.9, 1, 0.6, 0.82, 0.7, 0.95],
  "power-law": [1, -0.5, 0.333, 0.25, -0.2, 0.167, -0.143, 0.125],
};

/** The magnitudes that the law gives. */
export function amplitude(id: string): Drawing {
  const spikes = SPIKES[id];
  return spikes ? stems(spikes) : nothing;
}
