import { describe, expect, test } from "vitest";
import { pitch, tonesOf } from "../../www/hear/tones.ts";
import type { Frame, RunEvent } from "../../www/solve/protocol.ts";
import { MethodRecording } from "../../www/solve/recording.ts";

function recording(events: RunEvent[][], ending?: Frame["ending"]): MethodRecording {
  const method = new MethodRecording();
  const frames = events.map((events, step) => ({
    step,
    traces: { relative_residual: 10 ** -step },
    events,
    products: 0,
    ms: 0,
    estimate: Float64Array.of(0),
    ...(ending && step === events.length - 1 ? { ending } : {}),
  }));
  const last = frames.at(-1);
  if (last && ending) last.ending = ending;
  method.add(frames, { every: 1, inner: 1 }, 0);
  return method;
}

const pick = (index: number): RunEvent => ({ kind: "pick", index });
const heard = (method: MethodRecording, right: number[] = []) => ({
  method,
  trace: "relative_residual",
  entries: 101,
  right: new Set(right),
});

describe("what is heard of a step", () => {
  test("is the residual, lower where it is smaller, over three octaves", () => {
    expect(pitch(1)).toBe(880);
    expect(pitch(1e-8)).toBeCloseTo(110);
    expect(pitch(1e-30)).toBeCloseTo(110);
    expect(pitch(5)).toBe(880);
    const [tone] = tonesOf(heard(recording([[], [], []])), 1, 2);
    expect(tone).toMatchObject({ wave: "sine", pan: 0 });
    expect(tone?.frequency).toBeCloseTo(pitch(0.01));
  });

  test("is each atom that entered since, from where it stands, and harsh where it is wrong", () => {
    const method = recording([[], [pick(0)], [pick(100)], [{ kind: "drop", index: 50 }]]);
    const atoms = tonesOf(heard(method, [0]), 0, 3).slice(1);
    expect(atoms.map(({ pan, wave }) => [pan, wave])).toEqual([
      [-1, "triangle"],
      [1, "sawtooth"],
      [0, "triangle"],
    ]);
    expect(atoms[2]?.frequency).toBeLessThan(atoms[0]?.frequency ?? 0);
    expect(tonesOf(heard(method, []), 1, 2)[1]?.wave).toBe("triangle");
  });

  test("is few tones where much happens at once", () => {
    const method = recording([[], Array.from({ length: 90 }, (_, i) => pick(i))]);
    expect(tonesOf(heard(method), 0, 1)).toHaveLength(7);
  });

  test("is a chord where a run has converged, and none where it ran out of steps", () => {
    const ends = (word: "converged" | "budget") =>
      tonesOf(heard(recording([[], []], { word, reason: "" })), 0, 1).length;
    expect(ends("converged") - ends("budget")).toBe(3);
  });
});
