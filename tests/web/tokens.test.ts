// The promises of the palette: who reads it how well, whatever eyes they have.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { contrast, distance, labOf, rgbOf, SIGHTS, seen } from "./lib/colour.ts";

const CSS = ["tokens", "lecture"]
  .map((name) => readFileSync(new URL(`../../www/styles/${name}.css`, import.meta.url), "utf8"))
  .join("\n");
const sights = Object.keys(SIGHTS);
const THEMES = { light: tokensOf(":root"), dark: tokensOf(':root[data-theme="dark"]') };
/** For a hall: they stand out more, and nobody takes one for another sooner than elsewhere. */
const LECTURES = {
  light: tokensOf(":root[data-lecture]"),
  dark: new Map([...THEMES.dark, ...tokensOf(':root[data-lecture][data-theme="dark"]', [])]),
};
const SURFACES = ["paper", "paper-sunk", "paper-hover", "paper-raised"];

const METHODS = ["method-a", "method-b", "method-c", "method-d"];
/** Colours that are seen together, and how far apart they are at least, for each kind of sight. */
const TOGETHER: [string[], Record<string, number[]>][] = [
  [
    ["truth", "hit", "miss", "false-alarm"],
    { light: [19.7, 20.8, 16.8, 16.2], dark: [19.5, 16.4, 18.8, 18.9] },
  ],
  [
    ["truth", "estimate", "measured", "residual"],
    { light: [19.7, 11.0, 13.1, 16.2], dark: [19.5, 19.9, 16.7, 15.2] },
  ],
  [["truth", ...METHODS], { light: [19.7, 19.0, 14.6, 12.2], dark: [19.5, 14.9, 16.2, 15.9] }],
  [
    [...METHODS, "miss", "false-alarm"],
    { light: [21.3, 8.8, 14.6, 12.2], dark: [13.2, 8.0, 12.3, 11.2] },
  ],
];

/** The tokens of one rule; what it leaves out is as in `under`. */
function tokensOf(selector: string, under: string[] = [":root"]): Map<string, string> {
  const rule = (name: string) => {
    const from = CSS.indexOf(`${name} {`);
    if (from < 0) throw new Error(`the style sheets have no rule ${name}`);
    const body = CSS.slice(from, CSS.indexOf("}", from));
    return [...body.matchAll(/--([\w-]+):\s*([^;]+);/g)].map(
      ([, token = "", value = ""]) => [token, value.trim()] as const,
    );
  };
  return new Map([...under.flatMap(rule), ...rule(selector)]);
}

function colour(theme: Map<string, string>, name: string) {
  return rgbOf(theme.get(name) ?? "missing");
}

/** The two colours of a set that are nearest to one another for a kind of sight. */
function nearest(theme: Map<string, string>, names: string[], sight: string): number {
  const seenLabs = names.map((name) => labOf(seen(colour(theme, name), sight)));
  return Math.min(...seenLabs.flatMap((a, i) => seenLabs.slice(i + 1).map((b) => distance(a, b))));
}

test("the measure of distance is CIEDE2000", () => {
  // Pairs 1, 7, 17 and 25 of Sharma, Wu and Dalal 2005, table 1.
  expect(distance([50, 2.6772, -79.7751], [50, 0, -82.7485])).toBeCloseTo(2.0425, 4);
  expect(distance([50, 0, 0], [50, -1, 2])).toBeCloseTo(2.3669, 4);
  expect(distance([50, 2.5, 0], [73, 25, -18])).toBeCloseTo(27.1492, 4);
  expect(distance([60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387])).toBeCloseTo(
    1.2644,
    4,
  );
});

test("dark by the system's wish is dark by the page's own", () => {
  const wished = tokensOf(':root:not([data-theme="light"])');
  expect(Object.fromEntries(wished)).toEqual(Object.fromEntries(THEMES.dark));
});

