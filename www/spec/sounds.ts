import { read_sound, read_table } from "../../target/web/front/pursuit.js";
import { say } from "../messages/say.ts";
import { exact, short } from "../words/numbers.ts";
import type { Catalogue } from "./catalogue.ts";
import type { Reading, Table } from "./files.ts";
import type { Choice, Json, Spec } from "./spec.ts";

/** What a problem takes as a sound of one's own: samples a second, and seconds. */
export interface SoundTaken {
  rate: number;
  least: number;
  most: number;
}

/** A sound as it was read: samples at the problem's rate, and how long it was before it was cut. */
export interface Sound {
  samples: ArrayLike<number>;
  seconds: number;
}

/** First bytes of files of numbers, and of WAV files. */
const NPY = 0x93;
const RIFF = [0x52, 0x49, 0x46, 0x46];
/** The piece of a sound that stands for a signal: samples, samples a second, and seconds from the start that are looked at. */
const PIECE = { length: 1024, rate: 8000, most: 30 };
/** Names of files that hold numbers as text. */
const TEXT = /\.(csv|tsv|txt)$/i;

/** What the Spec's problem takes as a sound; nothing where it takes none. */
export function soundTaken(catalogue: Catalogue, spec: Spec): SoundTaken | undefined {
  const rate = catalogue.schemaAt(spec, ["problem", "data", "sound"])?.["x-sampling-rate"];
  const { minimum = 0, maximum = 0 } = catalogue.schemaAt(spec, ["problem", "seconds"]) ?? {};
  return rate === undefined ? undefined : { rate, least: minimum, most: maximum };
}

/** Reads a WAV file at whatever rate, or samples at the problem's own. */
export function soundIn(name: string, bytes: Uint8Array, { rate, most }: SoundTaken): Sound {
  if (bytes[0] !== NPY && !TEXT.test(name)) return read_sound(name, bytes, rate, most) as Sound;
  const { rows, cols, entries } = read_table(name, bytes) as Table;
  if (rows > 1 && cols > 1) throw new Error(say.files.notOneRow(name, rows, cols));
  return { samples: entries.slice(0, Math.ceil(most * rate)), seconds: entries.length / rate };
}

/** The Spec with a sound of one's own. */
export function soundReading(
  name: string,
  sound: Sound,
  spec: Spec,
  { rate, least, most }: SoundTaken,
): Reading {
  const samples = Array.from(sound.samples).slice(0, Math.ceil(most * rate));
  if (samples.length < least * rate) throw new Error(say.files.shorter(name, exact(least)));
  const values = atPeak(samples);
  if (!values) throw new Error(say.files.silent(name));
  // The Spec's length is a number that people read.
  const seconds = Math.min(most, Math.ceil((100 * samples.length) / rate) / 100);
  const problem: Choice = { ...spec.problem, seconds, data: { sound: values as Json[] } };
  const cut = sound.seconds > samples.length / rate + 1e-3;
  const says = cut
    ? say.files.cutSound(short(sound.seconds, 3), exact(most))
    : say.files.sound(short(seconds, 3));
  return { role: "sound", spec: { ...spec, problem }, says };
}

/** Whether bytes are those of a WAV file. */
export function isSound(bytes: Uint8Array): boolean {
  return RIFF.every((byte, i) => bytes[i] === byte);
}

/** The loudest piece of a WAV file, at a peak of one. */
export function pieceOf(name: string, bytes: Uint8Array): { values: number[]; seconds: string } {
  const { samples } = read_sound(name, bytes, PIECE.rate, PIECE.most) as Sound;
  const from = loudest(samples, PIECE.length);
  const piece = Array.from(samples).slice(from, from + PIECE.length);
  const values = atPeak(piece);
  if (!values) throw new Error(say.files.silent(name));
  return { values, seconds: short(values.length / PIECE.rate, 3) };
}

/** Where the stretch of so many samples with the most energy begins. */
export function loudest(samples: ArrayLike<number>, length: number): number {
  const energy = (t: number) => (samples[t] ?? 0) ** 2;
  let [here, most, first] = [0, 0, 0];
  for (let t = 0; t < samples.length; t += 1) {
    here += energy(t) - (t < length ? 0 : energy(t - length));
    if (t >= length - 1 && here > most) [most, first] = [here, t + 1 - length];
  }
  return first;
}

/** A sound at a peak of one, to a ten-thousandth; nothing of a silent one. */
function atPeak(samples: readonly number[]): number[] | undefined {
  const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  if (peak === 0) return undefined;
  return samples.map((sample) => Math.round((10_000 * sample) / peak) / 10_000);
}
