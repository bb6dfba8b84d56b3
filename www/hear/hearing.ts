import type { Lab } from "../lab.ts";
import { truePlaces } from "../view/seen.ts";
import { type Tone, tonesOf } from "./tones.ts";

/** Least time between two steps that are heard, in ms: more would be a noise. */
const PACE = 60;

/** Makes a lab heard while its playhead moves on: by playing, by stepping, by dragging. Nothing is heard of a step back. */
export class Hearing {
  readonly #context = new AudioContext();
  readonly #listener = () => this.#follow();
  #step: number;
  #recording: unknown;
  #heard = 0;

  constructor(readonly lab: Lab) {
    this.#step = lab.playhead;
    this.#recording = lab.recording;
    lab.addEventListener("change", this.#listener);
    void this.#context.resume();
  }

  close(): void {
    this.lab.removeEventListener("change", this.#listener);
    void this.#context.close();
  }

  #follow(): void {
    const { lab } = this;
    const from = this.#step;
    const another = this.#recording !== lab.recording;
    if (another || lab.playhead < from) {
      this.#recording = lab.recording;
      this.#step = lab.playhead;
      return;
    }
    const now = performance.now();
    const method = lab.recording?.methods[lab.focus];
    if (!method || lab.playhead === from || now - this.#heard < PACE) return;
    this.#heard = now;
    this.#step = lab.playhead;
    const heard = {
      method,
      trace: lab.page?.quantities[0]?.name ?? "relative_residual",
      entries: method.at(lab.playhead)?.estimate?.length ?? 1,
      // Who is asked for a guess must not hear the answer.
      right: lab.asking ? new Set<number>() : truePlaces(lab),
    };
    for (const tone of tonesOf(heard, from, this.#step)) this.#play(tone);
  }

  #play({ frequency, delay, seconds, gain, pan, wave }: Tone): void {
    const context = this.#context;
    const begin = context.currentTime + delay;
    const volume = new GainNode(context, { gain: 0 });
    // A tone that begins or ends at once clicks.
    volume.gain.setValueAtTime(0, begin);
    volume.gain.linearRampToValueAtTime(gain, begin + 0.01);
    volume.gain.exponentialRampToValueAtTime(0.001, begin + seconds);
    const source = new OscillatorNode(context, { frequency, type: wave });
    source
      .connect(volume)
      .connect(new StereoPannerNode(context, { pan }))
      .connect(context.destination);
    source.start(begin);
    source.stop(begin + seconds);
  }
}
