import decodeQR from "qr/decode.js";
import { expect, test } from "vitest";
import { type QrCode, qrCode } from "../../www/handout/qr-code.ts";

/** Pixels of one square of the code. */
const SCALE = 4;

/** The code as a camera would have it, drawn from its path. */
function picture({ size, path }: QrCode) {
  const side = size * SCALE;
  const data = new Uint8ClampedArray(side * side * 4).fill(255);
  const darken = (x: number, y: number) => {
    for (let i = 0; i < SCALE * SCALE; i += 1) {
      const at = (y * SCALE + Math.floor(i / SCALE)) * side + x * SCALE + (i % SCALE);
      data.fill(0, 4 * at, 4 * at + 3);
    }
  };
  for (const [, x, y] of path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)) darken(Number(x), Number(y));
  return { width: side, height: side, data };
}

test("a QR code is read back as the link that it was drawn from", () => {
  for (const length of [20, 400, 1200]) {
    const link = `https://host.example/#/omp?h=1&lock=${"problem.rows~".repeat(100)}`.slice(
      0,
      length,
    );
    const code = qrCode(link);
    expect(code).toBeDefined();
    if (code) expect(decodeQR(picture(code))).toBe(link);
  }
});

test("a link of more than 2953 bytes has none", () => {
  expect(qrCode("a".repeat(2953))?.size).toBe(177 + 8);
  expect(qrCode("a".repeat(2954))).toBeUndefined();
});
