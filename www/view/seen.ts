import type { Lab } from "../lab.ts";
import type { Description, Frame, PanelData } from "../solve/protocol.ts";
import type { MethodRecording } from "../solve/recording.ts";

/** What is known of a panel before any step, by id. */
export function given(lab: Lab, id: string): PanelData | undefined {
  return lab.recording?.description.panels.find((panel) => panel.id === id);
}

/** A panel of a method at the playhead, by id. */
export function panelAt(frame: Frame | undefined, id: string): PanelData | undefined {
  return frame?.panels?.find((panel) => panel.id === id);
}

/** The method whose panels are shown, and its frame at the playhead. */
export function focused(lab: Lab): { method: MethodRecording; frame: Frame } | undefined {
  const method = lab.recording?.methods[lab.focus];
  const frame = method?.at(lab.playhead);
  return method && frame ? { method, frame } : undefined;
}

/** Whether a method stands at its end and has one. */
export function ended(method: MethodRecording, playhead: number): boolean {
  const amid = method.inside?.step === playhead;
  return method.ending !== undefined && playhead >= method.last && !amid;
}

/** Indices whose modulus is above the threshold. */
export function active(values: ArrayLike<number> | undefined, threshold: number): number[] {
  const indices: number[] = [];
  for (let i = 0; values && i < values.length; i += 1) {
    if (Math.abs(values[i] as number) > threshold) indices.push(i);
  }
  return indices;
}

/** Where the truth is not zero: a pick anywhere else is wrong, however small the entry that a threshold would ask for. */
export function truePlaces(lab: Lab): Set<number> {
  return new Set(active(given(lab, "truth")?.values, 0));
}

/** How an estimate compares with the truth. */
export interface Tally {
  found: number;
  missed: number;
  wrong: number;
}

export function tally(
  truth: ArrayLike<number>,
  estimate: ArrayLike<number>,
  threshold: number,
): Tally {
  const result = { found: 0, missed: 0, wrong: 0 };
  for (let i = 0; i < truth.length; i += 1) {
    const isTrue = Math.abs(truth[i] as number) > threshold;
    const isSeen = Math.abs(estimate[i] as number) > threshold;
    if (isTrue && isSeen) result.found += 1;
    else if (isTrue) result.missed += 1;
    else if (isSeen) result.wrong += 1;
  }
  return result;
}

/** Where l1 minimization stops recovering, as k / m: higher for positive entries of which the first method knows. */
export function l1Threshold({ facts, spec }: Description): number | null {
  const knows = spec.methods[0]?.nonnegative === true;
  return (knows ? facts.rho_l1_nonnegative : null) ?? facts.rho_l1;
}
