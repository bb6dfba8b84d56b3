import { html } from "lit";
import type { FigureView } from "../figures/figure-view.ts";
import { say } from "../messages/say.ts";
import { chooseFile } from "../view/choose-file.ts";
import { densityChoice } from "../view/density-choice.ts";
import { download } from "../view/download.ts";
import { axisLabel, plainOf } from "./axes.ts";
import { csvOf, npzOf } from "./exports.ts";
import { mapTitle, scaleEnds } from "./map-figure.ts";
import { MapSheet } from "./map-sheet.ts";
import type { Result } from "./protocol.ts";
import { StudyPart } from "./study-part.ts";

/** Copy a link, take the diagram and its numbers away, open a result. */
export class SweepShare extends StudyPart {
  static override properties = {
    ...StudyPart.properties,
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
      if (event.key !== "Escape" || !this.open) return;
      event.stopPropagation();
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
      ${item(say.share.copyLink, say.share.sweepLinkLine, () => void this.#copy())}
      ${item(say.share.saveSweep, say.share.saveSweepLine, () => this.#save("sweep.json", JSON.stringify(this.study.sweep, null, 1), "application/json"))}
      ${item(say.share.result, say.share.resultLine, () => void this.#saveResult("result.json", "application/json", (result) => JSON.stringify(result, null, 1)))}
      ${item(say.share.openResult, say.share.openResultLine, () => this.#choose())}
      ${item(say.share.mapPng, say.share.pngLine(this.dpi), () => void this.#png())}
      ${densityChoice(this.dpi, (dpi) => {
        this.dpi = dpi;
      })}
      ${item(say.share.mapSvg, say.share.svgLine, () => this.#svg())}
      ${item(say.share.cells, say.share.cellsLine, () => void this.#saveResult("cells.csv", "text/csv", csvOf))}
      ${item(say.share.npz, say.share.sweepNpzLine, () => void this.#saveResult("sweep.npz", "application/zip", npzOf))}
      ${this.said ? html`<li class="said">${this.said}</li>` : ""}
    </ul>`;
  }

  async #saveResult(
    name: string,
    type: string,
    write: (result: Result) => string | Uint8Array<ArrayBuffer>,
  ): Promise<void> {
    const result = await this.study.result();
    if (result) this.#save(name, write(result), type);
  }

  #save(name: string, data: string | Uint8Array<ArrayBuffer>, type: string): void {
    download(name, data, type);
    this.said = say.share.saved(name);
  }

  async #copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(location.href);
      this.said = say.share.sweepLinkCopied(location.hash.length);
    } catch {
      this.said = say.share.notAllowed;
    }
  }

  #choose(): void {
    chooseFile(this, ".json");
  }

  get #figure(): FigureView | null {
    return document.querySelector<FigureView>("map-part figure-view");
  }

  /** What the page says around the map, to go with it. */
  #sheet(figure: FigureView): MapSheet | undefined {
    const { study } = this;
    const { catalogue, sweep } = study;
    if (!figure.frame) return undefined;
    const style = getComputedStyle(figure);
    const colour = (token: string) => style.getPropertyValue(`--${token}`).trim();
    const scheme = study.minus === undefined ? "seq" : "div";
    const words = {
      title: mapTitle(study),
      across: plainOf(axisLabel(catalogue, sweep, sweep.x)),
      up: plainOf(axisLabel(catalogue, sweep, sweep.y)),
      ends: scaleEnds(study),
    };
    const scale = Array.from({ length: 9 }, (_, i) => colour(`${scheme}-${i}`));
    return new MapSheet(words, { scale, ink: colour("ink"), paper: colour("paper") }, figure.frame);
  }

  async #png(): Promise<void> {
    const figure = this.#figure;
    const { pngOf } = await import("../view/png.ts");
    const sheet = figure && this.#sheet(figure);
    const picture = (ratio: number) => {
      const bare = figure?.picture(ratio);
      return bare && sheet ? sheet.paint(bare, ratio) : bare;
    };
    const bytes = figure && (await pngOf([{ picture }], this.dpi));
    if (bytes) this.#save("map.png", bytes, "image/png");
  }

  #svg(): void {
    const figure = this.#figure;
    const sheet = figure && this.#sheet(figure);
    const drawing = figure?.svg();
    if (sheet && drawing) this.#save("map.svg", sheet.svg(drawing), "image/svg+xml");
  }
}

customElements.define("sweep-share", SweepShare);
