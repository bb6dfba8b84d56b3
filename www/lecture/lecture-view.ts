import { html, LitElement, nothing } from "lit";
import { magnify } from "../figures/figure-view.ts";
import type { Lab } from "../lab.ts";
import type { Course } from "../lesson/course.ts";
import { sayLecture } from "../messages/lecture.ts";
import "../styles/lecture.css";
import "../view/lab-page.ts";
import { fillScreen } from "./full-screen.ts";
import { actOf } from "./keys.ts";
import { LEAST, magnification } from "./magnification.ts";
import { type LecturePanel, panelsOf, without } from "./panels.ts";

/** Elements to which arrows, digits and letters belong; where one types, a clicker's keys, too. */
const VALUES = "[role=spinbutton], [role=slider]";
const TYPED = "input, textarea, select, [role=listbox]";
const CLICKER = ["PageDown", "PageUp"];

/**
 * A lab or a lesson for a hall: large, one panel at a time with the sentence and the verdict, turned by a clicker. Fires
 * `turn-panel` with a panel's name, `turn-step` with 1 or -1 where a lesson goes on, and `end-lecture`.
 */
export class LectureView extends LitElement {
  static override properties = {
    lab: { attribute: false },
    course: { attribute: false },
    panel: { attribute: false },
    scale: { state: true },
    black: { state: true },
    keys: { state: true },
  };
  declare lab: Lab;
  /** The lesson that the lab belongs to. */
  declare course: Course | undefined;
  /** The name of the panel that is shown; the first where there is no such. */
  declare panel: string;
  declare scale: number;
  declare black: boolean;
  /** Whether the list of keys is shown. */
  declare keys: boolean;
  #heard: EventTarget | undefined;
  #full = false;

  constructor() {
    super();
    this.scale = LEAST;
    this.black = false;
    this.keys = false;
  }

