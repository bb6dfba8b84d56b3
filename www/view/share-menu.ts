import { zipSync } from "fflate";
import { html } from "lit";
import { npy } from "../../target/web/front/pursuit.js";
import type { FigureView } from "../figures/figure-view.ts";
import { elementCode, frameCode } from "../words/embed-code.ts";
import { count } from "../words/numbers.ts";
import { download } from "./download.ts";
import { hashOf, pageAddress } from "./embed-foot.ts";
import { Part } from "./part.ts";
import { given } from "./seen.ts";

/** A page opened from disk is nowhere for others. */
const FROM_A_HOST = import.meta.env.MODE !== "single";
/** Space around the parts of a frame, in px. */
const FRAME_ROOM = 90;

/** Copy a link, save or open a Spec, take figures and numbers away. */
export class ShareMenu extends Part {
  static override properties = { ...Part.properties, open: { state: true }, said: { state: true } };
  declare open: boolean;
  declare said: string;

  constructor() {
    super();
    this.open = false;
    this.said = "";
  }

  override render() {
    return html`<div class="share" @focusout=${(event: FocusEvent) => {
      if (!this.contains(event.relatedTarget as Node | null)) this.open = false;
    }} @keydown=${(event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      this.open = false;
      this.querySelector<HTMLElement>(".share > button")?.focus();
    }}>
      <button class="outlined" aria-expanded=${this.open ? "true" : "false"} @click=${() => {
        this.open = !this.open;
        this.said = "";
      }}>Share</button>
      ${this.open ? this.#menu() : ""}
      <span class="hidden" role="status">${this.said}</span>
    </div>`;
  }

  #menu() {
    const item = (text: string, line: string, act: () => void) =>
      html`<li><button @click=${act}><b>${text}</b><span>${line}</span></button></li>`;
    return html`<ul class="menu right">
      ${item("Copy link", "The address is the whole Spec, drawing and all", () => this.#copy())}
      ${FROM_A_HOST ? item("Embed as an element", "One line of HTML for your own page", () => this.#embed()) : ""}
      ${FROM_A_HOST ? item("Embed as a frame", "For pages that take no scripts", () => this.#frame()) : ""}
      ${item("Save Spec", "JSON, for a file or the command line", () => this.#save("spec.json", JSON.stringify(this.lab.spec, null, 1), "application/json"))}
      ${item("Open Spec or data", "A JSON Spec, or numbers as CSV or npy", () => this.#openFile())}
      ${item("Figure as PNG", "The signal as it stands, at screen resolution", () => this.#png())}
      ${item("Figure as SVG", "The same drawing in lines", () => this.#svg())}
      ${item("Numbers as CSV", "Truth and estimates, one row an index", () => this.#save("signal.csv", this.#csv(), "text/csv"))}
      ${item("Arrays as NPZ", "y, x, estimates and traces, for NumPy", () => this.#npz())}
      ${this.said ? html`<li class="said">${this.said}</li>` : ""}
    </ul>`;
  }

  #copy(): Promise<void> {
    const { lab } = this;
    const link = `${pageAddress()}${hashOf(lab)}`;
    const holds = lab.pristine ? "this exhibit" : "your settings";
    return this.#take(
      link,
      `Link copied. It holds ${holds}, ${count(link.length, "character", "characters")}.`,
    );
  }

  #embed(): Promise<void> {
    const code = elementCode(pageAddress(), hashOf(this.lab));
    return this.#take(code, "Copied: one line of HTML, a script and an element.");
  }

  #frame(): Promise<void> {
    const { lab } = this;
    // The frame leaves the notes out.
    const heights = [...document.querySelectorAll("main > :not(notes-part)")].map(
      (part) => part.getBoundingClientRect().height,
    );
    const height = heights.reduce((sum, each) => sum + each, FRAME_ROOM);
    const code = frameCode(pageAddress(), hashOf(lab), `${lab.exhibit.title}, Pursuit`, height);
    return this.#take(code, "Copied: one line of HTML, a frame.");
  }

  /** Puts text on the clipboard, and says so. */
  async #take(text: string, said: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      this.said = said;
    } catch {
      // Without leave to write the clipboard it can still be taken by hand.
      window.prompt("Copy this", text);
    }
  }

  #save(name: string, content: string | Uint8Array<ArrayBuffer>, type: string): void {
    const file = `pursuit-${this.lab.exhibit.id}-${name}`;
    download(file, content, type);
    this.said = `Saved ${file}.`;
  }

  #openFile(): void {
    const input = document.createElement("input");
    input.type = "file";
    input.accept = ".json,.csv,.txt,.npy";
    input.onchange = () => {
      const file = input.files?.[0];
      if (file) this.dispatchEvent(new CustomEvent("open-file", { detail: file, bubbles: true }));
    };
    input.click();
  }

  get #figures(): FigureView[] {
    return [...document.querySelectorAll<FigureView>("signal-part figure-view")];
  }

  #png(): void {
    const sheets = this.#figures.flatMap((view) => view.picture() ?? []);
    const sheet = document.createElement("canvas");
    sheet.width = Math.max(1, ...sheets.map(({ width }) => width));
    sheet.height = sheets.reduce((sum, { height }) => sum + height, 0);
    let top = 0;
    for (const part of sheets) {
      sheet.getContext("2d")?.drawImage(part, 0, top);
      top += part.height;
    }
    sheet.toBlob(async (blob) => {
      if (blob) this.#save("signal.png", new Uint8Array(await blob.arrayBuffer()), "image/png");
    });
  }

  #svg(): void {
    const drawing = this.#figures[0]?.svg();
    if (drawing) this.#save("signal.svg", drawing, "image/svg+xml");
  }

  #csv(): string {
    const { lab } = this;
    const truth = given(lab, "truth")?.values;
    const columns = (lab.recording?.methods ?? []).map((method, i) => ({
      name: lab.spec.methods[i]?.id ?? "",
      values: method.at(lab.playhead)?.estimate ?? new Float64Array(0),
    }));
    const head = ["index", ...(truth ? ["truth"] : []), ...columns.map(({ name }) => name)].join(
      ",",
    );
    const n = columns[0]?.values.length ?? 0;
    const rows = Array.from({ length: n }, (_, i) =>
      [i, ...(truth ? [truth[i]] : []), ...columns.map(({ values }) => values[i])].join(","),
    );
    return `${[head, ...rows].join("\n")}\n`;
  }

  #npz(): void {
    const { lab } = this;
    const files: Record<string, Uint8Array> = {};
    const put = (name: string, values: ArrayLike<number> | undefined) => {
      if (values) files[`${name}.npy`] = npy(Float64Array.from(values));
    };
    put("x", given(lab, "truth")?.values);
    put("y", given(lab, "measurements")?.values);
    const used = new Map<string, number>();
    for (const [i, method] of (lab.recording?.methods ?? []).entries()) {
      const id = (lab.spec.methods[i]?.id ?? "").replaceAll("-", "_");
      const times = (used.get(id) ?? 0) + 1;
      used.set(id, times);
      const name = times > 1 ? `${id}_${times}` : id;
      put(`estimate_${name}`, method.at(method.last)?.estimate);
      for (const [trace, values] of Object.entries(method.traces))
        put(`trace_${name}_${trace}`, values);
    }
    this.#save("arrays.npz", zipSync(files) as Uint8Array<ArrayBuffer>, "application/zip");
  }
}

customElements.define("share-menu", ShareMenu);
