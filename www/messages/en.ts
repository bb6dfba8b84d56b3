import { files } from "./en/files.ts";
import { paint, sentence, signal, sound, timeline, verdict } from "./en/lab.ts";
import { index, methods, notes, page, share } from "./en/page.ts";
import { compared, panels, traces } from "./en/panels.ts";
import { here, path, theory } from "./en/theory.ts";

/**
 * The page's words in English, by the part of the page that says them: the source of their types. What is loaded when
 * somebody goes there (lessons, challenges, ...) has its words beside it, see `Later`.
 */
export const en = {
  ...{ page, index, methods, share, notes, files },
  ...{ sentence, verdict, timeline, signal, paint, sound },
  ...{ panels, compared, traces, theory, here, path },
};

export type Messages = typeof en;
