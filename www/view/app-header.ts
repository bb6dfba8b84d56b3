import { html, nothing, type TemplateResult } from "lit";
import type { Catalogue, Option } from "../spec/catalogue.ts";
import { EXAMPLES, exampleAddress, exampleOptions } from "../spec/examples.ts";
import { addressOf, FIRST } from "../spec/link.ts";
import { defaultSweep } from "../sweep/axes.ts";
import "../sweep/sweep-share.ts";
import { crumbs, type Opened } from "./crumbs.ts";
import { icon } from "./icons.ts";
import "./share-menu.ts";

/** Where one may go from a bar that has no room for links. */
const PAGES: Option[] = [
  { id: "index", label: "Index", line: "All 119 systems, by lab" },
  { id: "lessons", label: "Lessons", line: "A first course, beside the lab" },
  { id: "challenges", label: "Challenges", line: "To be solved and beaten" },
  { id: "methods", label: "Methods", line: "Cost and limits, side by side" },
  ...exampleOptions(),
];

/** The bar above every page: where one is, where one may go, and what may be done with what is open. */
export function appHeader(opened: Opened, catalogue: Catalogue): TemplateResult {
  const { place, lab, study, course, play } = opened;
  const here = (page: string) => (place.page.startsWith(page) ? "page" : nothing);
  // Beside an exhibit its sentence comes first: its notes, and the lessons, lead to the challenges.
  const exhibited = lab && !course && !play;
  const swept = exhibited && defaultSweep(catalogue, lab.spec, lab.exhibit);
  return html`
    <a class="skip" href="#main" @click=${skip}>Skip to the exhibit</a>
    <header class="bar">
      <a class="brand" href="#/${FIRST}"><svg viewBox="0 0 16 16" aria-hidden="true"><circle cx="8" cy="8" r="6.6" fill="none" stroke="currentColor" stroke-width="1.6"></circle><circle cx="8" cy="8" r="3.6" fill="var(--estimate)"></circle></svg>Pursuit</a>
      ${crumbs(opened)}
      <nav class="places" aria-label="Pages">
        <choice-value .value=${""} .text=${"Examples"} .label=${"example"} .options=${exampleOptions()}
          @edit=${({ detail }: CustomEvent<{ value: string }>) => {
            location.hash = exampleAddress(detail.value);
          }}></choice-value>
        <choice-value class="phone-only" .value=${""} .text=${"☰"} .label=${"page"} .options=${PAGES}
          @edit=${({ detail }: CustomEvent<{ value: string }>) => {
            location.hash = EXAMPLES.has(detail.value)
              ? exampleAddress(detail.value)
              : `#/${detail.value}`;
          }}></choice-value>
        <a href="#/lessons" aria-current=${here("lesson")}>Lessons</a>
        ${exhibited ? "" : html`<a href="#/challenges" aria-current=${here("challenge")}>Challenges</a>`}
        <a href="#/index" aria-current=${here("index")}>Index <kbd>/</kbd></a>
        ${swept ? html`<a class="always" href=${sweepAddress(opened, catalogue)}>Sweep</a>` : ""}
        ${study ? html`<a class="always" href=${study.address} aria-current="page">Sweep</a><sweep-share .study=${study}></sweep-share>` : ""}
        ${
          lab
            ? html`<button class="plain phone-only" aria-label="Undo" ?disabled=${!lab.canUndo} @click=${() => lab.undo()}>${icon("undo")}</button>`
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
