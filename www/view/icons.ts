import { html, svg, type TemplateResult } from "lit";

/** Strokes on a 16 px square. */
const PATHS: Record<string, string> = {
  chevron: "M4.5 6.5 8 10l3.5-3.5",
  back: "M10 3.5 5.5 8l4.5 4.5",
  forward: "M6 3.5 10.5 8 6 12.5",
  undo: "M6 3 3 6l3 3M3.2 6H10a3.2 3.2 0 0 1 0 6.5H7",
  redo: "m10 3 3 3-3 3m2.8-3H6a3.2 3.2 0 0 0 0 6.5h3",
  restart: "M12.8 8A4.8 4.8 0 1 1 11 4.2M12.6 1.8v3h-3",
  close: "m4.5 4.5 7 7m0-7-7 7",
  search: "M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9Zm3.3-1.2 3.4 3.4",
};

/** A small drawing beside words; it says nothing that they do not. */
export function icon(name: string): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
    ${svg`<path d=${PATHS[name] ?? ""} fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round"></path>`}
  </svg>`;
}

/** Play or pause, filled. */
export function playIcon(playing: boolean): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
    ${playing ? svg`<path d="M4.5 3.5h2.6v9H4.5zM8.9 3.5h2.6v9H8.9z" fill="currentColor"></path>` : svg`<path d="M5 3.2v9.6L12.8 8z" fill="currentColor"></path>`}
  </svg>`;
}

/** The marks of the figures, for legends and lists. */
export function mark(
  kind: "found" | "missed" | "waiting" | "false" | "ready" | "unbuilt",
  colour = "estimate",
): TemplateResult {
  const shapes = {
    found: svg`<circle cx="8" cy="8" r="5.4" fill="none" stroke="var(--truth)" stroke-width="1.4"></circle><circle cx="8" cy="8" r="3.3" style="fill:var(--${colour})"></circle>`,
    ready: svg`<circle cx="8" cy="8" r="5.2" fill="none" stroke="var(--ink-2)" stroke-width="1.3"></circle><circle cx="8" cy="8" r="3.2" fill="var(--estimate)"></circle>`,
    missed: svg`<circle cx="8" cy="8" r="5.2" fill="none" stroke="var(--miss)" stroke-width="2"></circle>`,
    waiting: svg`<circle cx="8" cy="8" r="5.2" fill="none" stroke="var(--truth)" stroke-width="1.4"></circle>`,
    false: svg`<path d="m4 4 8 8m0-8-8 8" stroke="var(--false-alarm)" stroke-width="2" fill="none"></path>`,
    unbuilt: svg`<circle cx="8" cy="8" r="3" fill="none" stroke="var(--control)" stroke-width="1.4"></circle>`,
  };
  return html`<svg class="mark" viewBox="0 0 16 16" aria-hidden="true">${shapes[kind]}</svg>`;
}
