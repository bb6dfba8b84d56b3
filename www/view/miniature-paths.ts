/** Paths of miniatures: what is drawn is what can be seen, so long runs are sampled. */

interface Size {
  width: number;
  height: number;
}

/** Most points of a curve. */
const POINTS = 48;
/** Decades that a curve may fall before it is cut off. */
const DECADES = 6;

/** Values against the step, logarithmic, in the range of all `curves`. */
export function curvePath(
  values: readonly number[],
  curves: readonly (readonly number[])[],
  { width, height }: Size,
): string {
  const positive = curves.flat().filter((value) => value > 0 && Number.isFinite(value));
  if (positive.length === 0 || values.length < 2) return "";
  const high = positive.reduce((a, b) => Math.max(a, b));
  const low = Math.max(
    positive.reduce((a, b) => Math.min(a, b)),
    high / 10 ** DECADES,
  );
  const range = Math.log(high / low) || 1;
  const stride = Math.max(1, (values.length - 1) / POINTS);
  const points: string[] = [];
  for (let at = 0; at < values.length - 1 + stride; at += stride) {
    const i = Math.min(values.length - 1, Math.round(at));
    const share = Math.log(Math.max(values[i] ?? 0, low) / low) / range;
    if (!Number.isFinite(share)) continue;
    const x = 1 + (i / (values.length - 1)) * (width - 2);
    points.push(`${x.toFixed(1)} ${(height - 2 - share * (height - 4)).toFixed(1)}`);
  }
  return points.length > 1 ? `M${points.join("L")}` : "";
}

/** A stem for each entry that is not zero. */
export function stemsPath(values: ArrayLike<number>, { width, height }: Size): string {
  let most = 0;
  for (let i = 0; i < values.length; i += 1) most = Math.max(most, Math.abs(values[i] as number));
  let path = "";
  for (let i = 0; i < values.length && most > 0; i += 1) {
    const value = (values[i] as number) / most;
    if (Math.abs(value) < 0.02) continue;
    const x = ((i + 0.5) / values.length) * width;
    path += `M${x.toFixed(1)} ${height / 2}v${(-value * (height / 2 - 1)).toFixed(1)}`;
  }
  return path;
}
