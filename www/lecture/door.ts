import type { Course } from "../lesson/course.ts";
import { addressOf } from "../spec/link.ts";
import { fillScreen } from "./full-screen.ts";

/** The page that has lectures. */
interface Host extends HTMLElement {
  readonly course: Course | undefined;
  /** Shows a panel, or the page again without one. */
  show(panel: string | undefined): void;
}

/** What a lecture begins with where nothing is named: its first panel. */
const FIRST_PANEL = "first";

/** Loads what lectures need. */
export async function loadLecture(): Promise<void> {
  await import("./lecture-view.ts");
}

/** Begins, turns and ends lectures when the page is told to. */
export function hearLecture(page: Host): void {
  page.addEventListener("begin-lecture", () => {
    void loadLecture().then(() => page.show(FIRST_PANEL));
    // While the click counts: a browser fills the screen only for a person.
    fillScreen();
  });
  page.addEventListener("turn-panel", (event) => page.show((event as CustomEvent<string>).detail));
  page.addEventListener("end-lecture", () => page.show(undefined));
  page.addEventListener("turn-step", (event) => {
    const { course } = page;
    const step = (course?.number ?? 0) + (event as CustomEvent<1 | -1>).detail;
    if (!course || step < 1 || step > course.last) return;
    location.hash = addressOf({ ...course.placeAt(step), lecture: FIRST_PANEL });
  });
}
