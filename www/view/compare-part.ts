import { html, nothing } from "lit";
import { say } from "../messages/say.ts";
import type { MethodRecording } from "../solve/recording.ts";
import { decibels, short, whole } from "../words/numbers.ts";
import { pointing } from "./letter-button.ts";
import { methodColour, methodLetter, nameOf } from "./methods.ts";
import { Part } from "./part.ts";
import { given, tally } from "./seen.ts";

interface Row {
  i: number;
  letter: number;
  name: string;
  method: MethodRecording;
  steps: number;
  ms: number;
  found: number;
  wrong: number;
  error: number;
  /** The relative duality gap, where the method has one. */
  gap: number | undefined;
  converged: boolean;
}

/** The methods side by side. Best values are bold, among methods that converged. */
export class ComparePart extends Part {
  override render() {
    const { lab } = this;
    const truth = given(lab, "truth")?.values;
    const methods = lab.recording?.methods ?? [];
    if (methods.length < 2) return nothing;
    const threshold = lab.recording?.description.facts.active_threshold ?? 0;
    const rows: Row[] = methods.map((method, i) => {
      const estimate = method.at(lab.playhead)?.estimate ?? new Float64Array(0);
      const { found, wrong } = truth
        ? tally(truth, estimate, threshold)
        : { found: Number.NaN, wrong: Number.NaN };
      return {
        i,
        method,
        found,
        wrong,
        letter: lab.drawnLetters[i] ?? i,
        name: nameOf(lab, i),
        steps: Math.min(lab.playhead, method.last),
        ms: method.ms,
        error: method.trace("relative_error", lab.playhead) ?? Number.NaN,
        gap: method.trace("duality_gap", lab.playhead),
        converged: method.ending?.word === "converged",
      };
    });
    // A method that has not converged is not done, however good it looks; and what a method lacks is no value.
    const best = (value: (row: Row) => number | undefined, sign: 1 | -1) =>
      sign *
      Math.min(
        ...rows
          .filter((row) => row.converged)
          .map((row) => sign * (value(row) ?? Number.NaN))
          .filter((one) => !Number.isNaN(one)),
      );
    const tops = {
      steps: best((row) => row.steps, 1),
      ms: best((row) => row.ms, 1),
      found: best((row) => row.found, -1),
      wrong: best((row) => row.wrong, 1),
      error: best((row) => row.error, 1),
      gap: best((row) => row.gap, 1),
    };
    const cell = (row: Row, column: keyof typeof tops, spoken: (value: number) => string) => {
      const value = row[column];
      const text = value === undefined || Number.isNaN(value) ? "–" : spoken(value);
      return html`<td>${row.converged && value === tops[column] ? html`<b>${text}</b>` : text}</td>`;
    };
    const gaps = rows.some((row) => row.gap !== undefined);
    return html`<table class="compare">
      <caption class="hidden">${say.compared.caption}</caption>
      <thead><tr><th scope="col" class="hidden-head"><span class="hidden">${say.compared.method}</span></th><th scope="col">${say.compared.steps}</th><th scope="col">ms</th><th scope="col">${say.compared.found}</th><th scope="col">${say.compared.false}</th><th scope="col">${say.compared.error}</th>${gaps ? html`<th scope="col">${say.compared.gap}</th>` : nothing}</tr></thead>
      <tbody>${rows.map((row) => {
        const { on, off, focus } = pointing(lab, row.letter);
        const behind = lab.pointed !== undefined && lab.pointed !== row.letter;
        return html`<tr class=${behind ? "faded" : ""} @pointerenter=${on} @pointerleave=${off}>
        <th scope="row"><button class="row-name" aria-pressed=${lab.focus === row.i ? "true" : "false"} @focus=${focus} @blur=${off}
          @click=${() => lab.show(row.letter)}><span class="letter" style="background:var(--${methodColour(row.letter)})">${methodLetter(row.letter)}</span>${row.name}</button></th>
        ${cell(row, "steps", whole)}${cell(row, "ms", (ms) => short(ms, 2))}${cell(row, "found", whole)}${cell(row, "wrong", whole)}${cell(row, "error", decibels)}${gaps ? cell(row, "gap", (gap) => short(gap, 1)) : nothing}
      </tr>`;
      })}</tbody>
    </table>
    <p class="note">${say.compared.counts(short(threshold, 2))}</p>`;
  }
}

customElements.define("compare-part", ComparePart);
