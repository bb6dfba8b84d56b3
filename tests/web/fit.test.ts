import { expect, test } from "vitest";
import { fitted, withSignal } from "../../www/spec/fit.ts";
import type { Choice, Spec } from "../../www/spec/spec.ts";
import { CATALOGUE, canonical } from "./lib/wasm.ts";

const spec = (problem: object): Spec => ({
  v: 1,
  problem: { id: "linear", ...problem } as Choice,
  methods: [{ id: "omp" }],
});
const fitting = (problem: object, path = ["problem", "signal"]) =>
  fitted(CATALOGUE, spec(problem), path).problem;

test("a recording brings its length, whether its name is written or the default", () => {
  expect(fitting({ signal: { id: "recording" } }).cols).toBe(448);
  expect(fitting({ signal: { id: "recording", name: "galaxy" } }).cols).toBe(1024);
  const path = ["problem", "signal", "name"];
  expect(fitting({ cols: 448, signal: { id: "recording", name: "galaxy" } }, path).cols).toBe(1024);
});

test("a basis that does not take the length makes room for one that does", () => {
  const mauna = (basis: string) => fitting({ basis, signal: { id: "recording" } }).basis;
  expect([mauna("haar"), mauna("daubechies-4"), mauna("dct-2d"), mauna("haar-2d")]).toEqual(
    Array(4).fill("dct"),
  );
  expect(mauna("dct")).toBe("dct");
  expect(fitting({ signal: { id: "recording" } }).basis).toBe(undefined);
  const galaxy = (basis: string) =>
    fitting({ basis, signal: { id: "recording", name: "galaxy" } }).basis;
  for (const basis of ["haar", "daubechies-4", "dct-2d", "haar-2d"])
    expect(galaxy(basis)).toBe(basis);
});

test("what is fitted can be used", () => {
  const problem = { basis: "haar", signal: { id: "recording" } };
  expect(() => canonical(fitted(CATALOGUE, spec(problem), ["problem", "signal"]))).not.toThrow();
});

test("other signals, and other edits of a recording, stay as they are", () => {
  const waveform = spec({ cols: 100, signal: { id: "waveform" } });
  expect(fitted(CATALOGUE, waveform, ["problem", "signal"])).toBe(waveform);
  const odd = spec({ cols: 100, signal: { id: "recording" } });
  expect(fitted(CATALOGUE, odd, ["problem", "cols"])).toBe(odd);
});

test("a drawn signal counts: a truth from a file gives way, other data stay", () => {
  const drawn = { id: "drawn", spikes: [[1, 2]] };
  const loaded = spec({ cols: 4, data: { truth: [0, 1, 0, 0] } });
  expect(withSignal(loaded, drawn).problem).toEqual({ id: "linear", cols: 4, signal: drawn });
  const both = spec({ data: { truth: [0, 1], measurements: [3] }, signal: { id: "sparse" } });
  expect(withSignal(both, drawn).problem).toEqual({
    id: "linear",
    data: { measurements: [3] },
    signal: drawn,
  });
});
