import type { FigureView } from "../figures/figure-view.ts";
import { sayLesson } from "../messages/lesson.ts";

/** What a step came to on the page: the verdict, and the panels as PNG data. */
export interface Seen {
  verdict: string;
  figures: { name: string; data: string }[];
}

/** Panels that a report has, in its order. The matrix is the same in every step, and large. */
const PANELS = ["signal-part", "problem-panels", "traces-part", "panels-part", "measured-part"];

/** Takes what the lab in `root` shows. */
export function seenIn(root: ParentNode): Seen {
  const views = PANELS.flatMap((part) => [
    ...root.querySelectorAll<FigureView>(`${part} figure-view`),
  ]);
  return {
    verdict: (root.querySelector(".verdict")?.textContent ?? "").replace(/\s+/g, " ").trim(),
    figures: views.flatMap((view) => {
      const data = view.picture(devicePixelRatio)?.toDataURL("image/png");
      return data ? [{ name: nameOf(view), data }] : [];
    }),
  };
}

/** The words under a figure, or the title of its panel. */
function nameOf(view: FigureView): string {
  const caption = view.closest("figure")?.querySelector("figcaption")?.textContent;
  const title = view.closest(".panel, .row")?.querySelector("h2")?.textContent;
  return (caption ?? title ?? sayLesson.lesson.figure).trim();
}
