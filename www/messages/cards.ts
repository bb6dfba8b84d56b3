import type { Exhibit } from "../spec/catalogue.ts";
import { CRATE_LANGUAGE, spoken, whenSpoken } from "./say.ts";

/** The text of an exhibit in another language, in the order of the card's own. Formulas stand between dollar signs. */
export interface CardText {
  title: string;
  idea: string;
  consequence: string;
  watch: string[];
  try_this: { link: string; question: string }[];
  breaks: string;
  claims: string[];
}

let cards: Record<string, CardText> = {};
whenSpoken((language) => {
  cards = language?.cards ?? {};
});

/** The text of an exhibit as it is shown, and the language that it is in. */
export function textOf(exhibit: Exhibit): { text: Exhibit; lang: string } {
  const own = cards[exhibit.id];
  // A card that has changed since is better read in English than wrong.
  if (!own || !matches(own, exhibit)) return { text: exhibit, lang: CRATE_LANGUAGE };
  const { watch, try_this, claims } = exhibit;
  const text: Exhibit = {
    ...exhibit,
    ...own,
    watch: watch.map((one, i) => ({ ...one, text: own.watch[i] ?? one.text })),
    try_this: try_this.map((one, i) => ({ ...one, ...own.try_this[i] })),
    claims: claims.map((one, i) => ({ ...one, statement: own.claims[i] ?? one.statement })),
  };
  return { text, lang: spoken };
}

/** Whether a translation has as many things to watch, to try and to claim as the card. */
export function matches(text: CardText, { watch, try_this, claims }: Exhibit): boolean {
  return (
    text.watch.length === watch.length &&
    text.try_this.length === try_this.length &&
    text.claims.length === claims.length
  );
}
