const DARK = "(prefers-color-scheme: dark)";

/**
 * Light or dark: what the element's `theme` says, else what the page's `color-scheme` comes to where it stands, by which of
 * the two the system's colour of text is. That alone knows of styles, of a meta element and of the system together.
 */
export function themeOf(host: HTMLElement, root: ShadowRoot): "light" | "dark" {
  const asked = host.getAttribute("theme");
  if (asked === "light" || asked === "dark") return asked;
  const probe = document.createElement("i");
  probe.style.cssText = "display: none; color: CanvasText";
  root.append(probe);
  const [, red = "0"] = /(\d+)/.exec(getComputedStyle(probe).color) ?? [];
  probe.remove();
  return Number(red) > 127 ? "dark" : "light";
}

/** Calls back when the system turns dark or light, or the page may have. Returns how to stop. */
export function onThemeChange(callback: () => void): () => void {
  const query = matchMedia(DARK);
  query.addEventListener("change", callback);
  // Pages turn dark by a class, an attribute or a meta element.
  const observer = new MutationObserver(callback);
  for (const at of [document.documentElement, document.body])
    observer.observe(at, { attributes: true });
  observer.observe(document.head, { subtree: true, attributeFilter: ["content", "media"] });
  return () => {
    query.removeEventListener("change", callback);
    observer.disconnect();
  };
}
