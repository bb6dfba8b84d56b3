import { LitElement } from "lit";
import { draw } from "../figures/draw-queue.ts";
import type { Lab } from "../lab.ts";

/** An element that draws again when the lab changes. */
export class Listener extends LitElement {
  static override properties: Record<string, object> = { lab: { attribute: false } };

  declare lab: Lab;
  #heard: Lab | undefined;
  readonly #listener = () => this.requestUpdate();

  override willUpdate(): void {
    if (this.#heard === this.lab) return;
    this.#heard?.removeEventListener("change", this.#listener);
    this.lab?.addEventListener("change", this.#listener);
    this.#heard = this.lab;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#heard?.removeEventListener("change", this.#listener);
    this.#heard = undefined;
  }
}

/** A part of the lab page. Parts share the page's style sheet, and with the figures the time that a frame has. */
export class Part extends Listener {
  override scheduleUpdate(): Promise<void> {
    return new Promise((resolve) => {
      draw(() => {
        super.scheduleUpdate();
        resolve();
      });
    });
  }

  override createRenderRoot(): this {
    return this;
  }
}
