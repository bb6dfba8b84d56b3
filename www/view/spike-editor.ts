import { html, nothing } from "lit";
import { type Stretch, shown } from "../figures/axis.ts";
import type { FigureView } from "../figures/figure-view.ts";
import { say } from "../messages/say.ts";
import { withSignal } from "../spec/fit.ts";
import { type Chosen, chosenOf, type Spikes, spikesOf } from "../spec/spikes.ts";
import { AxisGestures } from "./axis-gestures.ts";
import { LongPress } from "./long-press.ts";
import { Listener } from "./part.ts";
import { READOUT, readoutBox, surroundings } from "./readout.ts";
import { given } from "./seen.ts";
import "./spike-bar.ts";
import type { BarAct } from "./spike-bar.ts";
import { SpikeActs, spikeAct } from "./spike-keys.ts";
import { readout, spikeOptions } from "./spike-options.ts";
import { SpikePointer, type Stage } from "./spike-pointer.ts";

/** Spikes are drawn on the figure itself, by mouse, finger and keyboard: the figure is a listbox of them. */
export class SpikeEditor extends Listener implements Stage {
  static override properties = {
    ...Listener.properties,
    method: { attribute: false },
    editable: { attribute: false },
    coefficients: { attribute: false },
    typing: { state: true },
    byFinger: { state: true },
    byKeys: { state: true },
  };

  static override styles = READOUT;

  declare method: number;
  declare editable: boolean;
  /** Whether the spikes are the coefficients of a curve in its basis. */
  declare coefficients: boolean;
  declare typing: boolean;
  declare byFinger: boolean;
  declare byKeys: boolean;

