import { describe, expect, test } from "vitest";
import { MapSheet } from "../../www/sweep/map-sheet.ts";

describe("a map that is taken away", () => {
  const words = {
    title: "Success of A & B",
    across: "measurements per unknown, m / n",
    up: "x < y",
    ends: ["\u22120.34", "1.32"] as [string, string],
  };
  const colours = { scale: ["#000000", "#777777", "#ffffff"], ink: "#111111", paper: "#fefefe" };
  const sheet = new MapSheet(words, colours, { width: 500, height: 400, bottom: 40 });
  const text = sheet.svg('<svg width="500" height="400" xmlns="x">\n<rect/></svg>\n');

  test("has its title, the names of its axes and its scale, as text", () => {
    const said = [...text.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, one]) => one);
    expect(said).toEqual([
      "Success of A &amp; B",
      "\u22120.34",
      "1.32",
      "measurements per unknown, m / n",
      "x &lt; y",
    ]);
    expect(text).toMatch(/rotate\(-90 [^"]*"[^>]*>x &lt; y/);
    expect(text.match(/stop-color="#\w+"/g)).toHaveLength(3);
  });

  test("has the picture below them, unchanged", () => {
    expect(sheet.height).toBeGreaterThan(400);
    expect(text).toContain('<svg y="40" width="500" height="400" xmlns="x">\n<rect/></svg>');
    expect(text.startsWith("<svg ")).toBe(true);
  });
});
