import { say } from "../messages/say.ts";
import type { Diagnosis } from "../solve/protocol.ts";
import { inTex, short, whole } from "./numbers.ts";

/** A number that theory knows, and what it promises. Texts have TeX between dollar signs. */
export interface Fact {
  id: string;
  name: string;
  value: string;
  text: string;
}

/** Below this, restricted isometry of twice the sparsity makes basis pursuit sure (Cai and Zhang 2014). */
const ENOUGH_ISOMETRY = Math.SQRT1_2;

/** What a matrix promises for `k` entries that are not zero, a fact a line; `k` is null where the truth is not known. */
export function factsOf(diagnosis: Diagnosis, k: number | null, rows: number): Fact[] {
  return [
    ...coherence(diagnosis, k),
    ...babel(diagnosis, k),
    ...isometry(diagnosis, k),
    ...spectrum(diagnosis),
    ...support(diagnosis),
    ...measurements(diagnosis, rows),
    ...noise(diagnosis),
  ];
}

function coherence({ coherence, welch, guaranteed }: Diagnosis, k: number | null): Fact[] {
  if (coherence === undefined || !guaranteed) return [];
  const { theory } = say;
  const { name, text } = theory.coherence;
  return [
    {
      id: "coherence",
      name,
      value: short(coherence, 2),
      text: text(short(welch, 2), theory.promise(guaranteed.coherence, k)),
    },
  ];
}

function babel({ babel, guaranteed }: Diagnosis, k: number | null): Fact[] {
  if (!babel || babel.length === 0 || !guaranteed) return [];
  const at = k === null ? babel.length : Math.min(Math.max(1, k), babel.length);
  const { name, text } = say.theory.babel;
  return [
    {
      id: "babel",
      name,
      value: `$\\mu_1(${at}) = ${plain(babel[at - 1] ?? 0)}$`,
      text: text(at, say.theory.promise(guaranteed.babel, k)),
    },
  ];
}

function isometry({ isometry }: Diagnosis, k: number | null): Fact[] {
  const last = isometry?.at(-1);
  if (!isometry || !last) return [];
  const broken = isometry.find(({ lower }) => lower >= ENOUGH_ISOMETRY);
  const { name, text, open, broken: isBroken, holds } = say.theory.isometry;
  let says = open(last.k);
  if (broken) says = isBroken(broken.k, short(broken.lower, 2));
  else if (last.exact && k !== null && 2 * k <= last.k) says = holds;
  return [
    {
      id: "isometry",
      name,
      value: `$\\delta_{${last.k}} ${last.exact ? "=" : "\\ge"} ${plain(last.lower)}$`,
      text: text(last.k, last.exact, plain(ENOUGH_ISOMETRY), says),
    },
  ];
}

function spectrum({ spectrum, condition }: Diagnosis): Fact[] {
  if (!spectrum || spectrum.length === 0) return [];
  const [largest = 0, smallest = 0] = [spectrum[0], spectrum.at(-1)];
  const { name, lost, flat, range, step } = say.theory.spectrum;
  const even = largest <= smallest * (1 + 1e-9);
  const values = even ? flat(short(largest, 3)) : range(short(smallest, 2), short(largest, 2));
  return [
    {
      id: "spectrum",
      name,
      value: condition === null || condition === undefined ? lost : short(condition, 2),
      text: values + step(`$2/\\sigma_1^2 = ${plain(2 / (largest * largest))}$`),
    },
  ];
}

/** What stands and falls with 1. */
type Threshold = { name: string; dependent: string; below: string; above: string };

function support({ erc, irrepresentability }: Diagnosis): Fact[] {
  const fact = (id: string, number: number | null, words: Threshold): Fact => ({
    id,
    name: words.name,
    value: number === null ? say.theory.none : short(number, 2),
    text: number === null ? words.dependent : number < 1 ? words.below : words.above,
  });
  return [
    ...(erc === undefined ? [] : [fact("erc", erc, say.theory.erc)]),
    ...(irrepresentability === undefined
      ? []
      : [fact("irrepresentability", irrepresentability, say.theory.irrepresentability)]),
  ];
}

function measurements({ statistical_dimension: dimension }: Diagnosis, rows: number): Fact[] {
  if (!dimension) return [];
  const { measurements, width } = dimension;
  const verdict =
    rows > measurements + width ? "more" : rows < measurements - width ? "fewer" : "near";
  const { name, text } = say.theory.dimension;
  return [
    {
      id: "dimension",
      name,
      value: `${whole(measurements)} ± ${whole(width)}`,
      text: text(rows, verdict),
    },
  ];
}

function noise({ noise_sensitivity: sensitivity }: Diagnosis): Fact[] {
  if (sensitivity === undefined) return [];
  const { name, endless, text } = say.theory.noise;
  return [
    {
      id: "noise",
      name,
      value: short(sensitivity ?? Number.POSITIVE_INFINITY, 2),
      text: sensitivity === null ? endless : text,
    },
  ];
}

/** A number for TeX. */
function plain(value: number): string {
  const text = short(value, 2);
  // Powers of ten come in raised characters, which TeX sets by itself.
  return inTex(text.includes("10") && /[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]/.test(text) ? value.toPrecision(2) : text);
}

/** What stands beside the coefficient of the true support: that of a method's own. */
export function seenSupport(erc: number | null | undefined, size: number): string {
  const { empty, unknown, dependent, known } = say.theory.support;
  if (size === 0) return empty;
  if (erc === undefined) return unknown(size);
  if (erc === null) return dependent(size);
  return known(size, short(erc, 2), erc < 1);
}
