import type { Catalogue, Exhibit } from "../spec/catalogue.ts";
import type { Spec } from "../spec/spec.ts";
import type { SweepSpec } from "./protocol.ts";

/** The sweep of a Spec that an exhibit begins with: its own, or that of the problem. */
export function defaultSweep(
  catalogue: Catalogue,
  spec: Spec,
  exhibit?: Exhibit,
): SweepSpec | undefined {
  const own = exhibit?.sweep && sameStart(spec, JSON.parse(exhibit.spec)) && exhibit.sweep;
  const declared = own || catalogue.problem(spec.problem.id)?.sweep;
  if (!declared) return undefined;
  const sweep = JSON.parse(declared) as SweepSpec & { spec?: unknown };
  return { ...sweep, spec: catalogue.patched(spec, sweep.spec ?? {}) };
}

/** Whether the axes of an exhibit's own diagram mean the same: they may be parameters of its first method. */
function sameStart(spec: Spec, own: Spec): boolean {
  return spec.problem.id === own.problem.id && spec.methods[0]?.id === own.methods[0]?.id;
}
