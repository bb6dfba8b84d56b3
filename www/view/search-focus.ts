import type { LitElement } from "lit";

/** Puts the focus into the field that searches, once the page has it: it changes on the next turn of the event loop. */
export function focusSearch(app: LitElement): void {
  const focus = () => app.querySelector<HTMLElement>(".search input")?.focus();
  setTimeout(() => void app.updateComplete.then(() => requestAnimationFrame(focus)), 0);
}
