import { saySweep } from "../messages/sweep.ts";
import type { SweepSpec } from "./protocol.ts";

/** Largest number of trials of all cells; see `MAX_TOTAL` in `src/sweep/spec.rs`. */
const MOST = 1e9;

/** What the sentence needs to be written; all else is the crate's to judge. Throws an error that names the file. */
export function checkSweep(
  name: string,
  { spec, x, y, trials, metric, tolerance }: SweepSpec,
): void {
  const whole =
    typeof spec?.problem?.id === "string" &&
    Array.isArray(spec.methods) &&
    spec.methods.every((method) => typeof method?.id === "string") &&
    [x, y].every((axis) => typeof axis?.param === "string" && axis.steps > 0) &&
    [trials, tolerance].every((number) => number === undefined || typeof number === "number") &&
    metric !== null;
  if (!whole) throw new Error(saySweep.notSweep(name));
}

/**
 * Checks every field of a result that the page uses: a cell for each of the sweep's, a method for each of its Spec's, whole
 * counts that add up, finite numbers. Throws an error that names the field and what it takes.
 */
export function checkResult(name: string, value: unknown): void {
  const check = new Check(name);
  const result = check.object(value, "result");
  const sweep = check.object(result.sweep, "sweep") as unknown as SweepSpec;
  checkSweep(name, sweep);
  const trials = check.whole(result.trials, "trials", 0, MOST);
  if (typeof result.digest !== "string" || !/^[0-9a-f]{16}$/.test(result.digest))
    check.fail("digest", saySweep.takes.digest);
  const { methods } = sweep.spec;
  const list = check.list(result.methods, "methods", methods.length);
  for (const [i, one] of list.entries()) {
    const field = `methods[${i}]`;
    const method = check.object(one, field);
    const id = methods[i]?.id ?? "";
    if (method.id !== id) check.fail(`${field}.id`, saySweep.takes.word(id));
    checkCells(check, method.cells, `${field}.cells`, sweep, trials);
    for (const [j, point] of check.list(method.contour, `${field}.contour`).entries())
      checkPoint(check, point, `${field}.contour[${j}]`);
  }
}

function checkCells(
  check: Check,
  value: unknown,
  field: string,
  sweep: SweepSpec,
  trials: number,
): void {
  const counts = sweep.metric === undefined || typeof sweep.metric === "string";
  let sum = 0;
  for (const [j, one] of check.list(value, field, sweep.x.steps * sweep.y.steps).entries()) {
    const at = `${field}[${j}]`;
    const cell = check.object(one, at);
    check.number(cell.x, `${at}.x`);
    check.number(cell.y, `${at}.y`);
    for (const [k, part] of check.list(cell.at, `${at}.at`, 2).entries())
      check.number(part, `${at}.at[${k}]`);
    const count = check.whole(cell.trials, `${at}.trials`, 0, sweep.trials ?? MOST);
    sum += count;
    if (counts) check.whole(cell.successes, `${at}.successes`, 0, count);
    // A cell without trials has no value.
    if (cell.value !== null) check.number(cell.value, `${at}.value`, counts ? [0, 1] : undefined);
  }
  if (sum !== trials) check.fail("trials", saySweep.takes.sum(sum, field));
}

function checkPoint(check: Check, value: unknown, field: string): void {
  const point = check.object(value, field);
  for (const part of ["x", "y", "low", "high"]) check.number(point[part], `${field}.${part}`);
  for (const part of ["width", "slope"])
    if (point[part] !== null) check.number(point[part], `${field}.${part}`);
}

/** Looks at fields of a file; each question answers with the value or throws. */
class Check {
  constructor(private readonly file: string) {}

  fail(field: string, takes: string): never {
    throw new Error(saySweep.badField(this.file, field, takes));
  }

  object(value: unknown, field: string): Record<string, unknown> {
    if (value === null || typeof value !== "object" || Array.isArray(value))
      this.fail(field, saySweep.takes.object);
    return value as Record<string, unknown>;
  }

  list(value: unknown, field: string, length?: number): unknown[] {
    if (!Array.isArray(value) || (length !== undefined && value.length !== length))
      this.fail(field, saySweep.takes.list(length));
    return value as unknown[];
  }

  whole(value: unknown, field: string, from: number, to: number): number {
    if (!Number.isInteger(value) || (value as number) < from || (value as number) > to)
      this.fail(field, saySweep.takes.whole(from, to));
    return value as number;
  }

  number(value: unknown, field: string, range?: [number, number]): void {
    const [from, to] = range ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
    if (!Number.isFinite(value) || (value as number) < from || (value as number) > to)
      this.fail(field, range ? saySweep.takes.between(from, to) : saySweep.takes.number);
  }
}
