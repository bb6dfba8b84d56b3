import type { FigureView } from "../figures/figure-view.ts";
import type { Lab } from "../lab.ts";

/** The index of the signal that a click is on; nothing beside the figure. */
export function pointedIndex(page: Element, event: MouseEvent, lab: Lab): number | undefined {
  const figure = page.querySelector<FigureView>("signal-part figure-view");
  const box = figure?.getBoundingClientRect();
  const inside =
    box &&
    event.clientX >= box.left &&
    event.clientX <= box.right &&
    event.clientY >= box.top &&
    event.clientY <= box.bottom;
  const at = inside ? figure?.valueAt(event) : undefined;
  const cols = lab.recording?.description.facts.cols ?? 0;
  if (!at || cols === 0) return undefined;
  return Math.min(cols - 1, Math.max(0, Math.round(at.x)));
}
