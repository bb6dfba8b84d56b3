import { html, LitElement, nothing, svg } from "lit";
import type { Miniature, Miniatures } from "../solve/miniatures.ts";
import { curvePath, stemsPath } from "./miniature-paths.ts";

/** Size in CSS pixels. */
const SIZE = { width: 64, height: 28 };

/** A run in the space of a word: how error and residual fell, or the estimate where the run is too short for a curve. */
export class MiniatureView extends LitElement {
  static override properties = {
    lab: { attribute: false },
    spec: { attribute: false },
    source: { attribute: false },
    drawn: { state: true },
  };
  /** The lab whose solvers the Spec takes. */
  declare lab: string;
  declare spec: string;
  declare source: Miniatures | undefined;
  declare drawn: Miniature | undefined;
  #asked = "";
  #near = false;
  #seen = new IntersectionObserver(
    (entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      this.#near = true;
      this.#ask();
    },
    { rootMargin: "200px" },
  );

  override createRenderRoot(): this {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#seen.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#seen.disconnect();
    this.#near = false;
  }

  override updated(): void {
    if (this.#near) this.#ask();
  }

  /** Asks once it is near the window; elements are used again for another exhibit when the list is filtered. */
  #ask(): void {
    const { lab, spec, source } = this;
    if (!source || this.#asked === spec) return;
    this.#asked = spec;
    this.drawn = undefined;
    source.ask(lab, spec, (miniature) => {
      if (this.#asked === spec) this.drawn = miniature;
    });
  }

  override render() {
    const { width, height } = SIZE;
    return html`<svg viewBox="0 0 ${width} ${height}" width=${width} height=${height} aria-hidden="true">${this.drawn ? marks(this.drawn) : nothing}</svg>`;
  }
}

function marks({ error, residual, estimate }: Miniature) {
  const curves = [error, residual].filter((values) => values.length > 3);
  if (curves.length === 0)
    return svg`<path d="M0 ${SIZE.height / 2}H${SIZE.width}" stroke="var(--axis)"></path>
      <path d=${stemsPath(estimate, SIZE)} stroke="var(--estimate)" stroke-width="1.4" fill="none"></path>`;
  return svg`<path d=${curvePath(residual, curves, SIZE)} fill="none" stroke="var(--residual)" stroke-width="1.5"></path>
    <path d=${curvePath(error, curves, SIZE)} fill="none" stroke="var(--estimate)" stroke-width="1.5" stroke-dasharray="4 2.5"></path>`;
}

customElements.define("miniature-view", MiniatureView);
