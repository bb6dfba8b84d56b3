import { html, nothing } from "lit";
import { say } from "../messages/say.ts";
import type { Reading, Role } from "../spec/files.ts";
import type { Spec } from "../spec/spec.ts";
import { icon } from "./icons.ts";
import { Part } from "./part.ts";

/** A file that was opened, and which of its readings is shown. */
interface Opened {
  name: string;
  readings: Reading[];
  chosen: number;
  /** The Spec that the reading made. Once another is shown, what is said here is no longer so. */
  spec: Spec;
  group: string;
}

let serial = 0;

/** What a dropped file was read as, and its other readings: each is one click, and all are one undo. */
export class FileNote extends Part {
  static override properties = { ...Part.properties, opened: { state: true } };
  declare opened: Opened | undefined;

  /** Shows the first reading of a file. */
  take(name: string, readings: Reading[]): void {
    serial += 1;
    this.opened = { name, readings, chosen: 0, spec: this.lab.spec, group: `file ${serial}` };
    this.#read(0);
  }

  #read(chosen: number): void {
    const { opened, lab } = this;
    const reading = opened?.readings[chosen];
    if (!opened || !reading) return;
    // A Spec brings its own numbers: they are not those of the files before.
    if (reading.role === "spec") lab.fileNames = {};
    else lab.fileNames[reading.role] = opened.name;
    if (!lab.edit(reading.spec, opened.group)) return;
    this.opened = { ...opened, chosen, spec: lab.spec };
  }

  override render() {
    const { opened, lab } = this;
    const reading = opened?.readings[opened.chosen];
    const shown = opened && reading && opened.spec === lab.spec;
    return html`<div role="status">${
      shown && reading.role !== "spec"
        ? html`<p class="file-note"><span><b>${opened.name}</b>${say.files.isReadAs(reading.says)}${this.#others(opened)}</span>
        <button class="plain" aria-label=${say.files.closeNote} @click=${() => {
          this.opened = undefined;
        }}>${icon("close")}</button></p>`
        : nothing
    }</div>`;
  }

  #others(opened: Opened) {
    return opened.readings.map((reading, i) =>
      i === opened.chosen
        ? nothing
        : html` <button class="link" @click=${() => this.#read(i)}>${say.files.readAs(say.files.roles[reading.role as Role])}</button>`,
    );
  }
}

customElements.define("file-note", FileNote);