  readonly #pointer = new SpikePointer(this);
  readonly #axis = new AxisGestures(this);
  readonly #press = new LongPress(this, {
    pressed: (event) => this.#pointer.press(event),
    moved: (event) => this.#pointer.read(event),
    lifted: () => this.lab.point(undefined),
  });
  readonly #acts = new SpikeActs(this, {
    axis: (act) => this.#axis.act(act),
    typing: (typing) => {
      this.typing = typing && this.lab.selected !== undefined;
    },
    back: () => this.renderRoot.querySelector<HTMLElement>(".stage")?.focus(),
  });
  #known: { of: unknown; spikes: Spikes } | undefined;

  constructor() {
    super();
    this.coefficients = false;
    this.typing = false;
    this.byFinger = false;
    this.byKeys = false;
    this.addEventListener("axis-gesture", () => this.#pointer.cancel());
    this.addEventListener("focusout", () => {
      this.byKeys = false;
      this.lab.settle();
    });
  }

  // The figure is given as a child, so it is slotted through a shadow root of its own.
  override render() {
    const { ghost, box } = this.#pointer;
    const several = this.editable ? "true" : nothing;
    return html`<style>
        :host { display: block; position: relative; }
        .stage { position: relative; touch-action: pan-y; cursor: ${this.editable ? "crosshair" : "default"}; border-radius: 4px; user-select: none; -webkit-touch-callout: none; }
        .stage:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
        .ghost { position: absolute; width: 0; border-left: 1.5px dotted var(--estimate); pointer-events: none; }
        .ghost::after { content: ""; position: absolute; left: -4px; top: -4px; width: 7px; height: 7px; border-radius: 50%; background: var(--estimate); opacity: 0.6; }
        .box { position: absolute; pointer-events: none; border: 1px solid var(--focus); border-radius: 2px; }
        .hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
        .empty { position: absolute; inset: 0; display: grid; place-items: center; pointer-events: none; font-size: var(--size-body); color: var(--ink-2); }
      </style>
      <div class="stage" role="listbox" tabindex="0" aria-label=${this.#name} aria-multiselectable=${several} aria-activedescendant=${this.#activeId}
        @focus=${this.#focused} @touchstart=${this.#touch} @pointerdown=${this.#down} @pointermove=${this.#move} @pointerup=${this.#up} @pointercancel=${this.#cancel}
        @pointerleave=${this.#leave} @dblclick=${this.#double} @keydown=${this.#key}>
        <div aria-hidden="true"><slot></slot></div>
        <div class="hidden" role="none">${spikeOptions(this.spikes, this.chosen, this.#estimate, this.#threshold)}</div>
      </div>
      ${this.editable && this.spikes.size === 0 ? html`<div class="empty">${say.signal.addOne}</div>` : nothing}
      ${ghost ? html`<div class="ghost" style="left:${ghost.spot.left}px;top:${Math.min(ghost.spot.top, ghost.base)}px;height:${Math.abs(ghost.base - ghost.spot.top)}px"></div>` : nothing}
      ${
        box
          ? html`<div class="box" style="left:${Math.min(box.one.left, box.other.left)}px;top:${Math.min(box.one.top, box.other.top)}px;
            width:${Math.abs(box.other.left - box.one.left)}px;height:${Math.abs(box.other.top - box.one.top)}px"></div>`
          : nothing
      }
      ${this.#readout()}${this.#bar()}`;
  }

  get #name(): string {
    if (!this.editable) return say.signal.ofEstimate;
    return say.signal.keys(this.coefficients);
  }

  get #activeId() {
    return this.lab.selected === undefined ? nothing : `spike-${this.lab.selected}`;
  }

  get view(): FigureView | null {
    return this.querySelector("figure-view");
  }

  /** The true spikes as they stand now. Drawn ones are in the Spec: their picture may still be on its way. */
  get spikes(): Spikes {
    const { signal, data } = this.lab.spec.problem as {
      signal?: { id: string; spikes?: [number, number][] };
      data?: { truth?: unknown };
    };
    const drawn = signal?.id === "drawn" && !data?.truth;
    const of = drawn ? signal : given(this.lab, "truth")?.values;
    if (this.#known?.of !== of || !this.#known)
      this.#known = {
        of,
        spikes: of === signal ? new Map(signal?.spikes) : spikesOf(of as Float64Array | undefined),
      };
    return this.#known.spikes;
  }

  get chosen(): Chosen {
    return chosenOf(this.lab.selected, this.lab.together);
  }

  get #estimate(): Float64Array | undefined {
    return this.lab.recording?.methods[this.method]?.at(this.lab.playhead)?.estimate;
  }

  get #threshold(): number {
    return this.lab.recording?.description.facts.active_threshold ?? 0;
  }

  get length(): number {
    return this.#estimate?.length ?? 0;
  }

  get stretch(): Stretch | undefined {
    return this.lab.axis;
  }

  set stretch(stretch: Stretch | undefined) {
    this.lab.axis = stretch;
  }

  get line(): number | undefined {
    return this.lab.selected;
  }

  inView(index: number): boolean {
    const { from, to } = shown(this.lab.axis, this.length);
    return index >= from && index <= to;
  }

  choose(index: number | undefined, together: Chosen = new Set()): void {
    this.lab.together = together;
    this.lab.select(index);
  }

  /** Writes spikes into the Spec. */
  write(spikes: Spikes, group?: string): void {
    const { lab } = this;
    const list = [...spikes]
      // A curve has a coefficient at nearly every index: their last digits would only make a link long.
      .map(([i, v]): [number, number] => [i, this.coefficients ? Math.round(v * 1e4) / 1e4 : v])
      .filter(([, value]) => value !== 0)
      .sort(([i], [j]) => i - j);
    lab.edit(withSignal(lab.spec, { id: "drawn", spikes: list }), group);
  }

  #readout() {
    const { lab, view } = this;
    const hovered = lab.hover?.axis === "index" ? lab.hover.at : undefined;
    const at = this.#pointer.dragged ?? hovered;
    const estimate = this.#estimate;
    if (
      at === undefined ||
      this.#pointer.box ||
      !view ||
      !estimate ||
      at >= estimate.length ||
      !this.inView(at)
    )
      return nothing;
    const known = given(lab, "truth")?.values;
    // Coefficients are read in the title line; above a finger they have room.
    if (this.coefficients && !this.#pointer.finger) return nothing;
    const picked = lab.recording?.methods[this.method]?.events.find(
      ({ event }) => event.kind === "pick" && event.index === at,
    );
    const words = picked && picked.step <= lab.playhead ? say.signal.pickedIn(picked.step) : "";
    const around = surroundings(view, at, [known, estimate], (foot) => foot);
    const text = readout(known && (known[at] ?? 0), estimate[at] ?? 0);
    return around && readoutBox(`i = ${at}${words}`, text, around, this.#pointer.finger);
  }

  #bar() {
    const index = this.lab.selected;
    const wanted = this.byFinger || this.byKeys || this.typing;
    if (!this.editable || index === undefined || !wanted) return nothing;
    return html`<spike-bar .index=${index} .chosen=${this.chosen} .spikes=${this.spikes} .typing=${this.typing}
      @act=${(event: CustomEvent<BarAct>) => this.#acts.perform(event.detail)}></spike-bar>`;
  }

  #focused(event: FocusEvent): void {
    this.byKeys = (event.currentTarget as Element).matches(":focus-visible");
  }

  /** A finger on a spike drags it; anywhere else it may scroll the page. */
  #touch(event: TouchEvent): void {
    if (this.#pointer.holds) event.preventDefault();
  }

  #down(event: PointerEvent): void {
    this.byFinger = event.pointerType === "touch";
    this.byKeys = false;
    this.#acts.begin();
    this.#pointer.down(event);
  }

  #move(event: PointerEvent): void {
    if (!this.#press.pressing) this.#pointer.move(event);
  }

  #up(event: PointerEvent): void {
    this.#pointer.up(event);
  }

  #cancel(): void {
    this.#pointer.cancel();
  }

  #leave(): void {
    this.#pointer.leave();
  }

  #double(event: MouseEvent): void {
    if (this.editable && this.lab.selected !== undefined && !event.shiftKey) this.typing = true;
  }

  #key(event: KeyboardEvent): void {
    if (event.target !== event.currentTarget) return;
    this.byKeys = true;
    const act = spikeAct(event, this.editable);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    this.#acts.perform(act);
  }
}

customElements.define("spike-editor", SpikeEditor);
