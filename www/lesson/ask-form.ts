import { html, LitElement, nothing } from "lit";
import type { Lab } from "../lab.ts";
import { sayLesson } from "../messages/lesson.ts";
import { type Ask, met } from "./ask.ts";
import { outcomeOf } from "./guesses.ts";
import { inlineNodes } from "./markdown.ts";

/** Whoever asks: a lesson, or a link. Guesses and answers go by the number of the question. */
export interface Asker {
  readonly lab: Lab;
  readonly number: number;
  readonly step: { ask?: Ask | undefined };
  readonly guesses: ReadonlyMap<number, number>;
  /** Nothing is known of a run until there is an entry; without a value it has no answer. */
  readonly answers: ReadonlyMap<number, number | undefined>;
  lock(guess: number): void;
}

/** The question of a predict step: a guess, then the same guess beside the outcome. */
export class AskForm extends LitElement {
  static override properties = {
    course: { attribute: false },
    answered: { attribute: false },
    draft: { state: true },
  };
  declare course: Asker;
  /** The number of the step, so that a new question has an empty field. */
  declare answered: number;
  /** What is chosen or typed and not locked yet. */
  declare draft: string;

  /** Lines that were set already, by where they stand: the form is drawn again with every change. */
  readonly #lines = new Map<string, { text: string; line: HTMLElement }>();

  constructor() {
    super();
    this.draft = "";
  }

  override createRenderRoot(): this {
    return this;
  }

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has("answered")) this.draft = "";
  }

  /** Takes an index that was pointed at in the picture. */
  point(index: number): void {
    this.draft = String(index);
    this.course.lab.guess = index;
    this.course.lab.announce();
    // On a phone the sheet may not reach down to the button.
    void this.updateComplete.then(() =>
      this.querySelector(".lock")?.scrollIntoView({ block: "nearest" }),
    );
  }

  override render() {
    const { course } = this;
    const { ask } = course.step;
    if (!ask) return nothing;
    const guess = course.guesses.get(course.number);
    return html`<form class="ask" @submit=${this.#lock}>
      <fieldset><legend>${this.#line("question", ask.question)}</legend>
      ${guess === undefined ? this.#guess(ask) : this.#outcome(ask, guess)}
      </fieldset></form>`;
  }

  #guess(ask: Ask) {
    const field = ask.by === "choice" ? this.#choices(ask) : this.#number(ask);
    return html`${field}<button class="outlined lock" ?disabled=${this.draft === ""}>${sayLesson.ask.lock}</button>`;
  }

  #choices({ options }: Ask) {
    return html`<div class="options">${options.map(
      ({ text }, i) =>
        html`<label><input type="radio" name="guess" .checked=${this.draft === String(i)} @change=${() => {
          this.draft = String(i);
        }} />${this.#line(`option ${i}`, text)}</label>`,
    )}</div>`;
  }

  #number({ by }: Ask) {
    const index = by === "index";
    const most = (this.course.lab.recording?.description.facts.cols ?? 1) - 1;
    const typed = (event: InputEvent) => {
      const { value } = event.target as HTMLInputElement;
      this.draft = value;
      if (index && value !== "") this.point(Number(value));
    };
    return html`<label class="typed-guess">${index ? sayLesson.ask.byIndex : sayLesson.ask.byNumber}
      <input type="number" inputmode="decimal" step=${index ? 1 : "any"} min=${index ? 0 : nothing} max=${index ? most : nothing}
        .value=${this.draft} @input=${typed} /></label>`;
  }

  #outcome(ask: Ask, guess: number) {
    const { course } = this;
    const known = course.answers.has(course.number);
    const answer = course.answers.get(course.number);
    const hit = answer !== undefined && met(ask, guess, answer);
    return html`<p class="outcome ${hit ? "hit" : ""}" role="status" tabindex="-1">${known ? this.#line("outcome", outcomeOf(ask, guess, answer)) : sayLesson.ask.onItsWay}</p>`;
  }

  /** A line of the lesson, the same element for as long as the words are the same. */
  #line(place: string, text: string): HTMLElement {
    const known = this.#lines.get(place);
    if (known?.text === text) return known.line;
    const line = document.createElement("span");
    line.append(inlineNodes(text));
    this.#lines.set(place, { text, line });
    return line;
  }

  readonly #lock = (event: SubmitEvent): void => {
    event.preventDefault();
    const guess = Number(this.draft);
    if (this.draft === "" || !Number.isFinite(guess)) return;
    this.course.lock(guess);
    // The button that had the focus is gone; the outcome takes its place.
    void this.updateComplete.then(() => this.querySelector<HTMLElement>(".outcome")?.focus());
  };
}

customElements.define("ask-form", AskForm);
