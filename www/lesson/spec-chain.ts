import { merged, type Spec } from "../spec/spec.ts";

/** The Specs of a lesson, each given whole or as a change of the one before. */
export class SpecChain {
  present: Spec | undefined;

  /** Takes a whole Spec. */
  take(value: unknown): void {
    if (!isSpec(value))
      throw new Error("its Spec has no problem and methods. The picture stays as it was.");
    this.present = value;
  }

  /** Applies a JSON merge patch to the Spec of the step before. */
  change(patch: unknown): void {
    if (!this.present) throw new Error("it changes a Spec, and no step before it has one.");
    this.take(merged(this.present, patch));
  }
}

/** Whether a value has the parts of a Spec; the catalogue checks what is in them. */
function isSpec(value: unknown): value is Spec {
  const { problem, methods } = (value ?? {}) as Partial<Spec>;
  const named = (part: unknown) => typeof (part as { id?: unknown } | null)?.id === "string";
  return named(problem) && Array.isArray(methods) && methods.length > 0 && methods.every(named);
}
