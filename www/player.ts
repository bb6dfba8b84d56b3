import type { Recording } from "./solve/recording.ts";

/** Speeds of play, in steps a frame of 1/15 s; infinite is all at once. */
const SPEEDS = [0.25, 1, 4, 16, Number.POSITIVE_INFINITY];

/** What is played. */
export interface Played {
  readonly recording: Recording | undefined;
  announce(): void;
}

/** The playhead: where in a recording one looks, and how it moves by itself. */
export class Player {
  step = 0;
  playing = false;
  speed = 1;
  /** Whether the playhead stays at the end while a run grows. A person who moves it away ends that. */
  #following = true;
  #clock = 0;
  /** Where the playhead is to stand at first, until the run has come so far. */
  #first: number | undefined;

  constructor(readonly played: Played) {}

  /** The last step of the recording. */
  get last(): number {
    return this.played.recording?.last ?? 0;
  }

  /** Begins at a step of the run that comes, paused, in place of its last one. */
  startAt(step: number): void {
    this.#first = step;
    this.#following = false;
    this.step = 0;
  }

  /** Moves the playhead and stops playing. */
  seek(step: number): void {
    this.#first = undefined;
    this.playing = false;
    this.lookOutside();
    this.step = Math.min(Math.max(0, Math.round(step)), this.last);
    this.#following = this.step === this.last;
    this.played.announce();
  }

  /** To the next (or previous) event of any method. */
  seekEvent(direction: 1 | -1): void {
    const steps = (this.played.recording?.methods ?? []).flatMap((method) =>
      method.events.map(({ step }) => step),
    );
    const ahead = steps.filter((step) => (direction > 0 ? step > this.step : step < this.step));
    if (ahead.length > 0) this.seek(direction > 0 ? Math.min(...ahead) : Math.max(...ahead));
  }

  /**
   * Looks inside the step under the playhead, at one of the finer steps of a method; at the whole step again without
   * a number.
   */
  lookInside(method: number, place: number | undefined): void {
    this.playing = false;
    this.lookOutside();
    const recorded = this.played.recording?.methods[method];
    if (recorded && place !== undefined) recorded.inside = recorded.innerFrames(this.step)[place];
    this.played.announce();
  }

  lookOutside(): void {
    for (const method of this.played.recording?.methods ?? []) method.inside = undefined;
  }

  toggle(): void {
    this.#first = undefined;
    this.lookOutside();
    if (!this.playing && this.step >= this.last) this.step = 0;
    this.#following = false;
    this.playing = !this.playing;
    if (this.playing) this.#begin();
    this.played.announce();
  }

  /** Faster or slower; `round` goes from the last speed to the first. */
  changeSpeed(by: 1 | -1, round = false): void {
    const place = SPEEDS.indexOf(this.speed) + by;
    const last = SPEEDS.length - 1;
    this.speed = SPEEDS[round ? place % SPEEDS.length : Math.min(Math.max(0, place), last)] ?? 1;
    // The time since play began was at the old speed.
    if (this.playing) this.#begin();
    this.played.announce();
  }

  /** There is a recording, or more of it; `another` is not the one that was played. */
  receive({ last, done }: Recording, another: boolean): void {
    if (this.#first !== undefined) {
      this.step = Math.min(this.#first, last);
      if (done || last >= this.#first) this.#first = undefined;
      return;
    }
    // An edit while playing plays on from here; the pace may be another, as it goes by the length.
    if (this.playing && another) this.#begin();
    // A recording that grows is the same object: where it ended before cannot be asked of it.
    if (!this.playing && (this.#following || this.step > last)) {
      this.step = last;
      this.#following = true;
    }
  }

  close(): void {
    cancelAnimationFrame(this.#clock);
  }

  /** Plays from here on. */
  #begin(): void {
    cancelAnimationFrame(this.#clock);
    this.#tick(performance.now(), this.step);
  }

  /** Plays in real time: fifteen steps a second at speed 1, for short runs no slower than two seconds in all. */
  #tick(begin: number, from: number): void {
    this.#clock = requestAnimationFrame((now) => {
      if (!this.playing) return;
      const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
      const rate = calm ? 2 : Math.min(Math.max(4, Math.min(15, this.last / 3)) * this.speed, 1e9);
      this.step = Math.min(this.last, from + Math.floor(((now - begin) / 1000) * rate));
      if (this.step >= this.last && this.played.recording?.done) {
        this.playing = false;
        this.#following = true;
      }
      this.played.announce();
      if (this.playing) this.#tick(begin, from);
    });
  }
}
