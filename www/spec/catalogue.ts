import { say } from "../messages/say.ts";

import { capital } from "../words/capital.ts";
import {
  type Choice,
  type Json,
  merged,
  type Path,
  type Spec,
  valueAt,
  withValue,
} from "./spec.ts";

/** The part of JSON Schema that parameters use; `x-` fields tell the controls more. */
export interface Schema {
  type?: string | string[];
  description?: string;
  minimum?: number;
  maxLength?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  const?: Json;
  enum?: Json[];
  default?: Json;
  oneOf?: Schema[];
  properties?: Record<string, Schema>;
  "x-unit"?: string;
  "x-scale"?: "log" | "linear";
  "x-step"?: number;
  "x-label"?: string;
  "x-phrase"?: string;
  "x-kind"?: string;
  "x-length"?: number;
  /** The path of solutions that the parameter runs along. */
  "x-path"?: "lasso";
  /** Samples a second, where the numbers are a sound. */
  "x-sampling-rate"?: number;
}

export interface MethodCard {
  id: string;
  lab: string;
  problem: string;
  title: string;
  short: string;
  sentence: string;
  line: string;
  cost: string;
  when: string;
}

/** What is said of a method that has no exhibit; see `src/contract/exhibit.rs`. */
export interface Note {
  formula: string;
  breaks: string;
}

/** A method as a lab declares it. */
export interface Method {
  card: MethodCard;
  note: Note | null;
  params: Schema;
}

export interface Exhibit {
  id: string;
  n: number | null;
  lab: string;
  title: string;
  paper: { authors: string; title: string; year: number; link: string };
  idea: string;
  formula: string;
  consequence: string;
  watch: { panel: string; text: string }[];
  try_this: { link: string; question: string; patch: string }[];
  breaks: string;
  spec: string;
  /** Its own sweep, where its problem's does not show its point. */
  sweep: string | null;
  claims: Claim[];
}

export interface Claim {
  statement: string;
  experiment: { kind: "trials"; trials: number; measure: { kind: string } } | { kind: "diagrams" };
  bound: { at_least: number } | { at_most: number } | { within: [number, number] };
  measured: number;
}

export interface Problem {
  id: string;
  lab: string;
  title: string;
  sentence: string;
  /** Axes of a sweep other than parameters. */
  axes: DerivedAxis[];
  /** The sweep that shows most of it, as JSON without a Spec. */
  sweep: string | null;
  /** Where its panels stand and what is said; null where the page has parts of its own for it. */
  page: ProblemPage | null;
  /** The problem whose methods solve this one, too. */
  solved_as: string | null;
  params: Schema;
}

/** How runs of a problem are laid out and spoken of; see `src/contract/page.rs`. */
export interface ProblemPage {
  picture: string[];
  beside: string[];
  quantities: { name: string; title: string; colour: string }[];
  running: string;
  converged: string;
  stopped: string;
  rest: string;
  /** What is painted by hand, if anything is. */
  paint?: Paint | null;
}

/** The parameter that takes what is painted, the one that grows with its sum, and the panels; see `src/contract/page.rs`. */
export interface Paint {
  param: string;
  total: string;
  truth: string;
  line: string;
}

/** A quantity that follows from parameters and can be an axis of a sweep. */
export interface DerivedAxis {
  name: string;
  label: string;
  sets: string;
  symbol: string;
  from: number;
  to: number;
}

/** A published system, built or not. */
export interface System {
  n: number;
  id: string;
  lab: string;
  title: string;
  venue?: string;
  link?: string;
}

/** What a lab declares; see `src/web/catalogue.rs`. */
export interface LabPart {
  exhibits: Exhibit[];
  methods: Method[];
  problems: Problem[];
}

/** All systems and labs, built or not; see `src/labs/systems.json`. */
export interface SystemsData {
  systems: System[];
  labs: { id: string; about: string }[];
}

/** Checks the form of Specs by what labs have declared. */
export interface Checker {
  add(text: string): void;
  /** Throws a complaint where a Spec cannot be used. */
  canonical(spec: unknown): unknown;
}

/** One of several that a choice offers. */
export interface Option {
  id: string;
  label: string;
  line: string;
  /** Options of one group stand together under its name. */
  group?: string;
}

/** What the crate declares: exhibits, methods and problems, and the schema of every parameter. */
export class Catalogue {
  readonly data: LabPart & SystemsData = {
    exhibits: [],
    methods: [],
    problems: [],
    systems: [],
    labs: [],
  };

  readonly #labs = new Set<string>();

  constructor(private readonly checker: Checker) {}

  /** Whether a lab has declared what it has. */
  has(lab: string): boolean {
    return this.#labs.has(lab);
  }

  /** Adds what a lab declares, which is also the `text`; what another lab has declared stays as it is. */
  add(lab: string, part: LabPart, text = JSON.stringify(part)): void {
    this.checker.add(text);
    this.#labs.add(lab);
    const { exhibits, methods, problems } = this.data;
    exhibits.push(...part.exhibits.filter(({ id }) => !this.exhibit(id)));
    methods.push(...part.methods.filter(({ card }) => !this.method(card.id)));
    problems.push(...part.problems.filter(({ id }) => !this.problem(id)));
  }

