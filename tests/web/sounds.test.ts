import { describe, expect, test } from "vitest";
import { packed, unpacked } from "../../www/spec/link.ts";
import { pictureReading, sideOf } from "../../www/spec/pictures.ts";
import {
  isSound,
  loudest,
  pieceOf,
  type SoundTaken,
  soundIn,
  soundReading,
  soundTaken,
} from "../../www/spec/sounds.ts";
import type { Choice, Spec } from "../../www/spec/spec.ts";
import { refusal } from "../../www/view/recorder.ts";
import { chord, wav } from "../browser/lib/wav.mjs";
import { CATALOGUE, canonical } from "./lib/wasm.ts";

const DECLIPPING: Spec = {
  v: 1,
  problem: { id: "declipping", sdr: 3, sound: "bells" },
  methods: [{ id: "spade-declipping" }],
};
const LINEAR: Spec = { v: 1, problem: { id: "linear" }, methods: [{ id: "omp" }] };
const POISSON: Spec = { v: 1, problem: { id: "poisson" }, methods: [{ id: "spiral-tap" }] };
const TAKEN = soundTaken(CATALOGUE, DECLIPPING) as SoundTaken;

const bytesOf = (...of: Parameters<typeof wav>) => new Uint8Array(wav(...of));
const dataOf = (spec: Spec) => (spec.problem.data as { sound: number[] }).sound;
const read = (name: string, bytes: Uint8Array) =>
  soundReading(name, soundIn(name, bytes, TAKEN), DECLIPPING, TAKEN);

describe("a sound of one's own", () => {
  test("is taken where a problem says so, at its rate and as long as it says", () => {
    expect(TAKEN).toEqual({ rate: 16_000, least: 0.02, most: 3 });
    expect(soundTaken(CATALOGUE, LINEAR)).toBeUndefined();
  });

  test("stands in the Spec at a peak of one, and all else stays", () => {
    const { spec, says, role } = read("a.wav", bytesOf(48_000, chord(48_000, 0.5)));
    expect([role, says]).toEqual(["sound", "a sound of 0.500 s."]);
    expect(spec.problem).toMatchObject({ sdr: 3, sound: "bells", seconds: 0.5 });
    expect(dataOf(spec)).toHaveLength(8000);
    expect(Math.max(...dataOf(spec).map(Math.abs))).toBe(1);
    expect(canonical(spec)).toBeTruthy();
  });

  test("is cut to what the problem takes", () => {
    const { spec, says } = read("a.wav", bytesOf(8000, chord(8000, 4)));
    expect(dataOf(spec)).toHaveLength(48_000);
    expect(says).toBe("a sound of 4.00 s, cut to its first 3 s.");
    expect(spec.problem.seconds).toBe(3);
  });

  test("goes into a link, the longest and noisiest too", () => {
    let state = 1;
    const noise = () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state / 2 ** 31 - 1;
    };
    const { spec } = read("a.wav", bytesOf(16_000, Array.from({ length: 48_000 }, noise)));
    const link = packed(spec);
    expect(link.length).toBeLessThan(200_000);
    expect(unpacked(link)).toEqual(spec);
  });

  test("may be a column of numbers, at the problem's rate", () => {
    const text = chord(16_000, 0.1).join("\n");
    const { spec } = read("a.csv", new TextEncoder().encode(text));
    expect(dataOf(spec)).toHaveLength(1600);
  });

  test("gets a sentence where it is none", () => {
    const text = (words: string) => new TextEncoder().encode(words);
    expect(() => read("a.wav", bytesOf(16_000, Array(800).fill(0)))).toThrow("a.wav is silent.");
    expect(() => read("a.wav", bytesOf(16_000, [0.5]))).toThrow("a.wav is shorter than 0.02");
    expect(() => read("a.mp3", text("ID3 and so on"))).toThrow("a.mp3");
    expect(() => read("a.csv", text("1,2\n3,4"))).toThrow("a sound is one row or one column");
    expect(() => read("a.wav", bytesOf(16_000, chord(16_000, 1)).slice(0, 999))).toThrow("ends");
  });

  test("that cannot be recorded is explained", () => {
    expect(refusal("NotAllowedError")).toMatch(/^The microphone is not allowed\./);
    expect(refusal("NotFoundError")).toMatch(/^There is no microphone\./);
    expect(refusal("AbortError")).toMatch(/cannot be used/);
  });
});

describe("a piece of a sound as a signal", () => {
  test("is the loudest one", () => {
    expect(loudest([0, 1, 0, 3, -4, 0, 2], 2)).toBe(3);
    expect(loudest([1, 2], 5)).toBe(0);
    const quiet = Array(8000).fill(0.001);
    const { values, seconds } = pieceOf("a.wav", bytesOf(8000, [...quiet, ...chord(8000, 0.5)]));
    expect(values).toHaveLength(1024);
    expect(seconds).toBe("0.128");
    expect(Math.max(...values.map(Math.abs))).toBe(1);
    expect(values.reduce((sum, value) => sum + value ** 2, 0)).toBeGreaterThan(50);
  });

  test("is told by the first bytes", () => {
    expect(isSound(bytesOf(8000, [0]))).toBe(true);
    expect(isSound(new Uint8Array([0x52, 0x49]))).toBe(false);
  });
});

describe("a picture", () => {
  const light = (side: number) => Array.from({ length: side * side }, (_, i) => (i % side) / side);

  test("is painted where a problem is painted on", () => {
    expect(sideOf(CATALOGUE, POISSON)).toBe(64);
    const { spec, says } = pictureReading("a.png", light(64), POISSON, CATALOGUE, undefined);
    const scene = (canonical(spec) as Spec).problem.scene as Choice & { values: number[] };
    expect([scene.id, scene.rows, scene.values[63]]).toEqual(["drawn", 64, 1]);
    expect(says).toBe("a grey picture of 64 by 64 pixels, its square middle.");
  });

  test("is a signal that is sparse in wavelets where a problem has bases", () => {
    expect(sideOf(CATALOGUE, LINEAR)).toBe(32);
    const { spec } = pictureReading("a.png", light(32), LINEAR, CATALOGUE, undefined);
    const { problem } = canonical(spec) as Spec;
    expect(problem).toMatchObject({ cols: 1024, rows: 410, basis: "haar-2d" });
  });

  test("has no place elsewhere, and none that is black", () => {
    expect(sideOf(CATALOGUE, DECLIPPING)).toBeUndefined();
    const black = Array(64).fill(0);
    expect(() => pictureReading("a.png", black, POISSON, CATALOGUE, undefined)).toThrow("black");
  });
});
