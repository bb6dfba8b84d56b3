import { whole } from "../words/numbers.ts";

/** The forms that a word takes after numbers; which languages have which, `Intl.PluralRules` knows. */
export type Forms = { other: string } & { [rule in Intl.LDMLPluralRule]?: string };

/** Puts a number before a word in the form that it takes in a language. */
export function counting(language: string): (n: number, forms: Forms) => string {
  const rules = new Intl.PluralRules(language);
  return (n, forms) => `${whole(n)} ${forms[rules.select(n)] ?? forms.other}`;
}
