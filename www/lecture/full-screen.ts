/** Fills the screen where the browser lets a page do so; elsewhere the window is what there is. */
export function fillScreen(): void {
  document.documentElement.requestFullscreen?.().catch(() => undefined);
}
