import { byLab, MODULES, PARTS } from "../lab-files.ts";
import { labOf } from "../lab-of.ts";
import { once } from "../once.ts";
import type { LabPart } from "../spec/catalogue.ts";

/** The glue of a lab's module. Each lab has a copy of its own, as a copy serves one module. */
export type Glue = typeof import("../../target/web/lab.js");

const GLUE = byLab(
  import.meta.glob<Glue>(["../../target/web/*/pursuit.js", "!../../target/web/front/*"]),
);

const started = new Map<string, Promise<Glue>>();
const declared = new Map<string, Promise<LabPart>>();

/** A lab's solvers, compiled and started in this thread at the first call. */
export function startLab(lab: string): Promise<Glue> {
  return once(started, lab, async () => {
    const load = GLUE[lab];
    if (!load) throw new Error(`There is no lab "${lab}".`);
    const [glue, bytes] = await Promise.all([load(), bytesAt(MODULES[lab] ?? "")]);
    glue.initSync({ module: await WebAssembly.compile(bytes) });
    return glue;
  });
}

/** What each lab declares. */
export function allParts(): Promise<LabPart[]> {
  return Promise.all(
    Object.entries(PARTS).map(([lab, url]) =>
      once(declared, lab, async () => JSON.parse(new TextDecoder().decode(await bytesAt(url)))),
    ),
  );
}

/** The lab that has a method. */
export async function labOfMethod(id: string): Promise<string | undefined> {
  const known = labOf(id);
  if (known) return known;
  const cards = (await allParts()).flatMap(({ methods }) => methods.map(({ card }) => card));
  return cards.find((card) => card.id === id)?.lab;
}

/** A file of the package: from disk in Node, which fetches no file: addresses, else from where the script came from. */
async function bytesAt(url: string): Promise<Uint8Array<ArrayBuffer>> {
  if (url.startsWith("file:")) {
    // Not an import: bundlers for browsers would look for the module.
    const { readFile } = process.getBuiltinModule("node:fs/promises");
    return readFile(new URL(url)) as Promise<Uint8Array<ArrayBuffer>>;
  }
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} did not load (${response.status}).`);
  return new Uint8Array(await response.arrayBuffer());
}
