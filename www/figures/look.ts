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

let current: Look | undefined;

/** Colours and typeface as the page has them now. */
export function look(): Look {
  current ??= new Look({ font: FONT, colours: colours() });
  return current;
}

/** A colour token, as `#rrggbb`. */
export function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

function colours(): Record<string, string> {
  const style = getComputedStyle(document.documentElement);
  const all = Object.fromEntries(
    TOKENS.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]),
  );
  // A method that steps back behind another is drawn in a quarter of its colour on paper.
  for (const name of TOKENS.filter((token) => token.startsWith("method-")))
    all[faint(name)] = mixed(all.paper ?? "", all[name] ?? "", 0.25);
  return all;
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

/** Calls back when light turns to dark, when contrast changes, or when the fonts have come. */
export function onLookChange(callback: () => void): void {
  const change = () => {
    current?.free();
    current = undefined;
    callback();
  };
  for (const query of ["(prefers-color-scheme: dark)", "(prefers-contrast: more)"]) {
    matchMedia(query).addEventListener("change", change);
  }
  new MutationObserver(change).observe(document.documentElement, {
    attributeFilter: ["data-theme"],
  });
  void document.fonts.load(`400 12px ${FONT}`).then(change);
}
