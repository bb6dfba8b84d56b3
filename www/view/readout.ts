import { css, html, type TemplateResult } from "lit";
import type { FigureView } from "../figures/figure-view.ts";
import type { Spot } from "./spike-hit.ts";

/** A readout stands this far above the finger, and this far beside the line, in px. */
const ABOVE = 48;
const BESIDE = 10;
/** Its height, and about what a letter takes of its width, in px. */
const HEIGHT = 46;
const LETTER = 6.8;
const PADDING = 24;

/** For the shadow root in which a readout stands. */
export const READOUT = css`
  .readout { position: absolute; pointer-events: none; background: var(--paper-raised); border: 1px solid var(--rule); border-radius: 4px;
    padding: 4px 10px; font-size: var(--size-label); line-height: 1.4; box-shadow: 0 1px 2px rgb(0 0 0 / 0.06); white-space: nowrap; z-index: 2; color: var(--ink-2); }
  .readout b { color: var(--ink); display: block; }
`;

/** A mark of the figure: its column, and from where to where it goes down. */
export interface Mark {
  left: number;
  top: number;
  bottom: number;
}

/** The figure around a readout, in px. */
export interface Surroundings {
  /** Where the line stands. */
  line: number;
  width: number;
  /** The lower edge of the plot. */
  bottom: number;
  marks: Mark[];
}

/**
 * What of a figure is near a line: `lists` are the values drawn at each index, and a mark goes from its head to
 * `foot`, which says where that is from where zero and the head are.
 */
export function surroundings(
  view: FigureView,
  at: number,
  lists: (ArrayLike<number> | undefined)[],
  foot: (zero: number, head: number) => number,
): Surroundings | undefined {
  const { frame } = view;
  const [here, next] = [view.pixelAt(at, 0), view.pixelAt(at + 1, 0)];
  if (!frame || !here || !next) return undefined;
  // As many indices as the widest readout covers.
  const reach = Math.ceil(320 / Math.max(0.01, next.left - here.left));
  const marks = lists.flatMap((list) => {
    const near: Mark[] = [];
    const last = Math.min((list?.length ?? 0) - 1, at + reach);
    for (let i = Math.max(0, at - reach); list && i <= last; i += 1) {
      const head = list[i] === 0 ? undefined : view.pixelAt(i, list[i] as number);
      if (!head) continue;
      const end = foot(here.top, head.top);
      near.push({ left: head.left, top: Math.min(head.top, end), bottom: Math.max(head.top, end) });
    }
    return near;
  });
  return { line: here.left, width: frame.width, bottom: frame.height - frame.bottom, marks };
}

/** A corner at the line: on which side of it, and at which end. */
export interface Corner {
  right: boolean;
  top: boolean;
}

/** The corner at which a readout covers the fewest marks; of equals the one with more room, and the upper one. */
export function freestCorner(size: number, { line, width, bottom, marks }: Surroundings): Corner {
  const roomier = line < width / 2;
  const corners = [true, false].flatMap((top) =>
    [roomier, !roomier].map((right) => ({ right, top })),
  );
  const covered = ({ right, top }: Corner): number => {
    const from = right ? line + BESIDE : line - BESIDE - size;
    if (from < 0 || from + size > width) return Number.POSITIVE_INFINITY;
    const high = top ? 0 : bottom - HEIGHT;
    return marks.filter(
      (mark) =>
        mark.left >= from &&
        mark.left <= from + size &&
        mark.bottom >= high &&
        mark.top <= high + HEIGHT,
    ).length;
  };
  const [first, ...rest] = corners as [Corner, ...Corner[]];
  return rest.reduce((best, corner) => (covered(corner) < covered(best) ? corner : best), first);
}

/** What stands at a line: above the finger, or where it covers nothing. */
export function readoutBox(
  title: string,
  text: string,
  around: Surroundings,
  finger: Spot | undefined,
): TemplateResult {
  const { line, width, bottom } = around;
  const size = Math.max(title.length, text.length) * LETTER + PADDING;
  const { right, top } = finger
    ? { right: line < width / 2, top: true }
    : freestCorner(size, around);
  const across = right ? `left:${line + BESIDE}px` : `right:${width - line + BESIDE}px`;
  const place = top ? "top:2px" : `top:${bottom - HEIGHT}px`;
  const down = finger ? `top:${finger.top - ABOVE}px;translate:0 -100%` : place;
  return html`<div class="readout" style="${across};${down}"><b>${title}</b>${text}</div>`;
}
