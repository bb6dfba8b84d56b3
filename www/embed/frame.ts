import { type PartName, partsIn } from "../spec/parts.ts";

/** What the page in a frame tells the page around it, whenever its height changes; it hears no messages. */
export interface FrameMessage {
  type: "pursuit-height";
  /** Of all that is shown, in CSS px. */
  height: number;
}

/** How the page is asked to show itself in a frame: `?embed`, with `hide` and `theme` as the element has them. */
export interface FrameWishes {
  hide: ReadonlySet<PartName>;
  theme: "light" | "dark" | undefined;
}

/** The wishes in an address's query; nothing where it asks for the whole page. */
export function frameIn(search: string): FrameWishes | undefined {
  const parameters = new URLSearchParams(search);
  if (!parameters.has("embed")) return undefined;
  const theme = parameters.get("theme");
  return {
    hide: partsIn(parameters.get("hide") ?? ""),
    theme: theme === "light" || theme === "dark" ? theme : undefined,
  };
}

/** Makes the page one for a frame. A height tells a stranger nothing, so whoever frames the page may have it. */
export function becomeFrame({ theme }: FrameWishes, content: Element): void {
  const root = document.documentElement;
  root.dataset.embed = "";
  if (theme) root.dataset.theme = theme;
  if (window.parent === window) return;
  new ResizeObserver(() => {
    const height = Math.ceil(content.getBoundingClientRect().height);
    window.parent.postMessage({ type: "pursuit-height", height } satisfies FrameMessage, "*");
  }).observe(content);
}
