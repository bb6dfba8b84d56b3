import { pieces } from "../pieces.ts";

/** Around lessons, whose texts speak for themselves; and what one is asked to guess. */
export const lesson = {
  kinds: { read: "Read", predict: "Predict", try: "Try", explain: "Why" },
  lesson: "Lesson",
  steps: "Steps",
  previous: "Previous step",
  previousKey: "Previous step (Page Up)",
  nextStep: "Next step",
  nextStepKey: "Next step (Page Down)",
  of: (number: number, last: number) => `${number} of ${last}`,
  text: "Text of the step",
  next: "Next",
  all: "All lessons",
  reset: "Reset this step",
  myReport: "My report:",
  asPage: "save as a page",
  asMarkdown: "as Markdown",
  saved: (file: string) => `Saved ${file}.`,
  widthOfText: "Width of the text",
  dragOrKeys: "Drag, or use the arrow keys",
  heading: "A first course",
  summary: (lessons: number, minutes: number) =>
    `${lessons} lessons beside the lab, ${minutes} minutes in all. Each can be read alone.`,
  minutes: (n: number) => `${n} min`,
  tryChallenges: (link: (text: string) => unknown) =>
    pieces`Whoever knows all this may try the ${link("challenges")}.`,
  ownFile: (link: (text: string) => unknown) =>
    pieces`A lesson is a Markdown file. Drop one of your own here, or ${link("open a file")}.`,
  report: (title: string) => `${title}: my report`,
  whereLeft: "The lesson where I left it",
  figureInStep: (name: string, step: number) => `${name}, step ${step}`,
  inLab: "This step in the lab",
  inLabChanged: "This step in the lab, as I changed it",
  figure: "Figure",
  trouble: (step: number, title: string, what: string) =>
    `Step ${step}, "${title}": ${what} The picture stays as it was.`,
  noExhibit: (id: string) => `There is no exhibit "${id}" here.`,
  noLesson: (id: string) => `There is no lesson "${id}" here.`,
  noLessonAt: (path: string, status: number | undefined) =>
    `There is no lesson at ${path}${status === undefined ? "" : ` (${status})`}.`,
  gone: "This lesson was a file of your own, which is not here any more. Drop it again.",
  tooLarge: (kilobytes: number, file: string | undefined) =>
    `A lesson may have ${kilobytes} kB, and ${file ?? "this one"} is larger.`,
  noAddress: (text: string) => `"${text}" is no address of a lesson.`,
  elsewhere: (text: string) =>
    `Lessons come from this page's own host, and "${text}" is elsewhere. It was not opened.`,
};

/** A question before its outcome. */
export const ask = {
  lock: "Lock my guess",
  byIndex: "Click in the picture, or type the index:",
  byNumber: "My guess:",
  onItsWay: "The run is on its way ...",
  choice: (text: string) => `"${text}"`,
  noAnswer: (said: string) => `You said ${said}. This run has no answer to the question.`,
  was: (said: string, was: string) => `You said ${said}. It was ${was}.`,
  justSo: (said: string) => `You said ${said}, and so it was.`,
  nearEnough: (said: string, was: string) =>
    `You said ${said}. It was ${was}, which is near enough.`,
};

/** What a link may ask first. */
export const guess = {
  index: "Guess before you look: at which index will the estimate be largest?",
  recovered: "Guess before you look: will the signal be recovered, to a thousandth of its size?",
  yes: "recovered",
  no: "not",
};

/** The handle of a text that is a sheet over the lab. */
export const sheet = {
  height: "Height of the text",
  share: (percent: number) => `${percent} % of the window`,
};
