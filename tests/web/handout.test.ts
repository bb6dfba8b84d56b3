import { describe, expect, test } from "vitest";
import {
  brokenHold,
  GUESSES,
  type Handout,
  handoutIn,
  hiddenParts,
  holdOf,
  isHidden,
  NOTHING,
  withGuess,
  withHold,
  withStep,
} from "../../www/spec/handout.ts";
import { addressOf, placeOf } from "../../www/spec/link.ts";
import { PARTS } from "../../www/spec/parts.ts";
import type { Choice, Spec } from "../../www/spec/spec.ts";
import { specs } from "./lib/specs.ts";
import { CATALOGUE, canonical } from "./lib/wasm.ts";

const NAMES = [
  "methods",
  "signal",
  "seed",
  "problem.rows",
  "problem.signal.sparsity",
  "problem.signal",
  "methods.0",
  "methods.3.lambda_ratio",
];

/** Handouts of every form, from a small generator. */
function* handouts(many: number): Generator<Handout> {
  let state = 7;
  const below = (n: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
  const some = (names: readonly string[]) => names.filter(() => below(3) === 0);
  for (let i = 0; i < many; i += 1) {
    const lock = some(NAMES);
    const hide = some([...PARTS, ...NAMES]).filter((name) => !lock.includes(name));
    const guess = [undefined, ...GUESSES][below(3)];
    yield withGuess(withStep({ hide, lock }, [undefined, 0, below(1e6)][below(3)]), guess);
  }
}

const parsed = (query: string) => handoutIn(new URLSearchParams(query));

describe("a link of a handout", () => {
  test("holds restrictions, first step and guess, with any Spec or none", () => {
    const some = [...specs(50)];
    for (const [i, handout] of [...handouts(500)].entries()) {
      const spec = some[i % 60];
      const place = { page: "lab" as const, exhibit: "omp", ...(spec ? { spec } : {}) };
      const address = addressOf({ ...place, handout });
      const says = JSON.stringify(handout) !== JSON.stringify(NOTHING);
      expect(placeOf(address)).toEqual(says ? { ...place, handout } : place);
      expect(address).toMatch(/^#\/omp[\w=&?.~-]*$/);
    }
  });

  test("that says nothing is the plain link", () => {
    expect(addressOf({ page: "lab", exhibit: "omp", handout: NOTHING })).toBe("#/omp");
    expect(parsed("h=1")).toEqual({});
  });

  test("of another version is shown without restrictions, and says so", () => {
    for (const query of ["h=2&hide=title", "hide=title", "h=&lock=seed", "guess=index"]) {
      const { handout, problem } = parsed(query);
      expect(handout, query).toBeUndefined();
      expect(problem).toMatch(/^The link's restrictions are not of a kind/);
    }
  });

  test("leaves out what it does not know, and says so", () => {
    const hostile = [
      "__proto__",
      "problem",
      "problem.__proto__",
      "problem..rows",
      "methods.4",
      "methods.00",
      "problem.<img>",
      `problem.${"a".repeat(41)}`,
      "problem.a.b.c.d.e.f",
      "TITLE",
      "title,verdict",
    ];
    for (const name of hostile) {
      const encoded = encodeURIComponent(name);
      const { handout, problem } = parsed(`h=1&hide=title~${encoded}&lock=${encoded}~seed`);
      expect(handout, name).toEqual({ hide: ["title"], lock: ["seed"] });
      expect(problem).toMatch(/left out\.$/);
    }
    expect(parsed("h=1&lock=title").handout).toBeUndefined();
    for (const wrong of ["step=-1", "step=1e3", "step=1234567", "guess=all", "guess="])
      expect(parsed(`h=1&lock=seed&${wrong}`), wrong).toEqual({
        handout: { hide: [], lock: ["seed"] },
        problem: expect.stringMatching(/left out/),
      });
  });

  test("is capped", () => {
    const many = Array.from({ length: 200 }, (_, i) => `problem.p${i}`).join("~");
    expect(parsed(`h=1&hide=${many}`).handout?.hide).toHaveLength(100);
    expect(parsed(`h=1&hide=${many}`).problem).toBeDefined();
    const long = parsed(`h=1&hide=${"title~".repeat(1000)}&lock=seed`);
    expect(long.handout).toEqual({ hide: [], lock: ["seed"] });
    expect(long.problem).toBeDefined();
  });
});

describe("a hold", () => {
  test("is one of three, and the last one counts", () => {
    let handout = withHold(NOTHING, "problem.rows", "locked");
    expect(holdOf(handout, "problem.rows")).toBe("locked");
    handout = withHold(handout, "problem.rows", "hidden");
    expect(handout).toEqual({ hide: ["problem.rows"], lock: [] });
    expect(withHold(handout, "problem.rows", "free")).toEqual(NOTHING);
  });

  test("hides with a choice what belongs to it, and nothing beside it", () => {
    const handout = { hide: ["problem.signal", "methods", "title"], lock: [] };
    expect(isHidden(handout, "problem.signal.sparsity")).toBe(true);
    expect(isHidden(handout, "problem.signals")).toBe(false);
    expect(isHidden(handout, "methods.0")).toBe(false);
    expect([...hiddenParts(handout)]).toEqual(["title"]);
  });

  const before: Spec = canonical({
    v: 1,
    problem: { id: "linear" } as Choice,
    methods: [{ id: "omp" }],
  });
  const broken = (handout: Partial<Handout>, after: object) =>
    brokenHold(CATALOGUE, { ...NOTHING, ...handout }, before, { ...before, ...after } as Spec);

  test("keeps what it names and lets go of all else", () => {
    const rows = { problem: { id: "linear", rows: 99 } };
    expect(broken({ lock: ["problem.rows"] }, rows)).toBe("problem.rows");
    expect(broken({ hide: ["problem.rows"] }, rows)).toBe("problem.rows");
    expect(broken({ lock: ["problem.cols", "seed", "methods", "signal"] }, rows)).toBeUndefined();
    // A default that is written out is the same value.
    const value = CATALOGUE.valueAt(before, ["problem", "rows"]);
    expect(broken({ lock: ["problem.rows"] }, { problem: { id: "linear", rows: value } })).toBe(
      undefined,
    );
    expect(broken({ lock: ["seed"] }, { seed: 9 })).toBe("seed");
    expect(broken({ hide: ["title", "notes"] }, { seed: 9 })).toBeUndefined();
  });

  test("tells adding methods from choosing another, and drawing from a kind of signal", () => {
    const two = { methods: [{ id: "omp" }, { id: "iht" }] };
    expect(broken({ lock: ["methods"] }, two)).toBe("methods");
    expect(broken({ lock: ["methods.0"] }, two)).toBeUndefined();
    const other = { methods: [{ id: "cosamp" }] };
    expect(broken({ lock: ["methods"] }, other)).toBeUndefined();
    expect(broken({ lock: ["methods.0"] }, other)).toBe("methods.0");
    const drawn = { problem: { id: "linear", signal: { id: "drawn", spikes: [[3, 1]] } } };
    expect(broken({ lock: ["signal"] }, drawn)).toBe("signal");
    expect(broken({ lock: ["problem.signal"] }, drawn)).toBe("problem.signal");
    const data = { problem: { id: "linear", data: { truth: [1, 0] } } };
    expect(broken({ lock: ["signal"] }, data)).toBe("signal");
    const fewer = { problem: { id: "linear", signal: { id: "sparse", sparsity: 3 } } };
    expect(broken({ lock: ["signal", "problem.signal"] }, fewer)).toBeUndefined();
    expect(broken({ hide: ["problem.signal"] }, fewer)).toBe("problem.signal");
  });
});
