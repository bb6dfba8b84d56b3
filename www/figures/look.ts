import { Look } from "../../target/web/front/pursuit.js";

const FONT = '"Source Sans 3 Variable"';

/** Tokens that figures use. */
const TOKENS = [
  "paper",
  "ink",
  "ink-2",
  "ink-3",
  "rule",
  "control",
  "axis",
  "grid",
  "focus",
  "halo",
  "truth",
  "estimate",
  "miss",
  "false-alarm",
  "measured",
  "residual",
  "theory",
  "method-a",
  "method-b",
  "method-c",
  "method-d",
  ...Array.from({ length: 9 }, (_, i) => `seq-${i}`),
  ...Array.from({ length: 9 }, (_, i) => `div-${i}`),
];

/** Looks by the tree that they hold in: the page, or one embedded lab, which may be dark in a light page. */
const looks = new Map<Node, Look>();
const heard = new Set<() => void>();

/** Colours and typeface as they are now where an element stands; those of the page for one that stands nowhere. */
export function look(at: Element): Look {
  const place = at.isConnected ? at : document.documentElement;
  const root = place.getRootNode();
  const known = looks.get(root);
  if (known) return known;
  // A tree that has left the page would be kept for its look.
  for (const [other, look] of looks) {
    if (other.isConnected) continue;
    look.free();
    looks.delete(other);
  }
  const made = new Look({ font: FONT, colours: colours(place) });
  looks.set(root, made);
  return made;
}

/** Has everything drawn again in the colours and typefaces of now. */
export function lookChanged(): void {
  for (const look of looks.values()) look.free();
  looks.clear();
  for (const callback of heard) callback();
}

function colours(at: Element): Record<string, string> {
  const style = getComputedStyle(at);
  const all = Object.fromEntries(
    TOKENS.map((name) => [name, sixDigits(style.getPropertyValue(`--${name}`).trim())]),
  );
  // A method that steps back behind another is drawn in a quarter of its colour on paper.
  for (const name of TOKENS.filter((token) => token.startsWith("method-")))
    all[faint(name)] = mixed(all.paper ?? "", all[name] ?? "", 0.25);
  return all;
}

/** A colour as `#rrggbb`: style sheets that were made small have `#rgb` where it is the same. */
export function sixDigits(colour: string): string {
  return /^#[\da-f]{3}$/i.test(colour) ? colour.replace(/[\da-f]/gi, "$&$&") : colour;
}

/** The name of a method's colour where the method steps back. */
export function faint(token: string): string {
  return `${token}-faint`;
}

/** `share` of one `#rrggbb` over another. */
export function mixed(under: string, over: string, share: number): string {
  const channel = (hex: string, at: number) => Number.parseInt(hex.slice(at, at + 2), 16);
  const digits = [1, 3, 5].map((at) => {
    const value = (1 - share) * channel(under, at) + share * channel(over, at);
    return Math.round(value).toString(16).padStart(2, "0");
  });
  return `#${digits.join("")}`;
}

/** Calls back when light turns to dark, when a lecture begins or ends, when contrast changes, or when the fonts have come. */
export function onLookChange(callback: () => void): void {
  heard.add(callback);
  for (const query of ["(prefers-color-scheme: dark)", "(prefers-contrast: more)"]) {
    matchMedia(query).addEventListener("change", lookChanged);
  }
  new MutationObserver(lookChanged).observe(document.documentElement, {
    attributeFilter: ["data-theme", "data-lecture"],
  });
  void document.fonts.load(`400 12px ${FONT}`).then(lookChanged);
}
