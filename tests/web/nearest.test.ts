import { describe, expect, test } from "vitest";
import type { Exhibit, System } from "../../www/spec/catalogue.ts";
import { nearestExhibit } from "../../www/spec/nearest.ts";
import { CATALOGUE } from "./lib/wasm.ts";

const exhibit = (id: string, lab: string, title: string, idea = ""): Exhibit =>
  ({ id, lab, title, idea, paper: { title: "" } }) as unknown as Exhibit;
const system = (lab: string, title: string): System => ({ n: 1, id: "s", lab, title });

const EXHIBITS = [
  exhibit("omp", "recovery", "Orthogonal matching pursuit", "Pick the best column."),
  exhibit("ista", "recovery", "Iterative soft thresholding", "Shrink all entries by a threshold."),
  exhibit("sbl", "recovery", "Sparse Bayesian learning", "Learn a variance for each entry."),
  exhibit("prune", "networks", "Bayesian pruning"),
];

describe("the nearest exhibit", () => {
  test("shares words, whatever their endings, with the system", () => {
    const nearest = (title: string) => nearestExhibit(system("recovery", title), EXHIBITS)?.id;
    expect(nearest("Bayesian Algorithms for Vector Recovery")).toBe("sbl");
    expect(nearest("Fast thresholds with feedback")).toBe("ista");
    expect(nearest("Matched columns")).toBe("omp");
  });

  test("is of the same lab, or there is none", () => {
    expect(nearestExhibit(system("networks", "Matching pursuit"), EXHIBITS)?.id).toBe("prune");
    expect(nearestExhibit(system("imaging", "Bayesian pursuit"), EXHIBITS)).toBeUndefined();
  });

  test("a word that few exhibits have counts more", () => {
    const many = ["a", "b", "c"].map((id) => exhibit(id, "x", "greedy selection"));
    const rare = exhibit("d", "x", "proximal splitting");
    const title = "Greedy and proximal";
    expect(nearestExhibit(system("x", title), [...many, rare])?.id).toBe("d");
  });

  test("leads somewhere from every system of a lab that has exhibits", () => {
    const { systems, exhibits } = CATALOGUE.data;
    const labs = new Set(exhibits.map(({ lab }) => lab));
    for (const one of systems)
      expect(nearestExhibit(one, exhibits) !== undefined, one.id).toBe(labs.has(one.lab));
    const nearest = (id: string) =>
      nearestExhibit(systems.find((one) => one.id === id) as System, exhibits)?.id;
    expect(nearest("kronecker-sbl")).toMatch(/sbl|amp/);
  });
});
