import { zipSync } from "fflate";
import { npy, npy_matrix } from "../../target/web/front/pursuit.js";
import type { Lab } from "../lab.ts";
import type { PanelData } from "../solve/protocol.ts";
import { arrayNames } from "../words/array-names.ts";
import { given } from "./seen.ts";

/** Panels that the file has under other names, or not at all: the Gram matrix follows from the matrix. */
const NAMED_OTHERWISE = new Set(["truth", "measurements", "matrix", "gram"]);

/** The matrix of `y = A x + e`, where the page has all of it. */
export function wholeMatrix(lab: Lab): PanelData | undefined {
  const facts = lab.recording?.description.facts;
  const panel = given(lab, "matrix");
  const whole = facts && panel && panel.rows === facts.rows && panel.cols === facts.cols;
  const plain = lab.spec.problem.id === "linear" && facts?.basis === "identity" && !facts.complex;
  return whole && plain ? panel : undefined;
}

/** Everything that is known of a lab's runs as arrays for NumPy. */
export function npzOf(lab: Lab): Uint8Array<ArrayBuffer> {
  const files: Record<string, Uint8Array> = {};
  const put = (name: string, values: ArrayLike<number> | undefined) => {
    if (values) files[`${name}.npy`] = npy(Float64Array.from(values));
  };
  const putMatrix = (name: string, panel: PanelData | undefined) => {
    if (panel) files[`${name}.npy`] = npy_matrix(panel.rows, panel.cols, panel.values);
  };
  put("x", given(lab, "truth")?.values);
  put("y", given(lab, "measurements")?.values);
  putMatrix("A", wholeMatrix(lab));
  for (const panel of lab.recording?.description.panels ?? [])
    if (!NAMED_OTHERWISE.has(panel.id) && panel.values.length === panel.rows * panel.cols)
      putMatrix(`panel_${panel.id.replaceAll("-", "_")}`, panel);
  const names = arrayNames(lab.spec.methods.map(({ id }) => id));
  for (const [i, method] of (lab.recording?.methods ?? []).entries()) {
    put(`estimate_${names[i]}`, method.at(method.last)?.estimate);
    for (const [trace, values] of Object.entries(method.traces))
      put(`trace_${names[i]}_${trace}`, values);
  }
  return zipSync(files) as Uint8Array<ArrayBuffer>;
}
