import { saySweep } from "../messages/sweep.ts";

import { type Catalogue, type Option, optionFor, type Schema } from "../spec/catalogue.ts";
import { fieldOf, type Path, type Spec } from "../spec/spec.ts";
import { CRATE } from "../words/crate.ts";
import { exact } from "../words/numbers.ts";
import type { Axis, SweepSpec } from "./protocol.ts";

/** What may be an axis of a sweep over a Spec, and where it would run. */
export interface AxisOption extends Option {
  from: number;
  to: number;
  scale: "linear" | "log";
}

/** Everything that can be an axis: what the problem derives, then every parameter that is a number. */
export function axisOptions(catalogue: Catalogue, spec: Spec): AxisOption[] {
  const problem = catalogue.problem(spec.problem.id);
  if (!problem) return [];
  const derived = problem.axes.map(({ name, label, sets, from, to }) => ({
    id: `problem.${name}`,
    label: plainOf(label),
    line: saySweep.sets(sets.split(".").join(", ").replaceAll("_", " ")),
    from,
    to,
    scale: "linear" as const,
  }));
  const methods = spec.methods.flatMap((method, i) => {
    const declared = catalogue.method(method.id);
    return declared
      ? numbersIn(catalogue, spec, ["methods", i], declared.params, declared.card.short)
      : [];
  });
  return [...derived, ...numbersIn(catalogue, spec, ["problem"], problem.params, ""), ...methods];
}

function numbersIn(
  catalogue: Catalogue,
  spec: Spec,
  base: Path,
  schema: Schema,
  of: string,
): AxisOption[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const path = [...base, name];
    if (field.oneOf) {
      const option = optionFor(field, catalogue.valueAt(spec, path));
      return option?.properties
        ? numbersIn(catalogue, spec, path, option, of || name.replaceAll("_", " "))
        : [];
    }
    if (![field.type].flat().some((type) => type === "integer" || type === "number")) return [];
    return [
      {
        id: fieldOf(path),
        label: of ? saySweep.of(name.replaceAll("_", " "), of) : name.replaceAll("_", " "),
        line: field.description?.split(/[.;:]/)[0] ?? "",
        ...rangeAround(field, catalogue.valueAt(spec, path)),
      },
    ];
  });
}

/** From a quarter of a value to four times it, within what the parameter takes. */
function rangeAround(field: Schema, value: unknown): Pick<AxisOption, "from" | "to" | "scale"> {
  const log = field["x-scale"] === "log";
  const low = field.minimum ?? field.exclusiveMinimum ?? Number.NEGATIVE_INFINITY;
  const high = field.maximum ?? Number.POSITIVE_INFINITY;
  const middle = typeof value === "number" && value !== 0 ? value : 1;
  const [a, b] = log ? [middle / 10, middle * 10] : [middle / 4, middle * 4];
  const whole = [field.type].flat().includes("integer");
  const rounded = (v: number) => (whole ? Math.round(v) : Number(v.toPrecision(3)));
  return {
    from: Math.max(rounded(Math.min(a, b)), low),
    to: Math.min(rounded(Math.max(a, b)), high),
    scale: log ? "log" : "linear",
  };
}

/** An axis's name in plain words. */
export function axisName(catalogue: Catalogue, sweep: SweepSpec, axis: Axis): string {
  const found = axisOptions(catalogue, sweep.spec).find(({ id }) => id === axis.param);
  return found?.label ?? axis.param;
}

/** An axis's name with its mathematics between dollar signs. */
export function axisLabel(catalogue: Catalogue, sweep: SweepSpec, axis: Axis): string {
  return derivedOf(catalogue, sweep, axis)?.label ?? axisName(catalogue, sweep, axis);
}

/** What stands for the axis's values in a short line: its letters where it has some. */
export function axisSymbol(catalogue: Catalogue, sweep: SweepSpec, axis: Axis): string {
  const label = axisLabel(catalogue, sweep, axis);
  return /\$[^$]+\$/.exec(label)?.[0] ?? label;
}

function derivedOf(catalogue: Catalogue, sweep: SweepSpec, axis: Axis) {
  const problem = catalogue.problem(sweep.spec.problem.id);
  return problem?.axes.find(({ name }) => axis.param === `problem.${name}`);
}

