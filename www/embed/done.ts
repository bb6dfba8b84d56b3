import type { Ending } from "../solve/protocol.ts";
import type { Spec } from "../spec/spec.ts";

/** How one method of a Spec ended. */
export interface RunResult {
  method: string;
  status: Ending["word"];
  iterations: number;
  metrics: Record<string, number>;
  digest: string;
}

/** What is told when all methods have ended: the Spec, and its first method's result; `runs` has every method's. */
export interface Done extends Omit<RunResult, "method"> {
  spec: Spec;
  runs: RunResult[];
}
