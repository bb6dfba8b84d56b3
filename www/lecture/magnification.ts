/** Least magnification, so that the last row can read. */
export const LEAST = 1.6;
/** The page that fills a screen at its own size, in px. */
const PAGE = { width: 920, height: 530 };
/** Below this a screen is held in a hand. */
const IN_HAND = 700;
/** How much larger everything is on a screen. */
export function magnification(width: number, height: number): number {
  if (width < IN_HAND) return 1;
  return Math.max(LEAST, Math.min(width / PAGE.width, height / PAGE.height));
}
