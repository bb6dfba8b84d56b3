import { html, LitElement } from "lit";
import { addressOf } from "../spec/link.ts";
import "../styles/lesson.css";
import { LESSONS } from "./shelf.ts";

/** The lessons that ship with the page, and the way to open one's own. */
export class LessonsPage extends LitElement {
  override createRenderRoot(): this {
    return this;
  }

  override render() {
    const minutes = LESSONS.reduce((sum, lesson) => sum + lesson.minutes, 0);
    return html`<main id="main" class="index lessons">
      <header class="index-head"><h1>A first course</h1></header>
      <p class="methods-note">${LESSONS.length} lessons beside the lab, ${minutes} minutes in all. Each can be read alone.</p>
      <ol class="lesson-list">${LESSONS.map(
        (lesson, i) => html`<li><span class="n">${i + 1}</span>
          <div><a href=${addressOf({ page: "lesson", lesson: lesson.id, step: 1 })}>${lesson.title}</a><p>${lesson.summary}</p></div>
          <span class="minutes">${lesson.minutes} min</span></li>`,
      )}</ol>
      <p class="own-lesson">Whoever knows all this may try the <a class="link" href="#/challenges">challenges</a>.</p>
      <p class="own-lesson">A lesson is a Markdown file. Drop one of your own here, or
        <label class="link">open a file<input type="file" class="hidden" accept=".md,.markdown,text/markdown"
          @change=${(event: Event) => this.#open((event.target as HTMLInputElement).files?.[0])} /></label>.</p>
    </main>`;
  }

  #open(file: File | undefined): void {
    if (file) this.dispatchEvent(new CustomEvent("open-lesson", { detail: file, bubbles: true }));
  }
}

customElements.define("lessons-page", LessonsPage);
