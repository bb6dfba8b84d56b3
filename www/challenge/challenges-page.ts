import { html, LitElement } from "lit";
import { sayChallenge } from "../messages/challenge.ts";
import { addressOf } from "../spec/link.ts";
import "../styles/lesson.css";
import { textIn } from "./challenge.ts";
import { CHALLENGES } from "./shelf.ts";

/** The challenges that ship with the page. */
export class ChallengesPage extends LitElement {
  override createRenderRoot(): this {
    return this;
  }

  override render() {
    return html`<main id="main" class="index lessons">
      <header class="index-head"><h1>${sayChallenge.heading}</h1></header>
      <p class="methods-note">${sayChallenge.about}</p>
      <ol class="lesson-list">${CHALLENGES.map(textIn).map(
        ({ id, title, rule }, i) => html`<li><span class="n">${i + 1}</span>
          <div><a href=${addressOf({ page: "challenge", challenge: id })}>${title}</a><p>${rule}</p></div></li>`,
      )}</ol>
    </main>`;
  }
}

customElements.define("challenges-page", ChallengesPage);
