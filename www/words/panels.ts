import { say } from "../messages/say.ts";

/** What a panel shows, in words. */
export function aboutPanel(id: string, caption: string): string {
  return say.panels.about[id] ?? say.panels.beforeStep(caption);
}

/** Panels that show all of their axis always. */
const WHOLE = [
  ...["convergence", "measured", "matrix", "snapshots"],
  ...["painted-picture", "painted-line"],
];

/** What can be done in a panel, a paragraph each. */
export function actsIn(id: string): string[] {
  const own = say.panels.acts[id] ?? [say.panels.read];
  return WHOLE.includes(id) ? own : [...own, say.panels.zoom];
}
