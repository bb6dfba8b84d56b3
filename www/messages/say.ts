import { writeNumbersIn } from "../words/numbers.ts";
import { en, type Messages } from "./en.ts";
import type { Language } from "./later.ts";

/** The languages that the page speaks, each by its own name. How to add one: docs/languages.md. */
export const LANGUAGES = [
  { id: "en", name: "English", dir: "ltr" },
  { id: "de", name: "Deutsch", dir: "ltr" },
] as const;

export type LanguageId = (typeof LANGUAGES)[number]["id"];

/** Languages that are files of their own. English comes with the page. */
const FILES: Record<Exclude<LanguageId, "en">, () => Promise<Language>> = {
  de: async () => (await import("./de.ts")).de,
};

/** The page's words, in the language that is spoken: `say.share.copyLink`. Whoever keeps one keeps its language. */
export let say: Messages = en;
/** The language that is spoken. */
export let spoken: LanguageId = "en";
let present: Language | undefined;
let asked: LanguageId = "en";
const listeners = new Set<(language: Language | undefined) => void>();

/** Has the page speak a language from now on. Nothing changes where its file does not come, or another one is asked for meanwhile. */
export async function speak(id: LanguageId): Promise<void> {
  asked = id;
  const language = id === "en" ? undefined : await FILES[id]();
  if (asked !== id) return;
  [spoken, present, say] = [id, language, language?.page ?? en];
  writeNumbersIn(id);
  for (const listener of listeners) listener(language);
}

/** Calls back now and whenever another language is spoken; English is `undefined`. */
export function whenSpoken(listener: (language: Language | undefined) => void): void {
  listeners.add(listener);
  listener(present);
}

/** The language of the crate's own words, which nobody has translated: sentences, captions, names of parameters. */
export const CRATE_LANGUAGE = "en";
