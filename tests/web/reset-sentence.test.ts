import { describe, expect, test } from "vitest";
import type { Catalogue } from "../../www/spec/catalogue.ts";
import { nameOf } from "../../www/spec/handout.ts";
import type { Path, Spec } from "../../www/spec/spec.ts";
import { phrase, type Slots } from "../../www/view/phrase.ts";
import { HIDDEN, reset } from "../../www/view/reset-sentence.ts";
import { CATALOGUE, canonical } from "./lib/wasm.ts";

/** A value that stands in a sentence, as an object: words alone are strings. */
interface Value {
  said: string;
  name: string;
}

/** The sentence of a Spec without some of its values. */
class Sentence implements Slots {
  readonly catalogue: Catalogue = CATALOGUE;
  readonly #seen: string[] = [];

  constructor(
    readonly spec: Spec,
    private readonly hidden: readonly string[],
  ) {}

  hides(path: Path): boolean {
    const name = nameOf(path);
    return this.hidden.some((other) => name === other || name.startsWith(`${other}.`));
  }

  methods(): unknown[] {
    const shown = this.spec.methods.flatMap(({ id }, i) => {
      if (this.hides(["methods", i])) return [];
      const sentence = CATALOGUE.method(id)?.card.sentence;
      const rest = sentence ? [" ", ...phrase(this, sentence, ["methods", i])] : [];
      return [reset([this.#value(["methods", i], "METHOD"), ...rest])];
    });
    const last = shown.length - 1;
    if (last < 0) return [HIDDEN];
    return shown.flatMap((one, i) => [i === 0 ? "" : i === last ? " and " : ", ", ...one]);
  }

  instead(): unknown {
    return undefined;
  }

  choice(path: Path, text: string): Value {
    return this.#value(path, text.replace(/\d/g, "#") || "chosen");
  }

  number(path: Path): Value {
    return this.#value(path, "7");
  }

  flag(path: Path): Value {
    return this.#value(path, "yes");
  }

  text(path: Path): Value {
    return this.#value(path, "words");
  }

  /** The names of all values that were spoken of. */
  get names(): readonly string[] {
    this.said();
    return this.#seen;
  }

  said(): string {
    const template = CATALOGUE.problem(this.spec.problem.id)?.sentence ?? "";
    return reset(phrase(this, template, ["problem"]))
      .map((piece) => (typeof piece === "string" ? piece : (piece as Value).said))
      .join("");
  }

  #value(path: Path, said: string): Value {
    const name = nameOf(path);
    this.#seen.push(name);
    return { said, name };
  }
}

const LINEAR = canonical({
  v: 1,
  problem: { id: "linear" },
  methods: [{ id: "omp" }],
} as unknown as Spec);
const without = (...hidden: string[]) => new Sentence(LINEAR, hidden).said();

describe("a sentence without", () => {
  test("nothing is as the crate wrote it", () => {
    expect(without()).toMatchInlineSnapshot(
      `"Recover 7 chosen spikes among 7 from 7 Gaussian measurements without noise, by METHOD stopped after 7 picks."`,
    );
  });

  test("a value of several side by side keeps their words", () => {
    expect(without("problem.rows")).toMatchInlineSnapshot(
      `"Recover 7 chosen spikes among 7 from Gaussian measurements without noise, by METHOD stopped after 7 picks."`,
    );
    expect(without("problem.matrix")).toMatchInlineSnapshot(
      `"Recover 7 chosen spikes among 7 from 7 measurements without noise, by METHOD stopped after 7 picks."`,
    );
    expect(without("problem.signal.amplitude")).toMatchInlineSnapshot(
      `"Recover 7 spikes among 7 from 7 Gaussian measurements without noise, by METHOD stopped after 7 picks."`,
    );
  });

  test("a value that stands alone loses the words that lead to it", () => {
    expect(without("problem.cols")).toMatchInlineSnapshot(
      `"Recover 7 chosen spikes from 7 Gaussian measurements without noise, by METHOD stopped after 7 picks."`,
    );
    expect(without("methods.0.sparsity")).toMatchInlineSnapshot(
      `"Recover 7 chosen spikes among 7 from 7 Gaussian measurements without noise, by METHOD."`,
    );
    expect(without("problem.noise")).toMatchInlineSnapshot(
      `"Recover 7 chosen spikes among 7 from 7 Gaussian measurements, by METHOD stopped after 7 picks."`,
    );
  });

  test("its method has no comma left", () => {
    expect(without("methods.0")).toMatchInlineSnapshot(
      `"Recover 7 chosen spikes among 7 from 7 Gaussian measurements without noise."`,
    );
  });

  test("its signal speaks of something", () => {
    expect(without("problem.signal")).toMatchInlineSnapshot(
      `"Recover what is not shown among 7 from 7 Gaussian measurements without noise, by METHOD stopped after 7 picks."`,
    );
    expect(without("problem.signal", "problem.cols")).toMatchInlineSnapshot(
      `"Recover what is not shown from 7 Gaussian measurements without noise, by METHOD stopped after 7 picks."`,
    );
  });

  test("almost everything still stands", () => {
    expect(
      without("problem.signal", "problem.cols", "problem.rows", "problem.matrix", "methods.0"),
    ).toMatchInlineSnapshot(`"Recover what is not shown without noise."`);
  });

  test("a first of two joined by and, and a basis between commas", () => {
    const admm = canonical({
      ...LINEAR,
      problem: { ...LINEAR.problem, basis: "haar" },
      methods: [{ id: "admm" }, { id: "omp" }],
    });
    const without = (...hidden: string[]) => new Sentence(admm, hidden).said();
    expect(without("methods.0.fit")).toMatchInlineSnapshot(
      `"Recover 7 chosen spikes, sparse in Haar wavelets, among 7 from 7 Gaussian measurements without noise, by METHOD with l# and METHOD stopped after 7 picks."`,
    );
    expect(without("methods.0")).toMatchInlineSnapshot(
      `"Recover 7 chosen spikes, sparse in Haar wavelets, among 7 from 7 Gaussian measurements without noise, by METHOD stopped after 7 picks."`,
    );
    expect(without("problem.basis")).toMatchInlineSnapshot(
      `"Recover 7 chosen spikes among 7 from 7 Gaussian measurements without noise, by METHOD with exact and l# and METHOD stopped after 7 picks."`,
    );
  });
});

/** What no sentence may have: two spaces, a mark after a space or another mark, a word that leads to nothing. */
const BROKEN =
  / {2}|\s[,.]|,\s*[,.]|^[\s,]|\b(among|from|by|of|at|with|and|after|for|given)\s*(?:[,.]|$)|\b(from|by|of|at|with|after) (among|from|by|of|at|with|and|after|for)\b|\d(?=[a-z])|[a-z](?=\d)/;

test("no exhibit's sentence is broken by leaving out any one or two of its values", () => {
  let sentences = 0;
  const broken: string[] = [];
  for (const exhibit of CATALOGUE.data.exhibits) {
    const spec = canonical(JSON.parse(exhibit.spec));
    const { names } = new Sentence(spec, []);
    const parents = names.map((name) => name.split(".").slice(0, 2).join("."));
    const all = [...new Set([...names, ...parents])].filter((name) => name !== "problem");
    for (const [i, one] of all.entries())
      for (const other of all.slice(i)) {
        const said = new Sentence(spec, [one, other]).said();
        if (BROKEN.test(said.replaceAll("at most", "up to")))
          broken.push(`${exhibit.id} without ${one} and ${other}: ${said}`);
        sentences += 1;
      }
  }
  expect(broken).toEqual([]);
  expect(sentences).toBeGreaterThan(CATALOGUE.data.exhibits.length);
}, 60_000);
