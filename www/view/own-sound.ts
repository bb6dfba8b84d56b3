import { html, nothing } from "lit";
import { type SoundTaken, soundReading, soundTaken } from "../spec/sounds.ts";
import { exact } from "../words/numbers.ts";
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
    const length = `at most ${exact(taken.most)} s, which stay in this tab`;
    return html`<div class="title-line own-sound" role="group" aria-label="Sound of your own"><h2>Your own</h2>
      <button class="link" title="A WAV file; it can be dropped on the page, too" @click=${this.#choose}>Choose a WAV file</button>
      <button class="link" title=${`From the microphone, ${length}`} ?disabled=${this.waiting} @click=${() => this.#toggle(taken)}>${recorder ? "Stop and take it" : "Record"}</button>
      ${
        recorder
          ? html`<meter min="0" max="1" high="0.98" .value=${recorder.level()} aria-label="Level of the microphone"></meter>
          <span>${this.since.toFixed(1)} of ${exact(taken.most)} s</span>
          <button class="link" @click=${this.#cancel}>Cancel</button>`
          : nothing
      }
      <span role="status">${this.waiting ? "The browser asks for the microphone." : recorder ? html`<span class="hidden">Recording.</span>` : this.said}</span></div>`;
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
      const name = "your recording";
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
