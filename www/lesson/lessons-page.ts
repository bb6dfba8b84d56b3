import { html, LitElement } from "lit";
import { sayLesson } from "../messages/lesson.ts";
import { addressOf } from "../spec/link.ts";
import "../styles/lesson.css";
import { headOf } from "../messages/lessons.ts";
import { LESSONS } from "./shelf.ts";

/** The lessons that ship with the page, and the way to open one's own. */
export class LessonsPage extends LitElement {
  override createRenderRoot(): this {
    return this;
  }

  override render() {
    const { lesson: say } = sayLesson;
    const minutes = LESSONS.reduce((sum, lesson) => sum + lesson.minutes, 0);
    return html`<main id="main" class="index lessons">
      <header class="index-head"><h1>${say.heading}</h1></header>
      <p class="methods-note">${say.summary(LESSONS.length, minutes)}</p>
      <ol class="lesson-list">${LESSONS.map(headOf).map(
        (lesson, i) => html`<li><span class="n">${i + 1}</span>
          <div lang=${lesson.lang}><a href=${addressOf({ page: "lesson", lesson: lesson.id, step: 1 })}>${lesson.title}</a><p>${lesson.summary}</p></div>
          <span class="minutes">${say.minutes(lesson.minutes)}</span></li>`,
      )}</ol>
      <p class="own-lesson">${say.tryChallenges((text) => html`<a class="link" href="#/challenges">${text}</a>`)}</p>
      <p class="own-lesson">${say.ownFile((text) => this.#file(text))}</p>
    </main>`;
  }

  #file(text: string) {
    return html`<label class="link">${text}<input type="file" class="hidden" accept=".md,.markdown,text/markdown"
      @change=${(event: Event) => this.#open((event.target as HTMLInputElement).files?.[0])} /></label>`;
  }

  #open(file: File | undefined): void {
    if (file) this.dispatchEvent(new CustomEvent("open-lesson", { detail: file, bubbles: true }));
  }
}

customElements.define("lessons-page", LessonsPage);
