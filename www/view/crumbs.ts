import { html, type TemplateResult } from "lit";
import type { Play } from "../challenge/play.ts";
import type { Lab } from "../lab.ts";
import type { Course } from "../lesson/course.ts";
import { labTitle } from "../spec/catalogue.ts";
import { addressOf, type Place } from "../spec/link.ts";
import type { Study } from "../sweep/study.ts";
import "./choice-value.ts";

const LISTS: Partial<Record<Place["page"], string>> = {
  methods: "Methods",
  lessons: "Lessons",
  lesson: "Lesson",
  challenges: "Challenges",
  challenge: "Challenge",
};

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
    return html`<nav class="crumbs" aria-label="Where you are"><a href="#/lessons">Lessons</a><span class="wide"><i>/</i> ${course.lesson.title}</span></nav>`;
  if (play)
    return html`<nav class="crumbs" aria-label="Where you are"><a href="#/challenges">Challenges</a><span class="wide"><i>/</i> ${play.challenge.title}</span></nav>`;
  if (lab) return ofLab(lab);
  if (study)
    return html`<nav class="crumbs" aria-label="Where you are"><span class="wide">${labTitle(study.exhibit.lab)} <i>/</i></span>
      <a href=${addressOf({ page: "lab", exhibit: study.exhibit.id })}>${study.exhibit.title}</a><span class="wide"><i>/</i> Sweep</span></nav>`;
  return html`<nav class="crumbs"><span>${LISTS[place.page] ?? "Index"}</span></nav>`;
}

function ofLab({ exhibit, catalogue }: Lab): TemplateResult {
  const options = catalogue.data.exhibits.map(({ id, title, paper }) => ({
    id,
    label: title,
    line: `${paper.authors}, ${paper.year}`,
  }));
  return html`<nav class="crumbs" aria-label="Where you are"><span class="wide">${labTitle(exhibit.lab)} <i>/</i></span>
    <choice-value .value=${exhibit.id} .label=${"exhibit"} .options=${options}
      @edit=${({ detail }: CustomEvent<{ value: string }>) => {
        location.hash = `#/${detail.value}`;
      }}></choice-value></nav>`;
}
