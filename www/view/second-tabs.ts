import { html, nothing } from "lit";
import { whenDrawn } from "../figures/draw-queue.ts";
import { say } from "../messages/say.ts";
import type { PartName } from "../spec/parts.ts";
import { Part } from "./part.ts";

/** A panel's id, its short name, and the part of the page that it is in. */
type Panel = readonly [id: string, name: string, part: PartName];

/** The panels that a phone shows one at a time. */
function recoveryPanels(): readonly Panel[] {
  const { trace, looksAt, support, measured, matrix } = say.panels;
  return [
    ["convergence", trace, "traces"],
    ["looks-at", looksAt, "panels"],
    ["support", support, "panels"],
    ["measured", measured, "measured"],
    ["matrix", matrix, "matrix"],
  ];
}

/** Where there are miniatures at all; asking for a size instead would lay the page out before its time. */
const NARROW = 700;
const PHONE = matchMedia(`(max-width: ${NARROW}px)`);

/** On a phone: live miniatures that choose the second figure. Elsewhere all panels are on the page. */
export class SecondTabs extends Part {
  static override properties = {
    ...Part.properties,
    hide: { attribute: false },
    chosen: { state: true },
  };
  /** Parts that the page leaves out. */
  declare hide: ReadonlySet<PartName>;
  declare chosen: string;

  constructor() {
    super();
    this.hide = new Set();
    this.chosen = "convergence";
  }

  override render() {
    const panels = this.#panels();
    if (panels.length < 2) return nothing;
    const present = this.#present();
    return html`<div class="second-tabs" role="group" aria-label=${say.panels.second}>
      ${panels.map(
        ([
          id,
          name,
        ]) => html`<button aria-pressed=${id === present ? "true" : "false"} @click=${() => this.#choose(id)}>
          <canvas width="112" height="64" data-of=${id} aria-hidden="true"></canvas>${name}</button>`,
      )}
    </div>`;
  }

  protected override updated(): void {
    const page = this.closest<HTMLElement>(".lab");
    if (page) page.dataset.second = this.#present();
    // An embedded lab is narrow by its own width, not by the window's.
    if (page?.classList.contains("embedded") ? page.clientWidth > NARROW : !PHONE.matches) return;
    // After the panels have drawn themselves.
    requestAnimationFrame(() =>
      whenDrawn(() => {
        for (const canvas of this.querySelectorAll("canvas")) copy(canvas);
      }),
    );
  }

  /** The panel that is shown: the chosen one, unless it is left out. */
  #present(): string {
    const panels = this.#panels();
    return (panels.find(([id]) => id === this.chosen) ?? panels[0])?.[0] ?? this.chosen;
  }

  #choose(id: string): void {
    this.chosen = id;
    this.lab.second = id;
    this.lab.announce();
  }

  /** A problem with a page says which of its panels stand beside the traces. */
  #panels(): readonly Panel[] {
    return this.#all().filter(([, , part]) => !this.hide.has(part));
  }

  #all(): readonly Panel[] {
    const { page, recording } = this.lab;
    if (!page) return recoveryPanels();
    const panels = recording?.methods[0]?.frames[0]?.panels ?? [];
    const others = panels.filter(({ id }) => id !== page.picture[0]);
    const beside = others.map(({ id, title }): Panel => [id, title, "beside"]);
    return [["convergence", say.panels.trace, "traces"], ...beside];
  }
}

/** Copies a panel's data layer, small. */
function copy(canvas: HTMLCanvasElement): void {
  const root = canvas.getRootNode() as Document | ShadowRoot;
  const source = root.querySelector<HTMLCanvasElement>(
    `[data-panel="${canvas.dataset.of}"] canvas.data`,
  );
  const context = canvas.getContext("2d");
  if (!source || !context || source.width === 0) return;
  context.clearRect(0, 0, canvas.width, canvas.height);
  context.drawImage(source, 0, 0, canvas.width, canvas.height);
}

customElements.define("second-tabs", SecondTabs);
