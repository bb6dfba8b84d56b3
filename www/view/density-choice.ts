import { html } from "lit";

/** Dots per inch that papers and slides ask for. */
const DENSITIES = [72, 150, 300, 600];
/** Which density a PNG is saved with, as an item of a menu. */
export function densityChoice(dpi: number, choose: (dpi: number) => void) {
  return html`<li><div class="densities" role="group" aria-label="Dots per inch of the PNG">
    ${DENSITIES.map((each) => html`<button aria-pressed=${each === dpi ? "true" : "false"} @click=${() => choose(each)}>${each}</button>`)} dpi</div></li>`;
}
