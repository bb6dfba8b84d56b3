import { describe, expect, test } from "vitest";
import type { Description, Frame } from "../../www/solve/protocol.ts";
import { MethodRecording, Recording } from "../../www/solve/recording.ts";

function frame(step: number, more: Partial<Frame> = {}): Frame {
  return {
    step,
    traces: { relative_error: 1 / (step + 1) },
    events: [],
    products: 2 * step,
    ms: step / 4,
    estimate: Float64Array.of(step),
    ...more,
  };
}

function frames(from: number, to: number): Frame[] {
  return Array.from({ length: to - from + 1 }, (_, i) => frame(from + i));
}

/** A frame of a step that was seen but whose picture was not kept. */
function light(step: number): Frame {
  const { estimate: _, ...rest } = frame(step);
  return rest;
}

describe("the recording of one method", () => {
  test("is empty before the first message", () => {
    const method = new MethodRecording();
    expect(method.last).toBe(0);
    expect(method.at(3)).toBeUndefined();
    expect(method.trace("relative_error", 0)).toBeUndefined();
  });

  test("at() gives the kept frame at a step, or the nearest before it", () => {
    const method = new MethodRecording();
    const ending = { word: "budget", reason: "" } as const;
    method.add([frame(0), frame(4), frame(8), frame(9, { ending })], { every: 4, inner: 1 }, 1);
    const steps = [0, 1, 3, 4, 7, 8, 9, 100].map((step) => method.at(step)?.step);
    expect(steps).toEqual([0, 0, 0, 4, 4, 8, 9, 9]);
  });

  test("traces keep every step, also those without a picture", () => {
    const method = new MethodRecording();
    method.add([frame(0), light(1), frame(2), light(3)], { every: 2, inner: 1 }, 1);
    expect(method.steps).toEqual([0, 1, 2, 3]);
    expect(method.trace("relative_error", 3)).toBe(0.25);
    expect(method.trace("relative_error", 1)).toBe(0.5);
    expect(method.trace("relative_error", 99)).toBe(0.25);
    expect(method.trace("no such", 1)).toBeUndefined();
    expect(method.frames.map(({ step }) => step)).toEqual([0, 2]);
  });

  test("a trace that a step does not have leaves the steps of the others in place", () => {
    const method = new MethodRecording();
    method.add(
      [frame(0), frame(1, { traces: { relative_error: 0.4, duality_gap: 9 } })],
      { every: 1, inner: 1 },
      1,
    );
    method.add(
      [frame(2, { traces: { relative_error: 0.2, duality_gap: 7 } })],
      { every: 1, inner: 1 },
      1,
    );
    expect(method.trace("duality_gap", 1)).toBe(9);
    expect(method.trace("duality_gap", 2)).toBe(7);
    expect(method.trace("duality_gap", 0)).toBeNaN();
  });

  test("a wider stride thins the frames evenly and keeps the ending", () => {
    const method = new MethodRecording();
    method.add(frames(0, 10), { every: 1, inner: 1 }, 1);
    method.add(
      [frame(11, { ending: { word: "converged", reason: "it did" } })],
      { every: 4, inner: 1 },
      2,
    );
    expect(method.frames.map(({ step }) => step)).toEqual([0, 4, 8, 11]);
    expect(method.every).toBe(4);
    expect(method.steps).toHaveLength(12);
    expect(method.last).toBe(11);
    expect(method.at(7)?.step).toBe(4);
    expect(method.ending?.word).toBe("converged");
  });

  test("events keep their step whatever is thinned", () => {
    const method = new MethodRecording();
    method.add(
      [frame(0), frame(1, { events: [{ kind: "pick", index: 207 }] })],
      { every: 1, inner: 1 },
      1,
    );
    method.add([frame(2)], { every: 2, inner: 1 }, 1);
    expect(method.events).toEqual([{ step: 1, event: { kind: "pick", index: 207 } }]);
    expect(method.products).toBe(4);
    expect(method.work).toEqual([0, 2, 4]);
    expect(method.times).toEqual([0, 0.25, 0.5]);
  });
});

describe("finer steps", () => {
  const inner = (step: number, number: number): Frame => ({
    ...frame(step),
    inner: number,
    estimate: Float64Array.of(step - 1 + number / 10),
  });
  const filled = () => {
    const method = new MethodRecording();
    const two = [inner(2, 1), inner(2, 2), inner(2, 3), inner(2, 4)];
    method.add([frame(0), inner(1, 1), frame(1), ...two, frame(2)], { every: 1, inner: 1 }, 1);
    return method;
  };

  test("lie inside their outer step and are no steps of their own", () => {
    const method = filled();
    expect(method.steps).toEqual([0, 1, 2]);
    expect(method.frames).toHaveLength(3);
    expect([0, 1, 2, 3].map((step) => method.innerFrames(step).length)).toEqual([0, 1, 4, 0]);
  });

  test("the one that is looked at stands for its outer step, and for no other", () => {
    const method = filled();
    method.inside = method.innerFrames(2)[1];
    expect(method.at(2)?.estimate?.[0]).toBeCloseTo(1.2);
    expect(method.at(1)?.estimate?.[0]).toBe(1);
    expect(method.trace("relative_error", 2)).toBe(1 / 3);
    method.inside = undefined;
    expect(method.at(2)?.estimate?.[0]).toBe(2);
  });

  test("are thinned by a stride of their own", () => {
    const method = filled();
    method.add([inner(3, 2)], { every: 1, inner: 2 }, 1);
    expect(method.innerFrames(2).map(({ inner }) => inner)).toEqual([2, 4]);
    expect(method.innerFrames(1)).toEqual([]);
    expect(method.frames).toHaveLength(3);
    expect(method.strides.inner).toBe(2);
  });
});

describe("the recording of a Spec", () => {
  const description = { methods: [{ max_steps: 9 }, { max_steps: 9 }] } as Description;

  test("hands each message to its method", () => {
    const recording = new Recording(description);
    recording.take({
      kind: "frames",
      id: 1,
      method: 0,
      frames: frames(0, 3),
      strides: { every: 1, inner: 1 },
      ms: 2,
    });
    recording.take({
      kind: "frames",
      id: 1,
      method: 1,
      frames: frames(0, 7),
      strides: { every: 1, inner: 1 },
      ms: 5,
    });
    expect(recording.methods.map(({ last }) => last)).toEqual([3, 7]);
    expect(recording.last).toBe(7);
    expect(recording.done).toBe(false);
    const verdict = { metrics: { relative_error: 0.5 }, digest: "d" };
    recording.take({ kind: "ended", id: 1, method: 1, verdict, ms: 6 });
    expect(recording.methods[1]?.verdict).toBe(verdict);
    expect(recording.methods[1]?.ms).toBe(6);
    recording.take({ kind: "done", id: 1 });
    expect(recording.done).toBe(true);
  });

  test("ignores a method that the Spec has not", () => {
    const recording = new Recording(description);
    recording.take({
      kind: "frames",
      id: 1,
      method: 5,
      frames: frames(0, 3),
      strides: { every: 1, inner: 1 },
      ms: 2,
    });
    expect(recording.last).toBe(0);
  });
});
