/** The solver's worker as a module of its own, for a page that a server sends. */
export function makeWorker(): Worker {
  return new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
}
