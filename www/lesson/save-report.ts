import { sayLesson } from "../messages/lesson.ts";

import { addressOf } from "../spec/link.ts";
import { download } from "../view/download.ts";
import type { Course } from "./course.ts";
import { type Report, reportAsMarkdown, reportAsPage } from "./report.ts";

/** Saves what the student has said and seen so far, and says so. */
export function saveReport(course: Course, form: "html" | "md"): string {
  course.keep();
  const report = reportOf(course, location.href.split("#")[0] ?? "");
  const name = `pursuit-report-${course.lesson.id}.${form}`;
  if (form === "html") download(name, reportAsPage(report), "text/html");
  else download(name, reportAsMarkdown(report), "text/markdown");
  return sayLesson.lesson.saved(name);
}

/** What a report has of a course; `home` is the page's own address. */
export function reportOf(course: Course, home: string): Report {
  const { lesson, guesses, answers, seen, played, lab } = course;
  const exhibit = lab.exhibit.id;
  return {
    title: lesson.title,
    date: new Date(),
    address: home + addressOf(course.place),
    steps: lesson.steps.flatMap(({ title, kind, ask, spec }, i) => {
      const number = i + 1;
      const shown = played.get(number) ?? spec;
      const guess = guesses.get(number);
      const left = seen.get(number);
      if (guess === undefined && left === undefined) return [];
      return [
        {
          number,
          title,
          kind,
          link: shown ? home + addressOf({ page: "lab", exhibit, spec: shown }) : undefined,
          changed: played.has(number),
          ask,
          guess,
          answer: answers.get(number),
          seen: left,
        },
      ];
    }),
  };
}
