import type { ReactiveController, ReactiveControllerHost } from "lit";
import {
  type AxisAct,
  panned,
  pinched,
  type Stretch,
  shown,
  spanned,
  zoomed,
} from "../figures/axis.ts";
import type { FigureView } from "../figures/figure-view.ts";
import type { Lab } from "../lab.ts";

/** A drag below the axis marks a part from this many px on. */
const MARKS = 6;
/** A line of a wheel in px, for browsers that count lines. */
const LINE = 16;

/** An element around a figure on the index axis. */
export interface AxisHost extends ReactiveControllerHost, HTMLElement {
  lab: Lab;
  /** How many indices the axis has. */
  readonly length: number;
  /** The part of it in view. */
  stretch: Stretch | undefined;
  /** The index to zoom at by keys, if there is one. */
  readonly line: number | undefined;
}

/**
 * Zooms and pans the index axis of a figure: wheel with Ctrl, two fingers, a drag below the axis (which marks a part
 * while all is in view, and moves the part once there is one). It hears of pointers before the editor of the figure
 * does, and keeps from it what is its own; `axis-gesture` tells an editor to give up what it had begun.
 */
export class AxisGestures implements ReactiveController {
  /** Where each finger is. */
  readonly #fingers = new Map<number, { clientX: number; clientY: number }>();
  /** The two indices that two fingers hold. */
  #held: [number, number] | undefined;
  /** A drag below the axis: from which index, and where that is on the screen. */
  #grip: { pointer: number; at: number; x: number; marks: boolean } | undefined;

  constructor(readonly host: AxisHost) {
    host.addController(this);
    // Before the editor's own listeners, which are below in the tree.
    const early = { capture: true, passive: false };
    host.addEventListener("wheel", this.#wheel, early);
    host.addEventListener("pointerdown", this.#down, early);
    host.addEventListener("pointermove", this.#move, early);
    host.addEventListener("pointerup", this.#up, early);
    host.addEventListener("pointercancel", this.#up, early);
    host.addEventListener("touchmove", this.#touch, early);
  }

  hostDisconnected(): void {
    this.#fingers.clear();
    this.#held = undefined;
    this.#grip = undefined;
  }

  get #view(): FigureView | null {
    return this.host.querySelector("figure-view");
  }

  #show(stretch: Stretch | undefined): void {
    this.host.stretch = stretch;
    this.host.lab.announce();
  }

  readonly #wheel = (event: WheelEvent): void => {
    const { stretch, length } = this.host;
    const view = this.#view?.frame;
    if (!view) return;
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE : 1;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      this.#show(zoomed(stretch, length, Math.exp(event.deltaY * unit * 0.004), this.#at(event)));
    } else if (stretch && Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      event.preventDefault();
      const { from, to } = stretch;
      const perPixel = (to - from) / (view.width - view.left - view.right);
      this.#show(panned(stretch, length, event.deltaX * unit * perPixel));
    }
  };

  readonly #down = (event: PointerEvent): void => {
    if (event.pointerType === "touch") {
      this.#fingers.set(event.pointerId, event);
      if (this.#fingers.size === 2) this.#hold();
      if (this.#fingers.size > 1) {
        event.stopPropagation();
        return;
      }
    }
    if (event.button !== 0 || !this.#belowAxis(event)) return;
    event.stopPropagation();
    event.preventDefault();
    this.host.setPointerCapture(event.pointerId);
    const marks = this.host.stretch === undefined;
    this.#grip = { pointer: event.pointerId, at: this.#at(event), x: event.clientX, marks };
  };

  #belowAxis(event: PointerEvent): boolean {
    const view = this.#view;
    const frame = view?.frame;
    if (!view || !frame?.x.ticks) return false;
    return view.spotOf(event).top > frame.height - frame.bottom + 2;
  }

  /** Two fingers are down: what one of them had begun ends. */
  #hold(): void {
    const [one, other] = [...this.#fingers.values()].map((finger) => this.#at(finger));
    if (one === undefined || other === undefined) return;
    this.#held = [one, other];
    this.#grip = undefined;
    this.host.dispatchEvent(new Event("axis-gesture"));
  }

  readonly #move = (event: PointerEvent): void => {
    if (this.#fingers.has(event.pointerId)) this.#fingers.set(event.pointerId, event);
    const view = this.#view;
    const { stretch, length } = this.host;
    if (this.#held) {
      event.stopPropagation();
      const places = [...this.#fingers.values()].map((finger) => this.#share(finger.clientX));
      this.#show(pinched(this.#held, [places[0] ?? 0, places[1] ?? 1], length));
    } else if (this.#grip?.pointer === event.pointerId && view) {
      event.stopPropagation();
      const now = this.#at(event);
      if (!this.#grip.marks) this.#show(panned(stretch, length, this.#grip.at - now));
      else if (Math.abs(event.clientX - this.#grip.x) >= MARKS) view.band = [this.#grip.at, now];
    } else if (event.buttons === 0 && view) {
      const cursor = stretch ? "grab" : "ew-resize";
      view.style.cursor = this.#belowAxis(event) ? cursor : "";
    }
  };

  /** The index under a pointer. The figure may show the axis as it was a frame ago; this is as it is. */
  #at(event: { clientX: number }): number {
    const { from, to } = shown(this.host.stretch, this.host.length);
    return from + this.#share(event.clientX) * (to - from);
  }

  /** Where the screen's x is between the edges of the plot, 0 to 1. */
  #share(clientX: number): number {
    const view = this.#view;
    const frame = view?.frame;
    if (!view || !frame) return 0;
    const { left } = view.spotOf({ clientX, clientY: 0 });
    return (left - frame.left) / (frame.width - frame.left - frame.right);
  }

  readonly #up = (event: PointerEvent): void => {
    this.#fingers.delete(event.pointerId);
    if (this.#held) {
      event.stopPropagation();
      // The last finger of a pinch is no tap and no drag: it must go up, too, before anything else begins.
      if (this.#fingers.size === 0) this.#held = undefined;
      return;
    }
    const grip = this.#grip;
    if (grip?.pointer !== event.pointerId) return;
    event.stopPropagation();
    this.#grip = undefined;
    const view = this.#view;
    if (!grip.marks || !view?.band) return;
    const [one, other] = view.band;
    view.band = undefined;
    if (event.type === "pointerup") this.#show(spanned(one, other, this.host.length));
  };

  /** Two fingers zoom the axis and do not scroll the page. */
  readonly #touch = (event: TouchEvent): void => {
    if (this.#held && event.cancelable) event.preventDefault();
  };

  /** What a key does to the axis, around the line or the middle. */
  act(act: AxisAct): void {
    const { stretch, line, length } = this.host;
    if (act.act === "all") {
      this.#show(undefined);
      return;
    }
    const { from, to } = shown(stretch, length);
    const at = line !== undefined && line >= from && line <= to ? line : (from + to) / 2;
    this.#show(zoomed(stretch, length, act.factor, at));
  }
}
