import { readdirSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { inProject } from "../../scripts/lib/root.mjs";

/**
 * The workloads to run, one a size: `{ workload, file, size, name }`. Each file in bench/workloads exports
 *
 * - `order`, its number in the table, `name(size)` and `sizes`, objects of which `quick: true` marks those of a quick run and
 *   `only: "quick"` those of no other;
 * - `task(size)`, what the two builds run: see bench/crate/src/lib.rs. `times(size)` where a run repeats it;
 * - `python`, the peers and the gate: see bench/peers/serve.py;
 * - `rivals`, what runs in the tab beside ours: by name, a function from the size, `columns` and `measurements`, and the
 *   libraries to the function that is timed;
 * - `goals`, by workload and peer, the ratio that is hoped for;
 *
 * or, in place of tasks and peers, `rows(context)`, which measures by itself.
 */
export async function selected({ quick, only }) {
  const files = readdirSync(inProject("bench", "workloads")).filter((name) =>
    name.endsWith(".mjs"),
  );
  const found = await Promise.all(
    files.map(async (file) => {
      const path = inProject("bench", "workloads", file);
      const { default: workload } = await import(pathToFileURL(path).href);
      return { workload, file };
    }),
  );
  return found
    .sort((a, b) => a.workload.order - b.workload.order)
    .flatMap(({ workload, file }) =>
      workload.sizes
        .filter((size) => (quick ? size.quick : size.only !== "quick"))
        .map((size) => ({ workload, file, size, name: workload.name(size) })),
    )
    .filter(({ name }) => only === undefined || name.toLowerCase().includes(only.toLowerCase()));
}
