import { say } from "../messages/say.ts";

import { capital } from "../words/capital.ts";
import type { Option } from "./catalogue.ts";
import { addressOf } from "./link.ts";
import type { Spec } from "./spec.ts";

const FILES = import.meta.glob<Spec>("../../examples/*.json", { eager: true, import: "default" });

/** Specs on real data that ship with the page, by name. */
export const EXAMPLES = new Map(
  Object.entries(FILES).map(([path, spec]) => [path.replace(/^.*\/|\.json$/g, ""), spec]),
);

/** The examples as options of a choice. Their data and errors are told in `examples/README.md`. */
export function exampleOptions(): Option[] {
  const { exampleNames, exampleLines } = say.page;
  return [...EXAMPLES.keys()].map((id) => {
    const words = id.replaceAll("-", " ");
    return { id, label: exampleNames[id] ?? capital(words), line: exampleLines[id] ?? "" };
  });
}

/** Where an example is: an exhibit of its first method. */
export function exampleAddress(id: string): string {
  const spec = EXAMPLES.get(id);
  const exhibit = spec?.methods[0]?.id;
  return spec && exhibit ? addressOf({ page: "lab", exhibit, spec }) : "#/index";
}
