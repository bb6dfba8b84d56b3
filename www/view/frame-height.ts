/** Space around the parts of a frame, in px. */
const ROOM = 90;

/** The height that the page needs in a frame, which leaves the notes out, in px. */
export function frameHeight(): number {
  const parts = [...document.querySelectorAll("main > :not(notes-part, part-switch)")];
  return parts.reduce((sum, part) => sum + part.getBoundingClientRect().height, ROOM);
}
