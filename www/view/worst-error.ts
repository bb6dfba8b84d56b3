import type { Facts } from "../solve/protocol.ts";

/**
 * The relative error that the best-tuned LASSO does not exceed, whatever the values of the signal: the noise sensitivity is
 * the mean square error a coordinate over the noise variance of a measurement. Nothing without noise, above the transition,
 * or where no theory is known.
 */
export function worstError(
  facts: Facts,
  size: number,
  sensitivity: (delta: number, rho: number) => number,
): number | undefined {
  const { delta, rho, noise_norm, rows, cols, complex } = facts;
  if (complex || !rho || noise_norm <= 0 || size <= 0 || delta >= 1 || rho >= 1) return undefined;
  const worst = sensitivity(delta, rho);
  if (!Number.isFinite(worst)) return undefined;
  return Math.sqrt(cols * worst * (noise_norm ** 2 / rows)) / size;
}
