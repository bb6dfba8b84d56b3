import { ask, guess, lesson, sheet } from "./en/lesson.ts";
import type { Later } from "./later.ts";
import { whenSpoken } from "./say.ts";

const ENGLISH: Pick<Later, "lesson" | "ask" | "guess" | "sheet"> = { lesson, ask, guess, sheet };

/** Words around lessons and questions. */
export let sayLesson = ENGLISH;

whenSpoken((language) => {
  sayLesson = language?.later ?? ENGLISH;
});
