import type * as english from "../en/take.ts";

export const take = {
  close: "Schließen",
  copy: "Kopieren",
  copied: "Kopiert.",
  notAllowed: "Der Browser hat es nicht erlaubt. Der Text lässt sich markieren und kopieren.",
  cite: "Zitieren",
  citeLine:
    "Die Arbeit, soweit sie hier bekannt ist, und genau dieses Bild: sein Link löst es noch einmal, bis aufs letzte Bit.",
  paper: "Die Arbeit",
  spec: "Diese Spec",
  check: "In Python nachprüfen",
  checkLine: (file) =>
    `Die Felder (Teilen, Felder als NPZ) als ${file} speichern, und dies daneben als check.py. Nötig ist NumPy; wo scikit-learn dasselbe Verfahren hat, wird damit verglichen.`,
} satisfies typeof english.take;
