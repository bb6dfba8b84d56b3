import { html, nothing } from "lit";
import { say } from "../messages/say.ts";
import { type SoundTaken, soundReading, soundTaken } from "../spec/sounds.ts";
import { exact, fixed } from "../words/numbers.ts";
import { chooseFile } from "./choose-file.ts";
import type { FileNote } from "./file-note.ts";
import { holdIn } from "./held.ts";
import { Part } from "./part.ts";
import { type Recorder, record } from "./recorder.ts";

/** Where a problem takes a sound of one's own: a WAV file, or what the microphone hears. It stays in the tab. */
export class OwnSound extends Part {
  static override properties = {
    ...Part.properties,
    recorder: { state: true },
    waiting: { state: true },
    since: { state: true },
    said: { state: true },
  };
  declare recorder: Recorder | undefined;
  /** The browser asks whether the microphone may be heard. */
  declare waiting: boolean;
  /** Seconds that are recorded. */
  declare since: number;
  declare said: string;
  #frame = 0;

  constructor() {
    super();
    this.waiting = false;
    this.since = 0;
    this.said = "";
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    cancelAnimationFrame(this.#frame);
    this.recorder?.cancel();
    this.recorder = undefined;
  }

  override render() {
    const taken = soundTaken(this.lab.catalogue, this.lab.spec);
    if (!taken || holdIn(this.lab, "signal") !== "free") return nothing;
    const { recorder } = this;
    return html`<div class="title-line own-sound" role="group" aria-label=${say.sound.ofYourOwn}><h2>${say.sound.yourOwn}</h2>
      <button class="link" title=${say.sound.wavTitle} @click=${this.#choose}>${say.sound.wav}</button>
      <button class="link" title=${say.sound.recordTitle(exact(taken.most))} ?disabled=${this.waiting} @click=${() => this.#toggle(taken)}>${recorder ? say.sound.take : say.sound.record}</button>
      ${
        recorder
          ? html`<meter min="0" max="1" high="0.98" .value=${recorder.level()} aria-label=${say.sound.level}></meter>
          <span>${say.sound.seconds(fixed(this.since, 1), exact(taken.most))}</span>
          <button class="link" @click=${this.#cancel}>${say.sound.cancel}</button>`
          : nothing
      }
      <span role="status">${this.waiting ? say.sound.asking : recorder ? html`<span class="hidden">${say.sound.recording}</span>` : this.said}</span></div>`;
  }

  #choose(): void {
    chooseFile(this, ".wav,audio/wav");
  }

  async #toggle(taken: SoundTaken): Promise<void> {
    if (this.recorder) {
      await this.#take(taken);
      return;
    }
    this.said = "";
    this.waiting = true;
    try {
      const recorder = await record(taken.rate);
      // One may have gone elsewhere meanwhile.
      if (!this.isConnected) recorder.cancel();
      else this.#watch(recorder, taken, performance.now());
    } catch (error) {
      this.said = (error as Error).message;
    } finally {
      this.waiting = false;
    }
  }

  /** Shows the level until the sound is as long as it may be. */
  #watch(recorder: Recorder, taken: SoundTaken, start: number): void {
    this.recorder = recorder;
    const look = () => {
      if (this.recorder !== recorder) return;
      this.since = Math.min(taken.most, (performance.now() - start) / 1000);
      if (this.since >= taken.most) void this.#take(taken);
      else this.#frame = requestAnimationFrame(look);
    };
    look();
  }

  async #take(taken: SoundTaken): Promise<void> {
    const { recorder, lab } = this;
    this.recorder = undefined;
    if (!recorder) return;
    try {
      const samples = await recorder.stop();
      const sound = { samples, seconds: Math.min(taken.most, samples.length / taken.rate) };
      const name = say.sound.yourRecording;
      const reading = soundReading(name, sound, lab.spec, taken);
      this.closest("lab-page")?.querySelector<FileNote>("file-note")?.take(name, [reading]);
    } catch (error) {
      this.said = (error as Error).message;
    }
  }

  readonly #cancel = (): void => {
    this.recorder?.cancel();
    this.recorder = undefined;
  };
}

customElements.define("own-sound", OwnSound);
