import { html, svg, type TemplateResult } from "lit";
import { exact } from "../words/numbers.ts";

/** Height of the strip, in px: a finger's width. */
export const STRIP = 44;
/** Steps between two numbers on the ruler. */
const LABELLED = 25;

/** A line of the ruler: where it stands, in steps from the middle, and its number if it has one. */
export interface RulerMark {
  step: number;
  value: number;
  labelled: boolean;
}

/**
 * The marks of a ruler on which `held` is in the middle: one for every five steps that are within the range.
 * `stepped` gives the value so many steps away, and stands still at the ends of the range.
 */
export function rulerMarks(
  held: { value: number; from: number; steps: number },
  stepped: (from: number, steps: number) => number,
  reach: number,
): RulerMark[] {
  const marks: RulerMark[] = [];
  for (let at = Math.ceil((held.steps - reach) / 5) * 5; at <= held.steps + reach; at += 5) {
    const value = stepped(held.from, at);
    const inner = stepped(held.from, at - Math.sign(at));
    // Beyond the range nothing changes any more.
    if (at !== 0 && value === inner) continue;
    marks.push({ step: at - held.steps, value, labelled: at % LABELLED === 0 });
  }
  return marks;
}

/** The strip below a number that a finger holds: the number itself, which the finger hides, on a ruler that moves with it. */
export function dragStrip(
  text: string,
  marks: RulerMark[],
  { top, width, pixels }: { top: number; width: number; pixels: number },
): TemplateResult {
  const x = (mark: RulerMark) => width / 2 + mark.step * pixels;
  return html`<div class="strip" aria-hidden="true" style="top:${top}px">
    <svg width=${width} height=${STRIP} viewBox="0 0 ${width} ${STRIP}">
      ${marks.map(
        (mark) =>
          svg`<path d="M${x(mark)} ${STRIP}v${mark.labelled ? -10 : -5}" stroke="var(--control)"></path>
          ${mark.labelled && Math.abs(x(mark) - width / 2) > 44 ? svg`<text x=${x(mark)} y="26" text-anchor="middle">${exact(mark.value)}</text>` : ""}`,
      )}
      <path d="M${width / 2} ${STRIP}v-16" stroke="var(--ink)" stroke-width="2"></path>
    </svg>
    <b>${text}</b>
  </div>`;
}
