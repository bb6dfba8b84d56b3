/** Rules that choose a penalty: what each is called, and what it is for. */
export const RULES: Record<string, { name: string; line: string }> = {
  universal: { name: "universal", line: "σ√(2 log n): noise alone hardly ever passes it" },
  sure: { name: "SURE", line: "least unbiased estimate of the prediction error" },
  gcv: { name: "GCV", line: "least prediction error, without knowing the noise" },
  cv: { name: "cross-validation", line: "predicts left-out fifths of the rows best" },
  discrepancy: { name: "discrepancy", line: "leaves a residual the size of the noise" },
  aic: { name: "AIC", line: "least squares fit, 2 charged an entry" },
  bic: { name: "BIC", line: "least squares fit, log m charged an entry" },
  ebic: { name: "EBIC", line: "BIC, and a charge for how many supports there are" },
};
