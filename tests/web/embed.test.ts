import { describe, expect, test } from "vitest";
import { frameIn } from "../../www/embed/frame.ts";
import { shadowCss } from "../../www/embed/shadow-css.ts";
import { firstMethod, wantedIn } from "../../www/embed/spec-text.ts";
import { packed } from "../../www/spec/link.ts";
import { partsIn } from "../../www/spec/parts.ts";
import type { Spec } from "../../www/spec/spec.ts";

const SPEC: Spec = { v: 1, problem: { id: "linear" }, methods: [{ id: "omp", sparsity: 3 }] };

describe("what an element may be given", () => {
  test("JSON", () => {
    expect(wantedIn(` ${JSON.stringify(SPEC)}\n`)).toEqual({ spec: SPEC });
  });

  test("a share link, its part after #, or what follows s=", () => {
    const text = packed(SPEC);
    const edited = { exhibit: "omp", spec: SPEC };
    expect(wantedIn(`https://a.example/lab/#/omp?s=${text}`)).toEqual(edited);
    expect(wantedIn(`#/omp?s=${text}`)).toEqual(edited);
    expect(wantedIn(text)).toEqual({ spec: SPEC });
  });

  test("an exhibit", () => {
    expect(wantedIn("#/omp")).toEqual({ exhibit: "omp" });
    expect(wantedIn("https://a.example/#/fista")).toEqual({ exhibit: "fista" });
  });

  test.each([
    ["", /is empty/],
    ["{", /is not JSON/],
    ["#/omp?s=AAAA", /cut short or damaged/],
    ["Nonsense!", /neither JSON nor a share link/],
    ["#/index", /neither JSON nor a share link/],
    [`{${" ".repeat(8_000_001)}}`, /The limit is/],
  ])("else one sentence: %#", (text, sentence) => {
    expect(() => wantedIn(text)).toThrow(sentence);
  });

  test("the first method of anything", () => {
    expect(firstMethod(SPEC)).toBe("omp");
    for (const spec of [
      undefined,
      null,
      3,
      {},
      { methods: 1 },
      { methods: [] },
      { methods: [{ id: 2 }] },
    ])
      expect(firstMethod(spec)).toBeUndefined();
  });
});

test("parts are named apart by spaces or commas", () => {
  expect([...partsIn("verdict, sentence  nothing")].sort()).toEqual(["sentence", "verdict"]);
});

test("the address of a frame", () => {
  expect(frameIn("")).toBeUndefined();
  expect(frameIn("?hide=verdict")).toBeUndefined();
  expect(frameIn("?embed&theme=blue")).toEqual({ hide: new Set(), theme: undefined });
  expect(frameIn("?embed&hide=verdict&theme=dark")).toEqual({
    hide: new Set(["verdict"]),
    theme: "dark",
  });
});

describe("the page's style sheet inside an element", () => {
  const inside = (css: string) => shadowCss(css).inside;

  test("what is said of the page is said of the root", () => {
    expect(inside(":root{--a:1}")).toContain(".pursuit-root{--a:1}");
    expect(inside("a{}html:not([data-theme=light]),body{margin:0}")).toContain(
      "a{}.pursuit-root:not([data-theme=light]),.pursuit-root{margin:0}",
    );
  });

  test("and of nothing whose name only ends so", () => {
    const css = "tbody th{width:calc(var(--size-body))}.katex-html{top:0}";
    expect(inside(css)).toContain(css);
  });

  test("widths are the element's own", () => {
    expect(inside("@media (max-width: 700px){a{}}")).toContain(
      "@container pursuit (max-width: 700px){",
    );
    expect(inside("@media (width<=700px){a{}}")).toContain("@container pursuit (width<=700px){");
    expect(inside("@media (prefers-contrast: more){a{width:1px}}")).toContain(
      "@media (prefers-contrast",
    );
  });

  test("sizes do not depend on the host's root size", () => {
    expect(inside("a{font-size:1.25rem;top:.5rem}")).toContain("a{font-size:20px;top:8px}");
  });

  test("typefaces stand apart", () => {
    const face = "@font-face{font-family:F;src:url(f.woff2)}";
    expect(shadowCss(`${face}a{}`).fonts).toBe(face);
    expect(inside(`${face}a{}`)).not.toContain("@font-face");
  });
});
