import { describe, expect, test } from "vitest";
import { sixDigits } from "../../www/figures/look.ts";
import { withDensity } from "../../www/view/png.ts";
import { arrayNames } from "../../www/words/array-names.ts";
import { bibtexOfPaper, bibtexOfSpec } from "../../www/words/bibtex.ts";
import { elementCode, frameCode } from "../../www/words/embed-code.ts";
import { pythonOf } from "../../www/words/python.ts";

describe("BibTeX of a paper", () => {
  const paper = {
    authors: "Daubechies, Defrise and De Mol",
    title: "An iterative thresholding algorithm",
    year: 2004,
    link: "https://doi.org/10.1002/cpa.20042",
  };

  test("names authors one by one and keeps surnames of two words whole", () => {
    expect(bibtexOfPaper(paper)).toBe(
      "@misc{daubechies2004iterative,\n  author = {Daubechies and Defrise and {De Mol}},\n  title = {{An iterative thresholding algorithm}},\n  year = {2004},\n  doi = {10.1002/cpa.20042}\n}",
    );
  });

  test("has the number at arXiv, or the address", () => {
    const arxiv = bibtexOfPaper({ ...paper, link: "https://arxiv.org/abs/2303.00844" });
    expect(arxiv).toContain("  eprint = {2303.00844},\n  archivePrefix = {arXiv}\n");
    const other = bibtexOfPaper({ ...paper, link: "https://a.example/a_b.pdf" });
    expect(other).toContain("  url = {https://a.example/a_b.pdf}\n");
    expect(other).not.toContain("doi");
  });

  test("leaves out what is not known, and invents nothing", () => {
    const bare = bibtexOfPaper({ authors: "", title: "A title", year: 0, link: "" });
    expect(bare).toBe("@misc{title,\n  title = {{A title}}\n}");
    expect(bibtexOfPaper(paper)).not.toMatch(/journal|booktitle|volume|pages/);
  });

  test("escapes what means something to TeX", () => {
    expect(bibtexOfPaper({ ...paper, title: "50 % of A & B" })).toContain("{{50 \\% of A \\& B}}");
  });

  test("has a key of plain letters", () => {
    expect(bibtexOfPaper({ ...paper, authors: "Candès and Tao" })).toMatch(/^@misc\{candes2004/);
  });
});

test("BibTeX of a Spec has link, version and day", () => {
  const entry = bibtexOfSpec("OMP", "https://a.example/#/omp?s=a_b-c", "0.1.0", "2026-12-01");
  expect(entry).toContain(
    "  version = {0.1.0},\n  url = {https://a.example/#/omp?s=a_b-c},\n  urldate = {2026-12-01}\n",
  );
});

test("methods that come twice have arrays of their own", () => {
  expect(arrayNames(["omp", "lasso-cd", "omp"])).toEqual(["omp", "lasso_cd", "omp_2"]);
});

describe("the script for Python", () => {
  const run = {
    name: "omp",
    title: "OMP",
    iterations: 4,
    digest: "0f",
    lasso: undefined,
    greedy: false,
  };
  const checked = {
    title: "OMP",
    link: "https://a.example/#/omp",
    file: "a.npz",
    matrix: false,
    truth: false,
    runs: [run],
  };

  test("asks only for arrays that the file has", () => {
    const script = pythonOf(checked);
    expect(script).toContain('data["estimate_omp"]');
    expect(script).toContain('fingerprint(estimate) == "0f"');
    for (const name of ['data["A"]', 'data["x"]', "sklearn"]) expect(script).not.toContain(name);
    expect(pythonOf({ ...checked, runs: [{ ...run, digest: undefined }] })).not.toContain(
      "fingerprint",
    );
  });

  test("cannot be broken out of by a title or a link", () => {
    const script = pythonOf({
      ...checked,
      title: '"""\nimport os',
      link: 'https://a.example/"""\\',
      runs: [{ ...run, title: "a\nimport os" }],
    });
    expect(script.match(/"""/g)).toHaveLength(4);
    expect(script).not.toMatch(/^import os/m);
  });

  test("does not quote a link that is very long", () => {
    expect(pythonOf({ ...checked, link: "x".repeat(5000) }).length).toBeLessThan(2000);
  });
});

test("a PNG says its density behind its head", () => {
  const png = Uint8Array.from({ length: 60 }, (_, i) => i);
  const dense = withDensity(png, 300);
  expect(dense.length).toBe(60 + 21);
  expect([...dense.subarray(0, 33)]).toEqual([...png.subarray(0, 33)]);
  expect([...dense.subarray(54)]).toEqual([...png.subarray(33)]);
  const view = new DataView(dense.buffer, 33);
  expect([view.getUint32(8), view.getUint32(12), view.getUint8(16)]).toEqual([11811, 11811, 1]);
  // The check that zlib computes of these 13 bytes.
  expect(view.getUint32(17)).toBe(0x78a53f76);
});

test("colours that were made short are whole again", () => {
  expect(["#fff", "#1aF", "#123456", ""].map(sixDigits)).toEqual([
    "#ffffff",
    "#11aaFF",
    "#123456",
    "",
  ]);
});

describe("code to embed", () => {
  test("is one line, and quotes what it holds", () => {
    expect(elementCode("https://a.example/lab/", "#/omp")).toBe(
      '<script type="module" src="https://a.example/lab/embed/pursuit-lab.js"></script><pursuit-lab spec="#/omp"></pursuit-lab>',
    );
    expect(frameCode("https://a.example/", "#/omp?s=a", 'A "b" & <c>', 99.2)).toBe(
      '<iframe src="https://a.example/?embed#/omp?s=a" title="A &quot;b&quot; &amp; &lt;c>" width="100%" height="100" style="border:0" loading="lazy"></iframe>',
    );
  });
});
