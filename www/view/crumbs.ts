import { html, type TemplateResult } from "lit";
import type { Play } from "../challenge/play.ts";
import type { Lab } from "../lab.ts";
import type { Course } from "../lesson/course.ts";
import { textOf } from "../messages/cards.ts";
import { say } from "../messages/say.ts";
import { labTitle } from "../spec/catalogue.ts";
import { addressOf, type Place } from "../spec/link.ts";
import type { Study } from "../sweep/study.ts";
import "./choice-value.ts";

/** Pages that are called otherwise than the index. */
const LISTS = ["methods", "lessons", "lesson", "challenges", "challenge"] as const;

/** What is open. */
export interface Opened {
  place: Place;
  lab: Lab | undefined;
  study: Study | undefined;
  course: Course | undefined;
  play: Play | undefined;
}

/** Where one is: in a lab, a sweep, a lesson, or a list. */
export function crumbs({ place, lab, study, course, play }: Opened): TemplateResult {
  if (course)
    return html`<nav class="crumbs" aria-label=${say.page.whereYouAre}><a href="#/lessons">${say.page.lessons}</a><span class="wide"><i>/</i> ${course.lesson.title}</span></nav>`;
  if (play)
    return html`<nav class="crumbs" aria-label=${say.page.whereYouAre}><a href="#/challenges">${say.page.challenges}</a><span class="wide"><i>/</i> ${play.title}</span></nav>`;
  if (lab) return ofLab(lab);
  if (study)
    return html`<nav class="crumbs" aria-label=${say.page.whereYouAre}><span class="wide">${labTitle(study.exhibit.lab)} <i>/</i></span>
      <a href=${addressOf({ page: "lab", exhibit: study.exhibit.id })}>${textOf(study.exhibit).text.title}</a><span class="wide"><i>/</i> ${say.page.sweep}</span></nav>`;
  return html`<nav class="crumbs"><span>${say.page[LISTS.find((list) => list === place.page) ?? "index"]}</span></nav>`;
}

function ofLab({ exhibit, catalogue }: Lab): TemplateResult {
  const options = catalogue.data.exhibits.map((exhibit) => ({
    id: exhibit.id,
    label: textOf(exhibit).text.title,
    line: `${exhibit.paper.authors}, ${exhibit.paper.year}`,
  }));
  return html`<nav class="crumbs" aria-label=${say.page.whereYouAre}><span class="wide">${labTitle(exhibit.lab)} <i>/</i></span>
    <choice-value .value=${exhibit.id} .label=${say.page.exhibit} .options=${options}
      @edit=${({ detail }: CustomEvent<{ value: string }>) => {
        location.hash = `#/${detail.value}`;
      }}></choice-value></nav>`;
}
