/** The name, in an address, of a lesson from a file of one's own. */
export const OWN = "own";

/** Whether a file that is dropped is a lesson, and not numbers or a Spec. */
export function isLesson({ name }: File): boolean {
  return /\.(md|markdown)$/i.test(name);
}
