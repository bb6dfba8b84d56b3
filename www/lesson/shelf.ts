import { type Front, frontOf } from "./front.ts";

const FILES = import.meta.glob<string>("../lessons/*.md", {
  query: "?raw",
  import: "default",
  eager: true,
});

/** Texts of the lessons that ship with the page, in their order: their files begin with a number. */
export const TEXTS = Object.keys(FILES)
  .sort()
  .map((path) => FILES[path] ?? "");

/** Their heads. */
export const LESSONS: readonly Front[] = TEXTS.map((text) => frontOf(text).front);

/** The text of a lesson that ships with the page. */
export function textOf(id: string): string | undefined {
  return TEXTS[LESSONS.findIndex((lesson) => lesson.id === id)];
}

/** Lessons that use an exhibit. */
export function lessonsOf(exhibit: string): { number: number; lesson: Front }[] {
  return LESSONS.flatMap((lesson, i) =>
    lesson.exhibits.includes(exhibit) ? [{ number: i + 1, lesson }] : [],
  );
}
