import { type nothing, type SVGTemplateResult, svg } from "lit";

/** Size of a thumbnail in CSS pixels. */
export const WIDTH = 48;
export const HEIGHT = 24;

/** A drawing, or none for an option that this kind does not know. */
export type Drawing = SVGTemplateResult | SVGTemplateResult[] | typeof nothing;

/** The same numbers every time, in (0, 1): thumbnails do not flicker from one opening to the next. */
export function* numbers(seed: number): Generator<number, never> {
  let state = seed;
  while (true) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield (state + 0.5) / 2 ** 32;
  }
}

/** Gaussian numbers, by Box and Muller. */
export function* bells(seed: number): Generator<number, never> {
  const source = numbers(seed);
  while (true) {
    const radius = Math.sqrt(-2 * Math.log(source.next().value));
    yield radius * Math.cos(2 * Math.PI * source.next().value);
  }
}

/** The axis at a height. */
export function axis(y: number): SVGTemplateResult {
  return svg`<path d="M1 ${y}H${WIDTH - 1}" stroke="var(--axis)" stroke-width="1"></path>`;
}

/** Stems over an axis in the middle, or at the bottom where nothing is negative; values up to 1 in modulus. */
export function stems(values: readonly number[], colour = "truth"): SVGTemplateResult {
  const signed = values.some((value) => value < 0);
  const base = signed ? HEIGHT / 2 : HEIGHT - 3;
  const reach = signed ? HEIGHT / 2 - 3 : HEIGHT - 6;
  const pitch = WIDTH / values.length;
  const tops = values.map((value, i) => [(i + 0.5) * pitch, base - value * reach] as const);
  return svg`${axis(base)}${tops
    .filter((_, i) => values[i] !== 0)
    .map(
      ([x, y]) =>
        svg`<path d="M${x} ${base}V${y}" stroke="var(--${colour})" stroke-width="1.2"></path><circle cx=${x} cy=${y} r="1.7" fill="var(--${colour})"></circle>`,
    )}`;
}

/** A curve through values between -1 and 1, from edge to edge. */
export function curve(values: readonly number[], colour = "truth"): SVGTemplateResult {
  const points = values.map((value, i) => {
    const x = 1 + (i / (values.length - 1)) * (WIDTH - 2);
    return `${x.toFixed(1)} ${(HEIGHT / 2 - value * (HEIGHT / 2 - 2)).toFixed(1)}`;
  });
  return svg`<path d="M${points.join("L")}" fill="none" stroke="var(--${colour})" stroke-width="1.3" stroke-linejoin="round"></path>`;
}

/** `count` values of a function on [0, 1). */
export function sampled(of: (t: number) => number, count = 60): number[] {
  return Array.from({ length: count }, (_, i) => of((i + 0.5) / count));
}

/** The same values, the largest modulus 1. */
export function scaled(values: readonly number[]): number[] {
  const most = Math.max(...values.map(Math.abs)) || 1;
  return values.map((value) => value / most);
}

/** A matrix of values between -1 and 1 in the colours of the matrix panel, one path a colour. */
export function cells(
  rows: number,
  cols: number,
  value: (i: number, j: number) => number,
): SVGTemplateResult {
  const [w, h] = [WIDTH / cols, HEIGHT / rows];
  const paths = new Map<string, string>();
  for (let i = 0; i < rows; i += 1)
    for (let j = 0; j < cols; j += 1) {
      const level = Math.round(4 + 4 * Math.max(-1, Math.min(1, value(i, j))));
      const place = `M${(j * w).toFixed(2)} ${(i * h).toFixed(2)}h${w.toFixed(2)}v${h.toFixed(2)}h${(-w).toFixed(2)}z`;
      paths.set(`div-${level}`, (paths.get(`div-${level}`) ?? "") + place);
    }
  return svg`${[...paths].map(([colour, d]) => svg`<path d=${d} fill="var(--${colour})"></path>`)}`;
}

/** An empty frame: something is there whose looks are not known. */
export function frame(): SVGTemplateResult {
  return svg`<rect x="0.5" y="0.5" width=${WIDTH - 1} height=${HEIGHT - 1} rx="1" fill="none" stroke="var(--control)" stroke-dasharray="2 2"></rect>`;
}
