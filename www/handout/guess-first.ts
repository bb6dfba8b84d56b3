import { html, nothing } from "lit";
import type { AskForm } from "../lesson/ask-form.ts";
import "../lesson/ask-form.ts";
import { pointedIndex } from "../lesson/pointed.ts";
import { Listener } from "../view/part.ts";
import { Guessing } from "./guessing.ts";

/** The question of a link, above the picture that it is about. */
export class GuessFirst extends Listener {
  #guessing: Guessing | undefined;
  #page: Element | null = null;

  override createRenderRoot(): this {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#page = this.closest(".lab");
    this.#page?.addEventListener("click", this.#click);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#page?.removeEventListener("click", this.#click);
  }

  override render() {
    const { lab } = this;
    const guess = lab.handout?.guess;
    if (!guess) return nothing;
    if (this.#guessing?.lab !== lab) this.#guessing = new Guessing(lab, guess);
    this.#guessing.hear();
    return html`<div class="guess-first"><ask-form .course=${this.#guessing} .answered=${1}></ask-form></div>`;
  }

  protected override updated(): void {
    this.querySelector<AskForm>("ask-form")?.requestUpdate();
  }

  readonly #click = (event: Event): void => {
    const { lab } = this;
    if (!lab.asking || lab.handout?.guess !== "index" || !this.#page) return;
    const index = pointedIndex(this.#page, event as MouseEvent, lab);
    if (index !== undefined) this.querySelector<AskForm>("ask-form")?.point(index);
  };
}

customElements.define("guess-first", GuessFirst);
