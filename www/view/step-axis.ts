import { say } from "../messages/say.ts";

import type { MethodRecording } from "../solve/recording.ts";
import { milliseconds, short } from "../words/numbers.ts";

/** What runs along the horizontal axis when methods are compared. */
export type Along = "step" | "ms" | "products";

/** Lengths that differ by more than this are shown on a logarithmic axis. */
const FAR_APART = 10;

/** A horizontal axis: where each method's steps stand on it, and its range. */
export interface StepAxis {
  along: Along;
  log: boolean;
  from: number;
  to: number;
  /** For each method the place of each of its steps. */
  places: number[][];
}

function costs(method: MethodRecording, along: Along): number[] {
  if (along === "ms") return method.times;
  return along === "products" ? method.work : method.steps;
}

/** The axis on which all methods stand. */
export function stepAxis(methods: readonly MethodRecording[], along: Along): StepAxis {
  const raw = methods.map((method) => costs(method, along));
  const lengths = raw.map((places) => places.at(-1) ?? 0).filter((length) => length > 0);
  const [shortest, longest] = [Math.min(...lengths), Math.max(...lengths)];
  if (!(longest > FAR_APART * shortest))
    return {
      along,
      log: false,
      from: 0,
      to: Math.max(longest, along === "ms" ? 1e-6 : 1),
      places: raw,
    };
  // The start stands at the left edge: half a step before the first, or where the first of all steps ends.
  const first = Math.min(...raw.flatMap((places) => places.find((place) => place > 0) ?? []));
  const from = along === "step" ? 0.5 : first / 2;
  return {
    along,
    log: true,
    from,
    to: longest,
    places: raw.map((places) => places.map((place) => Math.max(place, from))),
  };
}

/** The step of a method that is nearest to a place. */
export function stepAt(places: readonly number[], place: number): number {
  let low = 0;
  let high = places.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle] as number) < place) low = middle + 1;
    else high = middle;
  }
  const before = places[low - 1];
  return before !== undefined && place - before < (places[low] as number) - place ? low - 1 : low;
}

/** A place on the axis in words. */
export function placeWords(axis: StepAxis, place: number): string {
  if (axis.along === "ms") return milliseconds(place);
  return axis.along === "products"
    ? say.compared.products(short(place, 3))
    : say.compared.step(place);
}
