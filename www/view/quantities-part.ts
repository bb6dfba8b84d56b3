import { html, nothing } from "lit";
import { say } from "../messages/say.ts";
import { fixed, short, whole } from "../words/numbers.ts";
import { pointing } from "./letter-button.ts";
import { methodColour, methodLetter, nameOf } from "./methods.ts";
import { Part } from "./part.ts";

/** Methods side by side in the quantities that the problem names. The fewest steps among those that converged are bold. */
export class QuantitiesPart extends Part {
  override render() {
    const { lab } = this;
    const methods = lab.recording?.methods ?? [];
    const quantities = lab.page?.quantities ?? [];
    if (methods.length < 2) return nothing;
    const converged = methods.filter(({ ending }) => ending?.word === "converged");
    const fewest = Math.min(...converged.map(({ last }) => last));
    const least = Math.min(...converged.map(({ ms }) => ms));
    const bold = (text: string, is: boolean) => html`<td>${is ? html`<b>${text}</b>` : text}</td>`;
    return html`<table class="compare">
      <caption class="hidden">${say.compared.caption}</caption>
      <thead><tr><th scope="col" class="hidden-head"><span class="hidden">${say.compared.method}</span></th><th scope="col">${say.compared.steps}</th><th scope="col">ms</th>${quantities.map(({ title }) => html`<th scope="col">${title}</th>`)}</tr></thead>
      <tbody>${methods.map((method, i) => {
        const letter = lab.drawnLetters[i] ?? i;
        const { on, off, focus } = pointing(lab, letter);
        const won = method.ending?.word === "converged";
        const behind = lab.pointed !== undefined && lab.pointed !== letter;
        return html`<tr class=${behind ? "faded" : ""} @pointerenter=${on} @pointerleave=${off}>
          <th scope="row"><button class="row-name" aria-pressed=${lab.focus === i ? "true" : "false"} @focus=${focus} @blur=${off}
            @click=${() => lab.show(letter)}><span class="letter" style="background:var(--${methodColour(letter)})">${methodLetter(letter)}</span>${nameOf(lab, i)}</button></th>
          ${bold(whole(Math.min(lab.playhead, method.last)), won && method.last === fewest && lab.playhead >= method.last)}
          ${bold(method.ms < 10 ? fixed(method.ms, 1) : whole(method.ms), won && method.ms === least)}
          ${quantities.map(({ name }) => html`<td>${short(method.trace(name, lab.playhead) ?? Number.NaN, 2)}</td>`)}</tr>`;
      })}</tbody></table>`;
  }
}

customElements.define("quantities-part", QuantitiesPart);
