import { html, LitElement } from "lit";
import { say } from "../messages/say.ts";
import type { Chosen, Spikes } from "../spec/spikes.ts";
import { short } from "../words/numbers.ts";
import { icon } from "./icons.ts";

/** What the bar asks for. */
export type BarAct =
  | { act: "go"; direction: 1 | -1 }
  | { act: "change"; by: number }
  | { act: "value"; value: number }
  | { act: "remove" }
  | { act: "type" }
  /** Typing has ended; the figure takes the keys again if `back`. */
  | { act: "typed"; back: boolean };

/** The edit bar under the figure: index, arrows, value, plus and minus, Remove; for one spike or all chosen ones. */
export class SpikeBar extends LitElement {
  static override properties = {
    index: { attribute: false },
    chosen: { attribute: false },
    spikes: { attribute: false },
    typing: { attribute: false },
  };
  declare index: number;
  declare chosen: Chosen;
  declare spikes: Spikes;
  /** Whether the value is being typed. */
  declare typing: boolean;

  override render() {
    const { index, chosen } = this;
    const value = this.spikes.get(index) ?? 0;
    const many = chosen.size > 1;
    const alike = [...chosen].every((i) => (this.spikes.get(i) ?? 0) === value);
    const shown = alike ? short(value, 3) : say.signal.various;
    const act = (detail: BarAct) => () => this.#ask(detail);
    return html`<style>
        .bar { display: flex; align-items: center; background: var(--paper-sunk); padding: 0 8px; font-size: var(--size-control); flex-wrap: wrap; }
        .bar b { margin-inline-end: auto; white-space: nowrap; }
        @media (max-width: 700px) { .bar { margin: 0 -8px; } }
        button { font: inherit; color: inherit; background: none; border: 0; min-width: 44px; min-height: 44px; cursor: pointer; border-radius: 4px; padding: 0 4px; }
        button:hover { background: var(--paper-hover); } button:focus-visible, input:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
        .value { text-align: end; font-weight: 600; }
        .remove { text-decoration: underline; text-underline-offset: 4px; }
        input { font: inherit; width: 6em; color: inherit; background: var(--paper); border: 1px solid var(--control); border-radius: 4px; padding: 4px 6px; }
        svg { width: 16px; height: 16px; }
      </style>
      <div class="bar" role="toolbar" aria-label=${say.signal.bar}>
        <b>${many ? say.signal.chosen(chosen.size) : `i = ${index}`}</b>
        <button aria-label=${say.signal.previous} @click=${act({ act: "go", direction: -1 })}>${icon("back")}</button>
        <button aria-label=${say.signal.next} @click=${act({ act: "go", direction: 1 })}>${icon("forward")}</button>
        ${
          this.typing
            ? html`<input aria-label=${many ? say.signal.valueOfMany(chosen.size) : say.signal.valueOf(index)} .value=${String(value)} @keydown=${this.#key}
              @blur=${act({ act: "typed", back: false })} />`
            : html`<button class="value" aria-label=${say.signal.value(shown)} @click=${act({ act: "type" })}>${shown}</button>`
        }
        <button aria-label=${say.signal.smaller} @click=${act({ act: "change", by: -0.05 })}>−</button>
        <button aria-label=${say.signal.larger} @click=${act({ act: "change", by: 0.05 })}>+</button>
        <button class="remove" @click=${act({ act: "remove" })}>${say.signal.remove}</button>
      </div>`;
  }

  protected override updated(changed: Map<string, unknown>): void {
    if (changed.has("typing") && this.typing) this.renderRoot.querySelector("input")?.select();
  }

  #ask(detail: BarAct): void {
    this.dispatchEvent(new CustomEvent("act", { detail }));
  }

  #key(event: KeyboardEvent): void {
    event.stopPropagation();
    if (event.key !== "Enter" && event.key !== "Escape") return;
    const typed = (event.currentTarget as HTMLInputElement).value.trim();
    const value = Number(typed.replace("\u2212", "-").replace(",", "."));
    if (event.key === "Enter" && typed !== "" && Number.isFinite(value))
      this.#ask({ act: "value", value });
    this.#ask({ act: "typed", back: true });
  }
}

customElements.define("spike-bar", SpikeBar);
