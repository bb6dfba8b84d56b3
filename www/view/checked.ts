import type { Lab } from "../lab.ts";
import { arrayNames } from "../words/array-names.ts";
import type { Checked, CheckedRun } from "../words/python.ts";
import { wholeMatrix } from "./arrays.ts";
import { given } from "./seen.ts";

/** Methods that scikit-learn has as `orthogonal_mp`: one column a step, least squares on all picks. */
const GREEDY = new Set(["omp", "batch-omp"]);

/** What of a lab's finished runs a script can check with the arrays that the lab saves. */
export function checkedOf(lab: Lab, link: string, file: string): Checked {
  const names = arrayNames(lab.spec.methods.map(({ id }) => id));
  const truth = given(lab, "truth")?.values;
  const matrix = wholeMatrix(lab) !== undefined;
  const methods = lab.recording?.methods ?? [];
  const comparable = methods.every(
    (method) =>
      method.traces.relative_error && method.at(method.last)?.estimate?.length === truth?.length,
  );
  const runs = methods.map((method, i): CheckedRun => {
    const id = lab.spec.methods[i]?.id ?? "";
    const digest = method.verdict?.digest;
    const estimate = method.at(method.last)?.estimate;
    return {
      name: names[i] ?? id,
      title: lab.catalogue.method(id)?.card.title ?? id,
      iterations: method.last,
      digest: estimate && digest === fingerprint(estimate) ? digest : undefined,
      lasso: method.traces.objective ? lassoOf(lab, i) : undefined,
      greedy: GREEDY.has(id),
    };
  });
  const plain = lab.spec.problem.id === "linear" && truth !== undefined && comparable;
  return { title: lab.exhibit.title, link, file, matrix, truth: plain, runs };
}

/** The penalty of a method whose parameters say that it solves the LASSO. */
function lassoOf(lab: Lab, i: number): CheckedRun["lasso"] {
  const { catalogue, spec } = lab;
  const properties = catalogue.method(spec.methods[i]?.id ?? "")?.params.properties ?? {};
  const share = Object.keys(properties).find((name) => properties[name]?.["x-path"] === "lasso");
  if (!share) return undefined;
  const lambda = catalogue.valueAt(spec, ["methods", i, "lambda"]);
  if (typeof lambda === "number") return { lambda };
  const ratio = catalogue.valueAt(spec, ["methods", i, share]);
  return typeof ratio === "number" ? { ratio } : undefined;
}

/** FNV-1a of the bytes, as `src/contract/digest.rs` has it; panels that show a profile of the estimate have another one. */
function fingerprint(values: Float64Array): string {
  let hash = 0xcbf29ce484222325n;
  const bytes = new DataView(new ArrayBuffer(8));
  for (const value of values) {
    bytes.setFloat64(0, value, true);
    for (let i = 0; i < 8; i += 1)
      hash = BigInt.asUintN(64, (hash ^ BigInt(bytes.getUint8(i))) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, "0");
}
