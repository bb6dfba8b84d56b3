import type { PanelData } from "../solve/protocol.ts";
import type { Catalogue, Paint } from "./catalogue.ts";
import { beginStroke, continueStroke, endStroke, type Point, type Stroke } from "./curve.ts";
import { type Choice, type Json, type Spec, withValue } from "./spec.ts";
import { rounded } from "./spikes.ts";

/** Light of an empty canvas, where one is the brightest that there was: nothing at all cannot be seen by anybody. */
const GROUND = 0.05;

/** Numbers that are painted on, row by row; a line has one row. */
export interface Canvas {
  rows: number;
  cols: number;
  values: ArrayLike<number>;
}

/** A canvas in the unit of its panel, and what leads back to the Spec. */
export interface Painting extends Canvas {
  /** One of the Spec's in the panel's unit. */
  unit: number;
  /** The sum of all values for each one of the parameter that grows with it. */
  total: number;
}

/** A round brush of so many pixels, and the light that it leaves. */
export interface Brush {
  radius: number;
  light: number;
}

/** What can be painted on: the truth as the Spec has it, or as it was drawn last. Nothing while another is being drawn. */
export function paintingOf(
  catalogue: Catalogue,
  spec: Spec,
  paint: Paint,
  drawn: { spec: Spec; truth: PanelData },
): Painting | undefined {
  const size = (of: Spec) => Number(catalogue.valueAt(of, ["problem", paint.total]));
  const total = sum(drawn.truth.values) / size(drawn.spec);
  const { id, values, rows } = (spec.problem[paint.param] ?? {}) as Partial<Choice>;
  if (id === "drawn" && Array.isArray(values) && values.length > 0) {
    const own = values as number[];
    const unit = (total * size(spec)) / sum(own);
    const lines = Number(rows ?? 1);
    const scaled = Float64Array.from(own, (value) => value * unit);
    return { rows: lines, cols: own.length / lines, values: scaled, unit, total };
  }
  if (!alike(spec, drawn.spec, paint.param)) return undefined;
  const { rows: lines, cols, values: seen } = drawn.truth;
  return { rows: lines, cols, values: seen, unit: Math.max(...seen), total };
}

function alike(one: Spec, other: Spec, param: string): boolean {
  const told = ({ seed, problem }: Spec) => JSON.stringify([seed ?? 0, problem[param]]);
  return told(one) === told(other);
}

function sum(values: ArrayLike<number>): number {
  let result = 0;
  for (let i = 0; i < values.length; i += 1) result += values[i] as number;
  return result;
}

/** The Spec with what was painted. A place that was not touched stays as bright as it was, whatever is added elsewhere. */
export function withPainted(
  catalogue: Catalogue,
  spec: Spec,
  paint: Paint,
  painting: Painting,
): Spec {
  const { rows, unit, total } = painting;
  const values = Array.from(painting.values, (value) => rounded(value / unit));
  const path = ["problem", paint.total];
  const { minimum = 0, maximum = Number.POSITIVE_INFINITY } = catalogue.schemaAt(spec, path) ?? {};
  const size = Number(((sum(values) * unit) / total).toPrecision(4));
  const drawn: Choice = { id: "drawn", rows, values: values as Json[] };
  return withValue(
    withValue(spec, ["problem", paint.param], drawn),
    path,
    Math.min(maximum, Math.max(minimum, size)),
  );
}

/** Every pixel whose middle the brush passes on its way, at the brush's light; the others stay. */
export function brushed(canvas: Canvas, from: Point, to: Point, brush: Brush): Float64Array {
  const { rows, cols } = canvas;
  const { radius, light } = brush;
  const values = Float64Array.from(canvas.values);
  const within = (low: number, high: number, most: number) =>
    [Math.max(0, Math.ceil(low - radius)), Math.min(most - 1, Math.floor(high + radius))] as const;
  const [top, bottom] = within(Math.min(from.y, to.y), Math.max(from.y, to.y), rows);
  const [left, right] = within(Math.min(from.x, to.x), Math.max(from.x, to.x), cols);
  for (let row = top; row <= bottom; row += 1)
    for (let col = left; col <= right; col += 1)
      if (distance({ x: col, y: row }, from, to) <= radius) values[row * cols + col] = light;
  return values;
}

/** From a place to the nearest on the way from one to another. */
function distance(place: Point, from: Point, to: Point): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : ((place.x - from.x) * dx + (place.y - from.y) * dy) / length;
  const share = Math.min(1, Math.max(0, along));
  return Math.hypot(place.x - from.x - share * dx, place.y - from.y - share * dy);
}

/** An even, dim light. */
export function cleared(painting: Painting): Painting {
  const { rows, cols, unit } = painting;
  return { ...painting, values: new Float64Array(rows * cols).fill(GROUND * unit) };
}

/** A stroke on a line: its values, none of them below zero. */
export interface LineStroke {
  stroke: Stroke;
  values: Float64Array;
}

export function beginLine(values: ArrayLike<number>, at: Point, straight: boolean): LineStroke {
  return lifted(beginStroke(values, at, straight));
}

export function continueLine({ stroke }: LineStroke, at: Point, straight: boolean): LineStroke {
  return lifted(continueStroke(stroke, at, straight));
}

/** What a stroke on a line leaves, a hand's tremor smoothed away. */
export function endLine({ stroke }: LineStroke): Float64Array {
  return nonnegative(endStroke(stroke));
}

function lifted(stroke: Stroke): LineStroke {
  return { stroke, values: nonnegative(stroke.values) };
}

export function nonnegative(values: ArrayLike<number>): Float64Array {
  return Float64Array.from(values, (value) => Math.max(0, value));
}
