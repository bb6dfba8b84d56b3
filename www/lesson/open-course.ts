import { labOf } from "../lab-of.ts";
import type { Labs } from "../labs.ts";
import { sayLesson } from "../messages/lesson.ts";
import { FIRST, type LessonPlace } from "../spec/link.ts";
import { Course } from "./course.ts";
import { lessonOf } from "./format.ts";
import "./lesson-page.ts";
import { lessonText } from "./source.ts";

/** Opens the lesson that an address names, with its lab. Throws an `Error` with one sentence. */
export async function openCourse(labs: Labs, place: LessonPlace): Promise<Course> {
  const lesson = lessonOf(await lessonText(place));
  const named = lesson.exhibits[0] ?? FIRST;
  const exhibit = labOf(named) ? named : FIRST;
  const lab = labOf(exhibit) ?? "";
  const [module] = await Promise.all([labs.module(lab), labs.declare(lab)]);
  const shown = labs.catalogue.exhibit(exhibit);
  if (!shown) throw new Error(sayLesson.lesson.noExhibit(exhibit));
  const { lesson: id, from } = place;
  const source = { lesson: id, ...(from === undefined ? {} : { from }) };
  const course = new Course(lesson, source, labs.catalogue, shown, module);
  course.follow(place);
  return course;
}
