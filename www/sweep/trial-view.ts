import { html, LitElement, nothing } from "lit";
import { type Figure, series } from "../figures/figure.ts";
import "../figures/figure-view.ts";
import { extent, roomy } from "../figures/ranges.ts";
import type { Recording } from "../solve/recording.ts";
import { Solver } from "../solve/solver.ts";
import type { Complaint, Spec } from "../spec/spec.ts";

/** One trial solved again, as the lab would: truth and estimate. */
export class TrialView extends LitElement {
  static override properties = {
    module: { attribute: false },
    spec: { attribute: false },
    colour: { attribute: false },
    label: { attribute: false },
    recording: { state: true },
    complaint: { state: true },
  };
  declare module: WebAssembly.Module;
  /** The trial's Spec with the one method that is looked at. */
  declare spec: Spec;
  declare colour: string;
  declare label: string;
  declare recording: Recording | undefined;
  declare complaint: Complaint | undefined;
  #solver: Solver | undefined;
  #asked = "";

  override createRenderRoot(): this {
    return this;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#solver?.close();
    this.#solver = undefined;
    this.#asked = "";
  }

  protected override willUpdate(): void {
    const wanted = JSON.stringify(this.spec);
    if (wanted === this.#asked) return;
    this.#asked = wanted;
    this.complaint = undefined;
    this.#solver ??= new Solver(this.module, {
      onRecording: (recording) => {
        if (!recording.done) return;
        this.recording = recording;
        this.dispatchEvent(new CustomEvent("solved", { detail: recording, bubbles: true }));
        this.requestUpdate();
      },
      onComplaint: (complaint) => {
        this.complaint = complaint;
      },
      onStale: () => {},
    });
    this.#solver.solve(this.spec);
  }

  override render() {
    if (this.complaint) return html`<p class="note">${this.complaint.message}</p>`;
    const figure = this.#figure();
    if (!figure) return html`<div class="waiting" style="height:96px"></div>`;
    return html`<figure-view .figure=${figure.figure} .layout=${figure.layout} .label=${this.label}></figure-view>`;
  }

  #figure() {
    const { recording } = this;
    const method = recording?.methods[0];
    const frame = method?.at(method.last);
    if (!recording || !frame?.estimate) return undefined;
    const truth = recording.description.panels.find(({ id }) => id === "truth")?.values;
    const [from, to] = roomy(extent(truth, frame.estimate), 0.14);
    const figure: Figure = {
      kind: "stems",
      estimate: series(frame.estimate),
      threshold: recording.description.facts.active_threshold ?? 0,
      ended: true,
      colour: this.colour,
      ...(truth ? { truth: series(truth) } : {}),
    };
    const last = frame.estimate.length - 1;
    const layout = {
      ...{ height: 96, left: 8, right: 8, top: 6, bottom: 6 },
      x: { from: 0, to: Math.max(1, last), kind: "index" as const },
      y: { from, to },
    };
    return { figure, layout };
  }

  /** The sizes of the trial in the problem's letters, once it is solved. */
  get size(): string | typeof nothing {
    return this.recording?.description.facts.size ?? nothing;
  }
}

customElements.define("trial-view", TrialView);