/** The parameters that the axes set, as fields, and what a sentence says in their place. */
export function sweptFields(catalogue: Catalogue, sweep: SweepSpec): Map<string, string> {
  const fields = new Map<string, string>();
  for (const axis of [sweep.x, sweep.y]) {
    const derived = derivedOf(catalogue, sweep, axis);
    if (derived) fields.set(`problem.${derived.sets}`, derived.symbol);
    else
      fields.set(
        axis.param,
        `${CRATE.span(exact(axis.from), exact(axis.to))}${unitOf(catalogue, sweep, axis)}`,
      );
  }
  return fields;
}

function unitOf(catalogue: Catalogue, sweep: SweepSpec, axis: Axis): string {
  const path = axis.param.split(/[.[\]]+/).filter(Boolean);
  const schema = catalogue.schemaAt(
    sweep.spec,
    path.map((key) => (/^\d+$/.test(key) ? Number(key) : key)),
  );
  return schema?.["x-unit"] === "dB" ? "\u2009dB" : "";
}

/** Where the cells of an axis lie: half a cell beyond its ends, on its own scale. */
export function edges(axis: Axis): { from: number; to: number; kind: "linear" | "log" } {
  const log = axis.scale === "log";
  const forward = (v: number) => (log ? Math.log(v) : v);
  const back = (u: number) => (log ? Math.exp(u) : u);
  const [low, high] = [forward(axis.from), forward(axis.to)];
  const half = axis.steps > 1 ? (high - low) / (axis.steps - 1) / 2 : Math.abs(low) * 0.1 || 0.5;
  return { from: back(low - half), to: back(high + half), kind: log ? "log" : "linear" };
}

/** Value number `i` of an axis. */
export function axisValue(axis: Axis, i: number): number {
  if (i === 0) return axis.from;
  if (i === axis.steps - 1) return axis.to;
  const share = i / (axis.steps - 1);
  return axis.scale === "log"
    ? axis.from * (axis.to / axis.from) ** share
    : axis.from + (axis.to - axis.from) * share;
}

/** The sweep of a box of cells: as many cells as before, within it. */
export function refined(sweep: SweepSpec, [a, b]: readonly [number, number]): SweepSpec {
  const within = (axis: Axis, i: number, j: number): Axis => {
    const around = edges(axis);
    const tidy = (v: number) => Number(v.toPrecision(6));
    const [low, high] = [Math.min(i, j), Math.max(i, j)];
    // One row or column of cells is opened to its own width.
    if (low === high && axis.steps > 1) {
      const next = Math.min(high + 1, axis.steps - 1);
      const before = Math.max(low - 1, 0);
      return { ...axis, from: tidy(axisValue(axis, before)), to: tidy(axisValue(axis, next)) };
    }
    return axis.steps > 1
      ? { ...axis, from: tidy(axisValue(axis, low)), to: tidy(axisValue(axis, high)) }
      : { ...axis, from: tidy(around.from), to: tidy(around.to) };
  };
  const across = sweep.x.steps;
  return {
    ...sweep,
    x: within(sweep.x, a % across, b % across),
    y: within(sweep.y, Math.floor(a / across), Math.floor(b / across)),
  };
}

/** Letters and signs that TeX has commands for. */
const SIGNS: Record<string, string> = {
  ...{ alpha: "α", beta: "β", gamma: "γ", delta: "δ", epsilon: "ε", varepsilon: "ε", eta: "η" },
  ...{ theta: "θ", kappa: "κ", lambda: "λ", mu: "μ", nu: "ν", rho: "ρ", sigma: "σ", tau: "τ" },
  ...{ phi: "φ", varphi: "φ", chi: "χ", psi: "ψ", omega: "ω", ell: "ℓ" },
  ...{ times: "×", cdot: "·", le: "≤", ge: "≥", infty: "∞" },
};

/** Text with the mathematics between its dollar signs in plain letters. */
export function plainOf(label: string): string {
  return label.replaceAll(/\$([^$]*)\$/g, (_, source: string) =>
    source
      .replaceAll(/\\([a-zA-Z]+) ?/g, (_, name: string) => SIGNS[name] ?? name)
      .replaceAll("\\", "")
      .replaceAll(" ", "\u00a0"),
  );
}
