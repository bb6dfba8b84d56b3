import { html, nothing } from "lit";
import { playIcon } from "../view/icons.ts";
import { count, whole } from "../words/numbers.ts";
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
      <button class="play" aria-label=${going ? "Pause" : study.opened ? "Run this sweep" : "Resume"} ?disabled=${study.state === "done"}
        @click=${() => (going ? study.pause() : study.resume())}>${playIcon(going)}</button>
      <span class="done"><b>${whole(study.trials)}</b> of ${study.adaptive ? "at most " : ""}${whole(study.total)} trials</span>
      <span class="bar-track" role="progressbar" aria-label="Trials" aria-valuemin="0" aria-valuemax=${study.total} aria-valuenow=${Math.min(study.trials, study.total)}
        aria-valuetext="${study.trials} of ${study.total} trials"><i style="width:${100 * share}%"></i></span>
      <span class="left-over">${this.#left()}</span>
      <button class="link" aria-expanded=${this.open ? "true" : "false"} @click=${() => {
        this.open = !this.open;
      }}>${count(study.workers.length, "worker", "workers")}</button>
    </div>
    ${this.open ? this.#workers() : nothing}`;
  }

  /** What stands at the end of the bar. */
  #left() {
    const { study } = this;
    const { eta } = study;
    const left = eta.read(study.trials, study.total, performance.now());
    if (study.opened) return html`opened: <code>${study.opened.digest}</code>`;
    if (study.state === "done") return this.#saving();
    if (study.state === "paused") return "paused; tallies are kept";
    if (study.state === "loading") return "starting";
    const rate = eta.rate >= 1 ? `${whole(eta.rate)} trials/s` : "";
    if (left === undefined) return rate;
    return html`${study.adaptive ? "at most" : "about"} ${duration(left)} left${rate ? html`<small>, ${rate}</small>` : ""}`;
  }

  #saving() {
    const { study } = this;
    const ratio = study.total / Math.max(1, study.trials);
    return study.adaptive && ratio > 1.05
      ? html`<span class="saving">done; the full grid takes ${times(ratio)} as many</span>`
      : "done";
  }

  #workers() {
    const { study } = this;
    return html`<ul class="workers">${study.workers.map(
      ({ busy, trials, replaced }, i) =>
        html`<li>worker ${i + 1}: ${busy ? "running" : "waiting"}, ${count(trials, "trial", "trials")}${replaced > 0 ? `, replaced ${count(replaced, "time", "times")}` : ""}</li>`,
    )}<li><button class="link" @click=${() => void study.restart()}>Throw the tallies away and begin again</button></li></ul>`;
  }
}

customElements.define("progress-part", ProgressPart);
