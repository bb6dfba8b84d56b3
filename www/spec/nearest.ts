import type { Exhibit, System } from "./catalogue.ts";

/** Letters at a word's beginning that tell it: `thresholding` and `thresholds` are one. */
const ROOT = 5;

/** Roots that are everywhere here, and so tell nothing. */
const COMMON = new Set(
  "about after algor among appli appro based befor below betwe compu data each every fast find findi first from have highe impro into itera large learn less line linea locks many metho model more most much neura number numbe only other over proble probl recov regre resid signa some spars such take takes than that their them then theor they this those time towar under until using very what when where which while with withi without".split(
    " ",
  ),
);

function roots(text: string): Set<string> {
  const words = text.toLowerCase().match(/\p{L}{4,}/gu) ?? [];
  return new Set(words.map((word) => word.slice(0, ROOT)).filter((root) => !COMMON.has(root)));
}

/** What an exhibit is about, in words. */
function wordsOf(exhibit: Exhibit): Set<string> {
  return roots(`${exhibit.title} ${exhibit.paper.title} ${exhibit.idea}`);
}

/**
 * The ready exhibit of the same lab that is nearest to a system which is not built, by the words that titles and
 * ideas share. A word counts the more the fewer exhibits have it. Where no exhibit of the lab is ready there is none:
 * across labs the same words mean other things.
 */
export function nearestExhibit(system: System, exhibits: readonly Exhibit[]): Exhibit | undefined {
  const candidates = exhibits
    .filter(({ lab }) => lab === system.lab)
    .map((exhibit) => ({ exhibit, words: wordsOf(exhibit) }));
  const share = (root: string) => candidates.filter(({ words }) => words.has(root)).length;
  const wanted = [...roots(system.title)];
  const score = (words: Set<string>) =>
    wanted
      .filter((root) => words.has(root))
      .reduce((sum, root) => sum + Math.log(1 + candidates.length / share(root)), 0);
  return candidates
    .map(({ exhibit, words }) => ({ exhibit, score: score(words) }))
    .sort((a, b) => b.score - a.score)[0]?.exhibit;
}
