import { html, nothing } from "lit";
import { Hearing } from "../hear/hearing.ts";
import { say } from "../messages/say.ts";
import type { Frame } from "../solve/protocol.ts";
import type { MethodRecording } from "../solve/recording.ts";
import { whole } from "../words/numbers.ts";
import { icon, playIcon } from "./icons.ts";
import { Part } from "./part.ts";
import { ended, truePlaces } from "./seen.ts";

/** Most ticks on the track; beyond, only wrong picks are shown. */
const MOST_TICKS = 240;

/** The timeline: play, step, scrub, and what happened when. A step that holds finer ones can be opened. */
export class TimelinePart extends Part {
  static override properties = {
    ...Part.properties,
    open: { state: true },
    hearing: { state: true },
  };
  /** Whether the finer steps are shown where there are any. */
  declare open: boolean;
  /** What makes the run heard, where that is wanted. */
  declare hearing: Hearing | undefined;

  constructor() {
    super();
    this.open = false;
  }

  override render() {
    const { lab } = this;
    const last = Math.max(1, lab.player.last);
    const share = (step: number) => `${(100 * step) / last}%`;
    const failed = lab.recording?.methods.some(
      (method) => method.ending?.word === "failed" || method.ending?.word === "diverged",
    );
    const inner = this.#inner;
    return html`${this.open && inner.length > 0 ? this.#fine(inner) : nothing}<div class="timeline ${failed ? "failed" : ""} ${lab.stale ? "stale" : ""}">
      <button class="plain" aria-label=${say.timeline.toStart} title=${say.timeline.toStartKey} @click=${() => lab.player.seek(0)}>${icon("restart")}</button>
      <button class="plain" aria-label=${say.timeline.back} title=${say.timeline.backKey} @click=${() => lab.player.seek(lab.playhead - 1)}>${icon("back")}</button>
      <button class="play" aria-label=${lab.player.playing ? say.timeline.pause : say.timeline.play} title=${lab.player.playing ? say.timeline.pauseKey : say.timeline.playKey} @click=${() => lab.player.toggle()}>${playIcon(lab.player.playing)}</button>
      <button class="plain" aria-label=${say.timeline.step} title=${say.timeline.stepKey} @click=${() => lab.player.seek(lab.playhead + 1)}>${icon("forward")}</button>
      <div class="track" role="slider" tabindex="0" aria-label=${say.timeline.step} aria-valuemin="0" aria-valuemax=${lab.player.last} aria-valuenow=${lab.playhead}
        aria-valuetext=${say.timeline.stepOf(lab.playhead, lab.player.last)}
        @pointerdown=${this.#down} @pointermove=${this.#drag} @keydown=${this.#key}>
        <div class="ticks" aria-hidden="true">${this.#ticks(share)}</div>
        <div class="rail"><div class="filled" style="width:${share(lab.playhead)}"></div></div>
        <div class="knob" style="left:${share(lab.playhead)}"></div>
      </div>
      <div class="count"><span><b>${whole(lab.playhead)}</b>${say.timeline.of(whole(lab.player.last))}${this.#state()}</span>${this.#thinned()}</div>
      ${
        inner.length > 0
          ? html`<button class="link inside" aria-expanded=${this.open ? "true" : "false"} title=${say.timeline.insideTitle}
            @click=${() => this.#toggle()}>${say.timeline.inside}</button>`
          : nothing
      }
      <button class="link speed" title=${say.timeline.speedKey} aria-label=${say.timeline.speed(speedName(lab.player.speed))} @click=${() => lab.player.changeSpeed(1, true)}>${speedName(lab.player.speed)}</button>
      <button class="plain" aria-label=${say.timeline.sound} aria-pressed=${this.hearing ? "true" : "false"} title=${say.timeline.soundTitle} @click=${() => this.#hear()}>${icon(this.hearing ? "sound" : "silent")}</button>
    </div>`;
  }

  override willUpdate(): void {
    super.willUpdate();
    if (!this.hearing || this.hearing.lab === this.lab) return;
    this.hearing.close();
    this.hearing = new Hearing(this.lab);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.hearing?.close();
    this.hearing = undefined;
  }

  #hear(): void {
    this.hearing?.close();
    this.hearing = this.hearing ? undefined : new Hearing(this.lab);
  }

  /** The finer steps inside the one under the playhead. */
  get #inner(): readonly Frame[] {
    const { lab } = this;
    return lab.recording?.methods[lab.focus]?.innerFrames(lab.playhead) ?? [];
  }

  #toggle(): void {
    this.open = !this.open;
    if (!this.open) this.lab.player.lookInside(this.lab.focus, undefined);
  }

  /** The track of finer steps. Its last place is the end of the step itself. */
  #fine(frames: readonly Frame[]) {
    const { lab } = this;
    const method = lab.recording?.methods[lab.focus];
    const inside = method?.inside;
    const at = inside ? frames.indexOf(inside) : frames.length;
    const share = (place: number) => `${(100 * place) / frames.length}%`;
    const stride = method?.strides.inner ?? 1;
    const said = inside
      ? say.timeline.innerOf(inside.inner ?? 0, frames.at(-1)?.inner ?? 0)
      : say.timeline.allInner(frames.at(-1)?.inner ?? 0);
    const move = (place: number) => {
      const next = Math.max(0, Math.round(place));
      lab.player.lookInside(lab.focus, next < frames.length ? next : undefined);
    };
    const seek = (event: PointerEvent) => {
      const box = (event.currentTarget as Element).getBoundingClientRect();
      move(((event.clientX - box.left) / box.width) * frames.length);
    };
    const key = (event: KeyboardEvent) => {
      const moves: Record<string, number> = {
        ArrowRight: at + 1,
        ArrowLeft: at - 1,
        Home: 0,
        End: frames.length,
      };
      const next = moves[event.key];
      if (next !== undefined) move(next);
      else if (event.key === "ArrowUp" || event.key === "Escape") {
        this.#toggle();
        this.querySelector<HTMLElement>(".track:not(.fine)")?.focus();
      } else return;
      event.preventDefault();
      event.stopPropagation();
    };
    const ticks = frames.flatMap((frame, i) => (frame.events.length > 0 ? [i] : []));
    return html`<div class="timeline within"><span class="label">${say.timeline.insideStep(whole(lab.playhead))}</span>
      <div class="track fine" role="slider" tabindex="0" aria-label=${say.timeline.innerStep} aria-valuemin="0" aria-valuemax=${frames.length} aria-valuenow=${at}
        aria-valuetext=${say.timeline.insideOf(said, lab.playhead)}
        @pointerdown=${(event: PointerEvent) => {
          (event.currentTarget as Element).setPointerCapture(event.pointerId);
          seek(event);
        }} @pointermove=${(event: PointerEvent) => event.buttons === 1 && seek(event)} @keydown=${key}>
        <div class="ticks" aria-hidden="true">${ticks.length <= MOST_TICKS ? ticks.map((i) => html`<i style="left:${share(i)}"></i>`) : nothing}</div>
        <div class="rail"><div class="filled" style="width:${share(at)}"></div></div>
        <div class="knob" style="left:${share(at)}"></div>
      </div>
      <div class="count"><span>${said}</span>${stride > 1 ? html`<small>${say.timeline.innerKept(stride)}</small>` : nothing}</div></div>`;
  }

  /** How the longest run ended, once the playhead is there: the count beside it is of its steps. */
  #state() {
    const { lab } = this;
    const method = lab.recording?.methods.reduce((a, b) => (b.last > a.last ? b : a));
    if (!method?.ending || !ended(method, lab.playhead)) return nothing;
    return html`<span class="state" title=${method.ending.reason}>, ${say.timeline.endings[method.ending.word]}</span>`;
  }

  #thinned() {
    const every = Math.max(1, ...(this.lab.recording?.methods.map((method) => method.every) ?? []));
    return every > 1 ? html`<small>${say.timeline.kept(every)}</small>` : nothing;
  }

  #ticks(share: (step: number) => string) {
    const { lab } = this;
    const right = truePlaces(lab);
    const method = lab.recording?.methods[lab.focus];
    const events = method?.events ?? [];
    const isWrong = ({ event }: MethodRecording["events"][number]) =>
      event.kind === "pick" && right.size > 0 && !right.has(event.index);
    const repents = events.some(({ event }) => event.kind === "drop");
    const wrong = new Set((repents ? [] : events).filter(isWrong).map(({ step }) => step));
    const steps = [...new Set(events.map(({ step }) => step))];
    const plain = steps.length <= MOST_TICKS ? steps.filter((step) => !wrong.has(step)) : [];
    const crosses = wrong.size <= 60 ? [...wrong] : [];
    return html`${plain.map((step) => html`<i style="left:${share(step)}"></i>`)}${crosses.map((step) => html`<i class="wrong" style="left:${share(step)}">✕</i>`)}`;
  }

  #at(event: PointerEvent): number {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    return ((event.clientX - box.left) / box.width) * this.lab.player.last;
  }

  #down(event: PointerEvent): void {
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    this.lab.player.seek(this.#at(event));
  }

  #drag(event: PointerEvent): void {
    if (event.buttons === 1) this.lab.player.seek(this.#at(event));
  }

  #key(event: KeyboardEvent): void {
    const { lab } = this;
    const direction = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (direction !== 0) {
      if (event.shiftKey) lab.player.seekEvent(direction);
      else lab.player.seek(lab.playhead + direction);
    } else if (event.key === "ArrowDown" && this.#inner.length > 0 && !this.open) {
      this.open = true;
      void this.updateComplete.then(() => this.querySelector<HTMLElement>(".track.fine")?.focus());
    } else if (event.key === "PageUp" || event.key === "PageDown") {
      lab.player.seek(
        lab.playhead +
          (event.key === "PageUp" ? 1 : -1) * Math.max(1, Math.round(lab.player.last / 10)),
      );
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }
}

function speedName(speed: number): string {
  if (speed === 0.25) return "¼×";
  return Number.isFinite(speed) ? `${speed}×` : say.timeline.allAtOnce;
}

customElements.define("timeline-part", TimelinePart);
