/** Pursuit without a page: Specs and sweeps in, plain numbers out, in Node and in browsers. */
import type { Exhibit, MethodCard } from "../spec/catalogue.ts";
import { allParts } from "./labs.ts";

export type { Facts, PanelData, RunEvent } from "../solve/protocol.ts";
export type { Claim, Exhibit, MethodCard } from "../spec/catalogue.ts";
export type { Choice, Json, Spec } from "../spec/spec.ts";
export type {
  Axis,
  Cell,
  ContourPoint,
  Result,
  SweepSpec,
  TheoryCurve,
} from "../sweep/protocol.ts";
export { SpecError } from "./errors.ts";
export { type Solution, type SolvedRun, type SolveOptions, type Step, solve } from "./solve.ts";
export { type SweepOptions, sweep } from "./sweep.ts";

/** The systems on show: paper, idea, starting Spec (JSON), claims. */
export async function exhibits(): Promise<Exhibit[]> {
  return distinct((await allParts()).flatMap((part) => part.exhibits));
}

/** The methods: what each is for, costs, and breaks on. */
export async function methods(): Promise<MethodCard[]> {
  return distinct((await allParts()).flatMap((part) => part.methods.map(({ card }) => card)));
}

/** A lab declares what it borrows, too. */
function distinct<T extends { id: string }>(list: T[]): T[] {
  return [...new Map(list.map((one) => [one.id, one])).values()];
}
