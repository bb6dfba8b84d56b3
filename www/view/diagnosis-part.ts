import { html, nothing } from "lit";
import { type Figure, type Scale, series } from "../figures/figure.ts";
import type { Layout } from "../figures/figure-view.ts";
import "../figures/figure-view.ts";
import { say } from "../messages/say.ts";
import type { Answers, Diagnosis } from "../solve/protocol.ts";
import { instanceKey, Theorist } from "../solve/theorist.ts";
import type { Spec } from "../spec/spec.ts";
import { factsOf, seenSupport } from "../words/diagnosis.ts";
import { short } from "../words/numbers.ts";
import { Part } from "./part.ts";
import { focused } from "./seen.ts";
import { words } from "./tex.ts";

/** "What is this matrix like?": what theory knows of it, computed when it is opened. */
export class DiagnosisPart extends Part {
  static override properties = {
    ...Part.properties,
    open: { state: true },
    diagnosis: { state: true },
    coefficient: { state: true },
    problem: { state: true },
  };
  declare open: boolean;
  /** The last answer; it may be of an older matrix while the newest is on its way. */
  declare diagnosis: Diagnosis | undefined;
  /** What is known of the support at the playhead. */
  declare coefficient: Answers["support"] | undefined;
  declare problem: string | undefined;
  #theorist: Theorist | undefined;
  /** What `diagnosis` and `coefficient` are of, and what was asked last. */
  #has = "";
  #asked = "";
  #support = "";

  constructor() {
    super();
    this.open = false;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#close();
  }

  override render() {
    const { diagnosis } = this;
    const stale = this.#has !== this.#wanted();
    return html`<details class="asked" ?open=${this.open} @toggle=${this.#toggle}>
      <summary>${say.theory.summary}</summary>
      ${this.problem ? html`<p class="complaint">${this.problem}</p>` : nothing}
      ${diagnosis ? html`<div class=${stale ? "stale" : ""}>${this.#told(diagnosis)}</div>` : nothing}
      <p class="label" role="status">${this.open && stale && !this.problem ? say.theory.looking : ""}</p>
    </details>`;
  }

  #told(diagnosis: Diagnosis) {
    const facts = this.lab.recording?.description.facts;
    if (!facts) return nothing;
    return html`<dl class="facts">${factsOf(diagnosis, facts.sparsity, facts.rows).map(
      ({ id, name, value, text }) => html`<div data-fact=${id}>
        <dt>${name} <b>${words(value)}</b></dt>
        <dd>${words(text)}${id === "erc" ? html` <span>${this.#seen()}</span>` : nothing}${this.#figure(id, diagnosis)}</dd>
      </div>`,
    )}</dl>
    ${
      diagnosis.left_out.length > 0
        ? html`<p class="label">${say.theory.leftOut(`${diagnosis.left_out.join("; ")}.`)}</p>`
        : nothing
    }`;
  }

  #seen(): string {
    const size = focused(this.lab)?.frame.support?.length ?? 0;
    return seenSupport(this.coefficient?.erc, size);
  }

  #figure(id: string, { babel, spectrum }: Diagnosis) {
    const values = id === "babel" ? babel : id === "spectrum" ? spectrum : undefined;
    if (!values || values.length < 2) return nothing;
    const figure: Figure = {
      kind: "curves",
      lines: [
        { x: series(values.map((_, i) => i + 1)), y: series(values), colour: "ink-2", width: 1.5 },
      ],
      rules: id === "babel" ? [{ y: 0.5 }] : [],
    };
    const y: Scale = { from: 0, to: 1.08 * Math.max(...values), ticks: true };
    const layout: Layout = {
      height: 104,
      left: 36,
      right: 8,
      top: 8,
      bottom: 24,
      x: { from: 1, to: values.length, ticks: true },
      y,
    };
    const [first, last] = [short(values[0] ?? 0, 2), short(values.at(-1) ?? 0, 2)];
    const { babel: ofBabel, spectrum: ofSpectrum } = say.theory;
    const label =
      id === "babel" ? ofBabel.figure(values.length, first, last) : ofSpectrum.figure(first, last);
    return html`<figure-view .figure=${figure} .layout=${layout} .label=${label}></figure-view>
      <span class="label">${words(id === "babel" ? ofBabel.caption : ofSpectrum.caption)}</span>`;
  }

  readonly #toggle = (event: Event): void => {
    this.open = (event.currentTarget as HTMLDetailsElement).open;
    this.problem = undefined;
    if (!this.open) this.#close();
  };

  #close(): void {
    this.#theorist?.close();
    this.#asked = "";
    this.#support = "";
  }

  /** The Spec whose picture is shown. */
  #spec(): Spec | undefined {
    return this.lab.recording?.description.spec;
  }

  #wanted(): string {
    const spec = this.#spec();
    return spec ? instanceKey(spec) : "";
  }

  protected override updated(): void {
    const spec = this.#spec();
    if (!this.open || !spec) return;
    const wanted = this.#wanted();
    if (wanted !== this.#asked) {
      this.#asked = wanted;
      this.#support = "";
      this.coefficient = undefined;
      this.#ask().ask("diagnosis", spec, (diagnosis, complaint) => {
        this.problem = complaint?.message;
        this.diagnosis = diagnosis ?? undefined;
        this.#has = wanted;
        this.requestUpdate();
      });
      return;
    }
    if (this.#has === wanted && this.diagnosis?.erc !== undefined) this.#askSupport(spec);
  }

  /** Asks about the support at the playhead, if it is another one. */
  #askSupport(spec: Spec): void {
    const support = [...(focused(this.lab)?.frame.support ?? [])];
    const key = support.join();
    if (key === this.#support) return;
    this.#support = key;
    this.#ask().ask(
      "support",
      spec,
      (answer) => {
        this.coefficient = answer;
      },
      support,
    );
  }

  #ask(): Theorist {
    this.#theorist ??= new Theorist(this.lab.module);
    return this.#theorist;
  }
}

customElements.define("diagnosis-part", DiagnosisPart);
