import InlineRunner from "./worker.ts?worker&inline";

/** A worker of the pool inside the page's own file: a page opened from disk may not load a second file. */
export function makeRunner(): Worker {
  return new InlineRunner();
}
