import type { MethodRecording } from "../solve/recording.ts";

/** A tone of a run. */
export interface Tone {
  /** Hz. */
  frequency: number;
  /** After the first one, in seconds. */
  delay: number;
  seconds: number;
  /** From 0 to 1. */
  gain: number;
  /** From -1, left, to 1. */
  pan: number;
  /** A sine is the residual, a triangle an atom that enters, a sawtooth one that should not have. */
  wave: "sine" | "triangle" | "sawtooth";
}

/** What the tones are about. */
export interface Heard {
  method: MethodRecording;
  /** The trace that falls. */
  trace: string;
  /** Entries of the estimate: the first is heard on the left, the last on the right. */
  entries: number;
  /** Where the truth is not zero; empty where nobody knows. */
  right: ReadonlySet<number>;
}

/** The residual's pitch: three octaves from here down, for eight decades. */
const TOP = 880;
const OCTAVES = 3;
const DECADES = 8;
/** An atom's pitch, and that of one that leaves. */
const ENTERS = 1318.5;
const LEAVES = 659.3;
/** Most atoms that are heard at once; they follow each other like a strummed chord. */
const MOST = 6;
const STRUM = 0.03;

/** The pitch of a residual: lower for a smaller one, as its height in the figure is. */
export function pitch(value: number): number {
  const decades = Math.min(DECADES, Math.max(0, -Math.log10(value)));
  return TOP * 2 ** ((-OCTAVES * decades) / DECADES);
}

/** What is heard as the playhead comes from one step to a later one. */
export function tonesOf(heard: Heard, from: number, to: number): Tone[] {
  const { method, right } = heard;
  const tones: Tone[] = [];
  const value = method.trace(heard.trace, to);
  if (value !== undefined && value > 0)
    tones.push({
      frequency: pitch(value),
      delay: 0,
      seconds: 0.12,
      gain: 0.3,
      pan: 0,
      wave: "sine",
    });
  const events = method.events.filter(({ step }) => step > from && step <= to);
  const atoms = events.flatMap(({ event }) =>
    event.kind === "pick" || event.kind === "drop" ? [event] : [],
  );
  for (const [i, { kind, index }] of atoms.slice(-MOST).entries()) {
    const wrong = kind === "pick" && right.size > 0 && !right.has(index);
    tones.push({
      frequency: kind === "drop" ? LEAVES : ENTERS,
      delay: STRUM * i,
      seconds: 0.18,
      gain: wrong ? 0.12 : 0.22,
      pan: (2 * index) / Math.max(1, heard.entries - 1) - 1,
      wave: wrong ? "sawtooth" : "triangle",
    });
  }
  // A run that got there ends on a fifth and an octave above where it is; any other only stops.
  if (method.ending?.word === "converged" && from < method.last && to >= method.last) {
    const base = pitch(value ?? 1);
    for (const [i, ratio] of [1, 1.5, 2].entries())
      tones.push({
        frequency: base * ratio,
        delay: 0.12 + 0.09 * i,
        seconds: 0.5,
        gain: 0.2,
        pan: 0,
        wave: "sine",
      });
  }
  return tones;
}
