import textFont from "@fontsource-variable/source-sans-3/wght.css?inline";
import mathsFont from "katex/dist/katex.min.css?inline";
import { lookChanged } from "../figures/look.ts";
import ask from "../styles/ask.css?inline";
import base from "../styles/base.css?inline";
import compare from "../styles/compare.css?inline";
import controls from "../styles/controls.css?inline";
import embedded from "../styles/embedded.css?inline";
import exhibit from "../styles/exhibit.css?inline";
import handout from "../styles/handout.css?inline";
import menus from "../styles/menus.css?inline";
import narrow from "../styles/narrow.css?inline";
import paint from "../styles/paint.css?inline";
import sentence from "../styles/sentence.css?inline";
import theory from "../styles/theory.css?inline";
import timeline from "../styles/timeline.css?inline";
import tokens from "../styles/tokens.css?inline";
import { shadowCss } from "./shadow-css.ts";

// In the order in which the page has them.
const PAGE = [
  ...[textFont, mathsFont, tokens, base, controls, menus, sentence],
  ...[exhibit, paint, compare, timeline, theory, handout, narrow, ask, embedded],
].join("\n");

let sheet: CSSStyleSheet | undefined;

/** The style sheet of all embedded labs, one for as many as there are. The document gets the typefaces and nothing else. */
export function labSheet(): CSSStyleSheet {
  if (sheet) return sheet;
  const { inside, fonts } = shadowCss(PAGE);
  sheet = styleSheet(inside);
  document.adoptedStyleSheets.push(styleSheet(fonts));
  // What was drawn before the typeface came is drawn again.
  void document.fonts.load('400 12px "Source Sans 3 Variable"').then(lookChanged);
  return sheet;
}

function styleSheet(text: string): CSSStyleSheet {
  const made = new CSSStyleSheet();
  made.replaceSync(text);
  return made;
}
