/** Plain JSON. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** An object that says by `id` what it is: a problem, a method, a matrix, a signal, noise. */
export interface Choice {
  id: string;
  [field: string]: Json;
}

/** Everything that a run depends on. See `src/contract/spec.rs`. */
export interface Spec {
  v: 1;
  seed?: number;
  problem: Choice;
  methods: Choice[];
}

/** What is wrong with a Spec: a field and what it takes. */
export interface Complaint {
  field: string;
  message: string;
}

/** Keys from the Spec down to a value: `["methods", 0, "sparsity"]`. */
export type Path = readonly (string | number)[];

/** The path as a complaint's `field` spells it: `methods[0].sparsity`. */
export function fieldOf(path: Path): string {
  return path
    .map((key) => (typeof key === "number" ? `[${key}]` : `.${key}`))
    .join("")
    .slice(1);
}

/** The value at a path, `undefined` where there is none. */
export function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, key) => (value as Record<string | number, unknown> | undefined)?.[key],
    root,
  );
}

/** A copy with another value at a path; parents that are missing are made. */
export function withValue<T>(root: T, path: Path, value: unknown): T {
  const [key, ...rest] = path;
  if (key === undefined) return value as T;
  const copy = (Array.isArray(root) ? [...root] : { ...root }) as Record<string | number, unknown>;
  copy[key] = withValue(copy[key], rest, value);
  return copy as T;
}

/** JSON merge patch (RFC 7396): objects merge, `null` removes, all else replaces. */
export function merged(target: unknown, patch: unknown): unknown {
  if (patch === null || typeof patch !== "object" || Array.isArray(patch)) return patch;
  const base =
    target !== null && typeof target === "object" && !Array.isArray(target) ? target : {};
  const result: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else result[key] = merged(result[key], value);
  }
  // Another kind of thing does not keep the fields of the old one.
  const { id } = base as { id?: unknown };
  if (id !== undefined && "id" in patch && result.id !== id) return merged({}, patch);
  return result;
}
