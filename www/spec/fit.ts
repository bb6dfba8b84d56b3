import type { Catalogue } from "./catalogue.ts";
import { optionFor } from "./catalogue.ts";
import { type Choice, type Json, type Path, type Spec, withValue } from "./spec.ts";

/**
 * A Spec in which a signal has just been chosen, with what that signal leaves no choice about: a recording has its own
 * length, which the number of unknowns must be, and not every basis takes every length.
 */
export function fitted(catalogue: Catalogue, spec: Spec, path: Path): Spec {
  if (path[0] !== "problem" || path[1] !== "signal") return spec;
  const length = lengthOf(catalogue, spec);
  if (length === undefined) return spec;
  const sized = withValue(spec, ["problem", "cols"], length);
  const basis = catalogue.valueAt(spec, ["problem", "basis"]);
  return takes(String(basis), length) ? sized : withValue(sized, ["problem", "basis"], "dct");
}

/** The length of the signal, if what is chosen in it has one. */
function lengthOf(catalogue: Catalogue, spec: Spec): number | undefined {
  const schema = catalogue.schemaAt(spec, ["problem", "signal"]);
  const signal = catalogue.valueAt(spec, ["problem", "signal"]) as Choice | undefined;
  for (const [key, field] of Object.entries(
    (schema && optionFor(schema, signal)?.properties) ?? {},
  )) {
    const value = signal?.[key] ?? field.default;
    const length = field.oneOf?.find((option) => option.const === value)?.["x-length"];
    if (length !== undefined) return length;
  }
  return undefined;
}

/** Whether a basis takes a length: wavelets halve it to the end, pictures are squares. */
function takes(basis: string, n: number): boolean {
  const powerOfTwo = (n & (n - 1)) === 0;
  const side = Math.round(Math.sqrt(n));
  if (basis.endsWith("2d")) return side * side === n && (powerOfTwo || !basis.startsWith("haar"));
  return powerOfTwo || !["haar", "daubechies-4"].includes(basis);
}

/** A Spec with a drawn signal: a truth from a file, which would count instead, gives way to it. */
export function withSignal(spec: Spec, signal: Choice): Spec {
  const { data, ...problem } = spec.problem as Choice & { data?: { [field: string]: Json } };
  const { truth: _, ...rest } = data ?? {};
  const kept = Object.keys(rest).length > 0 ? { data: rest } : {};
  return { ...spec, problem: { ...problem, ...kept, signal } };
}
