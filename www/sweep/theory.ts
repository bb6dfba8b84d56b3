import type { Catalogue } from "../spec/catalogue.ts";
import type { Spec } from "../spec/spec.ts";
import type { TheoryCurve } from "./protocol.ts";

/** The limits of l1 minimisation; which of the two holds depends on whether signs are known. */
const [SIGNED, NONNEGATIVE] = ["l1-signed", "l1-nonnegative"];

/** The curves that are about a Spec: of the limits of l1, the one for its signal and what its methods know of it. */
export function applying(
  catalogue: Catalogue,
  spec: Spec,
  curves: readonly TheoryCurve[],
): TheoryCurve[] {
  const positive =
    catalogue.valueAt(spec, ["problem", "signal", "amplitude"]) === "positive" &&
    spec.methods.some((_, i) => catalogue.valueAt(spec, ["methods", i, "nonnegative"]) === true);
  const other = positive ? SIGNED : NONNEGATIVE;
  return curves.filter(({ id }) => id !== other);
}
