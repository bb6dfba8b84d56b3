/** The page's style sheet, made fit for the inside of an element, and what of it only a document can have. */
export interface ShadowCss {
  /** For a shadow tree: what is said of the page is said of `.pursuit-root`, and widths are the element's own. */
  inside: string;
  /** Typefaces: a shadow tree cannot declare any. */
  fonts: string;
}

/** Pixels that the page's sizes in rem mean; a host's own root size has no part in them. */
const REM = 16;

export function shadowCss(page: string): ShadowCss {
  const fonts = page.match(/@font-face\s*\{[^}]*\}/g) ?? [];
  const inside = page
    .replace(/@font-face\s*\{[^}]*\}/g, "")
    .replaceAll(":root", ".pursuit-root")
    .replace(/(^|[},\s])(?:html|body)(?=[\s{,:[.])/g, "$1.pursuit-root")
    .replace(/@media(?=[^{]*\bwidth\b)/g, "@container pursuit")
    .replace(/(\d*\.?\d+)rem\b/g, (_, size: string) => `${Number(size) * REM}px`);
  return { inside: `${HOST}${inside}`, fonts: fonts.join("\n") };
}

// What the host page says of text would be inherited, so it is taken back first.
const HOST = `:host { display: block; container: pursuit / inline-size; }
:host([hidden]) { display: none; }
.pursuit-root { all: initial; display: block; overflow-wrap: break-word; }
`;
