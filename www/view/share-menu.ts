import { html } from "lit";
import type { FigureView } from "../figures/figure-view.ts";
import { say } from "../messages/say.ts";
import { addressOf } from "../spec/link.ts";
import { elementCode, frameCode } from "../words/embed-code.ts";
import { chooseFile } from "./choose-file.ts";
import { densityChoice } from "./density-choice.ts";
import { download } from "./download.ts";
import { pageAddress } from "./embed-foot.ts";
import { frameHeight } from "./frame-height.ts";
import { Part } from "./part.ts";
import { given } from "./seen.ts";

/** A page opened from disk is nowhere for others. */
const FROM_A_HOST = import.meta.env.MODE !== "single";

/** Copy a link, save or open a Spec, take figures and numbers away. */
export class ShareMenu extends Part {
  static override properties = {
    ...Part.properties,
    open: { state: true },
    said: { state: true },
    dpi: { state: true },
  };
  /** Density of a PNG, in dots per inch. */
  declare dpi: number;
  declare open: boolean;
  declare said: string;

  constructor() {
    super();
    this.open = false;
    this.said = "";
    this.dpi = 300;
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
      }}>${say.share.share}</button>
      ${this.open ? this.#menu() : ""}
      <span class="hidden" role="status">${this.said}</span>
    </div>`;
  }

  #menu() {
    const item = (text: string, line: string, act: () => void) =>
      html`<li><button @click=${act}><b>${text}</b><span>${line}</span></button></li>`;
    return html`<ul class="menu right">
      ${item(say.share.copyLink, say.share.copyLinkLine, () => this.#copy())}
      ${item(say.share.lecture, say.share.lectureLine, () => this.#lecture())}
      ${FROM_A_HOST ? item(say.share.handout, say.share.handoutLine, () => this.#handout()) : ""}
      ${FROM_A_HOST ? item(say.share.element, say.share.elementLine, () => this.#embed()) : ""}
      ${FROM_A_HOST ? item(say.share.frame, say.share.frameLine, () => this.#frame()) : ""}
      ${item(say.share.saveSpec, say.share.saveSpecLine, () => this.#save("spec.json", JSON.stringify(this.lab.spec, null, 1), "application/json"))}
      ${item(say.share.open, say.share.openLine, () => this.#openFile())}
      ${item(say.share.png, say.share.pngLine(this.dpi), () => void this.#png())}
      ${densityChoice(this.dpi, (dpi) => {
        this.dpi = dpi;
      })}
      ${item(say.share.svg, say.share.svgLine, () => this.#svg())}
      ${item(say.share.csv, say.share.csvLine, () => this.#save("signal.csv", this.#csv(), "text/csv"))}
      ${item(say.share.npz, say.share.npzLine, () => void this.#npz())}
      ${this.said ? html`<li class="said">${this.said}</li>` : ""}
    </ul>`;
  }

  #copy(): Promise<void> {
    const { lab } = this;
    const link = `${pageAddress()}${addressOf(lab.place)}`;
    return this.#take(link, say.share.linkCopied(lab.pristine, link.length));
  }

  #lecture(): void {
    this.open = false;
    this.dispatchEvent(new CustomEvent("begin-lecture", { bubbles: true }));
  }

  #handout(): void {
    this.open = false;
    this.dispatchEvent(new CustomEvent("make-handout", { bubbles: true }));
  }

  #embed(): Promise<void> {
    const code = elementCode(pageAddress(), addressOf(this.lab.place));
    return this.#take(code, say.share.elementCopied);
  }

  #frame(): Promise<void> {
    const { lab } = this;
    const code = frameCode(
      pageAddress(),
      addressOf(lab.place),
      `${lab.exhibit.title}, Pursuit`,
      frameHeight(),
    );
    return this.#take(code, say.share.frameCopied);
  }

  /** Puts text on the clipboard, and says so. */
  async #take(text: string, said: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      this.said = said;
    } catch {
      // Without leave to write the clipboard it can still be taken by hand.
      window.prompt(say.share.copyThis, text);
    }
  }

  #save(name: string, content: string | Uint8Array<ArrayBuffer>, type: string): void {
    const file = `pursuit-${this.lab.exhibit.id}-${name}`;
    download(file, content, type);
    this.said = say.share.saved(file);
  }

  #openFile(): void {
    chooseFile(this, ".json,.csv,.txt,.npy,.wav,image/*");
  }

  /** The picture: the signal, or what the problem has in its place. */
  get #figures(): FigureView[] {
    const signal = document.querySelectorAll<FigureView>("signal-part figure-view");
    return signal.length > 0
      ? [...signal]
      : [...document.querySelectorAll<FigureView>(".in-picture figure-view")];
  }

  async #png(): Promise<void> {
    const { pngOf } = await import("./png.ts");
    const bytes = await pngOf(this.#figures, this.dpi);
    if (bytes) this.#save("signal.png", bytes, "image/png");
  }

  #svg(): void {
    const drawing = stacked(this.#figures.flatMap((view) => view.svg() ?? []));
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

  async #npz(): Promise<void> {
    const { npzOf } = await import("./arrays.ts");
    this.#save("arrays.npz", npzOf(this.lab), "application/zip");
  }
}

/** Drawings one under the other in one. */
function stacked(drawings: string[]): string | undefined {
  if (drawings.length < 2) return drawings[0];
  const size = (drawing: string, side: "width" | "height") =>
    Number(new RegExp(`<svg[^>]* ${side}="([\\d.]+)"`).exec(drawing)?.[1] ?? 0);
  const width = Math.max(...drawings.map((drawing) => size(drawing, "width")));
  let top = 0;
  const placed = drawings.map((drawing) => {
    const moved = drawing.replace("<svg ", `<svg y="${top}" `);
    top += size(drawing, "height");
    return moved;
  });
  const open = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${top}" viewBox="0 0 ${width} ${top}">`;
  return `${open}\n${placed.join("\n")}\n</svg>\n`;
}

customElements.define("share-menu", ShareMenu);
