import { html } from "lit";
import { type Catalogue, optionFor, optionsOf, type Schema } from "../spec/catalogue.ts";
import type { Choice, Json, Path, Spec } from "../spec/spec.ts";
import type { NumberRange } from "./number-value.ts";
import { HIDDEN } from "./reset-sentence.ts";

/** What stands in a sentence that the crate has written the words of. */
export interface Slots {
  readonly catalogue: Catalogue;
  readonly spec: Spec;
  /** Whether nothing stands for a path, and the sentence is set without it. */
  hides?(path: Path): boolean;
  /** All methods, each with its own sentence. */
  methods(): unknown[];
  /** What stands at a path in place of its control; nothing where the control does. */
  instead(path: Path): unknown;
  /** A choice that shows `text`, or its option's own label. */
  choice(path: Path, text: string): unknown;
  number(path: Path, schema: Schema, value: Json | undefined): unknown;
  flag(path: Path, schema: Schema, value: boolean): unknown;
  text(path: Path, schema: Schema, value: string): unknown;
}

/**
 * A template's pieces: `{field}` is a parameter below `base`, `[words]` open the choice at `base` itself, and
 * `{methods}` are the methods. `<field|words|other words>` is [settled] first.
 */
export function phrase(slots: Slots, template: string, base: Path): unknown[] {
  const { catalogue, spec } = slots;
  const words = settled(catalogue, spec, template, base);
  return words.split(/(\{[^}]*\}|\[[^\]]*\])/).flatMap((piece) => {
    if (piece === "{methods}") return slots.methods();
    if (piece.startsWith("{")) return slot(slots, [...base, ...piece.slice(1, -1).split(".")]);
    if (piece.startsWith("[")) return chosen(slots, piece.slice(1, -1), base);
    return piece;
  });
}

/** The words of a choice. A parameter among them has its own control beside the one of the other words. */
function chosen(slots: Slots, text: string, base: Path): unknown[] {
  return text.split(/(\{[^}]*\})/).flatMap((piece) => {
    if (piece.startsWith("{")) return phrase(slots, piece, base);
    const bare = piece.trim();
    if (bare === "") return piece;
    const [before = "", after = ""] = piece.split(bare);
    return [before, slots.choice(base, bare), after].filter((part) => part !== "");
  });
}

/** `<field|words|other words>`: words for a field that has a value; `<field=option|..|..>`: for one that is this option. */
const CONDITION = /<([a-z_]+)(?:=([a-z0-9-]+))?\|([^|>]*)\|([^>]*)>/g;

/** A template whose conditions have been looked up in the Spec. */
export function settled(catalogue: Catalogue, spec: Spec, template: string, base: Path): string {
  return template.replace(
    CONDITION,
    (_, field: string, option: string | undefined, then: string, otherwise: string) => {
      const value = catalogue.valueAt(spec, [...base, field]) ?? undefined;
      return (option === undefined ? value !== undefined : value === option) ? then : otherwise;
    },
  );
}

/**
 * Whether a sentence has a place for a parameter, so that no list has to offer it: what stands in words that do not apply
 * has no meaning either, but for the parameter that decides which words do.
 */
export function isSaid(
  catalogue: Catalogue,
  spec: Spec,
  template: string,
  base: Path,
  name: string,
): boolean {
  const decides = [...template.matchAll(CONDITION)].some(([, field]) => field === name);
  const words = decides ? settled(catalogue, spec, template, base) : template;
  return words.includes(`{${name}}`);
}

/** What stands for the parameter at a path: a control, or the words of what is chosen with the controls in them. */
export function slot(slots: Slots, path: Path): unknown | unknown[] {
  if (slots.hides?.(path)) return HIDDEN;
  const instead = slots.instead(path);
  if (instead !== undefined) return instead;
  const schema = slots.catalogue.schemaAt(slots.spec, path);
  if (!schema) return "";
  const value = slots.catalogue.valueAt(slots.spec, path);
  if (schema.oneOf?.some((option) => option.properties)) {
    const option = optionFor(schema, value);
    const id = (value as Choice | undefined)?.id ?? "";
    const label = optionsOf(schema).find((one) => one.id === id)?.label ?? id;
    return phrase(slots, option?.["x-phrase"] ?? `[${label}]`, path);
  }
  if (schema.oneOf || schema.enum) {
    const own = schema.oneOf?.find((option) => option.const === value)?.["x-phrase"];
    return own === undefined ? slots.choice(path, "") : phrase(slots, own, path);
  }
  if (isNumber(schema)) return slots.number(path, schema, value);
  if (schema.type === "string") return slots.text(path, schema, String(value ?? ""));
  return schema.type === "boolean" ? slots.flag(path, schema, value === true) : "";
}

/** Keeps a comma or a full stop on the line of the value before it: browsers would break between the two. */
export function glued(pieces: unknown[]): unknown[] {
  const result: unknown[] = [];
  for (const piece of pieces.flat()) {
    if (piece === "") continue;
    const mark = typeof piece === "string" ? piece.match(/^[,.]/)?.[0] : undefined;
    if (mark === undefined || result.length === 0) {
      result.push(piece);
      continue;
    }
    const before = result.pop();
    // Words may end in a space for a value that is not there.
    if (typeof before === "string") result.push(before.trimEnd() + piece);
    else
      result.push(html`<span class="nowrap">${before}${mark}</span>`, (piece as string).slice(1));
  }
  return result;
}

export function isNumber(schema: Schema): boolean {
  return [schema.type].flat().some((type) => type === "integer" || type === "number");
}

/** Whether a parameter has a control of one word or number. */
export function isEditable(schema: Schema): boolean {
  return (
    isNumber(schema) ||
    schema.type === "boolean" ||
    schema.type === "string" ||
    Boolean(schema.enum) ||
    Boolean(schema.oneOf?.every((option) => option.const !== undefined))
  );
}

/** How a number is dragged and stepped. */
export function rangeOf(schema: Schema, value: number): NumberRange {
  const whole = [schema.type].flat().includes("integer");
  const min = schema.minimum ?? schema.exclusiveMinimum ?? Number.NEGATIVE_INFINITY;
  const max = schema.maximum ?? Number.POSITIVE_INFINITY;
  // Without a declared step, a hundredth of the value's own size.
  const step =
    schema["x-step"] ?? (whole ? 1 : 10 ** Math.floor(Math.log10(Math.abs(value) || 1) - 1));
  return { min, max, step, log: schema["x-scale"] === "log", whole };
}

/** A parameter's name in words. */
export function labelOf(path: Path): string {
  return String(path[path.length - 1]).replaceAll("_", " ");
}
