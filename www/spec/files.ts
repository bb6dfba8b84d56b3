import { read_table } from "../../target/web/front/pursuit.js";
import { say } from "../messages/say.ts";
import type { Facts } from "../solve/protocol.ts";
import type { Catalogue } from "./catalogue.ts";
import { isPicture, lightOf, pictureReading, sideOf } from "./pictures.ts";
import { isSound, pieceOf, soundIn, soundReading, soundTaken } from "./sounds.ts";
import type { Choice, Json, Spec } from "./spec.ts";

/** Largest file that is read, in bytes: what still makes a link or a saved Spec of a sane size. */
const MAX_FILE = 16_000_000;

/** What numbers from a file can stand for. */
export type Role = "truth" | "measurements" | "matrix" | "sound";

/** One way to read a file: the Spec that it makes of the present one, and what is said of it. */
export interface Reading {
  role: Role | "spec";
  spec: Spec;
  /** Reads on after "FILE is read as". */
  says: string;
}

/** A table of numbers, row by row. */
export interface Table {
  rows: number;
  cols: number;
  entries: number[];
}

/** All readings of a file, the one that its shape suggests first. */
export async function readingsOf(
  file: File,
  spec: Spec,
  catalogue: Catalogue,
  facts: Facts | undefined,
): Promise<Reading[]> {
  if (file.size > MAX_FILE) throw new Error(say.files.tooLarge(file.name, MAX_FILE / 1e6));
  if (isPicture(file)) {
    const side = sideOf(catalogue, spec);
    if (side === undefined) throw new Error(say.files.noPictures(file.name));
    return [pictureReading(file.name, await lightOf(file, side), spec, catalogue, facts)];
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (file.name.endsWith(".json")) {
    const read = specOf(file.name, new TextDecoder().decode(bytes));
    return [{ role: "spec", spec: read, says: say.files.spec }];
  }
  const sound = soundTaken(catalogue, spec);
  if (sound) return [soundReading(file.name, soundIn(file.name, bytes, sound), spec, sound)];
  if (!catalogue.schemaAt(spec, ["problem", "data"]))
    throw new Error(say.files.noNumbers(file.name));
  if (isSound(bytes)) return [pieceReading(file.name, bytes, spec, facts)];
  return tableReadings(read_table(file.name, bytes) as Table, spec, catalogue, facts);
}

/** A piece of a sound as a signal that is sparse in cosines: all of it would be more than a lab's matrix has columns. */
function pieceReading(
  name: string,
  bytes: Uint8Array,
  spec: Spec,
  facts: Facts | undefined,
): Reading {
  const { values, seconds } = pieceOf(name, bytes);
  const bare = withoutGiven(spec, ["truth", "measurements", "matrix"]);
  const { spec: read } = asTruth(values, bare, facts);
  const rows = Math.round(0.4 * values.length);
  return {
    role: "truth",
    spec: { ...read, problem: { ...read.problem, rows, basis: "dct" } },
    says: say.files.piece(values.length, seconds, rows),
  };
}

/** As many numbers as measurements are measurements, a table is a matrix, anything else is a signal of its own length. */
export function tableReadings(
  table: Table,
  spec: Spec,
  catalogue: Catalogue,
  facts: Facts | undefined,
): Reading[] {
  const { rows, cols, entries } = table;
  const most = catalogue.problem(spec.problem.id)?.params.properties ?? {};
  const fits = (name: string, length: number) => length <= (most[name]?.maximum ?? 0);
  const readings: Reading[] = [];
  if (rows > 1 && cols > 1 && fits("rows", rows) && fits("cols", cols))
    readings.push(asMatrix(table, spec, facts));
  if (fits("cols", entries.length)) readings.push(asTruth(entries, spec, facts));
  if (fits("rows", entries.length)) {
    const measured = asMeasurements(entries, spec, catalogue, facts);
    const expected = facts && entries.length === facts.rows && facts.rows !== facts.cols;
    if (expected && readings[0]?.role === "truth") readings.unshift(measured);
    else readings.push(measured);
  }
  if (readings.length === 0) throw new Error(say.files.tableTooLarge(rows, cols));
  return readings;
}

type Data = { [key in Role]?: Json };

function dataOf(spec: Spec): Data {
  return (spec.problem.data ?? {}) as Data;
}

/** Length of numbers that stand in the Spec; none when they are in a file of the command line's. */
function lengthOf(numbers: Json | undefined): number | undefined {
  return Array.isArray(numbers) ? numbers.length : undefined;
}

/** The given matrix where it has that many rows, or that many columns. */
function fittingMatrix(data: Data, size: { rows?: number; cols?: number }): Data {
  const { matrix } = data;
  const rows = lengthOf(matrix);
  const cols = Array.isArray(matrix) ? lengthOf(matrix[0]) : undefined;
  const fits = size.rows === undefined ? cols === size.cols : rows === size.rows;
  return fits && matrix !== undefined ? { matrix } : {};
}

function without(problem: Choice, ...names: string[]): Choice {
  const kept = Object.entries(problem).filter(([name]) => !names.includes(name));
  return { ...Object.fromEntries(kept), id: problem.id };
}

/** The basis, or cosines, which take any length, where the number of unknowns becomes another. */
function basisFor(length: number, spec: Spec, facts: Facts | undefined): { basis?: Json } {
  const { basis } = spec.problem;
  if (basis === undefined || basis === "identity" || length === facts?.cols) return {};
  return { basis: "dct" };
}

/** A signal of one's own, and as many unknowns. */
export function asTruth(values: number[], spec: Spec, facts: Facts | undefined): Reading {
  const cols = values.length;
  const data = fittingMatrix(dataOf(spec), { cols });
  const rows = Math.min(facts?.rows ?? 80, cols);
  const problem: Choice = {
    ...without(spec.problem, "data", "rows"),
    ...basisFor(cols, spec, facts),
    ...(data.matrix ? { data } : { rows }),
    cols,
    signal: { id: "curve", values },
  };
  return {
    role: "truth",
    spec: { ...spec, problem },
    says: say.files.signal(cols, data.matrix ? undefined : rows),
  };
}

function asMeasurements(
  values: number[],
  spec: Spec,
  catalogue: Catalogue,
  facts: Facts | undefined,
): Reading {
  const rows = values.length;
  const matrix = fittingMatrix(dataOf(spec), { rows });
  const cols = Math.max(facts?.cols ?? 256, rows);
  const problem: Choice = {
    ...without(spec.problem, "data", "signal", "noise", "rows", "cols"),
    ...(matrix.matrix ? {} : { rows, cols, ...basisFor(cols, spec, facts) }),
    data: { ...matrix, measurements: values },
  };
  const filled = withSparsity({ ...spec, problem }, catalogue);
  const told = filled.methods.flatMap((method, i) =>
    method === spec.methods[i] ? [] : (catalogue.method(method.id)?.card.short ?? method.id),
  );
  const about = told.length > 0 ? say.files.told(told, sparsityFor(rows)) : "";
  return {
    role: "measurements",
    spec: filled,
    says: say.files.measurements(rows) + about,
  };
}

function asMatrix({ rows, cols, entries }: Table, spec: Spec, facts: Facts | undefined): Reading {
  const matrix = Array.from({ length: rows }, (_, i) => entries.slice(i * cols, (i + 1) * cols));
  const { measurements } = dataOf(spec);
  const kept = lengthOf(measurements) === rows ? { measurements } : {};
  const problem: Choice = {
    ...without(spec.problem, "data", "matrix", "rows", "cols"),
    ...basisFor(cols, spec, facts),
    data: { matrix, ...kept } as { [key: string]: Json },
  };
  const signal = spec.problem.signal as Choice | undefined;
  const fits = cols === facts?.cols && signal !== undefined && signal.id !== "sparse";
  if (!fits) {
    // A drawn signal of another length means nothing here, and more spikes than rows cannot be found.
    const sparse = signal?.id === "sparse" ? signal : { id: "sparse" };
    const most = Math.max(1, Math.floor(Math.min(rows, cols) / 4));
    const sparsity = Math.min(Number(sparse.sparsity ?? 20), most);
    problem.signal = { ...sparse, sparsity };
  }
  return {
    role: "matrix",
    spec: { ...spec, problem },
    says: say.files.matrix(rows, cols, kept.measurements !== undefined),
  };
}

/** A number of spikes to look for where nobody knows it: a quarter of the measurements. */
function sparsityFor(rows: number): number {
  return Math.max(1, Math.round(rows / 4));
}

/** Measurements without truth hold no number of spikes: methods that ask for one are told one. */
export function withSparsity(spec: Spec, catalogue: Catalogue): Spec {
  const { measurements, truth } = dataOf(spec);
  const rows = lengthOf(measurements);
  if (rows === undefined || truth !== undefined) return spec;
  const asks = (method: Choice) =>
    method.sparsity === undefined &&
    catalogue.method(method.id)?.params.properties?.sparsity !== undefined;
  const methods = spec.methods.map((method) =>
    asks(method) ? { ...method, sparsity: sparsityFor(rows) } : method,
  );
  return { ...spec, methods };
}

/** The Spec with what is given in place of a part of the problem taken away, so that it is drawn again. */
export function withoutGiven(spec: Spec, roles: readonly Role[]): Spec {
  const { data, ...problem } = spec.problem;
  const kept = Object.entries((data ?? {}) as Data).filter(
    ([role]) => !roles.includes(role as Role),
  );
  const rest = kept.length > 0 ? { data: Object.fromEntries(kept) } : {};
  return { ...spec, problem: { ...problem, ...rest, id: spec.problem.id } };
}

/** Where a patch brings a signal or a matrix, the file's must go: else the patch would change nothing. */
export function withoutReplaced(spec: Spec, patch: unknown): Spec {
  const { problem } = (patch ?? {}) as {
    problem?: { signal?: Json; matrix?: Json; sound?: Json };
  };
  const replaced: Role[] = [
    ...(problem?.signal === undefined ? [] : (["truth", "measurements"] as const)),
    ...(problem?.matrix === undefined ? [] : (["matrix"] as const)),
    ...(problem?.sound === undefined ? [] : (["sound"] as const)),
  ];
  return spec.problem.data === undefined ? spec : withoutGiven(spec, replaced);
}

function specOf(name: string, text: string): Spec {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error(say.files.notJson(name));
  }
  if (value === null || typeof value !== "object" || !("methods" in value))
    throw new Error(say.files.notSpec(name));
  return value as Spec;
}
