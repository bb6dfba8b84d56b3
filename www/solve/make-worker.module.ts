import address from "./worker.ts?worker&url";

/**
 * The solver's worker as a module of its own, for a page that a server sends. A browser starts workers from the page's own
 * host only: where the scripts come from another one, as an embedded lab's may, a worker of one line imports it from there.
 */
export function makeWorker(): Worker {
  const url = new URL(address, import.meta.url);
  return new Worker(url.origin === location.origin ? url : relayed(url.href), { type: "module" });
}

const relays = new Map<string, string>();

function relayed(url: string): string {
  const relay =
    relays.get(url) ??
    URL.createObjectURL(new Blob([`import ${JSON.stringify(url)};`], { type: "text/javascript" }));
  relays.set(url, relay);
  return relay;
}
