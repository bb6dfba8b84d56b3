import { html, LitElement } from "lit";
import type { Lab } from "../lab.ts";
import { say } from "../messages/say.ts";
import { ClaimWorker } from "../solve/claim.ts";
import type { ClaimState } from "../solve/protocol.ts";
import type { Claim } from "../spec/catalogue.ts";
import { boundInWords, measuredInWords } from "../words/claims.ts";
import { milliseconds } from "../words/numbers.ts";

/** "Show me": checks a claim before one's eyes. */
export class ClaimRun extends LitElement {
  static override properties = {
    number: { attribute: false },
    lab: { attribute: false },
    state: { state: true },
    problem: { state: true },
  };
  /** The claim, by its place in the exhibit's list. */
  declare number: number;
  declare lab: Lab;
  declare state: ClaimState | undefined;
  declare problem: string | undefined;
  #worker: ClaimWorker | undefined;
  #begin = 0;

  override createRenderRoot(): this {
    return this;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop();
  }

  get #claim(): Claim {
    return this.lab.exhibit.claims[this.number] as Claim;
  }

  override render() {
    const { state, problem } = this;
    const again = html`<button class="link" @click=${this.#run}>${state || problem ? say.notes.again : say.notes.showMe}</button>`;
    if (problem) return html`<span class="complaint">${problem}</span> ${again}`;
    if (!state) return again;
    const all = state.done + state.left;
    if (this.#worker) {
      const left = ((performance.now() - this.#begin) / state.done) * state.left;
      const { measured } = state;
      return html`<progress max=${all} value=${state.done} aria-label=${say.notes.runsDone}></progress>
        ${say.notes.runs(state.done, all)}${state.done > 5 ? say.notes.left(milliseconds(left)) : ""}${measured === null ? "" : say.notes.soFar(measuredInWords(this.#claim, measured))}
        <button class="link" @click=${this.#cancel}>${say.notes.cancel}</button>`;
    }
    const measured =
      state.measured === null ? say.notes.nothing : measuredInWords(this.#claim, state.measured);
    return html`<b>${say.notes.outcome(state.holds, measured, boundInWords(this.#claim))}</b> ${again}`;
  }

  #run(): void {
    this.#stop();
    this.problem = undefined;
    this.state = { done: 0, left: 1, measured: null, holds: false };
    this.#begin = performance.now();
    this.#worker = new ClaimWorker(
      this.lab.module,
      this.lab.exhibit.id,
      this.number,
      (state) => {
        if (state.left === 0) this.#stop();
        this.state = state;
      },
      ({ message }) => {
        this.#stop();
        this.problem = message;
      },
    );
  }

  #cancel(): void {
    this.#stop();
    this.state = undefined;
  }

  #stop(): void {
    this.#worker?.close();
    this.#worker = undefined;
  }
}

customElements.define("claim-run", ClaimRun);
