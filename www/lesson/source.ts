import { sayLesson } from "../messages/lesson.ts";
import { lessonIn } from "../messages/lessons.ts";
import type { LessonPlace } from "../spec/link.ts";
import { MAX_BYTES } from "./format.ts";
import { OWN } from "./own.ts";
import { textOf } from "./shelf.ts";

const KEPT = "pursuit lesson";
/** The text of that file, for as long as the tab is open. */
let own: string | undefined;

/** The text of the lesson that an address names. Throws an `Error` with one sentence. */
export async function lessonText(place: LessonPlace): Promise<string> {
  if (place.from !== undefined) return fetched(place.from);
  if (place.lesson === OWN) {
    own ??= kept();
    if (own === undefined) throw new Error(sayLesson.lesson.gone);
    return own;
  }
  const text = (await lessonIn(place.lesson)) ?? textOf(place.lesson);
  if (text === undefined) throw new Error(sayLesson.lesson.noLesson(place.lesson));
  return text;
}

/** Takes a file as the lesson of one's own. Throws an `Error` with one sentence. */
export async function takeFile(file: File): Promise<void> {
  if (file.size > MAX_BYTES)
    throw new Error(sayLesson.lesson.tooLarge(MAX_BYTES / 1000, file.name));
  own = await file.text();
  try {
    sessionStorage.setItem(KEPT, own);
  } catch {
    // Without storage the lesson lasts until the page is loaded again.
  }
}

function kept(): string | undefined {
  try {
    return sessionStorage.getItem(KEPT) ?? undefined;
  } catch {
    return undefined;
  }
}

/** A lesson beside the page, or elsewhere on its host. */
async function fetched(from: string): Promise<string> {
  const address = addressHere(from);
  const response = await fetch(address).catch(() => undefined);
  if (!response?.ok)
    throw new Error(sayLesson.lesson.noLessonAt(address.pathname, response?.status));
  return capped(response);
}

/** A full address. Throws where it is of another host. */
export function addressHere(from: string, base = document.baseURI): URL {
  let address: URL;
  try {
    address = new URL(from, base);
  } catch {
    throw new Error(sayLesson.lesson.noAddress(from.slice(0, 80)));
  }
  const here = new URL(base);
  const web = address.protocol === "https:" || address.protocol === "http:";
  if (!web || address.origin !== here.origin)
    throw new Error(sayLesson.lesson.elsewhere(from.slice(0, 80)));
  return address;
}

/** The text of an answer, of which no more is read than a lesson may have. */
async function capped(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
    if (done || !value) break;
    size += value.length;
    if (size > MAX_BYTES) {
      await reader?.cancel();
      throw new Error(sayLesson.lesson.tooLarge(MAX_BYTES / 1000, undefined));
    }
    chunks.push(value);
  }
  return new Blob(chunks).text();
}
