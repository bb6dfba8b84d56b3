import katex from "katex";
import { describe, expect, test } from "vitest";
import { Catalogue, optionFor, optionsOf, type Schema } from "../../www/spec/catalogue.ts";
import { addressOf, placeOf } from "../../www/spec/link.ts";
import { type Path, type Spec, withValue } from "../../www/spec/spec.ts";
import { CATALOGUE, canonical, DOORS } from "./lib/wasm.ts";

const { exhibits, methods, problems, systems, labs } = CATALOGUE.data;

/** A Spec that leaves out all that may be left out. */
function bare(): Spec {
  return { v: 1, problem: { id: "linear" }, methods: [{ id: "omp" }] };
}

/** Every path below `base` with its schema, defaults' own choices followed, at every depth. */
function* parameters(
  spec: Spec,
  base: Path,
  schema: Schema | undefined,
): Generator<[Path, Schema]> {
  const own = schema && optionFor(schema, CATALOGUE.valueAt(spec, base));
  for (const [name, field] of Object.entries(own?.properties ?? {})) {
    if (name === "id") continue;
    const path = [...base, name];
    yield [path, field];
    yield* parameters(spec, path, field);
  }
}

describe("the catalogue", () => {
  test("has 119 systems with numbers and labs of their own", () => {
    expect(systems).toHaveLength(119);
    expect(new Set(systems.map(({ id }) => id)).size).toBe(119);
    expect(systems.map(({ n }) => n).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 119 }, (_, i) => i + 1),
    );
    const known = new Set(labs.map(({ id }) => id));
    for (const { id, lab } of systems) expect(known.has(lab), id).toBe(true);
  });

  test("finds by id, and nothing by another", () => {
    for (const exhibit of exhibits) expect(CATALOGUE.exhibit(exhibit.id)).toBe(exhibit);
    for (const problem of problems) expect(CATALOGUE.problem(problem.id)).toBe(problem);
    for (const method of methods) expect(CATALOGUE.method(method.card.id)).toBe(method);
    expect(CATALOGUE.exhibit("nothing")).toBeUndefined();
    expect(CATALOGUE.methodOptions("nothing")).toEqual([]);
  });

  test("has methods in the order of labs, and within a lab in its own", () => {
    const sorted = CATALOGUE.methodsByLab();
    for (const { id } of labs) {
      const of = (all: typeof methods) => all.filter(({ card }) => card.lab === id);
      expect(of(sorted)).toEqual(of(methods));
    }
    const places = sorted.map(({ card }) => labs.findIndex(({ id }) => id === card.lab));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(sorted).toHaveLength(methods.length);
    expect(sorted[0]?.card.problem).toBe("linear");
  });

  test("has formulas that KaTeX sets, of exhibits and of notes", () => {
    const sets = (source: string, displayMode: boolean, id: string) =>
      expect(
        () => katex.renderToString(source, { displayMode, throwOnError: true, strict: "error" }),
        id,
      ).not.toThrow();
    const within = (text: string, id: string) => {
      const pieces = text.split("$");
      expect(pieces.length % 2, id).toBe(1);
      for (const piece of pieces.filter((_, i) => i % 2 === 1)) sets(piece, false, id);
    };
    for (const { id, formula, idea, consequence, breaks } of exhibits) {
      sets(formula, true, id);
      for (const text of [idea, consequence, breaks]) within(text, id);
    }
    for (const { card, note } of methods) {
      // One of both has them.
      expect(CATALOGUE.exhibit(card.id) === undefined, card.id).toBe(note !== null);
      if (!note) continue;
      sets(note.formula, true, card.id);
      within(note.breaks, card.id);
    }
  });

  test("offers for each problem the methods that solve it", () => {
    for (const problem of problems) {
      const offered = CATALOGUE.methodOptions(problem.id);
      const solving = methods.filter(({ card }) =>
        [problem.id, problem.solved_as].includes(card.problem),
      );
      expect(offered.map(({ id }) => id)).toEqual(solving.map(({ card }) => card.id));
      expect(offered.length, problem.id).toBeGreaterThan(0);
      for (const { id, label, line } of offered) expect(label && line, id).not.toBe("");
    }
    for (const { card } of methods) expect(CATALOGUE.problem(card.problem)).toBeDefined();
  });
});

