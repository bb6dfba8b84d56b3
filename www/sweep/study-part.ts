import { LitElement } from "lit";
import type { Study } from "./study.ts";

/** A part of the page of phase diagrams: it draws again when the study changes. */
export class StudyPart extends LitElement {
  static override properties: Record<string, object> = { study: { attribute: false } };

  declare study: Study;
  #heard: Study | undefined;
  readonly #listener = () => this.requestUpdate();

  override createRenderRoot(): this {
    return this;
  }

  override willUpdate(): void {
    if (this.#heard === this.study) return;
    this.#heard?.removeEventListener("change", this.#listener);
    this.study?.addEventListener("change", this.#listener);
    this.#heard = this.study;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#heard?.removeEventListener("change", this.#listener);
    this.#heard = undefined;
  }
}
