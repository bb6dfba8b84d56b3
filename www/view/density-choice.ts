import { html } from "lit";
import { say } from "../messages/say.ts";

/** Dots per inch that papers and slides ask for. */
const DENSITIES = [72, 150, 300, 600];
/** Which density a PNG is saved with, as an item of a menu. */
export function densityChoice(dpi: number, choose: (dpi: number) => void) {
  return html`<li><div class="densities" role="group" aria-label=${say.share.density}>
    ${DENSITIES.map((each) => html`<button aria-pressed=${each === dpi ? "true" : "false"} @click=${() => choose(each)}>${each}</button>`)} dpi</div></li>`;
}
