import { html, nothing } from "lit";
import { say } from "../messages/say.ts";
import { playIcon } from "../view/icons.ts";
import { whole } from "../words/numbers.ts";
import { duration } from "./eta.ts";
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
    const share = study.total > 0 ? Math.min(1, study.trials / study.total) : 0;
    return html`<div class="timeline sweep-progress" data-state=${study.state}>
      <button class="play" aria-label=${going ? say.sweep.pause : study.opened ? say.sweep.run : say.sweep.resume} ?disabled=${study.state === "done"}
        @click=${() => (going ? study.pause() : study.resume())}>${playIcon(going)}</button>
      <span class="done">${say.sweep.done(html`<b>${whole(study.trials)}</b>`, whole(study.total), study.adaptive)}</span>
      <span class="bar-track" role="progressbar" aria-label=${say.sweep.progress} aria-valuemin="0" aria-valuemax=${study.total} aria-valuenow=${Math.min(study.trials, study.total)}
        aria-valuetext=${say.sweep.progressOf(study.trials, study.total)}><i style="width:${100 * share}%"></i></span>
      <span class="left-over">${this.#left()}</span>
      <button class="link" aria-expanded=${this.open ? "true" : "false"} @click=${() => {
        this.open = !this.open;
      }}>${say.sweep.workers(study.workers.length)}</button>
    </div>
    ${this.open ? this.#workers() : nothing}`;
  }

  /** What stands at the end of the bar. */
  #left() {
    const { study } = this;
    const { eta } = study;
    const left = eta.read(study.trials, study.total, performance.now());
    if (study.opened) return html`${say.sweep.opened}<code>${study.opened.digest}</code>`;
    if (study.state === "done") return this.#saving();
    if (study.state === "paused") return say.sweep.paused;
    if (study.state === "loading") return say.sweep.starting;
    const rate = eta.rate >= 1 ? say.sweep.rate(whole(eta.rate)) : "";
    if (left === undefined) return rate;
    return html`${say.sweep.left(duration(left), study.adaptive)}${rate ? html`<small>, ${rate}</small>` : ""}`;
  }

  #saving() {
    const { study } = this;
    const ratio = study.total / Math.max(1, study.trials);
    return study.adaptive && ratio > 1.05
      ? html`<span class="saving">${say.sweep.saved(times(ratio))}</span>`
      : say.sweep.finished;
  }

  #workers() {
    const { study } = this;
    return html`<ul class="workers">${study.workers.map(
      ({ busy, trials, replaced }, i) =>
        html`<li>${say.sweep.worker(i + 1, busy, trials, replaced)}</li>`,
    )}<li><button class="link" @click=${() => void study.restart()}>${say.sweep.restart}</button></li></ul>`;
  }
}

customElements.define("progress-part", ProgressPart);
