import { say } from "../messages/say.ts";

import { short } from "../words/numbers.ts";
import { type Frame, type Heat, valueAtPlace } from "./figure.ts";

/** A cell of a heat map under a pointer. */
export interface Cell {
  /** Its row and column as the axes name them: a map may stand for more rows and columns than it has cells. */
  row: number;
  column: number;
  value: number;
}

/** The cell at a spot of the figure, in CSS pixels; nothing beside the map. */
export function cellAt(
  heat: Heat,
  frame: Frame,
  spot: { left: number; top: number },
): Cell | undefined {
  const across = (spot.left - frame.left) / (frame.width - frame.left - frame.right);
  const down = (spot.top - frame.top) / (frame.height - frame.top - frame.bottom);
  if (!(across >= 0 && across < 1 && down >= 0 && down < 1)) return undefined;
  const [i, j] = [Math.floor(down * heat.rows), Math.floor(across * heat.cols)];
  const numbers = new DataView(heat.values.buffer, heat.values.byteOffset, heat.values.byteLength);
  return {
    row: named(frame.y, 1 - down, heat.rows, heat.rows - 1 - i),
    column: named(frame.x, across, heat.cols, j),
    value: numbers.getFloat64(8 * (i * heat.cols + j), true),
  };
}

/** What an axis calls a cell: it counts cells, from either end and any number, or it is longer than they are many. */
function named(scale: Frame["x"], share: number, cells: number, place: number): number {
  const length = Math.abs(scale.to - scale.from);
  if (length > cells) return Math.round(valueAtPlace(scale, share));
  const first = Math.min(scale.from, scale.to);
  return first + (scale.from <= scale.to ? place : cells - 1 - place);
}

/** A cell in words. */
export function sayCell({ row, column, value }: Cell): string {
  return say.panels.cell(row, column, short(value, 3));
}
