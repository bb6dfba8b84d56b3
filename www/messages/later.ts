import type { CardText } from "./cards.ts";
import type * as challenge from "./en/challenge.ts";
import type * as handout from "./en/handout.ts";
import type * as lecture from "./en/lecture.ts";
import type * as lesson from "./en/lesson.ts";
import type * as sweep from "./en/sweep.ts";
import type * as take from "./en/take.ts";
import type { Messages } from "./en.ts";
import type { LessonHead } from "./lessons.ts";

/** Words of what is loaded when somebody goes there. English has them beside the code, another language all in its file. */
export type Later = typeof challenge &
  typeof handout &
  typeof lecture &
  typeof lesson &
  typeof sweep &
  typeof take;

/** A language in a file of its own. */
export interface Language {
  page: Messages;
  later: Later;
  /** Texts of exhibits, by their ids; what is missing stays in English. */
  cards: Record<string, CardText>;
  /** What the list says of lessons, by their ids. */
  lessonHeads: Record<string, LessonHead>;
  /** Lessons by their ids, as Markdown, loaded when they are asked for. */
  lessons: Record<string, () => Promise<string>>;
}
