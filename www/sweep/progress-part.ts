import { html, nothing } from "lit";
import { saySweep } from "../messages/sweep.ts";
import { playIcon } from "../view/icons.ts";
import { whole } from "../words/numbers.ts";
import { duration, shareDone } from "./eta.ts";
import { StudyPart } from "./study-part.ts";
import { times } from "./words.ts";

/** How far the sweep is: pause and resume, trials, time left, what each worker does. */
export class ProgressPart extends StudyPart {
  static override properties = { ...StudyPart.properties, open: { state: true } };
  declare open: boolean;

  constructor() {
    super();
    this.open = false;
  }

  override render() {
    const { study } = this;
    const going = study.state === "running" || study.state === "loading";
    const share = shareDone(study.trials, study.total, study.state === "done");
    return html`<div class="timeline sweep-progress" data-state=${study.state}>
      <button class="play" aria-label=${going ? saySweep.pause : study.opened ? saySweep.run : saySweep.resume} ?disabled=${study.state === "done"}
        @click=${() => (going ? study.pause() : study.resume())}>${playIcon(going)}</button>
      <span class="done">${saySweep.done(html`<b>${whole(study.trials)}</b>`, whole(study.total), study.adaptive)}</span>
      <span class="bar-track" role="progressbar" aria-label=${saySweep.progress} aria-valuemin="0" aria-valuemax=${study.total} aria-valuenow=${Math.round(share * study.total)}
        aria-valuetext=${saySweep.progressOf(study.trials, study.total)}><i style="width:${100 * share}%"></i></span>
      <span class="left-over">${this.#left()}</span>
      <button class="link" aria-expanded=${this.open ? "true" : "false"} @click=${() => {
        this.open = !this.open;
      }}>${saySweep.workers(study.workers.length)}</button>
    </div>
    ${this.open ? this.#workers() : nothing}`;
  }

  /** What stands at the end of the bar. */
  #left() {
    const { study } = this;
    const { eta } = study;
    const left = eta.read(study.trials, study.total, performance.now());
    if (study.opened) return html`${saySweep.opened}<code>${study.opened.digest}</code>`;
    if (study.state === "done") return this.#saving();
    if (study.state === "paused") return saySweep.paused;
    if (study.state === "loading") return saySweep.starting;
    const rate = eta.rate >= 1 ? saySweep.rate(whole(eta.rate)) : "";
    // How many trials the transition will need, nobody knows.
    if (study.adaptive)
      return html`${saySweep.untilKnown}${rate ? html`<small>, ${rate}</small>` : ""}`;
    if (left === undefined) return rate;
    return html`${saySweep.left(duration(left))}${rate ? html`<small>, ${rate}</small>` : ""}`;
  }

  #saving() {
    const { study } = this;
    const ratio = study.total / Math.max(1, study.trials);
    return study.adaptive && ratio > 1.05
      ? html`<span class="saving">${saySweep.saved(times(ratio))}</span>`
      : saySweep.finished;
  }

  #workers() {
    const { study } = this;
    return html`<ul class="workers">${study.workers.map(
      ({ busy, trials, replaced }, i) =>
        html`<li>${saySweep.worker(i + 1, busy, trials, replaced)}</li>`,
    )}<li><button class="link" @click=${() => void study.restart()}>${saySweep.restart}</button></li></ul>`;
  }
}

customElements.define("progress-part", ProgressPart);