describe.each(Object.entries(THEMES))("%s", (name, theme) => {
  test.each<[string, number]>([
    ["ink", 15.5],
    ["ink-2", 8.2],
    ["ink-3", 5.6],
    ["error-text", 6],
    ["theory", 15.5],
    ...["truth", "estimate", "hit", "miss", "false-alarm", "measured", "residual"].map(
      (token): [string, number] => [token, 4.5],
    ),
    ...["a", "b", "c", "d"].map((letter): [string, number] => [`method-${letter}`, 4.5]),
  ])("%s stands out from paper by %d", (token, least) => {
    expect(contrast(colour(theme, token), colour(theme, "paper"))).toBeGreaterThanOrEqual(least);
  });

  test("words can be read on every surface, and an error on its wash", () => {
    for (const surface of SURFACES)
      for (const token of ["ink", "ink-2", "ink-3"])
        expect(
          contrast(colour(theme, token), colour(theme, surface)),
          `${token} on ${surface}`,
        ).toBeGreaterThanOrEqual(4.5);
    expect(
      contrast(colour(theme, "error-text"), colour(theme, "error-wash")),
    ).toBeGreaterThanOrEqual(4.5);
    expect(contrast(colour(theme, "ink-inverse"), colour(theme, "ink"))).toBeGreaterThanOrEqual(7);
  });

  test("controls and axes can be seen on every surface", () => {
    for (const surface of SURFACES)
      for (const token of ["control", "axis", "focus"])
        expect(
          contrast(colour(theme, token), colour(theme, surface)),
          `${token} on ${surface}`,
        ).toBeGreaterThanOrEqual(3);
  });

  test("no kind of sight loses a colour of data", () => {
    for (const sight of sights)
      for (const token of ["truth", "estimate", "miss", "false-alarm", "measured", "residual"])
        expect(
          contrast(seen(colour(theme, token), sight), seen(colour(theme, "paper"), sight)),
          `${token}, ${sight}`,
        ).toBeGreaterThanOrEqual(4.05);
  });

  test.each(TOGETHER)("%j keep their distances", (names, least) => {
    const found = sights.map((sight) => nearest(theme, names, sight));
    for (const [i, value] of found.entries())
      expect(value, sights[i]).toBeGreaterThanOrEqual((least[name]?.[i] ?? 0) - 0.15);
  });

  test("the sequential map runs from paper to deep or bright in even lightness for all sights", () => {
    for (const sight of sights) {
      const labs = stops(theme, "seq", sight);
      const steps = labs.slice(1).map((lab, i) => lab[0] - (labs[i] ?? lab)[0]);
      const rising = name === "dark" ? 1 : -1;
      for (const [i, step] of steps.entries())
        expect(rising * step, `${sight}, step ${i}`).toBeGreaterThan(0);
      const distances = labs.slice(1).map((lab, i) => distance(lab, labs[i] ?? lab));
      expect(Math.min(...distances), sight).toBeGreaterThanOrEqual(4.4);
    }
  });

  test("the diverging map has paper in the middle and ends that nobody takes for one another", () => {
    const middle = labOf(colour(theme, "div-4"));
    expect(distance(middle, labOf(colour(theme, "paper")))).toBeLessThan(8);
    for (const sight of sights) {
      const labs = stops(theme, "div", sight);
      const [first, last] = [labs[0], labs[8]];
      if (!first || !last) throw new Error("nine stops");
      expect(distance(first, last), sight).toBeGreaterThanOrEqual(34.5);
      for (let i = 1; i < labs.length; i += 1)
        expect(
          distance(labs[i - 1] ?? first, labs[i] ?? first),
          `${sight}, step ${i}`,
        ).toBeGreaterThanOrEqual(10.5);
      // Away from zero the map only gets darker, or only brighter, on both sides.
      const away = name === "dark" ? 1 : -1;
      for (let i = 4; i < 8; i += 1) {
        expect(away * ((labs[i + 1]?.[0] ?? 0) - (labs[i]?.[0] ?? 0)), sight).toBeGreaterThan(0);
        expect(away * ((labs[7 - i]?.[0] ?? 0) - (labs[8 - i]?.[0] ?? 0)), sight).toBeGreaterThan(
          0,
        );
      }
    }
  });
});

describe.each(Object.entries(LECTURES))("a lecture, %s", (name, theme) => {
  const data = ["truth", "estimate", "hit", "miss", "false-alarm", "measured", "residual"];

  test.each([...data, ...METHODS, "theory", "ink", "ink-2", "ink-3"])(
    "%s stands out from paper by 7, for all sights by 6",
    (token) => {
      const paper = colour(theme, "paper");
      expect(contrast(colour(theme, token), paper)).toBeGreaterThanOrEqual(7);
      for (const sight of sights)
        expect(
          contrast(seen(colour(theme, token), sight), seen(paper, sight)),
          sight,
        ).toBeGreaterThanOrEqual(6);
    },
  );

  test.each(TOGETHER)("%j keep their distances, to a twentieth", (names, least) => {
    for (const [i, sight] of sights.entries())
      expect(nearest(theme, names, sight), sight).toBeGreaterThanOrEqual(
        0.95 * (least[name]?.[i] ?? 0),
      );
  });

  test("controls and axes can be seen on every surface", () => {
    for (const surface of SURFACES)
      for (const token of ["control", "axis", "focus"])
        expect(
          contrast(colour(theme, token), colour(theme, surface)),
          `${token} on ${surface}`,
        ).toBeGreaterThanOrEqual(4.5);
  });
});

test("a lecture that is dark by the system's wish is dark by the page's own", () => {
  const wished = tokensOf(':root[data-lecture]:not([data-theme="light"])', []);
  expect(Object.fromEntries(wished)).toEqual(
    Object.fromEntries(tokensOf(':root[data-lecture][data-theme="dark"]', [])),
  );
});

function stops(theme: Map<string, string>, map: string, sight: string) {
  return Array.from({ length: 9 }, (_, i) => labOf(seen(colour(theme, `${map}-${i}`), sight)));
}
