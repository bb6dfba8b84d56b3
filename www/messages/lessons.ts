import type { Front } from "../lesson/front.ts";
import { spoken, whenSpoken } from "./say.ts";

/** What the list of lessons says of one in another language. */
export interface LessonHead {
  title: string;
  summary: string;
}

let heads: Record<string, LessonHead> = {};
let texts: Record<string, () => Promise<string>> = {};
whenSpoken((language) => {
  heads = language?.lessonHeads ?? {};
  texts = language?.lessons ?? {};
});

/** What is said of a lesson in the language that is spoken, or in its own. */
export function headOf(lesson: Front): Front {
  const head = heads[lesson.id];
  return head ? { ...lesson, ...head, lang: spoken } : lesson;
}

/** A lesson that ships with the page, in the language that is spoken; nothing where it is not translated. */
export async function lessonIn(id: string): Promise<string | undefined> {
  return Object.hasOwn(texts, id) ? texts[id]?.() : undefined;
}
