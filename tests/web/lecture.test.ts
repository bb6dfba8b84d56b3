import { expect, test } from "vitest";
import type { Lab } from "../../www/lab.ts";
import { actOf } from "../../www/lecture/keys.ts";
import { LEAST, magnification } from "../../www/lecture/magnification.ts";
import { panelsOf, without } from "../../www/lecture/panels.ts";
import type { Handout } from "../../www/spec/handout.ts";
import { addressOf, placeOf } from "../../www/spec/link.ts";
import { PARTS } from "../../www/spec/parts.ts";
import { recorded } from "./lib/recorded.ts";
import { CATALOGUE } from "./lib/wasm.ts";

const key = (name: string, more = {}) =>
  actOf({ key: name, ctrlKey: false, altKey: false, metaKey: false, ...more });

test("a clicker's keys turn panels, whatever it sends", () => {
  for (const name of ["PageDown", "ArrowRight", "ArrowDown"])
    expect(key(name)).toEqual({ turn: 1 });
  for (const name of ["PageUp", "ArrowLeft", "ArrowUp"]) expect(key(name)).toEqual({ turn: -1 });
  for (const name of ["b", "B", "."]) expect(key(name)).toBe("black");
  expect(key("1")).toEqual({ panel: 0 });
  expect(key("9")).toEqual({ panel: 8 });
  expect(key("Escape")).toBe("leave");
  expect(key("?")).toBe("keys");
});

test("the lab's keys and the browser's stay theirs", () => {
  for (const name of [" ", "j", "l", "Home", "End", "0", "Tab", "Enter", "toString"])
    expect(key(name)).toBeUndefined();
  for (const held of ["ctrlKey", "altKey", "metaKey"])
    expect(key("PageDown", { [held]: true })).toBeUndefined();
});

test("a hall gets at least 1.6 of the page's size, a hand the page", () => {
  expect(magnification(1920, 1080)).toBeGreaterThanOrEqual(2);
  for (const [width, height] of [
    [1280, 720],
    [1024, 768],
    [800, 600],
  ] as const)
    expect(magnification(width, height)).toBeGreaterThanOrEqual(LEAST);
  expect(LEAST).toBeGreaterThanOrEqual(1.6);
  expect(magnification(390, 844)).toBe(1);
});

/** What a lecture asks of a lab. */
function labOf(exhibit: string, handout?: Handout): Lab {
  const spec = CATALOGUE.canonical(JSON.parse(CATALOGUE.exhibit(exhibit)?.spec ?? ""));
  const problem = CATALOGUE.problem(spec.problem.id);
  const recording = recorded(spec, problem?.lab);
  return { spec, recording, handout, focus: 0, page: problem?.page ?? undefined } as unknown as Lab;
}

test("each panel of an exhibit is turned to once, and alone", () => {
  const panels = panelsOf(labOf("omp"), false);
  expect(panels.map(({ name }) => name)).toEqual([
    "picture",
    "traces",
    "panels",
    "measured",
    "matrix",
  ]);
  for (const panel of panels) {
    const shown = PARTS.filter((part) => !without(panel).has(part));
    expect(shown.sort()).toEqual(["sentence", "verdict", panel.name].sort());
  }
});

test("panels of any problem are turned one by one", () => {
  const lab = labOf("sinkhorn-newton-sparse");
  const ids = lab.recording?.methods[0]?.frames[0]?.panels?.map(({ id }) => id) ?? [];
  const panels = panelsOf(lab, false);
  const alone = panels.flatMap(({ only }) => only ?? []);
  expect(new Set(alone).size).toBe(alone.length);
  expect([...alone, ...(lab.page?.picture ?? [])].sort()).toEqual(ids.sort());
  for (const { name } of panels) {
    const place = { page: "lab" as const, exhibit: "omp", lecture: name };
    expect(placeOf(addressOf(place))).toEqual(place);
  }
});

test("a lesson begins with its text, and a handout's hidden parts stay hidden", () => {
  expect(panelsOf(labOf("omp"), true)[0]?.name).toBe("text");
  const hidden = panelsOf(labOf("omp", { hide: ["matrix", "traces"], lock: [] }), false);
  expect(hidden.map(({ name }) => name)).toEqual(["picture", "panels", "measured"]);
});

test("an address names a step and a panel, and nothing that is no name", () => {
  const place = { page: "lesson" as const, lesson: "why-l1", step: 2, lecture: "text" };
  expect(placeOf(addressOf(place))).toEqual(place);
  for (const lecture of ["", "<b>", "a.b.c", "x".repeat(200), "A"])
    expect(placeOf(`#/omp?lecture=${encodeURIComponent(lecture)}`)).toEqual({
      page: "lab",
      exhibit: "omp",
    });
});
