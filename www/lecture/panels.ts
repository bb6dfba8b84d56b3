import type { Lab } from "../lab.ts";
import { hiddenParts } from "../spec/handout.ts";
import { PARTS, type PartName } from "../spec/parts.ts";

/** What a lecture shows one at a time: a part of the page, or the text of a lesson's step. */
export type PanelName = PartName | "text";

export interface LecturePanel {
  name: PanelName;
  title: string;
}

/** Parts that stay whatever is shown. */
const ALWAYS: readonly PartName[] = ["sentence", "verdict"];

/** The panels of a lab in the order in which they are turned; a lesson begins with its text. */
export function panelsOf(lab: Lab, lesson: boolean): LecturePanel[] {
  const hidden = lab.handout ? hiddenParts(lab.handout) : new Set<PartName>();
  const parts = [...(lab.page ? ofAnyProblem(lab) : ofRecovery(lab))];
  const shown = parts.filter(({ name }) => name === "text" || !hidden.has(name));
  return lesson ? [{ name: "text", title: "Text" }, ...shown] : shown;
}

function ofRecovery(lab: Lab): LecturePanel[] {
  const many = lab.spec.methods.length > 1;
  return [
    { name: "picture", title: "Signal" },
    { name: "traces", title: "Convergence" },
    ...(many ? [{ name: "compare" as const, title: "Comparison" }] : []),
    { name: "panels", title: "Support" },
    { name: "measured", title: "Measured" },
    { name: "matrix", title: "Matrix" },
  ];
}

/** As far as the problem has panels for a place. */
function ofAnyProblem({ page, spec, recording }: Lab): LecturePanel[] {
  const many = spec.methods.length > 1;
  const placed = (page?.picture.length ?? 0) + (page?.beside.length ?? 0);
  const all = recording?.methods[0]?.frames[0]?.panels?.length ?? 0;
  return [
    { name: "picture", title: "Picture" },
    { name: "traces", title: "Convergence" },
    ...(many ? [{ name: "compare" as const, title: "Comparison" }] : []),
    ...(page?.beside.length ? [{ name: "beside" as const, title: "Beside" }] : []),
    ...(all > placed ? [{ name: "below" as const, title: "More panels" }] : []),
  ];
}

/** The parts that are left out while one panel is shown. */
export function without(panel: PanelName): ReadonlySet<PartName> {
  return new Set(PARTS.filter((part) => part !== panel && !ALWAYS.includes(part)));
}
