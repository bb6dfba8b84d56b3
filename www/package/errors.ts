import type { Complaint } from "../spec/spec.ts";

/** A Spec or a sweep that cannot be used: `field` names what is wrong, the message says what it takes. */
export class SpecError extends Error {
  override readonly name = "SpecError";

  constructor(
    readonly field: string,
    message: string,
  ) {
    super(field ? `${field}: ${message}` : message);
  }
}

/** Runs something of the crate, whose complaints are plain objects, and throws what a caller of the package can catch. */
export function complaining<T>(act: () => T): T {
  try {
    return act();
  } catch (thrown) {
    const { field, message } = (thrown ?? {}) as Partial<Complaint>;
    if (thrown instanceof Error || message === undefined) throw thrown;
    throw new SpecError(field ?? "", message);
  }
}
