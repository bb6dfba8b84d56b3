import { html, nothing } from "lit";
import { say } from "../messages/say.ts";
import { loudness } from "./loudness.ts";
import { nameOf } from "./methods.ts";
import { Part } from "./part.ts";
import { focused } from "./seen.ts";

/** Rates that every browser plays. */
const RATES = { least: 8000, most: 96000 };

/** Where an estimate is a sound: what the method began with and what it has come to, to be heard. Plays only when asked. */
export class SoundPart extends Part {
  static override properties = { ...Part.properties, playing: { state: true } };
  /** Which of the two is heard now. */
  declare playing: "before" | "after" | undefined;
  #context: AudioContext | undefined;
  #source: AudioBufferSourceNode | undefined;

  override render() {
    const rate = this.lab.recording?.description.facts.sampling_rate;
    const seen = focused(this.lab);
    const before = seen?.method.frames[0]?.estimate;
    const after = seen?.frame.estimate;
    if (!rate || rate < RATES.least || rate > RATES.most || !before?.length || !after?.length)
      return nothing;
    const factor = loudness(before, after);
    const button = (which: "before" | "after", sound: Float64Array, about: string) =>
      html`<button aria-pressed=${this.playing === which ? "true" : "false"} title=${about}
        @click=${() => this.#toggle(which, sound, rate, factor)}>${this.playing === which ? say.sound.stop : which === "before" ? say.sound.before : say.sound.after}</button>`;
    return html`<div class="title-line" role="group" aria-label=${say.sound.sound}><h2>${say.sound.listen}</h2>
      ${button("before", before, say.sound.playBefore)}
      ${button("after", after, say.sound.playAfter(nameOf(this.lab, this.lab.focus)))}</div>`;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop();
    this.#context?.close();
    this.#context = undefined;
  }

  #toggle(which: "before" | "after", sound: Float64Array, rate: number, factor: number): void {
    const again = this.playing === which;
    this.#stop();
    if (again) return;
    this.#context ??= new AudioContext();
    void this.#context.resume();
    const buffer = this.#context.createBuffer(1, sound.length, rate);
    buffer.copyToChannel(
      Float32Array.from(sound, (sample) => factor * sample),
      0,
    );
    const source = this.#context.createBufferSource();
    source.buffer = buffer;
    source.connect(this.#context.destination);
    source.onended = () => {
      if (this.#source === source) this.#stop();
    };
    source.start();
    this.#source = source;
    this.playing = which;
  }

  #stop(): void {
    const source = this.#source;
    this.#source = undefined;
    source?.stop();
    this.playing = undefined;
  }
}

customElements.define("sound-part", SoundPart);
