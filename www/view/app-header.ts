import { html, nothing, type TemplateResult } from "lit";
import { turnTo } from "../language.ts";
import { CRATE_LANGUAGE, LANGUAGES, say, spoken } from "../messages/say.ts";
import type { Catalogue, Option } from "../spec/catalogue.ts";
import { EXAMPLES, exampleAddress, exampleOptions } from "../spec/examples.ts";
import { addressOf, FIRST } from "../spec/link.ts";
import { defaultSweep } from "../sweep/default-sweep.ts";
import { crumbs, type Opened } from "./crumbs.ts";
import { icon } from "./icons.ts";
import "./share-menu.ts";

/** Where one may go, also from a bar that has no room for links, and the languages, each by its own name. */
function pages(): Option[] {
  const { page } = say;
  return [
    { id: "index", label: page.index, line: page.indexLine },
    { id: "lessons", label: page.lessons, line: page.lessonsLine },
    { id: "challenges", label: page.challenges, line: page.challengesLine },
    { id: "methods", label: page.methods, line: page.methodsLine },
    ...exampleOptions(),
    ...LANGUAGES.filter(({ id }) => id !== spoken).map(({ id, name }) => ({
      id,
      label: name,
      line: id === CRATE_LANGUAGE ? "" : page.languageLine,
    })),
  ];
}

/** Goes to a page or an example of the menu, or turns to a language. */
function follow({ detail }: CustomEvent<{ value: string }>): void {
  const { value } = detail;
  const language = LANGUAGES.find(({ id }) => id === value);
  // A language that does not load leaves the page as it is.
  if (language) void turnTo(language.id).catch(() => undefined);
  else location.hash = EXAMPLES.has(value) ? exampleAddress(value) : `#/${value}`;
}

/** The bar above every page: where one is, where one may go, and what may be done with what is open. */
export function appHeader(opened: Opened, catalogue: Catalogue): TemplateResult {
  const { place, lab, study, course, play } = opened;
  const here = (page: string) => (place.page.startsWith(page) ? "page" : nothing);
  // Beside an exhibit its sentence comes first: its notes, and the lessons, lead to the challenges.
  const exhibited = lab && !course && !play;
  const swept = exhibited && defaultSweep(catalogue, lab.spec, lab.exhibit);
  return html`
    <a class="skip" href="#main" @click=${skip}>${say.page.skip}</a>
    <header class="bar">
      <a class="brand" href="#/${FIRST}"><svg viewBox="0 0 16 16" aria-hidden="true"><circle cx="8" cy="8" r="6.6" fill="none" stroke="currentColor" stroke-width="1.6"></circle><circle cx="8" cy="8" r="3.6" fill="var(--estimate)"></circle></svg>Pursuit</a>
      ${crumbs(opened)}
      <nav class="places" aria-label=${say.page.pages}>
        <choice-value .value=${""} .text=${"☰"} .label=${say.page.page} .options=${pages()} @edit=${follow}></choice-value>
        <a href="#/lessons" aria-current=${here("lesson")}>${say.page.lessons}</a>
        ${exhibited ? "" : html`<a href="#/challenges" aria-current=${here("challenge")}>${say.page.challenges}</a>`}
        <a href="#/index" aria-current=${here("index")}>${say.page.index} <kbd>/</kbd></a>
        ${swept ? html`<a class="always" title=${say.page.sweep} href=${sweepAddress(opened, catalogue)}>${say.page.sweepLink}</a>` : ""}
        ${study ? html`<a class="always" href=${study.address} aria-current="page">${say.page.sweepLink}</a><sweep-share .study=${study}></sweep-share>` : ""}
        ${
          lab
            ? html`<button class="plain phone-only" aria-label=${say.page.undo} ?disabled=${!lab.canUndo} @click=${() => lab.undo()}>${icon("undo")}</button>`
            : ""
        }
        ${lab && !play ? html`<share-menu .lab=${lab}></share-menu>` : ""}
      </nav>
    </header>
  `;
}

function skip(event: MouseEvent): void {
  event.preventDefault();
  document.querySelector<HTMLElement>("main [tabindex='0'], main button")?.focus();
}

/** Where the phase diagram of the lab's Spec is. */
function sweepAddress({ lab }: Opened, catalogue: Catalogue): string {
  if (!lab) return "";
  const sweep = lab.pristine ? undefined : defaultSweep(catalogue, lab.spec, lab.exhibit);
  return addressOf({ page: "sweep", exhibit: lab.exhibit.id, ...(sweep ? { sweep } : {}) });
}
