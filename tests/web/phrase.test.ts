import { describe, expect, test } from "vitest";
import type { Spec } from "../../www/spec/spec.ts";
import { isSaid, phrase, type Slots, settled } from "../../www/view/phrase.ts";
import { CATALOGUE } from "./lib/wasm.ts";

const PENALTY = "<lambda|with penalty {lambda}|at {lambda_ratio} of the largest>";
const FUNCTION = "{function}<function=formula| {formula}|>";

function fista(params: object): Spec {
  return {
    v: 1,
    problem: { id: "linear" },
    methods: [{ id: "fista", ...params }],
  } as unknown as Spec;
}

function approximation(params: object): Spec {
  return { v: 1, problem: { id: "approximation", ...params }, methods: [] } as unknown as Spec;
}

describe("a sentence's words", () => {
  test("depend on whether a parameter has a value", () => {
    const words = (spec: Spec) => settled(CATALOGUE, spec, PENALTY, ["methods", 0]);
    expect(words(fista({}))).toBe("at {lambda_ratio} of the largest");
    expect(words(fista({ lambda: 0.3 }))).toBe("with penalty {lambda}");
  });

  test("depend on which option it has", () => {
    const words = (spec: Spec) => settled(CATALOGUE, spec, FUNCTION, ["problem"]);
    expect(words(approximation({}))).toBe("{function}");
    expect(words(approximation({ function: "formula" }))).toBe("{function} {formula}");
  });

  test("of a choice may have a parameter among them", () => {
    const spec = {
      v: 1,
      problem: { id: "gp-regression", scene: { id: "bumps", count: 30 } },
      methods: [],
    } as unknown as Spec;
    const slots: Slots = {
      catalogue: CATALOGUE,
      spec,
      methods: () => [],
      instead: () => undefined,
      choice: (_, text) => `<${text}>`,
      number: (_path, _schema, value) => value,
      flag: () => "",
      text: () => "",
    };
    expect(phrase(slots, "{scene}", ["problem"]).join("")).toBe("a line of 30 <bumps>");
    expect(phrase(slots, "[words of it]", ["problem"])).toContain("<words of it>");
  });

  test("leave to the list what decides them, and nothing that would have no meaning", () => {
    const said = (spec: Spec, name: string) =>
      isSaid(CATALOGUE, spec, PENALTY, ["methods", 0], name);
    expect(said(fista({}), "lambda")).toBe(false);
    expect(said(fista({}), "lambda_ratio")).toBe(true);
    expect(said(fista({ lambda: 1 }), "lambda")).toBe(true);
    expect(said(fista({ lambda: 1 }), "lambda_ratio")).toBe(true);
    expect(said(fista({}), "max_steps")).toBe(false);
    expect(isSaid(CATALOGUE, approximation({}), FUNCTION, ["problem"], "formula")).toBe(true);
  });
});
