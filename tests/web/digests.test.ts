import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Spec } from "../../www/spec/spec.ts";
import { DOORS } from "./lib/wasm.ts";

// What tests/digests.rs holds the native build to, here of the very modules that the page loads.
const stored = (name: string) =>
  JSON.parse(readFileSync(new URL(`../digests/${name}.json`, import.meta.url), "utf8"));
const SPECS = stored("specs") as Spec[];
const LINES = stored("digests") as string[];

const cases = SPECS.map((spec, at) => [at, LINES[at]?.split(" ")[0], spec] as const);

test.each(cases)("Spec %i, %s: the native build's bits", (at, _, spec) => {
  expect(computed(spec)).toBe(LINES[at]);
});

/** A line as `digests.json` has it: method, ending, steps, digest. */
function computed(spec: Spec): string {
  const session = sessionOf(spec);
  while (!session.ended(0)) session.step(0);
  const { step, ending } = session.frame(0, 1) as { step: number; ending: { word: string } };
  const { digest } = session.judge(0) as { digest: string };
  session.free();
  return [spec.methods[0]?.id, ending.word, step, digest].join(" ");
}

function sessionOf(spec: Spec) {
  const refusals = [];
  for (const doors of DOORS.values()) {
    try {
      return new doors.Session(spec);
    } catch (refusal) {
      refusals.push(refusal);
    }
  }
  throw new Error(`no lab takes it: ${JSON.stringify(refusals)}`);
}
