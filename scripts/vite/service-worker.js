// Keeps the page at work without a network after the first visit. `offline.ts` writes BUILD and FILES above these lines.

// One origin may hold several copies under several paths: each keeps to its own caches.
const PREFIX = `pursuit ${registration.scope} `;
const CACHE = PREFIX + BUILD;

addEventListener("install", (event) => event.waitUntil(store()));
addEventListener("activate", (event) => event.waitUntil(dropOlder()));
addEventListener("fetch", (event) => {
  if (event.request.method !== "GET" || !event.request.url.startsWith(registration.scope)) return;
  event.respondWith(event.request.mode === "navigate" ? page(event.request) : file(event.request));
});

async function store() {
  const cache = await caches.open(CACHE);
  // "no-cache" asks the server whether a file changed: a page from the browser's own cache may belong to an older build.
  await cache.addAll(FILES.map((path) => new Request(path, { cache: "no-cache" })));
}

async function dropOlder() {
  const names = await caches.keys();
  await Promise.all(
    names
      .filter((name) => name.startsWith(PREFIX) && name !== CACHE)
      .map((name) => caches.delete(name)),
  );
}

async function page(request) {
  // A new build waits until no page of the old one is open. On a reload of the last one, let it in and load again.
  if (registration.waiting && (await clients.matchAll()).length < 2) {
    registration.waiting.postMessage("take over");
    // An icon of nothing: the browser would ask the host for its own, perhaps without a network.
    const blank = '<link rel="icon" href="data:,">';
    return new Response(blank, { headers: { "Content-Type": "text/html", Refresh: "0" } });
  }
  const path = new URL(request.url).pathname;
  const home = new URL(registration.scope).pathname;
  // The spec rides in the address, so whatever follows the path is for the page to read.
  return path === home || path === `${home}index.html` ? file(new Request("./")) : file(request);
}

addEventListener("message", (event) => {
  if (event.data === "take over") skipWaiting();
});

async function file(request) {
  const cache = await caches.open(CACHE);
  const known = await cache.match(request, { ignoreVary: true });
  if (known) return known;
  const answer = await fetch(request);
  // What belongs to one lab is kept when somebody has opened it.
  if (answer.ok && request.url.startsWith(`${registration.scope}labs/`))
    await cache.put(request, answer.clone());
  return answer;
}
