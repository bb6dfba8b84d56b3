import { html, LitElement } from "lit";
import type { Lab } from "../lab.ts";
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
    const again = html`<button class="link" @click=${this.#run}>${state || problem ? "Again" : "Show me"}</button>`;
    if (problem) return html`<span class="complaint">${problem}</span> ${again}`;
    if (!state) return again;
    const all = state.done + state.left;
    if (this.#worker) {
      const left = ((performance.now() - this.#begin) / state.done) * state.left;
      const known =
        state.measured === null ? "" : `${measuredInWords(this.#claim, state.measured)} so far`;
      return html`<progress max=${all} value=${state.done} aria-label="Runs done"></progress>
        ${state.done} of ${all} runs${state.done > 5 ? `, about ${milliseconds(left)} left` : ""}${known ? `; ${known}` : ""}
        <button class="link" @click=${this.#cancel}>Cancel</button>`;
    }
    const measured =
      state.measured === null ? "nothing" : measuredInWords(this.#claim, state.measured);
    return html`<b>${state.holds ? "It holds" : "It does not hold"}: ${measured} here; the claim is ${boundInWords(this.#claim)}.</b> ${again}`;
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
