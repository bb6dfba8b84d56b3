import { html } from "lit";
import { axisAct, lineAfter, revealed, type Stretch, shown } from "../figures/axis.ts";
import type { FigureView } from "../figures/figure-view.ts";
import type { Hover } from "../lab.ts";
import { say } from "../messages/say.ts";
import { AxisGestures } from "./axis-gestures.ts";
import { LongPress } from "./long-press.ts";
import { Listener } from "./part.ts";

/** Around the figure of a panel: a line that pointer, finger or keys move, and its reading for those who hear it. */
export class PanelReader extends Listener {
  static override properties = {
    ...Listener.properties,
    axis: { attribute: false },
    length: { attribute: false },
    name: { attribute: false },
    about: { attribute: false },
    say: { attribute: false },
    zooms: { attribute: false },
    keysOnly: { attribute: false },
    said: { state: true },
  };
  declare axis: Hover["axis"];
  /** How many places the axis has. */
  declare length: number;
  declare name: string;
  /** What the figure shows, in words. */
  declare about: string;
  /** The reading at a place. */
  declare say: (at: number) => string;
  /** Whether the figure shows the part of the axis that is in view. */
  declare zooms: boolean;
  /** Whether the figure has pointers for itself. */
  declare keysOnly: boolean;
  /** What was read last by keys. */
  declare said: string;

  #gestures: AxisGestures | undefined;

  constructor() {
    super();
    this.axis = "index";
    this.length = 0;
    this.name = "";
    this.about = "";
    this.say = () => "";
    this.zooms = false;
    this.keysOnly = false;
    this.said = "";
    new LongPress(this, {
      pressed: (event) => !this.keysOnly && this.#point(event),
      moved: (event) => !this.keysOnly && this.#point(event),
      lifted: () => this.lab.point(undefined),
    });
    this.addEventListener("pointermove", (event) => {
      if (event.pointerType !== "touch" && event.buttons === 0 && !this.keysOnly)
        this.#point(event);
    });
    this.addEventListener("pointerleave", () => {
      if (!this.keysOnly) this.lab.point(undefined);
    });
    this.addEventListener("click", () => this.#select());
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.zooms) this.#gestures ??= new AxisGestures(this);
  }

  // The figure is given as a child, so it is slotted through a shadow root of its own.
  override render() {
    const { at, axis } = this.lab.hover ?? { at: 0, axis: this.axis };
    const now = axis === this.axis ? at : 0;
    const more =
      this.axis === "step"
        ? say.panels.lineOfSteps
        : this.zooms
          ? say.panels.lineZooms
          : say.panels.lineLocks;
    return html`<style>
        :host { display: block; position: relative; }
        .stage { touch-action: pan-y; border-radius: 4px; user-select: none; -webkit-touch-callout: none; }
        .stage:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
        .hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
      </style>
      <div class="stage" role="slider" tabindex="0" aria-orientation="horizontal" aria-valuemin="0" aria-valuemax=${Math.max(0, this.length - 1)}
        aria-valuenow=${now} aria-valuetext=${String(now)} aria-label=${say.panels.line(this.name, more)} aria-description=${this.about}
        @keydown=${this.#key} @blur=${this.#left}>
        <div aria-hidden="true"><slot></slot></div>
      </div>
      <div class="hidden" role="status">${this.said}</div>`;
  }

  get stretch(): Stretch | undefined {
    return this.lab.axis;
  }

  set stretch(stretch: Stretch | undefined) {
    this.lab.axis = stretch;
  }

  get line(): number | undefined {
    return this.lab.hover?.axis === this.axis ? this.lab.hover.at : undefined;
  }

  #point(event: PointerEvent): void {
    const value = this.querySelector<FigureView>("figure-view")?.valueAt(event)?.x ?? -1;
    const at = Math.round(value);
    const { from, to } = shown(this.zooms ? this.lab.axis : undefined, this.length);
    const there = at >= 0 && at < this.length && value >= from - 0.5 && value <= to + 0.5;
    this.lab.point(there ? { axis: this.axis, at } : undefined);
  }

  #select(): void {
    if (this.lab.hover?.axis === "index") this.lab.select(this.lab.hover.at);
  }

  #key(event: KeyboardEvent): void {
    const { lab, line } = this;
    const { from, to } = shown(this.zooms ? lab.axis : undefined, this.length);
    const selected = this.axis === "index" ? lab.selected : undefined;
    // A line that is not there yet comes where something is chosen, or in the middle.
    const start = selected ?? Math.round((from + to) / 2);
    const command = event.ctrlKey || event.metaKey || event.altKey;
    const moved = command ? undefined : lineAfter(event.key, line ?? start, this.length);
    const zoom = this.zooms ? axisAct(event) : undefined;
    if (moved !== undefined) this.#lead(moved);
    else if (zoom) this.#gestures?.act(zoom);
    else if (event.key === "Enter" && this.axis === "step" && line !== undefined)
      lab.player.seek(line);
    else if (event.key === "Enter") this.#select();
    else if (event.key === "Escape" && line !== undefined) this.#left();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Moves the line by keys, brings it into view and says what is there. */
  #lead(at: number): void {
    const { lab } = this;
    if (this.zooms) lab.axis = revealed(lab.axis, this.length, at);
    lab.point({ axis: this.axis, at });
    if (!lab.locked) this.said = this.say(at);
  }

  readonly #left = (): void => {
    this.said = "";
    this.lab.point(undefined);
  };
}

customElements.define("panel-reader", PanelReader);
