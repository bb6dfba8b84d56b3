import { say } from "../messages/say.ts";

import type { Facts } from "../solve/protocol.ts";
import type { Catalogue } from "./catalogue.ts";
import { asTruth, type Reading } from "./files.ts";
import { type Json, type Spec, withValue } from "./spec.ts";
import { rounded } from "./spikes.ts";

/** Pixels along a side of a picture that is painted on, and of one that is measured: a run takes a second or two. */
const SIDES = { painted: 64, measured: 32 };
/** Measurements of a picture, as a share of its pixels. */
const MEASURED = 0.4;

/** Whether a file is a picture by what it is called. */
export function isPicture({ name, type }: { name: string; type: string }): boolean {
  return type.startsWith("image/") || /\.(png|jpe?g|webp|gif)$/i.test(name);
}

/** Whether a problem takes pictures, and of how many pixels a side. */
export function sideOf(catalogue: Catalogue, spec: Spec): number | undefined {
  if (catalogue.problem(spec.problem.id)?.page?.paint) return SIDES.painted;
  const takes = ["basis", "signal"].every((key) => catalogue.schemaAt(spec, ["problem", key]));
  return takes ? SIDES.measured : undefined;
}

/** Light of a picture's square middle, 0 to 1, row by row from above. */
export async function lightOf(file: File, side: number): Promise<number[]> {
  const unreadable = new Error(say.files.notPicture(file.name));
  const bitmap = await createImageBitmap(file).catch(() => {
    throw unreadable;
  });
  const context = new OffscreenCanvas(side, side).getContext("2d", { willReadFrequently: true });
  if (!context) throw unreadable;
  const { width, height } = bitmap;
  const square = Math.min(width, height);
  // What is transparent is dark.
  context.fillRect(0, 0, side, side);
  context.imageSmoothingQuality = "high";
  context.drawImage(
    bitmap,
    ...([(width - square) / 2, (height - square) / 2, square, square] as const),
    ...([0, 0, side, side] as const),
  );
  bitmap.close();
  const { data } = context.getImageData(0, 0, side, side);
  return Array.from({ length: side * side }, (_, i) => grey(data, 4 * i));
}

/** Luminance as television weighs it (ITU-R BT.601). */
function grey(data: ArrayLike<number>, at: number): number {
  const [red = 0, green = 0, blue = 0] = [data[at], data[at + 1], data[at + 2]];
  return (0.299 * red + 0.587 * green + 0.114 * blue) / 255;
}

/** The Spec with a picture as its truth: painted where the problem is painted on, else as a signal that is sparse in wavelets. */
export function pictureReading(
  name: string,
  light: readonly number[],
  spec: Spec,
  catalogue: Catalogue,
  facts: Facts | undefined,
): Reading {
  const most = Math.max(...light);
  if (!(most > 0)) throw new Error(say.files.black(name));
  const values = light.map((value) => rounded(value / most));
  const side = Math.sqrt(values.length);
  const paint = catalogue.problem(spec.problem.id)?.page?.paint;
  if (paint) {
    const drawn = { id: "drawn", rows: side, values: values as Json[] };
    return {
      role: "truth",
      spec: withValue(spec, ["problem", paint.param], drawn),
      says: say.files.picture(side, undefined),
    };
  }
  const { data: _, ...problem } = spec.problem;
  const bare: Spec = { ...spec, problem: { ...problem, id: spec.problem.id } };
  const rows = Math.round(MEASURED * values.length);
  const read = asTruth(values, bare, facts);
  const sized = { ...read.spec.problem, rows, basis: "haar-2d" };
  return {
    role: "truth",
    spec: { ...read.spec, problem: sized },
    says: say.files.picture(side, rows),
  };
}
