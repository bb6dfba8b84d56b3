import { html, LitElement, nothing } from "lit";
import { sayLesson } from "../messages/lesson.ts";
import { addressOf } from "../spec/link.ts";
import { icon } from "../view/icons.ts";
import "./ask-form.ts";
import type { Course } from "./course.ts";
import { nodesOf } from "./markdown.ts";
import { saveReport } from "./save-report.ts";

/** The text of the present step, its question, and the ways on. */
export class LessonStep extends LitElement {
  static override properties = { course: { attribute: false }, said: { state: true } };
  declare course: Course;
  declare said: string;
  #text: { before: HTMLElement; after: HTMLElement } | undefined;
  #shown = 0;

  constructor() {
    super();
    this.said = "";
  }

  override createRenderRoot(): this {
    return this;
  }

  override render() {
    const { course } = this;
    const { step, number, last, lesson, lab } = course;
    const text = this.#textOf(number);
    const { lesson: say } = sayLesson;
    const lang = course.lang;
    text.before.lang = text.after.lang = lang;
    const troubles = [...step.troubles, ...(course.trouble ? [course.trouble] : [])];
    return html`
      <p class="where"><span class="kind">${say.kinds[step.kind]}</span><span lang=${lang}>${lesson.title}</span></p>
      <h1 tabindex="-1" lang=${lang}>${step.title}</h1>
      ${troubles.map((trouble) => html`<p class="complaint" role="alert">${trouble}</p>`)}
      ${text.before}
      ${step.ask ? html`<ask-form .course=${course} .answered=${number}></ask-form>` : nothing}
      ${lab.asking ? nothing : text.after}
      <div class="step-acts">
        ${number < last ? html`<a class="outlined" href=${addressOf(course.placeAt(number + 1))}>${say.next} ${icon("forward")}</a>` : html`<a class="outlined" href="#/lessons">${say.all}</a>`}
        ${course.changed && !lab.asking ? html`<button class="link" @click=${() => course.reset()}>${say.reset}</button>` : nothing}
      </div>
      <p class="report-line">${say.myReport} <button class="link" @click=${() => this.#report("html")}>${say.asPage}</button>
        <button class="link" @click=${() => this.#report("md")}>${say.asMarkdown}</button> <span role="status">${this.said}</span></p>`;
  }

  /** The words of a step are set once, when it is turned to. */
  #textOf(number: number): { before: HTMLElement; after: HTMLElement } {
    if (!this.#text || this.#shown !== number) {
      const { before, after } = this.course.step;
      this.#shown = number;
      this.#text = { before: prose(before), after: prose(after) };
    }
    return this.#text;
  }

  #report(form: "html" | "md"): void {
    this.said = saveReport(this.course, form);
  }
}

function prose(markdown: string): HTMLElement {
  const box = document.createElement("div");
  box.className = "prose";
  box.append(nodesOf(markdown));
  return box;
}

customElements.define("lesson-step", LessonStep);
