import InlineWorker from "./worker.ts?worker&inline";

/** The solver's worker inside the page's own file: a page opened from disk may not load a second file. */
export function makeWorker(): Worker {
  return new InlineWorker();
}
