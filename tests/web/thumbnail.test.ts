import { nothing } from "lit";
import { describe, expect, test } from "vitest";
import { optionsOf } from "../../www/spec/catalogue.ts";
import { amplitude } from "../../www/view/thumbnails/amplitude.ts";
import { basis } from "../../www/view/thumbnails/basis.ts";
import { matrix } from "../../www/view/thumbnails/matrix.ts";
import { familyOf } from "../../www/view/thumbnails/method.ts";
import { noise } from "../../www/view/thumbnails/noise.ts";
import { named, signal } from "../../www/view/thumbnails/signal.ts";
import { CATALOGUE } from "./lib/wasm.ts";

const params = CATALOGUE.problem("linear")?.params.properties ?? {};
const options = (name: string) => optionsOf(params[name] ?? {});

describe("thumbnails", () => {
  // A new option has an empty frame until somebody draws it; those of today are all drawn but for files.
  for (const [name, of] of Object.entries({ matrix, signal, noise, basis }))
    test(`every ${name} of the menus is drawn`, () => {
      const missing = options(name).filter(({ id }) => of(id) === nothing);
      expect(missing.map(({ id }) => id)).toEqual(name === "matrix" ? ["file"] : []);
    });

  test("amplitudes and named signals are drawn", () => {
    const choices = (params.signal?.oneOf ?? []).flatMap((option) =>
      Object.entries(option.properties ?? {}),
    );
    const ids = (field: string) =>
      choices.filter(([name]) => name === field).flatMap(([, schema]) => optionsOf(schema));
    const missing = (field: string, of: (id: string) => unknown) =>
      ids(field).filter(({ id }) => of(id) === nothing);
    expect(ids("amplitude").length).toBeGreaterThan(4);
    expect([missing("amplitude", amplitude), missing("name", named)]).toEqual([[], []]);
  });

  test("what is not known is not drawn as something else", () => {
    for (const of of [amplitude, basis, matrix, noise, named, signal])
      expect(of("of another lab")).toBe(nothing);
  });

  test("methods are of the family that their own words tell", () => {
    const families = Object.fromEntries(
      CATALOGUE.methodOptions("linear").map(({ id, label, line }) => [
        id,
        familyOf(`${label} ${line}`),
      ]),
    );
    expect(families).toMatchObject({
      omp: "picks",
      cosamp: "picks",
      "subspace-pursuit": "picks",
      iht: "threshold",
      niht: "threshold",
      htp: "threshold",
      ista: "shrinkage",
      fista: "shrinkage",
      "lasso-cd": "shrinkage",
      "basis-pursuit": "fit",
      "reweighted-l1": "fit",
      amp: "bell",
      sbl: "bell",
      mp: "picks",
      ols: "picks",
      "generalized-omp": "picks",
      stomp: "picks",
      "regularized-omp": "picks",
      "best-subset": "picks",
      "half-thresholding": "shrinkage",
      irls: "fit",
      vamp: "bell",
      "bg-amp": "bell",
      "fast-sbl": "bell",
    });
  });
});
