import { html, type TemplateResult } from "lit";
import { loadChallenges } from "../challenge/door.ts";
import type { Labs } from "../labs.ts";
import { loadLessons } from "../lesson/door.ts";
import type { Place } from "../spec/link.ts";
import "./index-page.ts";
import "./methods-page.ts";

type ListName = "index" | "methods" | "lessons" | "challenges";

/** Where there is a list, and no lab is open. */
export type ListPlace = Extract<Place, { page: ListName }>;

/** What each list needs: what all labs declare, or code of its own. */
const LOADERS: Record<ListName, (labs: Labs) => Promise<void>> = {
  index: (labs) => labs.declareAll(),
  methods: (labs) => labs.declareAll(),
  lessons: loadLessons,
  challenges: loadChallenges,
};

export function isList(place: Place): place is ListPlace {
  return place.page in LOADERS;
}

export function loadList({ page }: ListPlace, labs: Labs): Promise<void> {
  return LOADERS[page](labs);
}

/** A list that is loaded. */
export function listPage(place: ListPlace, labs: Labs): TemplateResult {
  const { catalogue } = labs;
  switch (place.page) {
    case "index":
      return html`<index-page .catalogue=${catalogue} .module=${(lab: string) => labs.module(lab)} .query=${place.query} .show=${place.show}></index-page>`;
    case "methods":
      return html`<methods-page .catalogue=${catalogue} .query=${place.query}></methods-page>`;
    case "lessons":
      return html`<lessons-page></lessons-page>`;
    case "challenges":
      return html`<challenges-page></challenges-page>`;
  }
}
