import type { Lab } from "../lab.ts";
import { sayLecture } from "../messages/lecture.ts";
import { hiddenParts } from "../spec/handout.ts";
import { PARTS, type PartName } from "../spec/parts.ts";

/** One screen of a lecture. */
export interface LecturePanel {
  /** Its name in an address. */
  name: string;
  title: string;
  /** The part of the page that it is, or is in; none for the text of a lesson's step. */
  part?: PartName;
  /** The panel of the part that is shown alone, by its id; all of it without one. */
  only?: string;
}

/** Parts that stay whatever is shown. */
const ALWAYS: readonly PartName[] = ["sentence", "verdict"];

/** The panels of a lab in the order in which they are turned; a lesson begins with its text. */
export function panelsOf(lab: Lab, lesson: boolean): LecturePanel[] {
  const hidden = lab.handout ? hiddenParts(lab.handout) : new Set<PartName>();
  const many = lab.spec.methods.length > 1;
  const all = [
    part("picture", lab.page ? sayLecture.picture : sayLecture.signal),
    part("traces", sayLecture.convergence),
    ...(many ? [part("compare", sayLecture.comparison)] : []),
    ...(lab.page ? ofAnyProblem(lab) : ofRecovery()),
  ];
  const shown = all.filter(({ part }) => part && !hidden.has(part));
  return lesson ? [{ name: "text", title: sayLecture.text }, ...shown] : shown;
}

function part(name: PartName, title: string): LecturePanel {
  return { name, title, part: name };
}

function ofRecovery(): LecturePanel[] {
  const { support, measured, matrix } = sayLecture;
  return [part("panels", support), part("measured", measured), part("matrix", matrix)];
}

/** Each panel that the problem and the method have beside the picture and below it. */
function ofAnyProblem({ page, recording, focus }: Lab): LecturePanel[] {
  const panels = recording?.methods[focus]?.frames[0]?.panels ?? [];
  const beside = page?.beside ?? [];
  return panels
    .filter(({ id }) => !page?.picture.includes(id))
    .map(({ id, title }) => {
      const where = beside.includes(id) ? ("beside" as const) : ("below" as const);
      return { name: `${where}.${id}`, title, part: where, only: id };
    });
}

/** The parts that are left out while one panel is shown. */
export function without({ part }: LecturePanel): ReadonlySet<PartName> {
  return new Set(PARTS.filter((one) => one !== part && !ALWAYS.includes(one)));
}
