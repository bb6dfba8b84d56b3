import { html, nothing, type TemplateResult } from "lit";
import type { Challenge, textIn } from "../challenge/challenge.ts";
import type { lessonsOf } from "../lesson/shelf.ts";
import { textOf } from "../messages/cards.ts";
import { headOf } from "../messages/lessons.ts";
import { say } from "../messages/say.ts";
import { addressOf } from "../spec/link.ts";
import { measuredInWords } from "../words/claims.ts";
import { Part } from "./part.ts";
import "./take-away.ts";
import { tex, words } from "./tex.ts";
import { whenIdle } from "./when-idle.ts";

/** The text of an exhibit: the idea, what to watch, what to try; claims and paper. */
export class NotesPart extends Part {
  static override properties = {
    ...Part.properties,
    tried: { state: true },
    lessonsOf: { state: true },
    challenges: { state: true },
  };
  /** The edit that was applied last, for "back". */
  declare tried: number | undefined;
  /** Tells the lessons that use an exhibit, once they are known: the page does not need them at first. */
  declare lessonsOf: typeof lessonsOf | undefined;

  /** Challenges in this exhibit's lab, likewise. */
  declare challenges: readonly Challenge[] | undefined;
  declare challengeText: typeof textIn;

  override connectedCallback(): void {
    super.connectedCallback();
    whenIdle(async () => {
      this.lessonsOf = (await import("../lesson/shelf.ts")).lessonsOf;
      this.challengeText = (await import("../challenge/challenge.ts")).textIn;
      this.challenges = (await import("../challenge/shelf.ts")).CHALLENGES;
    });
  }

  override render() {
    const { text: exhibit, lang } = textOf(this.lab.exhibit);
    return html`<div class="notes">
      <section>
        <h2>${say.notes.idea}</h2>
        <p lang=${lang}>${words(exhibit.idea)}</p>
        <div class="formula" tabindex="0" role="group" aria-label=${say.notes.formula}>${tex(exhibit.formula, true)}</div>
        <p lang=${lang}>${words(exhibit.consequence)}</p>
      </section>
      <section>
        <h2>${say.notes.watch}</h2>
        <ol lang=${lang}>${exhibit.watch.map(({ panel, text }) => html`<li @pointerenter=${() => this.lab.lift(panel)} @pointerleave=${() => this.lab.lift(undefined)}>${starred(text)}</li>`)}</ol>
        <p class="breaks" lang=${lang}>${words(exhibit.breaks)}</p>
      </section>
      <section>
        <h2>${say.notes.try}</h2>
        <ul class="tries">${exhibit.try_this.map(
          ({ link, question, patch }, i) => html`<li>
          <button class="link" lang=${lang} @click=${() => {
            this.lab.patch(JSON.parse(patch));
            this.tried = i;
            this.#show();
          }}>${link}</button> <span lang=${lang}>${words(question)}</span>
          ${
            this.tried === i && this.lab.canUndo
              ? html` <button class="link" @click=${() => {
                  this.lab.undo();
                  this.tried = undefined;
                }}>${say.notes.back}</button>`
              : nothing
          }</li>`,
        )}</ul>
      </section>
    </div>
    <footer class="claims">
      <div>${exhibit.claims.map(
        (
          claim,
          i,
        ) => html`<p><b>${say.notes.claim}</b> <span lang=${lang}>${words(claim.statement)}.</span> ${say.notes.measured(measuredInWords(claim, claim.measured))}
        <claim-run .number=${i} .lab=${this.lab}></claim-run></p>`,
      )}</div>
      <nav aria-label=${say.notes.about}>
        <a href=${addressOf({ page: "methods", query: this.lab.exhibit.title })}>${say.notes.beside}</a>
        <a href=${exhibit.paper.link} target="_blank" rel="noopener">${say.notes.paper(exhibit.paper.authors, exhibit.paper.year)}</a>
        ${this.lessonsOf?.(exhibit.id).map(
          ({ number, lesson }) =>
            html`<a href=${addressOf({ page: "lesson", lesson: lesson.id, step: 1 })} title=${headOf(lesson).title}>${say.notes.lesson(number)}</a>`,
        )}
        ${this.challenges
          ?.filter((challenge) => challenge.exhibit === exhibit.id)
          .map(
            (challenge) =>
              html`<a href=${addressOf({ page: "challenge", challenge: challenge.id })}>${say.notes.challenge(this.challengeText(challenge).title)}</a>`,
          )}
        <take-away .lab=${this.lab}></take-away>
      </nav>
    </footer>`;
  }

  /** Goes up to the sentence and the picture, which an edit from down here changes unseen. */
  #show(): void {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const top = this.closest("main")?.querySelector("spec-sentence");
    top?.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
  }
}

/** Words between asterisks are a panel's name. */
function starred(text: string): TemplateResult {
  return html`${text.split("*").map((piece, i) => (i % 2 === 1 ? html`<b>${piece}</b>` : words(piece)))}`;
}

customElements.define("notes-part", NotesPart);
