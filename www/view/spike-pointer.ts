import type { FigureView } from "../figures/figure-view.ts";
import type { Lab } from "../lab.ts";
import {
  type Chosen,
  changed,
  dragShift,
  rounded,
  type Spikes,
  shifted,
  valued,
} from "../spec/spikes.ts";
import { headsWithin, nearZero, type PlaceOf, type Spot, stemAt } from "./spike-hit.ts";

/** A drag becomes sideways after this many px; before this many it is none. */
const SIDEWAYS = 6;
const DRAGS = 3;
/** A tap stays within this many px. */
const STILL = 10;

/** What the pointer edits. */
export interface Stage {
  readonly lab: Lab;
  readonly view: FigureView | null;
  readonly editable: boolean;
  readonly length: number;
  readonly spikes: Spikes;
  readonly chosen: Chosen;
  /** Whether an index is in the part of the axis that is in view. */
  inView(index: number): boolean;
  choose(index: number | undefined, together?: Chosen): void;
  write(spikes: Spikes, group?: string): void;
  requestUpdate(): void;
}

interface Drag {
  /** The spike under the pointer, as it was. */
  index: number;
  from: { clientX: number; clientY: number; value: number };
  /** Spikes and choice as they were, a new spike with them. */
  base: Spikes;
  chosen: Chosen;
  group: string;
  added: boolean;
  moved: boolean;
  sideways: boolean;
  /** One more or one less of several, if the pointer goes up where it came down. */
  toggles: boolean;
  was: boolean;
  /** How far it has come, in indices. */
  by: number;
  spikes: Spikes;
}

/** Editing by mouse and finger: a click adds, a drag changes and moves, several go together; near zero they go away. */
export class SpikePointer {
  /** Where a click would put a spike. */
  ghost: { spot: Spot; base: number } | undefined;
  /** The box that is being dragged around spikes. */
  box: { one: Spot; other: Spot } | undefined;
  /** Where the finger is while it drags or reads. */
  finger: Spot | undefined;
  /** Whether taps choose more spikes: after a long press, until a tap beside them. */
  several = false;
  #drag: Drag | undefined;
  /** Where a finger came down on an empty place: a tap if it goes up there. */
  #tap: { index: number; value: number; clientX: number; clientY: number } | undefined;

  constructor(readonly stage: Stage) {}

  /** The index that is being dragged. */
  get dragged(): number | undefined {
    return this.#drag && this.#drag.index + this.#drag.by;
  }

  readonly #place: PlaceOf = (index, value) =>
    this.stage.inView(index) ? this.stage.view?.pixelAt(index, value) : undefined;

  /** A pointer's place within the figure. */
  spot(event: { clientX: number; clientY: number }): Spot {
    return this.stage.view?.spotOf(event) ?? { left: event.clientX, top: event.clientY };
  }

  /** The spike nearest to a pointer, or the empty index under it. */
  hit(event: PointerEvent): { index: number; spike: boolean } | undefined {
    const { stage } = this;
    const value = stage.view?.valueAt(event);
    if (!value) return undefined;
    const touch = event.pointerType === "touch";
    const near = stemAt(stage.spikes, this.spot(event), this.#place, touch);
    if (near !== undefined) return { index: near, spike: true };
    const index = Math.round(value.x);
    const there = index >= 0 && index < stage.length && stage.inView(index);
    return there ? { index, spike: false } : undefined;
  }

  /** Whether the page may not scroll under this finger. */
  get holds(): boolean {
    return this.#drag !== undefined;
  }

  down(event: PointerEvent): void {
    const { stage } = this;
    const hit = this.hit(event);
    const value = stage.view?.valueAt(event)?.y;
    if (!stage.editable || event.button !== 0 || !hit || value === undefined) return;
    this.ghost = undefined;
    if (event.pointerType === "touch" && !hit.spike) {
      this.#tap = { index: hit.index, value, clientX: event.clientX, clientY: event.clientY };
      return;
    }
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    if (event.shiftKey && !hit.spike) {
      const spot = this.spot(event);
      this.box = { one: spot, other: spot };
      return;
    }
    this.#begin(event, hit, value);
  }

  #begin(event: PointerEvent, hit: { index: number; spike: boolean }, value: number): void {
    const { stage } = this;
    const toggles = event.shiftKey || this.several;
    const was = stage.chosen.has(hit.index);
    const together = was ? stage.chosen : new Set([hit.index, ...(toggles ? stage.chosen : [])]);
    // A place without a spike can be chosen alone only.
    const chosen = new Set([...together].filter((i) => i === hit.index || stage.spikes.has(i)));
    const base = hit.spike
      ? stage.spikes
      : valued(stage.spikes, new Set([hit.index]), rounded(value));
    this.#drag = {
      index: hit.index,
      from: { clientX: event.clientX, clientY: event.clientY, value },
      base,
      chosen,
      group: `spike ${event.timeStamp}`,
      added: !hit.spike,
      moved: false,
      sideways: false,
      toggles,
      was,
      by: 0,
      spikes: base,
    };
    stage.lab.dragging = true;
    stage.choose(hit.index, chosen);
    if (!hit.spike) stage.write(base, this.#drag.group);
  }

