// A file of its own because the page's policy allows no inline script. The page works as well without, so a refusal
// (private window, no https) is nobody's business; and the first picture comes before the copies.
addEventListener("load", () => navigator.serviceWorker?.register("./sw.js").catch(() => {}));
