import { html, type TemplateResult } from "lit";
import { say } from "../messages/say.ts";
import type { Chosen, Spikes } from "../spec/spikes.ts";
import { short } from "../words/numbers.ts";

/** More spikes than this are not listed one by one. */
const LISTED = 200;

/** A readout of one index: what is true there, what is estimated. */
export function readout(truth: number | undefined, estimate: number): string {
  return truth === undefined
    ? say.signal.readEstimate(short(estimate, 3))
    : say.signal.readBoth(short(truth, 3), short(estimate, 3));
}

/** What a screen reader says of an index. */
export function spoken(index: number, truth: Spikes, estimate: number, threshold: number): string {
  const value = truth.get(index);
  if (value === undefined) return say.signal.noSpike(index, readout(undefined, estimate));
  return say.signal.spike(index, readout(value, estimate), Math.abs(estimate) > threshold);
}

/** The indices that the listbox has as options: the spikes from the left, and whatever is chosen. */
export function listed(truth: Spikes, chosen: Chosen): number[] {
  const indices = [...truth.keys()].slice(0, LISTED);
  return [...indices, ...[...chosen].filter((i) => !indices.includes(i))];
}

/** The spikes as the options of a listbox. */
export function spikeOptions(
  truth: Spikes,
  chosen: Chosen,
  estimate: ArrayLike<number> | undefined,
  threshold: number,
): TemplateResult | TemplateResult[] {
  const indices = listed(truth, chosen);
  if (indices.length === 0)
    return html`<span role="option" aria-selected="false">${say.signal.noSpikes}</span>`;
  return indices.map(
    (i) =>
      html`<span role="option" id="spike-${i}" aria-selected=${chosen.has(i) ? "true" : "false"}>${spoken(i, truth, estimate?.[i] ?? 0, threshold)}</span>`,
  );
}
