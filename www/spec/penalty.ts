import type { Catalogue } from "./catalogue.ts";
import type { Spec } from "./spec.ts";

/** The methods of a Spec whose penalty runs along the LASSO's path, by place. */
export function lassoMethods(spec: Spec, catalogue: Catalogue): number[] {
  return spec.methods.flatMap((_, i) =>
    catalogue.schemaAt(spec, ["methods", i, "lambda_ratio"])?.["x-path"] === "lasso" ? [i] : [],
  );
}

/** The penalty of a method as a share of the largest. */
export function ratioOf(spec: Spec, catalogue: Catalogue, method: number, largest: number): number {
  const lambda = catalogue.valueAt(spec, ["methods", method, "lambda"]);
  if (typeof lambda === "number" && largest > 0) return lambda / largest;
  return Number(catalogue.valueAt(spec, ["methods", method, "lambda_ratio"]));
}

/** The Spec with another penalty for a method. A ratio takes the place of a penalty that was given as such. */
export function withRatio(spec: Spec, method: number, ratio: number): Spec {
  const methods = spec.methods.map((one, i) => {
    if (i !== method) return one;
    const { lambda: _, ...rest } = one;
    return { ...rest, id: one.id, lambda_ratio: Number(ratio.toPrecision(4)) };
  });
  return { ...spec, methods };
}
