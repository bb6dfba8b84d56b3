import { html } from "lit";
import { whenDrawn } from "../figures/draw-queue.ts";
import { Part } from "./part.ts";

/** The panels that a phone shows one at a time, by id. */
const PANELS = [
  ["convergence", "Trace"],
  ["looks-at", "Looks at"],
  ["support", "Support"],
  ["measured", "Measured"],
  ["matrix", "Matrix"],
] as const;

/** Where there are miniatures at all; asking for a size instead would lay the page out before its time. */
const PHONE = matchMedia("(max-width: 700px)");

/** On a phone: live miniatures that choose the second figure. Elsewhere all panels are on the page. */
export class SecondTabs extends Part {
  static override properties = { ...Part.properties, chosen: { state: true } };
  declare chosen: string;

  constructor() {
    super();
    this.chosen = "convergence";
  }

  override render() {
    return html`<div class="second-tabs" role="group" aria-label="Second figure">
      ${this.#panels().map(
        ([
          id,
          name,
        ]) => html`<button aria-pressed=${id === this.chosen ? "true" : "false"} @click=${() => this.#choose(id)}>
          <canvas width="112" height="64" data-of=${id} aria-hidden="true"></canvas>${name}</button>`,
      )}
    </div>`;
  }

  protected override updated(): void {
    const main = this.closest("main");
    if (main) main.dataset.second = this.chosen;
    if (!PHONE.matches) return;
    // After the panels have drawn themselves.
    requestAnimationFrame(() =>
      whenDrawn(() => {
        for (const canvas of this.querySelectorAll("canvas")) copy(canvas);
      }),
    );
  }

  #choose(id: string): void {
    this.chosen = id;
    this.lab.second = id;
    this.lab.announce();
  }

  /** A problem with a page says which of its panels stand beside the traces. */
  #panels(): readonly (readonly [string, string])[] {
    const { page, recording } = this.lab;
    if (!page) return PANELS;
    const panels = recording?.methods[0]?.frames[0]?.panels ?? [];
    const others = panels.filter(({ id }) => id !== page.picture[0]);
    return [["convergence", "Trace"], ...others.map(({ id, title }) => [id, title] as const)];
  }
}

/** Copies a panel's data layer, small. */
function copy(canvas: HTMLCanvasElement): void {
  const source = document.querySelector<HTMLCanvasElement>(
    `[data-panel="${canvas.dataset.of}"] canvas.data`,
  );
  const context = canvas.getContext("2d");
  if (!source || !context || source.width === 0) return;
  context.clearRect(0, 0, canvas.width, canvas.height);
  context.drawImage(source, 0, 0, canvas.width, canvas.height);
}

customElements.define("second-tabs", SecondTabs);
