import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { frameIn } from "../../www/embed/frame.ts";
import { placeOf } from "../../www/spec/link.ts";

interface Cell {
  id: string;
  cell_type: string;
  source: string[];
  outputs?: unknown[];
  execution_count?: number | null;
}

const text = readFileSync("examples/notebook.ipynb", "utf8");
const notebook = JSON.parse(text) as {
  nbformat: number;
  nbformat_minor: number;
  metadata: object;
  cells: Cell[];
};
const code = notebook.cells.filter(({ cell_type }) => cell_type === "code");
const python = ["python3", "python"].find((name) => spawnSync(name, ["--version"]).status === 0);

describe("the notebook", () => {
  test("has the form of nbformat 4.5", () => {
    expect([notebook.nbformat, notebook.nbformat_minor]).toEqual([4, 5]);
    const ids = notebook.cells.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { cell_type, source } of notebook.cells) {
      expect(["code", "markdown"]).toContain(cell_type);
      expect(Array.isArray(source)).toBe(true);
    }
  });

  test("has no outputs and no paths of anybody's machine", () => {
    for (const { outputs, execution_count } of code)
      expect([outputs, execution_count]).toEqual([[], null]);
    expect(text).not.toMatch(/\/home\/|\/Users\/|\/work\/|\/tmp\/|C:\\\\/);
  });

  test.skipIf(!python)("makes a link that the page reads", () => {
    // The cells up to the one that makes the link need nothing but Python.
    const upTo = code.findIndex(({ source }) => source.join("").includes("def link("));
    const script = code
      .slice(0, upTo + 1)
      .map(({ source }) => source.join(""))
      .join("\n");
    const run = `${script}\nprint(link(spec, hide="matrix"))\nprint(json.dumps(spec))`;
    const { stdout, stderr } = spawnSync(python as string, ["-c", run], { encoding: "utf8" });
    expect(stderr).toBe("");
    const [link = "", spec = ""] = stdout.trim().split("\n");
    const { search, hash } = new URL(link);
    expect(frameIn(search)?.hide).toEqual(new Set(["matrix"]));
    expect(placeOf(hash)).toEqual({ page: "lab", exhibit: "omp", spec: JSON.parse(spec) });
  });
});
