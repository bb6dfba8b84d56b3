import { html } from "lit";
import { readingsOf } from "../spec/files.ts";
import "./claim-run.ts";
import "./compare-part.ts";
import "./file-note.ts";
import type { FileNote } from "./file-note.ts";
import "./here-part.ts";
import "./matrix-part.ts";
import "./measured-part.ts";
import "./notes-part.ts";
import "./panels-part.ts";
import { Part } from "./part.ts";
import "./path-part.ts";
import "./problem-panels.ts";
import "./quantities-part.ts";
import "./second-tabs.ts";
import "./signal-part.ts";
import "./sound-part.ts";
import "./spec-sentence.ts";
import "./timeline-part.ts";
import "./traces-part.ts";
import "./verdict-part.ts";

/** One exhibit: a sentence in, a picture, a sentence out. */
export class LabPage extends Part {
  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener("keydown", this.#key);
    this.addEventListener("dragover", (event) => event.preventDefault());
    this.addEventListener("drop", this.#drop);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener("keydown", this.#key);
  }

  override render() {
    const { lab } = this;
    const many = (lab.recording?.methods.length ?? lab.spec.methods.length) > 1;
    return html`<main id="main" class="lab ${lab.stale ? "is-stale" : ""} ${many ? "many" : ""}">
      <header class="top">
        <div><h1>${lab.exhibit.title}</h1><spec-sentence .lab=${lab}></spec-sentence><file-note .lab=${lab}></file-note></div>
        ${lab.page ? "" : html`<here-part .lab=${lab}></here-part>`}
      </header>
      ${lab.page ? this.#anyProblem(many) : this.#recovery(many)}
      <notes-part .lab=${lab}></notes-part>
    </main>`;
  }

  /** Panels by their kind, where the problem says. */
  #anyProblem(many: boolean) {
    const { lab } = this;
    return html`<div class="columns">
        <div class="left">
          <problem-panels .lab=${lab} .place=${"picture"}></problem-panels>
          <sound-part .lab=${lab}></sound-part>
          <verdict-part .lab=${lab}></verdict-part>
        </div>
        <div class="right">
          <traces-part .lab=${lab}></traces-part>
          ${many ? html`<quantities-part .lab=${lab}></quantities-part>` : ""}
          <problem-panels .lab=${lab} .place=${"beside"}></problem-panels>
        </div>
      </div>
      <div class="foot"><second-tabs .lab=${lab}></second-tabs><timeline-part .lab=${lab}></timeline-part></div>
      <problem-panels .lab=${lab} .place=${"below"}></problem-panels>`;
  }

  /** The ground lab's page: a signal to draw, its measurements and the matrix. */
  #recovery(many: boolean) {
    const { lab } = this;
    return html`<div class="columns">
        <div class="left">
          <signal-part .lab=${lab}></signal-part>
          ${many ? "" : html`<verdict-part .lab=${lab}></verdict-part><panels-part .lab=${lab}></panels-part><path-part .lab=${lab}></path-part>`}
        </div>
        <div class="right">
          <traces-part .lab=${lab}></traces-part>
          ${many ? html`<compare-part .lab=${lab}></compare-part><verdict-part .lab=${lab}></verdict-part>` : ""}
          ${many ? "" : html`<measured-part .lab=${lab}></measured-part><matrix-part .lab=${lab}></matrix-part>`}
        </div>
      </div>
      <div class="foot"><second-tabs .lab=${lab}></second-tabs><timeline-part .lab=${lab}></timeline-part></div>
      ${
        many
          ? html`<div class="columns"><div class="left"><panels-part .lab=${lab}></panels-part><path-part .lab=${lab}></path-part></div>
        <div class="right"><measured-part .lab=${lab}></measured-part><matrix-part .lab=${lab}></matrix-part></div></div>`
          : ""
      }`;
  }

  /** Keys that work from anywhere, unless something with keys of its own has the focus. */
  readonly #key = (event: KeyboardEvent): void => {
    const target = event.target as HTMLElement;
    if (target.closest("input, select, textarea, [role=listbox] input")) return;
    const { lab } = this;
    const command = event.ctrlKey || event.metaKey;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (command && key === "z") event.shiftKey ? lab.redo() : lab.undo();
    else if (command && key === "y") lab.redo();
    else if (command || event.altKey) return;
    else if (key === " " && !target.closest("button, a, summary")) lab.player.toggle();
    else if (key === "j")
      event.shiftKey ? lab.player.seekEvent(-1) : lab.player.seek(lab.playhead - 1);
    else if (key === "l" && lab.hover && !event.shiftKey && lab.hover.axis !== "step") {
      lab.locked = !lab.locked;
      lab.announce();
    } else if (key === "l")
      event.shiftKey ? lab.player.seekEvent(1) : lab.player.seek(lab.playhead + 1);
    else if (key === "Home") lab.player.seek(0);
    else if (key === "End") lab.player.seek(lab.player.last);
    else if (key === "<" || key === ">") lab.player.changeSpeed(key === ">" ? 1 : -1);
    else return;
    event.preventDefault();
  };

  readonly #drop = (event: DragEvent): void => {
    event.preventDefault();
    const file = event.dataTransfer?.files[0];
    if (file) void this.open(file);
  };

  /** Opens a Spec or numbers. What cannot be used is explained and nothing is lost. */
  async open(file: File): Promise<void> {
    try {
      const { spec, catalogue, recording } = this.lab;
      const readings = await readingsOf(file, spec, catalogue, recording?.description.facts);
      this.querySelector<FileNote>("file-note")?.take(file.name, readings);
    } catch (error) {
      this.lab.complaint = {
        field: "",
        message: `${(error as Error).message} Nothing was loaded.`,
      };
      this.lab.announce();
    }
  }
}

customElements.define("lab-page", LabPage);
