import { html, LitElement, nothing } from "lit";
import { textOf } from "../messages/cards.ts";
import { CRATE_LANGUAGE, say } from "../messages/say.ts";
import type { Catalogue, Exhibit, Method, Note } from "../spec/catalogue.ts";
import { addressOf } from "../spec/link.ts";
import { matches } from "../spec/search.ts";
import { icon } from "./icons.ts";
import { tex, words } from "./tex.ts";

/** What is known of a method, and the exhibit that shows it. */
interface Described extends Method {
  exhibit: Exhibit | undefined;
  /** Its formula and limits: the exhibit has them, or its note. */
  told: Note | null;
  /** What is searched. */
  haystack: string;
}

/** All methods: idea, formula, cost, when to use them and when they break. Its state is the address. */
export class MethodsPage extends LitElement {
  static override properties = { catalogue: { attribute: false }, query: { attribute: false } };
  declare catalogue: Catalogue;
  declare query: string;
  #all: Described[] = [];

  override createRenderRoot(): this {
    return this;
  }

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (!changed.has("catalogue")) return;
    this.#all = this.catalogue.methodsByLab().map((method) => {
      const { card, note } = method;
      const exhibit = this.catalogue.exhibit(card.id);
      const paper = exhibit?.paper;
      const told = exhibit ?? note;
      const haystack = `${card.id} ${card.title} ${card.short} ${card.line} ${card.when} ${exhibit?.idea ?? ""} ${told?.breaks ?? ""} ${paper?.authors ?? ""} ${paper?.year ?? ""}`;
      return { ...method, exhibit, told, haystack };
    });
  }

  override render() {
    const shown = this.#all.filter(({ haystack }) => matches(this.query, haystack));
    return html`<main id="main" class="index methods">
      <header class="index-head">
        <h1>${say.methods.heading(this.#all.length)}</h1>
        <label class="search">${icon("search")}<input type="search" placeholder=${say.methods.searchFor} aria-label=${say.methods.search}
          .value=${this.query} @input=${(event: InputEvent) => this.#go((event.target as HTMLInputElement).value)} /></label>
      </header>
      <p class="methods-note">${say.methods.note}</p>
      ${shown.length === 0 ? html`<p class="empty">${say.methods.nothingMatches(this.query)}</p>` : nothing}
      ${shown.map((method) => this.#method(method))}
    </main>`;
  }

  #method({ card, exhibit, told }: Described) {
    const own = exhibit && textOf(exhibit);
    const lang = own?.lang ?? CRATE_LANGUAGE;
    return html`<section id="method-${card.id}" class="method">
      <h2>${exhibit ? html`<a href=${addressOf({ page: "lab", exhibit: exhibit.id })}>${card.title}</a>` : card.title}
        ${exhibit ? html`<small>${exhibit.paper.authors}, ${exhibit.paper.year}</small>` : nothing}</h2>
      <div class="method-idea">
        <p lang=${lang}>${words(own?.text.idea ?? `${card.line}.`)}</p>
        ${told ? html`<div class="formula" tabindex="0" role="group" aria-label=${say.methods.formulaOf(card.short)}>${tex(told.formula, true)}</div>` : nothing}
      </div>
      <dl>
        <dt>${say.methods.costs}</dt><dd lang=${CRATE_LANGUAGE}>${raised(card.cost)}</dd>
        <dt>${say.methods.use}</dt><dd lang=${CRATE_LANGUAGE}>${useOf(card.when)}</dd>
        ${told ? html`<dt>${say.methods.breaks}</dt><dd lang=${lang}>${words(own?.text.breaks ?? told.breaks)}</dd>` : nothing}
      </dl>
    </section>`;
  }

  #go(query: string): void {
    this.query = query;
    history.replaceState(null, "", addressOf({ page: "methods", query }));
  }
}

/** What follows "use it": a card has a clause, or a phrase that begins with "as" or "for". */
function useOf(when: string): string {
  return /^(as|for) /.test(when) ? when : say.methods.when(when);
}

/** Costs are plain text, such as `A^*` and `O(m k^2)`: what is behind a caret is raised. */
function raised(text: string) {
  return html`${text.split(/\^([*T\d])/).map((piece, i) => (i % 2 === 1 ? html`<sup>${piece}</sup>` : piece))}`;
}

customElements.define("methods-page", MethodsPage);