  move(event: PointerEvent): void {
    const { stage } = this;
    if (event.pointerType === "touch") this.finger = this.spot(event);
    if (this.box) {
      this.box = { ...this.box, other: this.spot(event) };
      stage.requestUpdate();
    } else if (this.#drag) this.#pull(this.#drag, event);
    else if (event.pointerType !== "touch") {
      const hit = this.hit(event);
      stage.lab.point(hit ? { axis: "index", at: hit.index } : undefined);
      this.#haunt(event, hit);
    }
  }

  /** Takes all chosen spikes with the pointer. */
  #pull(drag: Drag, event: PointerEvent): void {
    const { stage } = this;
    const value = stage.view?.valueAt(event);
    if (!value) return;
    const across = Math.abs(event.clientX - drag.from.clientX);
    const far = Math.max(across, Math.abs(event.clientY - drag.from.clientY));
    if (!drag.moved && far < DRAGS) return;
    drag.moved = true;
    if (across > SIDEWAYS) drag.sideways = true;
    if (drag.sideways)
      drag.by = dragShift(drag.base, drag.chosen, Math.round(value.x) - drag.index, stage.length);
    const higher = changed(drag.base, drag.chosen, value.y - drag.from.value);
    drag.spikes = shifted(higher, drag.chosen, drag.by);
    const index = drag.index + drag.by;
    stage.choose(index, new Set([...drag.chosen].map((i) => i + drag.by)));
    stage.lab.point({ axis: "index", at: index });
    stage.write(drag.spikes, drag.group);
  }

  up(event: PointerEvent): void {
    const { stage } = this;
    const [tap, box, drag] = [this.#tap, this.box, this.#drag];
    this.#tap = this.box = this.#drag = this.finger = undefined;
    const still =
      tap && Math.hypot(event.clientX - tap.clientX, event.clientY - tap.clientY) < STILL;
    if (tap && still) this.#tapped(tap);
    if (box) this.#enclose(box);
    // A finger that is lifted points at nothing.
    if (event.pointerType === "touch") stage.lab.point(undefined);
    if (drag) this.#end(drag);
    stage.requestUpdate();
  }

  #tapped(tap: { index: number; value: number }): void {
    const { stage } = this;
    if (this.several) {
      this.several = false;
      stage.choose(undefined);
      return;
    }
    stage.choose(tap.index);
    stage.write(valued(stage.spikes, new Set([tap.index]), rounded(tap.value)));
  }

  /** Chooses what is in the box, beside what was chosen. */
  #enclose({ one, other }: { one: Spot; other: Spot }): void {
    const { stage } = this;
    const inside = headsWithin(stage.spikes, one, other, this.#place);
    const last = [...inside].at(-1);
    const before = [...stage.chosen].filter((i) => stage.spikes.has(i));
    if (last !== undefined) stage.choose(last, new Set([...before, ...inside]));
  }

  #end(drag: Drag): void {
    const { stage } = this;
    if (drag.moved || drag.added) this.#drop(drag);
    else if (!drag.toggles) stage.choose(drag.index);
    else if (drag.was) {
      const rest = new Set([...drag.chosen].filter((i) => i !== drag.index));
      stage.choose([...rest].at(-1), rest);
    }
    stage.lab.settle();
  }

  /** What was let go near zero is gone. */
  #drop(drag: Drag): void {
    const { stage } = this;
    const landed = [...drag.chosen].map((i) => i + drag.by);
    const gone = landed.filter((i) => nearZero(drag.spikes.get(i) ?? 0, this.#place, i));
    if (gone.length === 0) return;
    const left = new Set(landed.filter((i) => !gone.includes(i)));
    stage.choose([...left].at(-1), left);
    stage.write(valued(drag.spikes, new Set(gone), 0), drag.group);
  }

  /** The browser took the finger to scroll, or two fingers zoom: what was begun did not happen. */
  cancel(): void {
    const drag = this.#drag;
    this.#tap = this.box = this.#drag = this.finger = this.ghost = undefined;
    if (!drag) return;
    this.stage.lab.settle();
    if (drag.moved || drag.added) this.stage.lab.undo();
  }

  /** A finger stays: on a spike it begins a choice of several; elsewhere it reads. */
  press(event: PointerEvent): void {
    const hit = this.hit(event);
    if (this.#drag?.moved) return;
    this.cancel();
    if (hit?.spike && this.stage.editable && !this.several) {
      const { stage } = this;
      const before = [...stage.chosen].filter((i) => stage.spikes.has(i));
      this.several = true;
      stage.choose(hit.index, new Set([...before, hit.index]));
    }
    this.read(event);
  }

  /** The line follows the finger. */
  read(event: PointerEvent): void {
    const hit = this.hit(event);
    this.finger = this.spot(event);
    this.stage.lab.point(hit && { axis: "index", at: hit.index });
  }

  leave(): void {
    this.ghost = undefined;
    if (!this.#drag) this.stage.lab.point(undefined);
  }

  /** Shows where a click would put a spike. */
  #haunt(event: PointerEvent, hit: { index: number; spike: boolean } | undefined): void {
    const { stage } = this;
    const base = hit && stage.view?.pixelAt(hit.index, 0);
    this.ghost =
      stage.editable && hit && !hit.spike && base && !event.shiftKey
        ? { spot: { left: base.left, top: this.spot(event).top }, base: base.top }
        : undefined;
    stage.requestUpdate();
  }
}
