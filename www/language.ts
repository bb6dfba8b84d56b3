import { LANGUAGES, type LanguageId, speak, spoken } from "./messages/say.ts";

/** What the browser keeps: the language that was chosen in the menu. */
const KEPT = "pursuit language";

/**
 * The language to speak: the one that an address asks for, else the one that was chosen here before, else the first of those
 * that the reader wishes for. A name may have a region, as `de-AT` has.
 */
export function languageFor(
  asked: string | null,
  kept: string | null,
  wished: readonly string[],
): LanguageId {
  for (const name of [asked, kept, ...wished]) {
    const base = name?.toLowerCase().split("-")[0];
    const found = LANGUAGES.find(({ id }) => id === base);
    if (found) return found.id;
  }
  return "en";
}

/** Has the page speak its reader's language. Where that does not load, it is English. */
export async function greet(): Promise<void> {
  const asked = new URLSearchParams(location.search).get("lang");
  await speak(languageFor(asked, kept(), navigator.languages)).catch(() => undefined);
  markRoot();
}

/** Turns the page to another language at once, and keeps the choice. Rejects where the language does not load. */
export async function turnTo(id: LanguageId): Promise<void> {
  await speak(id);
  keep(id);
  markRoot();
  redraw(document);
}

function markRoot(): void {
  const root = document.documentElement;
  root.lang = spoken;
  root.dir = directionOf(spoken);
}

/** Which way a language is read. */
export function directionOf(id: LanguageId): "ltr" | "rtl" {
  return LANGUAGES.find((language) => language.id === id)?.dir ?? "ltr";
}

/** Has all elements below a node say their words again; what they show and know stays. */
function redraw(root: ParentNode): void {
  for (const element of root.querySelectorAll("*")) {
    (element as { requestUpdate?: () => void }).requestUpdate?.();
    if (element.shadowRoot) redraw(element.shadowRoot);
  }
}

function kept(): string | null {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}

/** From now on the choice counts, and no longer what the address asked for. */
function keep(id: LanguageId): void {
  try {
    localStorage.setItem(KEPT, id);
  } catch {
    // Without storage it holds until the page is loaded again.
  }
  const query = new URLSearchParams(location.search);
  if (!query.has("lang")) return;
  query.delete("lang");
  const rest = query.toString();
  history.replaceState(null, "", `${location.pathname}${rest && `?${rest}`}${location.hash}`);
}
