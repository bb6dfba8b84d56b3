import { html, nothing, type TemplateResult } from "lit";
import { unsafeHTML } from "lit/directives/unsafe-html.js";
import { until } from "lit/directives/until.js";

type Katex = typeof import("katex").default;

/** KaTeX, once it is there: the first picture does not wait for it. */
let katex: Katex | undefined;
let loading: Promise<Katex> | undefined;

/** Loads what sets formulas. */
export function mathsLoaded(): Promise<Katex> {
  loading ??= import("katex").then((module) => {
    katex = module.default;
    return katex;
  });
  return loading;
}

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
  if (katex) return html`${unsafeHTML(markup(katex, source, display))}`;
  const set = mathsLoaded().then(
    (loaded) => unsafeHTML(markup(loaded, source, display)),
    // TeX can be read, too.
    () => source,
  );
  return html`${until(set, nothing)}`;
}

function markup(katex: Katex, source: string, display: boolean): string {
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
  return markup;
}
