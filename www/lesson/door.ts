import type { Labs } from "../labs.ts";
import { addressOf, type LessonPlace } from "../spec/link.ts";
import type { Course } from "./course.ts";
import { isLesson, OWN } from "./own.ts";

/** Where a lesson from a file of one's own is. */
export const OWN_ADDRESS = addressOf({ page: "lesson", lesson: OWN, step: 1 });

/** The list of lessons; it and the lessons are loaded when somebody goes there. */
export async function loadLessons(): Promise<void> {
  await import("./lessons-page.ts");
}

/** A lesson and its lab. Throws an `Error` with one sentence. */
export async function openCourse(labs: Labs, place: LessonPlace): Promise<Course> {
  return (await import("./open-course.ts")).openCourse(labs, place);
}

/** Takes a file as the lesson at `OWN_ADDRESS`. Throws an `Error` with one sentence. */
export async function takeLesson(file: File): Promise<void> {
  await (await import("./source.ts")).takeFile(file);
}

/** Calls `open` with each lesson that is dropped anywhere on the page. No dropped file takes the page's place. */
export function whenDropped(open: (file: File) => void): void {
  window.addEventListener("dragover", (event) => event.preventDefault());
  window.addEventListener("drop", (event) => {
    event.preventDefault();
    const file = event.dataTransfer?.files[0];
    if (file && isLesson(file)) open(file);
  });
}
