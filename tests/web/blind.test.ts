import { describe, expect, test } from "vitest";
import { blinded } from "../../www/solve/blind.ts";
import type { Description, Frame, FromWorker, Verdict } from "../../www/solve/protocol.ts";
import type { Json, Spec } from "../../www/spec/spec.ts";
import { CATALOGUE, DOORS } from "./lib/wasm.ts";

const SEED = 123_456_789;
const SHOWN: Spec = {
  v: 1,
  problem: {
    id: "linear",
    rows: 24,
    cols: 48,
    signal: { id: "sparse", sparsity: 4 },
  },
  methods: [],
};

/** What a worker says of a Spec's run: before, at both ends, and after. */
function told(spec: Spec): FromWorker[] {
  const doors = DOORS.get("recovery");
  if (!doors) throw new Error("there is no recovery lab");
  const session = new doors.Session(spec);
  const frames = [session.frame(0, 1) as Frame];
  for (let steps = 0; steps < 30 && !session.ended(0); steps += 1) session.step(0);
  frames.push(session.frame(0, 1) as Frame);
  const messages: FromWorker[] = [
    { kind: "started", id: 1, description: session.describe() as Description },
    { kind: "frames", id: 1, method: 0, frames, strides: { every: 1, inner: 1 }, ms: 0 },
    { kind: "ended", id: 1, method: 0, verdict: session.judge(0) as Verdict, ms: 0 },
  ];
  session.free();
  return messages;
}

/** Names of panels, traces and metrics in messages. */
function namesIn(messages: FromWorker[]): string[] {
  return messages.flatMap((message) => {
    if (message.kind === "started") return message.description.panels.map(({ id }) => id);
    if (message.kind === "frames")
      return message.frames.flatMap(({ traces, panels }) => [
        ...Object.keys(traces),
        ...(panels ?? []).map(({ id }) => id),
      ]);
    return [];
  });
}

/** Panels and traces of the frames in messages, numbers and all, as text. */
function numbersIn(messages: FromWorker[]): string[] {
  return messages.flatMap((message) =>
    message.kind === "frames"
      ? message.frames.flatMap(({ estimate, traces, panels }) => [
          ...Object.entries(traces).map(([name, value]) => `${name} ${value}`),
          ...(panels ?? []).map(({ id, values }) => `${id} ${values.join()}`),
          `estimate ${estimate?.join()}`,
        ])
      : [],
  );
}

/** All lists of numbers in a value, however deep. */
function listsIn(value: unknown): number[][] {
  if (ArrayBuffer.isView(value)) return [[...(value as Float64Array)]];
  if (value === null || typeof value !== "object") return [];
  return Object.values(value).flatMap(listsIn);
}

/** The same instance for somebody who has only measured it. */
function measuredOnly(spec: Spec, description: Description): Spec {
  const numbers = (id: string) => {
    const panel = description.panels.find((one) => one.id === id);
    const values = [...(panel?.values ?? [])];
    if (id === "measurements") return values;
    const { cols = 0, rows = 0 } = panel ?? {};
    return Array.from({ length: rows }, (_, i) => values.slice(i * cols, (i + 1) * cols));
  };
  const data = { measurements: numbers("measurements"), matrix: numbers("matrix") };
  return { ...spec, problem: { ...spec.problem, data } };
}

const METHODS = CATALOGUE.methodOptions("linear").map(({ id }) => id);
/** What must be said to those who would else count the spikes of the truth, or be told the noise. */
const MORE: Record<string, { [field: string]: Json }> = {
  "nst-ht-fb": { kept: { id: "adaptive" } },
  "random-supports": { lambda: 0.1 },
};

describe.each(METHODS)("%s", (id) => {
  const params = CATALOGUE.method(id)?.params.properties ?? {};
  const method = { id, ...("sparsity" in params ? { sparsity: 4 } : {}), ...MORE[id] };
  const shown = { ...SHOWN, methods: [method] };
  const whole = told({ ...shown, seed: SEED });
  const blind = whole.map((message) => blinded(message, shown));

  test("tells no more than one who has only measured would know", () => {
    const [started] = whole;
    if (started?.kind !== "started") throw new Error("it did not start");
    const known = told(measuredOnly(shown, started.description)).map((message) =>
      blinded(message, shown),
    );
    expect(new Set(namesIn(blind))).toEqual(new Set(namesIn(known)));
    expect(numbersIn(blind)).toEqual(numbersIn(known));
  });

  test("tells neither truth nor seed", () => {
    const [started] = whole;
    if (started?.kind !== "started") throw new Error("it did not start");
    const truth = started.description.panels.find((panel) => panel.id === "truth")?.values ?? [];
    expect(truth.length).toBe(48);
    const same = (list: number[]) => list.join() === [...truth].join();
    expect(listsIn(whole).some(same)).toBe(true);
    expect(listsIn(blind).some(same)).toBe(false);
    expect(JSON.stringify(whole)).toContain(String(SEED));
    expect(JSON.stringify(blind)).not.toContain(String(SEED));
    const { facts } = (blind[0] as { description: Description }).description;
    expect(facts.sparsity).toBeNull();
    expect((blind[2] as { verdict: Verdict }).verdict.metrics).toEqual({});
  });
});
