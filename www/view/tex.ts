import katex from "katex";
import { html, type TemplateResult } from "lit";
import { unsafeHTML } from "lit/directives/unsafe-html.js";

/** Words with TeX between dollar signs. The words come from the crate, never from a Spec or a file. */
export function words(text: string): TemplateResult {
  const pieces = text.split("$");
  return html`${pieces.map((piece, i) => (i % 2 === 1 ? tex(piece) : piece))}`;
}

/** Formulas that were set already: most of a page is drawn again with the same ones. */
const kept = new Map<string, string>();
const MOST_KEPT = 500;

/** A formula. KaTeX writes the markup itself, and trusts nothing in it. */
export function tex(source: string, display = false): TemplateResult {
  const key = `${display} ${source}`;
  let markup = kept.get(key);
  if (markup === undefined) {
    markup = katex.renderToString(source, {
      displayMode: display,
      throwOnError: false,
      trust: false,
    });
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(key, markup);
  }
  return html`${unsafeHTML(markup)}`;
}