describe("schemaAt and valueAt", () => {
  test("fill in defaults at every depth of every method and problem", () => {
    let deepest = 0;
    for (const { card } of methods) {
      const spec: Spec = { v: 1, problem: { id: card.problem }, methods: [{ id: card.id }] };
      const roots: [Path, Schema | undefined][] = [
        [["problem"], CATALOGUE.problem(card.problem)?.params],
        [["methods", 0], CATALOGUE.method(card.id)?.params],
      ];
      for (const [root, schema] of roots) {
        for (const [path, field] of parameters(spec, root, schema)) {
          const place = path.join(".");
          expect(CATALOGUE.schemaAt(spec, path), place).toEqual(field);
          if ("default" in field) expect(CATALOGUE.valueAt(spec, path), place).not.toBeUndefined();
          deepest = Math.max(deepest, path.length);
        }
      }
    }
    expect(deepest).toBeGreaterThanOrEqual(3);
  });

  test("what a default's parent says counts before the field's own default", () => {
    const schema: Schema = {
      properties: {
        outer: {
          default: { id: "a", inner: 7 },
          oneOf: [
            { properties: { id: { const: "a" }, inner: { default: 1 } } },
            { properties: { id: { const: "b" }, inner: { default: 2 }, list: { default: [1] } } },
          ],
        },
      },
    };
    const catalogue = new Catalogue({ add: () => undefined, canonical: (spec) => spec });
    catalogue.add("", {
      exhibits: [],
      methods: [],
      problems: [
        {
          id: "p",
          lab: "",
          title: "",
          sentence: "",
          axes: [],
          sweep: null,
          page: null,
          solved_as: null,
          params: schema,
        },
      ],
    });
    const at = (problem: Spec["problem"], ...path: string[]) =>
      catalogue.valueAt({ v: 1, problem, methods: [] }, ["problem", ...path]);
    expect(at({ id: "p" }, "outer", "inner")).toBe(7);
    expect(at({ id: "p", outer: { id: "a" } }, "outer", "inner")).toBe(1);
    expect(at({ id: "p", outer: { id: "b" } }, "outer", "inner")).toBe(2);
    expect(at({ id: "p", outer: { id: "b", inner: 0 } }, "outer", "inner")).toBe(0);
    expect(at({ id: "p", outer: { id: "b" } }, "outer", "list")).toEqual([1]);
    expect(at({ id: "p", outer: { id: "a" } }, "outer", "list")).toBeUndefined();
    expect(at({ id: "p" }, "nothing", "within")).toBeUndefined();
  });

  test("follow the choice that the Spec makes, whichever it is", () => {
    let choices = 0;
    for (const [path, schema] of parameters(
      bare(),
      ["problem"],
      CATALOGUE.problem("linear")?.params,
    )) {
      for (const option of schema.oneOf ?? []) {
        const id = option.properties?.id?.const;
        if (id === undefined) continue;
        choices += 1;
        const spec = withValue(bare(), path, { id });
        for (const [name, field] of Object.entries(option.properties ?? {}))
          expect(CATALOGUE.schemaAt(spec, [...path, name]), `${path.join(".")} ${id}`).toBe(field);
        expect(CATALOGUE.schemaAt(spec, [...path, "nothing"])).toBeUndefined();
      }
    }
    expect(choices).toBeGreaterThan(5);
  });

  test("know nothing of what is not there", () => {
    for (const path of [
      ["methods", 3, "x"],
      ["problem", "nothing"],
      ["problem", "rows", "deeper"],
    ])
      expect(CATALOGUE.schemaAt(bare(), path)).toBeUndefined();
    expect(CATALOGUE.schemaAt({ ...bare(), problem: { id: "none" } }, ["problem", "rows"])).toBe(
      undefined,
    );
  });

  test("every option of a choice has a name and, in a list, a line", () => {
    for (const [path, schema] of parameters(
      bare(),
      ["problem"],
      CATALOGUE.problem("linear")?.params,
    )) {
      const options = optionsOf(schema);
      expect(new Set(options.map(({ id }) => id)).size).toBe(options.length);
      for (const { id, label, line } of options) {
        expect(label, path.join(".")).toMatch(/\S/);
        expect(line, `${path.join(".")}: ${id}`).toMatch(/\S/);
      }
    }
  });
});

describe.each(exhibits.map((exhibit) => ({ id: exhibit.id, exhibit })))(
  "exhibit $id",
  ({ exhibit }) => {
    const own = canonical(JSON.parse(exhibit.spec)) as Spec;

    test("has a Spec whose canonical form is its own canonical form", () => {
      expect(canonical(own)).toEqual(own);
    });

    test("comes back from its link", () => {
      const place = placeOf(addressOf({ page: "lab", exhibit: exhibit.id, spec: own }));
      if (place?.page !== "lab") throw new Error("not a lab");
      expect(canonical(place.spec)).toEqual(own);
    });

    test("says what to watch and what to try", () => {
      expect(exhibit.watch.length).toBeGreaterThan(0);
      expect(exhibit.watch.length).toBeLessThanOrEqual(3);
      expect(exhibit.try_this.length).toBeLessThanOrEqual(4);
      const doors = DOORS.get(exhibit.lab);
      if (!doors) throw new Error(`there is no module of ${exhibit.lab}`);
      for (const i of exhibit.claims.keys()) {
        const check = new doors.ClaimCheck(exhibit.id, i);
        expect(check.state()).toMatchObject({ done: 0, measured: null, holds: false });
        check.free();
      }
    });

    test.each(exhibit.try_this)("can try: $link", ({ patch }) => {
      const edited = CATALOGUE.patched(own, JSON.parse(patch));
      expect(canonical(edited)).not.toEqual(own);
      const doors = DOORS.get(exhibit.lab);
      if (!doors) throw new Error(`there is no module of ${exhibit.lab}`);
      new doors.Session(edited).free();
    });
  },
);
