import { type AxisAct, axisAct, revealed } from "../figures/axis.ts";
import { changed, neighbour, shifted, spikesBetween, stepShift, valued } from "../spec/spikes.ts";
import type { BarAct } from "./spike-bar.ts";
import type { Stage } from "./spike-pointer.ts";

/** What a key does in the signal figure. */
export type SpikeAct =
  | AxisAct
  /** To the next spike, or with `every` to the next index; `extend` chooses all on the way. */
  | { act: "go"; direction: 1 | -1; every: boolean; extend: boolean }
  | { act: "move"; direction: 1 | -1 }
  | { act: "change"; by: number }
  | { act: "type" }
  | { act: "remove" }
  | { act: "leave" };

/** The keys of the signal figure. Where it cannot be edited they only lead from spike to spike. */
export function spikeAct(
  event: {
    key: string;
    shiftKey: boolean;
    ctrlKey: boolean;
    metaKey: boolean;
    altKey: boolean;
  },
  editable: boolean,
): SpikeAct | undefined {
  const { key, shiftKey, ctrlKey, altKey } = event;
  if (key === "ArrowLeft" || key === "ArrowRight") {
    const direction = key === "ArrowLeft" ? -1 : 1;
    if (altKey && editable) return { act: "move", direction };
    return { act: "go", direction, every: ctrlKey, extend: shiftKey && editable };
  }
  if (key === "Escape") return { act: "leave" };
  if (!editable) return axisAct(event);
  switch (key) {
    case "ArrowUp":
      return { act: "change", by: shiftKey ? 0.01 : 0.05 };
    case "ArrowDown":
      return { act: "change", by: shiftKey ? -0.01 : -0.05 };
    case "PageUp":
      return { act: "change", by: 0.5 };
    case "PageDown":
      return { act: "change", by: -0.5 };
    case "Enter":
      return { act: "type" };
    case "Delete":
    case "Backspace":
      return { act: "remove" };
    default:
      return axisAct(event);
  }
}

/** Does what keys and the buttons of the edit bar ask for, to all chosen spikes. */
export class SpikeActs {
  /** Where a choice of several began. */
  #anchor: number | undefined;

  constructor(
    readonly stage: Stage,
    readonly page: {
      axis(act: AxisAct): void;
      typing(typing: boolean): void;
      /** Gives the keys back to the figure. */
      back(): void;
    },
  ) {}

  /** Something else began: a choice by keys begins anew. */
  begin(): void {
    this.#anchor = undefined;
  }

  perform(act: SpikeAct | BarAct): void {
    const { chosen, spikes, lab } = this.stage;
    const group = `${act.act} ${[...chosen].sort((i, j) => i - j).join()}`;
    switch (act.act) {
      case "go":
        this.#go(act.direction, "every" in act && act.every, "extend" in act && act.extend);
        break;
      case "move":
        this.#move(act.direction);
        break;
      case "change":
        if (chosen.size > 0) this.stage.write(changed(spikes, chosen, act.by), group);
        break;
      case "value":
        this.stage.write(valued(spikes, chosen, act.value));
        break;
      case "remove":
        if (chosen.size > 0) this.stage.write(valued(spikes, chosen, 0));
        break;
      case "type":
        this.page.typing(true);
        break;
      case "typed":
        this.page.typing(false);
        if (act.back) this.page.back();
        break;
      case "leave":
        this.begin();
        this.stage.choose(undefined);
        lab.point(undefined);
        break;
      default:
        this.page.axis(act);
    }
  }

  /** To the next spike, or with `every` to the next index; with `extend` all from where it began are chosen. */
  #go(direction: 1 | -1, every: boolean, extend: boolean): void {
    const { lab, spikes, length } = this.stage;
    const from = lab.selected;
    const start = from ?? (direction > 0 ? -1 : length);
    const next = every
      ? Math.min(Math.max(0, start + direction), length - 1)
      : neighbour(spikes, from, direction);
    if (next === undefined) return;
    this.#anchor = extend ? (this.#anchor ?? from ?? next) : undefined;
    // What is done to another spike is an undo of its own.
    lab.settle();
    this.stage.choose(next, extend ? spikesBetween(spikes, this.#anchor ?? next, next) : undefined);
    this.#show(next);
  }

  #move(direction: 1 | -1): void {
    const { lab, chosen, spikes, length } = this.stage;
    const by = stepShift(spikes, chosen, direction, length);
    if (lab.selected === undefined || !spikes.has(lab.selected) || by === 0) return;
    const index = lab.selected + by;
    if (this.#anchor !== undefined) this.#anchor += by;
    this.stage.choose(index, new Set([...chosen].map((i) => i + by)));
    this.#show(index);
    this.stage.write(shifted(spikes, chosen, by), `move ${direction > 0 ? "right" : "left"}`);
  }

  /** Puts the line at an index, and the index into view. */
  #show(index: number): void {
    const { lab, length } = this.stage;
    lab.axis = revealed(lab.axis, length, index);
    lab.point({ axis: "index", at: index });
  }
}