  override createRenderRoot(): this {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.documentElement.dataset.lecture = "";
    this.#full = document.fullscreenElement !== null;
    // Before the lesson and the lab, which have some of the keys for something else.
    window.addEventListener("keydown", this.#key, { capture: true });
    window.addEventListener("resize", this.#fit);
    window.addEventListener("pointerup", this.#released);
    document.addEventListener("fullscreenchange", this.#filled);
    this.#fit();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    delete document.documentElement.dataset.lecture;
    window.removeEventListener("keydown", this.#key, { capture: true });
    window.removeEventListener("resize", this.#fit);
    window.removeEventListener("pointerup", this.#released);
    document.removeEventListener("fullscreenchange", this.#filled);
    this.#listen(undefined);
    magnify(1);
    if (document.fullscreenElement) void document.exitFullscreen();
  }

  protected override willUpdate(): void {
    this.#listen(this.course ?? this.lab);
  }

  /** A lesson tells of its lab's changes, too. */
  #listen(heard: EventTarget | undefined): void {
    if (this.#heard === heard) return;
    this.#heard?.removeEventListener("change", this.#changed);
    heard?.addEventListener("change", this.#changed);
    this.#heard = heard;
  }

  readonly #changed = (): void => {
    this.requestUpdate();
    for (const part of this.querySelectorAll<LitElement>("lesson-step, ask-form"))
      part.requestUpdate();
  };

  get #panels(): LecturePanel[] {
    return panelsOf(this.lab, this.course !== undefined);
  }

  /** The place of the panel that is shown. */
  get #at(): number {
    return Math.max(
      0,
      this.#panels.findIndex(({ name }) => name === this.panel),
    );
  }

  override render() {
    const { lab, course, scale } = this;
    const panels = this.#panels;
    const panel = panels[this.#at];
    if (!panel) return nothing;
    const stage =
      panel.part === undefined
        ? html`<main id="main" class="lesson lecture-text"><lesson-step .course=${course}></lesson-step></main>`
        : html`<lab-page .lab=${lab} .hide=${without(panel)}></lab-page>${course && lab.asking ? asked() : nothing}`;
    const only = panel.only && `.stage [data-panel]:not([data-panel="${panel.only}"])`;
    return html`${only ? html`<style>${only} { display: none; }</style>` : nothing}
      <div class="lecture" ?inert=${this.black}>
        <div class="stage" style="zoom:${scale}">${stage}</div>
        ${this.#foot(panels)}
      </div>
      ${this.keys ? this.#sheet() : nothing}
      ${this.black ? html`<button class="black" aria-label=${sayLecture.black} @click=${this.#light}></button>` : nothing}`;
  }

  #foot(panels: LecturePanel[]) {
    const { lab, course } = this;
    return html`<footer class="lecture-foot" style="zoom:${Math.min(this.scale, LEAST)}">
      <nav aria-label=${sayLecture.panels}>${panels.map(
        ({ title }, i) =>
          html`<button aria-pressed=${i === this.#at ? "true" : "false"} @click=${() => this.#show(i)}><kbd>${i + 1}</kbd>${title}</button>`,
      )}</nav>
      <span class="count">${course ? sayLecture.step(course.number, course.last) : sayLecture.of(lab.playhead, lab.player.last)}</span>
      <button class="link" @click=${this.#turnKeys}>${sayLecture.keys}</button>
      <button class="link" @click=${this.#leave}>${sayLecture.leave}</button>
    </footer>`;
  }

  #sheet() {
    return html`<section class="lecture-keys" aria-label=${sayLecture.keys}><h2>${sayLecture.keys}</h2><dl>${sayLecture.keysInWords.map(
      ([keys, does]) => html`<dt>${keys}</dt><dd>${does}</dd>`,
    )}</dl></section>`;
  }

  readonly #key = (event: KeyboardEvent): void => {
    const act = actOf(event);
    if (this.black) {
      event.preventDefault();
      event.stopPropagation();
      this.#light();
      return;
    }
    const target = event.target as HTMLElement;
    const held = target.closest?.(VALUES) && !CLICKER.includes(event.key);
    if (held || target.closest?.(TYPED)) {
      if (act === "leave") target.blur();
      return;
    }
    // The index is no place for a lecture.
    if (act === undefined && event.key !== "/") return;
    event.preventDefault();
    event.stopPropagation();
    if (act === "leave" && this.keys) this.keys = false;
    else if (act === "leave") this.#leave();
    else if (act === "black") this.black = true;
    else if (act === "keys") this.#turnKeys();
    else if (act === "full-screen") fillScreen();
    else if (act && "turn" in act) this.#turn(act.turn);
    else if (act) this.#show(act.panel);
  };

  /** The next panel, or the one before; a lesson's step ends with its last panel. */
  #turn(by: 1 | -1): void {
    const next = this.#at + by;
    if (this.#panels[next]) this.#show(next);
    else if (this.course) this.#tell("turn-step", by);
  }

  #show(place: number): void {
    const panel = this.#panels[place];
    if (panel) this.#tell("turn-panel", panel.name);
  }

  readonly #turnKeys = (): void => {
    this.keys = !this.keys;
  };

  readonly #light = (): void => {
    this.black = false;
  };

  readonly #leave = (): void => this.#tell("end-lecture");

  #tell(name: string, detail?: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  }

  readonly #fit = (): void => {
    this.scale = magnification(window.innerWidth, window.innerHeight);
    magnify(this.scale);
  };

  /** A value that was dragged does not keep the arrows of a clicker. */
  readonly #released = (): void => {
    const { activeElement } = document;
    if (activeElement?.matches(VALUES)) (activeElement as HTMLElement).blur();
  };

  /** Escape in full screen is the browser's: who leaves it leaves the lecture. */
  readonly #filled = (): void => {
    const full = document.fullscreenElement !== null;
    if (this.#full && !full) this.#leave();
    this.#full = full;
  };
}

/** In place of what a question keeps hidden. */
function asked() {
  return html`<p class="lecture-asked">${sayLecture.guessFirst}</p>`;
}

customElements.define("lecture-view", LectureView);
