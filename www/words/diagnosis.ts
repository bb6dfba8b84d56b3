import type { Diagnosis } from "../solve/protocol.ts";
import { count, short, whole } from "./numbers.ts";

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
  const least = `No matrix of this size is below ${short(welch, 2)}, the Welch bound.`;
  return [
    {
      id: "coherence",
      name: "Coherence",
      value: short(coherence, 2),
      text: `How alike the two most alike columns are. ${least} ${promise(guaranteed.coherence, k)}`,
    },
  ];
}

function promise(sure: number, k: number | null): string {
  const whom = `OMP and basis pursuit are sure of every signal of up to ${count(sure, "spike", "spikes")}`;
  if (k === null) return `By it, ${whom}.`;
  return k <= sure
    ? `By it, ${whom}: this one of ${whole(k)} is among them.`
    : `By it, ${whom}. Of ${whole(k)} it says nothing, neither yes nor no.`;
}

function babel({ babel, guaranteed }: Diagnosis, k: number | null): Fact[] {
  if (!babel || babel.length === 0 || !guaranteed) return [];
  const at = k === null ? babel.length : Math.min(Math.max(1, k), babel.length);
  return [
    {
      id: "babel",
      name: "Babel function",
      value: `$\\mu_1(${at}) = ${plain(babel[at - 1] ?? 0)}$`,
      text: `How much any ${whole(at)} columns together can look like another one. ${promise(guaranteed.babel, k)}`,
    },
  ];
}

function isometry({ isometry }: Diagnosis, k: number | null): Fact[] {
  const last = isometry?.at(-1);
  if (!isometry || !last) return [];
  const broken = isometry.find(({ lower }) => lower >= ENOUGH_ISOMETRY);
  const needs = `Basis pursuit is sure of k spikes where $\\delta_{2k} < ${plain(ENOUGH_ISOMETRY)}$.`;
  const found = last.exact ? "Over all supports" : "Found by search, so that it is at least this";
  let says = `Up to ${whole(last.k)} columns nothing was found against it; a search cannot prove it.`;
  if (broken)
    says = `At ${whole(broken.k)} columns it is ${short(broken.lower, 2)} already: this matrix gives no such promise for ${count(Math.ceil(broken.k / 2), "spike", "spikes")} or more.`;
  else if (last.exact && k !== null && 2 * k <= last.k) says = "It holds here, for every signal.";
  return [
    {
      id: "isometry",
      name: "Restricted isometry",
      value: `$\\delta_{${last.k}} ${last.exact ? "=" : "\\ge"} ${plain(last.lower)}$`,
      text: `How far lengths change for signals of ${whole(last.k)} spikes. ${found}. ${needs} ${says}`,
    },
  ];
}

function spectrum({ spectrum, condition }: Diagnosis): Fact[] {
  if (!spectrum || spectrum.length === 0) return [];
  const [largest = 0, smallest = 0] = [spectrum[0], spectrum.at(-1)];
  const flat = largest <= smallest * (1 + 1e-9);
  const step = `Gradient steps may be up to $2/\\sigma_1^2 = ${plain(2 / (largest * largest))}$ long.`;
  return [
    {
      id: "spectrum",
      name: "Spectrum",
      value: condition === null || condition === undefined ? "rank lost" : short(condition, 2),
      text: flat
        ? `All singular values are ${short(largest, 3)}: the frame is tight. ${step}`
        : `Singular values go from ${short(smallest, 2)} to ${short(largest, 2)}; their ratio is the condition number. ${step}`,
    },
  ];
}

function support({ erc, irrepresentability }: Diagnosis): Fact[] {
  const facts: Fact[] = [];
  if (erc !== undefined)
    facts.push({
      id: "erc",
      name: "Exact recovery coefficient",
      value: erc === null ? "none" : short(erc, 2),
      text: ercText(erc),
    });
  if (irrepresentability !== undefined)
    facts.push({
      id: "irrepresentability",
      name: "Irrepresentability",
      value: irrepresentability === null ? "none" : short(irrepresentability, 2),
      text:
        irrepresentability === null
          ? "The true columns are dependent."
          : irrepresentability < 1
            ? "Below 1: basis pursuit finds this very signal without noise, and with a little noise the LASSO finds its support and signs."
            : "At least 1: a little noise is enough that the LASSO takes a false entry in. Without noise this test decides nothing.",
    });
  return facts;
}

/** What an exact recovery coefficient of the true support promises. */
function ercText(erc: number | null): string {
  if (erc === null) return "The true columns are dependent: no method can tell their values apart.";
  return erc < 1
    ? "Below 1: OMP and basis pursuit find every signal on the true support, whatever its values."
    : "At least 1: some values on the true support make OMP take a wrong column. These need not be such.";
}

function measurements({ statistical_dimension: dimension }: Diagnosis, rows: number): Fact[] {
  if (!dimension) return [];
  const { measurements, width } = dimension;
  const verdict =
    rows > measurements + width
      ? "success is all but sure"
      : rows < measurements - width
        ? "failure is all but sure"
        : "so near, theory leaves it open";
  return [
    {
      id: "dimension",
      name: "Measurements needed",
      value: `${whole(measurements)} ± ${whole(width)}`,
      text: `What basis pursuit needs of a Gaussian matrix, whatever the values. Here are ${whole(rows)}: for such a matrix, ${verdict}.`,
    },
  ];
}

function noise({ noise_sensitivity: sensitivity }: Diagnosis): Fact[] {
  if (sensitivity === undefined) return [];
  return [
    {
      id: "noise",
      name: "Noise sensitivity",
      value: short(sensitivity ?? Number.POSITIVE_INFINITY, 2),
      text:
        sensitivity === null
          ? "Above the transition: the worst error of the LASSO has no bound, however little the noise."
          : "The worst mean square error of the best-tuned LASSO on a large Gaussian matrix, over the noise variance.",
    },
  ];
}

/** A number for TeX. */
function plain(value: number): string {
  const text = short(value, 2);
  // Powers of ten come in raised characters, which TeX sets by itself.
  return text.includes("10") && /[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]/.test(text)
    ? value.toPrecision(2)
    : text.replace("−", "-");
}

/** What stands beside the coefficient of the true support: that of a method's own. */
export function seenSupport(erc: number | null | undefined, size: number): string {
  if (size === 0) return "The support at the playhead is empty.";
  const whose = `The support at the playhead, ${count(size, "column", "columns")}:`;
  if (erc === undefined) return `${whose} not computed.`;
  if (erc === null) return `${whose} its columns are dependent.`;
  return `${whose} ${short(erc, 2)}${erc < 1 ? ", so that OMP would stay within it" : ""}.`;
}
