import { html, LitElement, nothing } from "lit";
import type { Ask } from "./ask.ts";
import { met } from "./ask.ts";
import type { Course } from "./course.ts";
import { outcomeOf } from "./guesses.ts";
import { inlineNodes } from "./markdown.ts";

/** The question of a predict step: a guess, then the same guess beside the outcome. */
export class AskForm extends LitElement {
  static override properties = {
    course: { attribute: false },
    answered: { attribute: false },
    draft: { state: true },
  };
  declare course: Course;
  /** The number of the step, so that a new question has an empty field. */
  declare answered: number;
  /** What is chosen or typed and not locked yet. */
  declare draft: string;

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
  }

  override render() {
    const { course } = this;
    const { ask } = course.step;
    if (!ask) return nothing;
    const guess = course.guesses.get(course.number);
    return html`<form class="ask" @submit=${this.#lock}>
      <fieldset><legend>${once(ask.question)}</legend>
      ${guess === undefined ? this.#guess(ask) : this.#outcome(ask, guess)}
      </fieldset></form>`;
  }

  #guess(ask: Ask) {
    const field = ask.by === "choice" ? this.#choices(ask) : this.#number(ask);
    return html`${field}<button class="outlined lock" ?disabled=${this.draft === ""}>Lock my guess</button>`;
  }

  #choices({ options }: Ask) {
    return html`<div class="options">${options.map(
      ({ text }, i) =>
        html`<label><input type="radio" name="guess" .checked=${this.draft === String(i)} @change=${() => {
          this.draft = String(i);
        }} /><span>${once(text)}</span></label>`,
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
    return html`<label class="typed-guess">${index ? "Click in the picture, or type the index:" : "My guess:"}
      <input type="number" inputmode="decimal" step=${index ? 1 : "any"} min=${index ? 0 : nothing} max=${index ? most : nothing}
        .value=${this.draft} @input=${typed} /></label>`;
  }

  #outcome(ask: Ask, guess: number) {
    const { course } = this;
    const known = course.answers.has(course.number);
    const answer = course.answers.get(course.number);
    const hit = answer !== undefined && met(ask, guess, answer);
    return html`<p class="outcome ${hit ? "hit" : ""}" role="status" tabindex="-1">${known ? once(outcomeOf(ask, guess, answer)) : "The run is on its way ..."}</p>`;
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

/** Lines that were set already; the form is drawn again with every change. */
const kept = new Map<string, HTMLElement>();

/** A line of a lesson as an element, the same one for as long as the words are the same. */
function once(text: string): HTMLElement {
  let line = kept.get(text);
  if (!line) {
    if (kept.size > 100) kept.clear();
    line = document.createElement("span");
    line.append(inlineNodes(text));
    kept.set(text, line);
  }
  return line;
}

customElements.define("ask-form", AskForm);
