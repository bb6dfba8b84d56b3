import { html, nothing, svg } from "lit";
import { l1_transition } from "../../target/web/front/pursuit.js";
import { say } from "../messages/say.ts";
import { inTex, short } from "../words/numbers.ts";
import { Part } from "./part.ts";
import { l1Threshold } from "./seen.ts";
import { words } from "./tex.ts";

/** Side of the map in px. */
const SIDE = 88;

/** The transition curve, once: places (delta, rho). */
let curve: string | undefined;
function transition(): string {
  curve ??= Array.from({ length: 60 }, (_, i) => {
    const delta = (i + 0.5) / 60;
    return `${(delta * SIDE).toFixed(1)},${((1 - l1_transition(delta)) * SIDE).toFixed(1)}`;
  }).join(" ");
  return curve;
}

/** Where this draw lies in the square of (m / n, k / m), against the l1 threshold. */
export class HerePart extends Part {
  override render() {
    const description = this.lab.recording?.description;
    const facts = description?.facts;
    const limit = description ? l1Threshold(description) : null;
    if (!facts || facts.rho === null || limit === null || facts.delta > 1) return nothing;
    const [x, y] = [facts.delta * SIDE, (1 - Math.min(1, facts.rho)) * SIDE];
    const above = facts.rho > limit;
    // The curve is that of signed entries.
    const curve = !facts.complex && limit === facts.rho_l1;
    const number = (value: number) => inTex(short(value, 2));
    return html`<div class="here">
      <svg viewBox="0 0 ${SIDE} ${SIDE}" width=${SIDE} height=${SIDE} role="img"
        aria-label=${say.here.map(above)}>
        ${
          curve
            ? svg`<path d="M0 ${SIDE} L${transition().replaceAll(" ", " L")} L${SIDE} ${SIDE} Z" fill="var(--seq-1)"></path>
        <polyline points=${transition()} fill="none" stroke="var(--theory)" stroke-width="1.5" stroke-dasharray="3 2.5"></polyline>`
            : nothing
        }
        <rect x="0.5" y="0.5" width=${SIDE - 1} height=${SIDE - 1} fill="none" stroke="var(--axis)"></rect>
        <circle cx=${x} cy=${y} r="4.5" fill="var(--paper)" stroke="var(--ink)" stroke-width="2"></circle>
      </svg>
      <p>${say.here.youAre((here) => html`<b>${here}</b>`)}${words(`$\\delta = m/n = ${number(facts.delta)}$, $\\rho = k/m = ${number(facts.rho)}$.`)}
        ${words(say.here.threshold(`$\\rho = ${number(limit)}$`))}${say.here.lies(above)}</p>
    </div>`;
  }
}

customElements.define("here-part", HerePart);
