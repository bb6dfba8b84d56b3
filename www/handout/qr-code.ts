import encodeQR from "qr";

/** A QR code as one path of unit squares, `size` squares wide with its margin. */
export interface QrCode {
  size: number;
  path: string;
}

/** Squares of the margin; the standard asks for four. */
const MARGIN = 4;

/** The QR code of a text, with the least redundancy; nothing where the text is longer than one can hold (2953 bytes). */
export function qrCode(text: string): QrCode | undefined {
  let rows: boolean[][];
  try {
    rows = encodeQR(text, "raw", { ecc: "low", border: MARGIN });
  } catch {
    return undefined;
  }
  const path = rows.flatMap((row, y) =>
    row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])),
  );
  return { size: rows.length, path: path.join("") };
}
