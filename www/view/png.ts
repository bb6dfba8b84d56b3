import type { FigureView } from "../figures/figure-view.ts";

/** CSS pixels to an inch: a figure is as wide on paper as this makes it, however many dots it has. */
const CSS_INCH = 96;
const METRE = 1 / 0.0254;

/** Figures one under the other as a PNG that says its own density, so that programs place it at its true size. */
export async function pngOf(
  views: readonly Pick<FigureView, "picture">[],
  dpi: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const sheets = views.flatMap((view) => view.picture(dpi / CSS_INCH) ?? []);
  const sheet = document.createElement("canvas");
  sheet.width = Math.max(1, ...sheets.map(({ width }) => width));
  sheet.height = Math.max(
    1,
    sheets.reduce((sum, { height }) => sum + height, 0),
  );
  let top = 0;
  for (const part of sheets) {
    sheet.getContext("2d")?.drawImage(part, 0, top);
    top += part.height;
  }
  const blob = await new Promise<Blob | null>((resolve) => sheet.toBlob(resolve));
  return blob ? withDensity(new Uint8Array(await blob.arrayBuffer()), dpi) : undefined;
}

/** Bytes of the signature and of the first chunk, which is always IHDR. */
const HEAD = 8 + 25;

/** A PNG with the chunk `pHYs` behind its head: dots per metre, both ways. */
export function withDensity(png: Uint8Array, dpi: number): Uint8Array<ArrayBuffer> {
  const chunk = new DataView(new ArrayBuffer(21));
  chunk.setUint32(0, 9);
  for (const [i, letter] of [..."pHYs"].entries()) chunk.setUint8(4 + i, letter.charCodeAt(0));
  chunk.setUint32(8, Math.round(dpi * METRE));
  chunk.setUint32(12, Math.round(dpi * METRE));
  chunk.setUint8(16, 1);
  chunk.setUint32(17, crc32(new Uint8Array(chunk.buffer, 4, 13)));
  const result = new Uint8Array(png.length + chunk.byteLength);
  result.set(png.subarray(0, HEAD));
  result.set(new Uint8Array(chunk.buffer), HEAD);
  result.set(png.subarray(HEAD), HEAD + chunk.byteLength);
  return result;
}

/** The check of a PNG's chunk (ISO 3309), bit by bit: a chunk is short. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
