import { html, LitElement } from "lit";
import { sayLesson } from "../messages/lesson.ts";
import { addressOf } from "../spec/link.ts";
import "../styles/lesson.css";
import { icon } from "../view/icons.ts";
import "../view/lab-page.ts";
import type { AskForm } from "./ask-form.ts";
import { underlineChanged, valuesOf } from "./changed-values.ts";
import type { Course } from "./course.ts";
import "./divider.ts";
import "./lesson-step.ts";
import { pointedIndex } from "./pointed.ts";
import { seenIn } from "./seen.ts";
import "./sheet-handle.ts";

/** A lesson: text left, lab right, one step on screen. On a narrow page the text is a sheet over the lab. */
export class LessonPage extends LitElement {
  static override properties = {
    course: { attribute: false },
    width: { state: true },
    sheet: { state: true },
  };
  declare course: Course;
  /** Width of the text, in `ch`. */
  declare width: number;
  /** Height of the sheet, as a share of the window. */
  declare sheet: number;
  #heard: Course | undefined;
  #values: ReturnType<typeof valuesOf> = new Map();

  constructor() {
    super();
    this.width = 44;
    this.sheet = 0.36;
  }

  override createRenderRoot(): this {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener("keydown", this.#key);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener("keydown", this.#key);
    this.#listen(undefined);
  }

  protected override willUpdate(): void {
    this.#listen(this.course);
  }

  #listen(course: Course | undefined): void {
    if (this.#heard === course) return;
    this.#heard?.removeEventListener("change", this.#changed);
    this.#heard?.removeEventListener("arrive", this.#arrived);
    course?.addEventListener("change", this.#changed);
    course?.addEventListener("arrive", this.#arrived);
    if (course) course.look = () => seenIn(this);
    this.#heard = course;
  }

  readonly #changed = (): void => {
    this.requestUpdate();
    this.querySelector<LitElement>("lesson-step")?.requestUpdate();
    this.querySelector<LitElement>("ask-form")?.requestUpdate();
  };

  /** A step was turned to: its text begins at the top, and what its Spec changes is underlined. */
  readonly #arrived = (): void => {
    this.#values = valuesOf(this);
    this.requestUpdate();
    this.querySelector(".lesson-text")?.scrollTo(0, 0);
    const sentence = this.querySelector<LitElement>("spec-sentence");
    void this.updateComplete.then(() => {
      this.querySelector<HTMLElement>("lesson-step h1")?.focus({ preventScroll: true });
      // The sentence is drawn again with the lab's next word, a frame later, and its values after it.
      const mark = () =>
        requestAnimationFrame(() =>
          requestAnimationFrame(() => underlineChanged(this, this.#values)),
        );
      if (sentence) this.course.lab.addEventListener("change", mark, { once: true });
    });
  };

  override render() {
    const { course } = this;
    const { number, last, lab } = course;
    return html`<div class="lesson" style="--text:${this.width}ch;--sheet:${this.sheet * 100}dvh">
      <aside class="lesson-text" aria-label=${sayLesson.lesson.lesson}>
        <sheet-handle .share=${this.sheet} @raise=${({ detail }: CustomEvent<number>) => {
          this.sheet = detail;
        }}></sheet-handle>
        <nav class="turn" aria-label=${sayLesson.lesson.steps}>
          ${this.#way(number - 1, sayLesson.lesson.previous, sayLesson.lesson.previousKey, "back")}
          <span class="count">${sayLesson.lesson.of(number, last)}</span>
          ${this.#way(number + 1, sayLesson.lesson.nextStep, sayLesson.lesson.nextStepKey, "forward")}
        </nav>
        <div class="lesson-body" tabindex="0" role="group" aria-label=${sayLesson.lesson.text}><lesson-step .course=${course}></lesson-step></div>
        <lesson-divider .width=${this.width} @widen=${({ detail }: CustomEvent<number>) => {
          this.width = detail;
        }}></lesson-divider>
      </aside>
      <div class="lesson-lab ${lab.asking && course.step.ask?.by === "index" ? "pointing" : ""}" @click=${this.#point}><lab-page .lab=${lab}></lab-page></div>
      ${this.#margin(number - 1, "left", "back")}${this.#margin(number + 1, "right", "forward")}
    </div>`;
  }

  /** A step back or on; at the ends there is none. */
  #way(step: number, label: string, title: string, drawing: string) {
    return step >= 1 && step <= this.course.last
      ? html`<a class="plain" href=${addressOf(this.course.placeAt(step))} aria-label=${label} title=${title}>${icon(drawing)}</a>`
      : html`<span class="plain">${icon(drawing)}</span>`;
  }

  /** The margin turns the step, too; whoever uses keys has the links above. */
  #margin(step: number, side: string, drawing: string) {
    const there = step >= 1 && step <= this.course.last;
    return html`<button class="margin ${side}" tabindex="-1" aria-hidden="true" ?disabled=${!there} @click=${() => this.#turn(step)}>${icon(drawing)}</button>`;
  }

  #turn(step: number): void {
    if (step < 1 || step > this.course.last) return;
    location.hash = addressOf(this.course.placeAt(step));
  }

  readonly #key = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
    const by = event.key === "PageDown" ? 1 : event.key === "PageUp" ? -1 : 0;
    if (by === 0 || (event.target as HTMLElement).closest?.("textarea, select, [role=listbox]"))
      return;
    event.preventDefault();
    this.#turn(this.course.number + by);
  };

  /** A click on the signal is a guess where an index is asked for. */
  readonly #point = (event: MouseEvent): void => {
    const { lab, step } = this.course;
    if (!lab.asking || step.ask?.by !== "index") return;
    const index = pointedIndex(this, event, lab);
    if (index !== undefined) this.querySelector<AskForm>("ask-form")?.point(index);
  };
}

customElements.define("lesson-page", LessonPage);
