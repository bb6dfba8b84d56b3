/** Numbers as people read them: true minus, thin space in thousands, two or three digits, powers of ten raised. */

const MINUS = "\u2212";
const THIN = "\u2009";
const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";
/** What parts whole numbers from fractions; a comma in most languages. */
let mark = ".";

/** Has numbers written as a language writes them. Their digits are those of mathematics in all of them. */
export function writeNumbersIn(language: string): void {
  const format = new Intl.NumberFormat(language, { numberingSystem: "latn" });
  mark = format.formatToParts(0.5).find(({ type }) => type === "decimal")?.value ?? ".";
}

/** A number in the machine's digits with the mark of the language. */
function marked(digits: string): string {
  return digits.replace(".", mark);
}

/** A number with so many decimals. */
export function fixed(value: number, decimals: number): string {
  return sign(value) + marked(Math.abs(value).toFixed(decimals));
}

/** A whole number. */
export function whole(value: number): string {
  const digits = Math.abs(Math.round(value)).toString();
  const grouped = digits.length > 4 ? digits.replace(/\B(?=(\d{3})+$)/g, THIN) : digits;
  return (value < 0 && digits !== "0" ? MINUS : "") + grouped;
}

/** A number with about `digits` significant digits. */
export function short(value: number, digits = 2): string {
  if (!Number.isFinite(value)) return value > 0 ? "∞" : Number.isNaN(value) ? "–" : `${MINUS}∞`;
  if (value === 0) return "0";
  const size = Math.abs(value);
  // The engine's own rounding decides the power: 9.99 may become 10.
  const [, ordinary] = size.toExponential(Math.max(0, digits - 1)).split("e");
  if (size >= 1e-3 && size < 1e5) {
    const decimals = Math.max(0, digits - 1 - Number(ordinary));
    return (
      sign(value) + (decimals === 0 ? whole(size) : marked(size.toFixed(Math.min(decimals, 6))))
    );
  }
  const [factor = "", power] = size.toExponential(Math.max(0, digits - 2)).split("e");
  return `${sign(value)}${factor === "1" ? "" : `${marked(factor)}·`}10${raised(Number(power))}`;
}

/** A value in a sentence: as it was set, no digits lost. */
export function exact(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e7)) {
    const [factor = "", power = "0"] = size.toExponential().split("e");
    return `${sign(value)}${factor === "1" ? "" : `${marked(factor)}·`}10${raised(Number(power))}`;
  }
  return Number.isInteger(value) ? whole(value) : sign(value) + marked(String(size));
}

/** Words of the crate with the powers of ten in them raised: it writes 1e-10. */
export function typeset(text: string): string {
  return text.replace(/\b\d+(?:\.\d+)?e-?\d+\b/g, (number) => exact(Number(number)));
}

/** A ratio as decibels, to 0.1: `20 log10`. */
export function decibels(ratio: number): string {
  const value = 20 * Math.log10(ratio);
  if (!Number.isFinite(value)) return `${short(value)} dB`;
  const size = Math.abs(value).toFixed(1);
  return `${value < 0 && size !== "0.0" ? MINUS : ""}${marked(size)} dB`;
}

/** A duration. */
export function milliseconds(ms: number): string {
  if (ms >= 9950) return `${(ms / 1000).toFixed(0)} s`;
  if (ms >= 999.5) return `${fixed(ms / 1000, 1)} s`;
  return `${ms < 9.95 ? fixed(ms, 1) : ms.toFixed(0)} ms`;
}

/** A number within a formula: TeX would set a space after a comma. */
export function inTex(text: string): string {
  return text.replace(",", "{,}").replace(MINUS, "-");
}

function sign(value: number): string {
  return value < 0 ? MINUS : "";
}

function raised(power: number): string {
  const digits = [...Math.abs(power).toString()].map((digit) => RAISED[Number(digit)]).join("");
  return power < 0 ? `⁻${digits}` : digits;
}