  /** Adds the systems and labs. */
  list({ systems, labs }: SystemsData): void {
    this.data.systems = systems;
    this.data.labs = labs;
  }

  /** The canonical form of a Spec, every default left out; throws a complaint where it cannot be used. */
  canonical(spec: unknown): Spec {
    return this.checker.canonical(spec) as Spec;
  }

  exhibit(id: string): Exhibit | undefined {
    return this.data.exhibits.find((exhibit) => exhibit.id === id);
  }

  method(id: string): Method | undefined {
    return this.data.methods.find((method) => method.card.id === id);
  }

  problem(id: string): Problem | undefined {
    return this.data.problems.find((problem) => problem.id === id);
  }

  /** All methods in the order of their labs; labs are added as they arrive. */
  methodsByLab(): Method[] {
    const { labs, methods } = this.data;
    const place = new Map(labs.map(({ id }, i) => [id, i]));
    const of = ({ card }: Method) => place.get(card.lab) ?? labs.length;
    return [...methods].sort((a, b) => of(a) - of(b));
  }

  /** Methods that solve a problem, as options of a choice. */
  methodOptions(problem: string): Option[] {
    const as = this.problem(problem)?.solved_as;
    return this.data.methods
      .filter(({ card }) => card.problem === problem || card.problem === as)
      .map(({ card }) => ({ id: card.id, label: card.short, line: `${card.title}. ${card.line}` }));
  }

  /** The schema of the parameter at a path of this Spec. */
  schemaAt(spec: Spec, path: Path): Schema | undefined {
    const [head, ...rest] = path;
    const root = head === "problem" ? spec.problem : spec.methods[Number(rest.shift())];
    if (root === undefined) return undefined;
    let schema = head === "problem" ? this.problem(root.id)?.params : this.method(root.id)?.params;
    const walked: (string | number)[] =
      head === "problem" ? ["problem"] : ["methods", Number(path[1])];
    for (const key of rest) {
      schema = schema && optionFor(schema, this.valueAt(spec, walked))?.properties?.[String(key)];
      walked.push(key);
    }
    return schema;
  }

  /** The value at a path, defaults filled in. */
  valueAt(spec: Spec, path: Path): Json | undefined {
    const given = valueAt(spec, path);
    if (given !== undefined) return given as Json;
    if (path.length <= (path[0] === "problem" ? 1 : 2)) return undefined;
    const parent = this.valueAt(spec, path.slice(0, -1));
    const key = path[path.length - 1] as string;
    const within =
      parent !== null && typeof parent === "object"
        ? (parent as { [key: string]: Json })[key]
        : undefined;
    return within ?? this.schemaAt(spec, path)?.default;
  }

  /** Parents of a path that are defaults, written out, so that a field can be set within them. */
  withParents(spec: Spec, path: Path): Spec {
    let result = spec;
    for (let length = path[0] === "problem" ? 2 : 3; length < path.length; length += 1) {
      const parent = path.slice(0, length);
      const value = this.valueAt(result, parent);
      if (value !== undefined && value !== null) result = withValue(result, parent, value);
    }
    return result;
  }

  /** A merge patch applied to what is shown: it may change fields of things that the Spec leaves to their default. */
  patched(spec: Spec, patch: unknown): Spec {
    let shown = spec;
    const walk = (part: unknown, path: Path): void => {
      if (part === null || typeof part !== "object" || Array.isArray(part)) return;
      shown = this.withParents(shown, [...path, ""]);
      for (const [key, value] of Object.entries(part)) walk(value, [...path, key]);
    };
    walk(patch, []);
    return merged(shown, patch) as Spec;
  }
}

/** The schema of an object: itself, or the option that the object's `id` names. */
export function optionFor(schema: Schema, value: Json | undefined): Schema | undefined {
  if (!schema.oneOf) return schema;
  const id = (value as Choice | undefined)?.id;
  return schema.oneOf.find((option) => option.properties?.id?.const === id);
}

/** The options of a choice, whether of names or of objects. */
export function optionsOf(schema: Schema): Option[] {
  const named = (id: Json | undefined, option: Schema): Option => ({
    id: String(id),
    label: option["x-label"] ?? labelOf(String(id)),
    line: option.description ?? "",
  });
  if (schema.enum) return schema.enum.map((id) => named(id, {}));
  return (schema.oneOf ?? []).map((option) =>
    named(option.const ?? option.properties?.id?.const, option),
  );
}

/** Names that are people's or abbreviations keep their capitals; the rest are plain words. */
const CAPITALS: Record<string, string> = {
  gaussian: "Gaussian",
  bernoulli: "Bernoulli",
  fourier: "Fourier",
  hadamard: "Hadamard",
  haar: "Haar",
  daubechies: "Daubechies",
  doppler: "Doppler",
  dct: "DCT",
  toeplitz: "Toeplitz",
  kronecker: "Kronecker",
  grassmannian: "Grassmannian",
  radon: "Radon",
  symlet: "Symlet",
  gabor: "Gabor",
  legendre: "Legendre",
  chebyshev: "Chebyshev",
  "2d": "2-D",
};

/** A lab's name. */
export function labTitle(id: string): string {
  return say.page.labNames[id] ?? capital(id);
}

function labelOf(id: string): string {
  return id
    .split("-")
    .map((word) => CAPITALS[word] ?? word)
    .join(" ");
}
