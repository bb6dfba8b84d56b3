import { html, nothing } from "lit";
import { saySweep } from "../messages/sweep.ts";
import type { Recording } from "../solve/recording.ts";
import { addressOf } from "../spec/link.ts";
import { icon } from "../view/icons.ts";
import { methodColour } from "../view/methods.ts";
import { words } from "../view/tex.ts";
import { short } from "../words/numbers.ts";
import { axisSymbol } from "./axes.ts";
import type { Example } from "./protocol.ts";
import { finding, methodName, readCell } from "./reading.ts";
import { StudyPart } from "./study-part.ts";
import "./trial-view.ts";
import { metricName, percent, placeText } from "./words.ts";

/** One cell: its count and interval, and a trial that succeeded and one that did not, to open in the lab. */
export class CellPart extends StudyPart {
  static override properties = { ...StudyPart.properties, size: { state: true } };
  /** The sizes of the cell's instances, as the problem writes them. */
  declare size: { cell: number; text: string } | undefined;

  override render() {
    const { study } = this;
    const said = finding(study, axisSymbol(study.catalogue, study.sweep, study.sweep.x));
    return html`${study.open === undefined ? this.#invitation() : this.#cell(study.open)}
      ${said.first || said.rest ? html`<p class="verdict finding">${said.first ? html`<b>${words(said.first)}</b> ` : ""}${words(said.rest)}</p>` : nothing}${this.#others()}`;
  }

  /** Curves of theory about another signal, to be switched on. */
  #others() {
    const { study } = this;
    const own = study.applying;
    const others = study.counts ? study.theory.filter((curve) => !own.includes(curve)) : [];
    if (others.length === 0) return nothing;
    return html`<p class="note curves">${saySweep.otherCurves}${others.map(
      ({ id, title, holds_for }) => {
        const on = study.added.includes(id);
        const added = on ? study.added.filter((one) => one !== id) : [...study.added, id];
        return html`<button class="link" title=${holds_for} aria-pressed=${on ? "true" : "false"} @click=${() => study.look({ added })}>${title}</button>`;
      },
    )}</p>`;
  }

  #invitation() {
    return html`<section class="panel cell"><div class="title-line"><h2>${saySweep.noCell}</h2></div>
      <p class="note">${saySweep.noCellLine}</p></section>`;
  }

  #cell(cell: number) {
    const { study } = this;
    const { sweep, catalogue } = study;
    const place = study.cells[cell];
    const { trials, successes, value, low, high } = readCell(study, cell);
    if (!place) return nothing;
    const [x, y] = [sweep.x, sweep.y].map((axis) => axisSymbol(catalogue, sweep, axis));
    const many = sweep.spec.methods.length > 1;
    return html`<section class="panel cell" role="region" aria-label=${saySweep.thisCell}>
      <div class="title-line"><h2>${saySweep.thisCell}</h2><button class="plain close" aria-label=${saySweep.closeCell} @click=${() => study.look({ open: undefined })}>${icon("close")}</button></div>
      <p class="tally">${
        study.counts
          ? saySweep.tally(successes, trials, (text) => html`<b>${text}</b>`)
          : html`<b>${trials > 0 ? placeText(value) : "–"}</b> ${metricName(sweep.metric)}`
      }${many ? html` <small>${saySweep.withMethod(methodName(study, study.method))}</small>` : ""}</p>
      <p class="note">${study.counts && trials > 0 ? html`${saySweep.interval(percent(low), percent(high))}<br />` : study.counts ? "" : html`${saySweep.inTrials(trials)}<br />`}
        ${this.size?.cell === cell ? html`${this.size.text}: ` : ""}${words(`${x} = ${placeText(place.at[0])}, ${y} = ${placeText(place.at[1])}`)}</p>
      ${this.#examples(cell)}
    </section>`;
  }

  #examples(cell: number) {
    const { study } = this;
    const { examples } = study;
    if (examples?.cell !== cell || examples.method !== study.method) return nothing;
    const of = (word: string) => examples.list.find((example) => example.word === word);
    const first = of("first");
    if (first) return this.#trial(first);
    const [won, lost] = [of("succeeded"), of("failed")];
    const none = (word: "succeeded" | "failed") =>
      html`<p class="note none">${saySweep.none(word)}</p>`;
    return html`${won ? this.#trial(won) : none("succeeded")}${lost ? this.#trial(lost) : none("failed")}`;
  }

  #trial({ trial, word, spec, value }: Example) {
    const { study } = this;
    const method = spec.methods[study.method];
    if (!method) return nothing;
    const known = Number.isFinite(value) && study.sweep.metric !== "exact_support";
    const title = saySweep.trial(trial, word);
    const shown = study.sweep.metric === "success" ? saySweep.error(short(value)) : short(value);
    return html`<div class="trial" data-trial=${trial} data-word=${word}>
      <div class="title-line"><span>${title}${known ? html` <small>${shown}</small>` : ""}</span>
        <a class="link" href=${addressOf({ page: "lab", exhibit: study.exhibit.id, spec })}>${saySweep.openInLab}</a></div>
      <trial-view .module=${study.means.module} .spec=${{ ...spec, methods: [method] }} .colour=${methodColour(study.method)}
        .label=${saySweep.truthAndEstimate(title)} @solved=${({
          detail,
        }: CustomEvent<Recording>) => {
          const text = detail.description.facts.size;
          const cell = study.open ?? -1;
          if (this.size?.cell !== cell || this.size.text !== text) this.size = { cell, text };
        }}></trial-view>
    </div>`;
  }
}

customElements.define("cell-part", CellPart);
