import { cards } from "./de/cards.ts";
import { challenge } from "./de/challenge.ts";
import { files } from "./de/files.ts";
import { handout } from "./de/handout.ts";
import { paint, sentence, signal, sound, timeline, verdict } from "./de/lab.ts";
import { lecture } from "./de/lecture.ts";
import { ask, guess, lesson, sheet } from "./de/lesson.ts";
import { lessonHeads, lessons } from "./de/lessons.ts";
import { index, methods, notes, page, share } from "./de/page.ts";
import { compared, panels, traces } from "./de/panels.ts";
import { sweep } from "./de/sweep.ts";
import { take } from "./de/take.ts";
import { here, path, theory } from "./de/theory.ts";
import type { Language } from "./later.ts";

/** German. */
export const de = {
  page: {
    ...{ page, index, methods, share, notes, files },
    ...{ sentence, verdict, timeline, signal, paint, sound },
    ...{ panels, compared, traces, theory, here, path },
  },
  later: { ...{ lesson, ask, guess, sheet }, ...{ challenge, handout, lecture, sweep, take } },
  cards,
  lessonHeads,
  lessons,
} satisfies Language;
