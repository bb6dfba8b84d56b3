import { deflateSync } from "fflate";
import { describe, expect, test } from "vitest";
import { addressOf, packed, placeOf, unpacked } from "../../www/spec/link.ts";
import type { Json, Spec } from "../../www/spec/spec.ts";
import { specs } from "./lib/specs.ts";

const SPEC: Spec = {
  v: 1,
  seed: 4,
  problem: { id: "linear", signal: { id: "drawn", spikes: [[3, -0.5] as Json] } },
  methods: [{ id: "omp" }],
};

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64url");
}

/** What a link must do with an `s` that is no Spec. */
function refuses(text: string): void {
  const place = placeOf(`#/omp?s=${text}`);
  expect(place).toMatchObject({ page: "lab", exhibit: "omp" });
  if (place?.page !== "lab") return;
  expect(place.spec, text.slice(0, 40)).toBeUndefined();
  expect(place.problem).toMatch(/^The link is cut short or damaged\./);
}

test("a link of the methods holds what is searched for", () => {
  for (const query of ["", "SBL & friends", "ℓ₁ 100 %"])
    expect(placeOf(addressOf({ page: "methods", query }))).toEqual({ page: "methods", query });
});

describe("a link of an exhibit", () => {
  test("holds the whole Spec", () => {
    for (const spec of specs(400)) {
      const address = addressOf({ page: "lab", exhibit: "omp", spec });
      expect(placeOf(address)).toEqual({ page: "lab", exhibit: "omp", spec });
    }
  });

  test("is made of characters that no mail program cuts at", () => {
    for (const spec of specs(50))
      expect(addressOf({ page: "lab", exhibit: "omp", spec })).toMatch(/^#\/omp\?s=[\w-]+$/);
  });

  test("without a Spec is the exhibit's own", () => {
    expect(addressOf({ page: "lab", exhibit: "omp" })).toBe("#/omp");
    for (const hash of ["#/omp", "#omp"])
      expect(placeOf(hash)).toEqual({ page: "lab", exhibit: "omp" });
  });

  test("to nowhere is no place", () => {
    for (const hash of ["", "#", "#/", "#/Capital", "#/a/b", `#/${"a".repeat(65)}`, "#/%00"])
      expect(placeOf(hash), hash).toBeUndefined();
  });
});

describe("a link of the index", () => {
  test("holds query and filter", () => {
    for (const query of ["", "lasso tree", "ℓ₁ & ?=#%"]) {
      for (const show of ["all", "ready", "foundations"]) {
        const place = { page: "index" as const, query, show };
        expect(placeOf(addressOf(place))).toEqual(place);
      }
    }
    expect(addressOf({ page: "index", query: "", show: "all" })).toBe("#/index");
  });

  test("with a filter that is not there shows all", () => {
    expect(placeOf("#/index?show=nonsense")).toEqual({ page: "index", query: "", show: "all" });
  });
});

describe("a damaged link", () => {
  test("that is cut anywhere says so", () => {
    const text = packed(SPEC);
    for (let length = 0; length < text.length; length += 1) refuses(text.slice(0, length));
  });

  test("in which a character is another never throws, and gives a Spec or says so", () => {
    const text = packed(SPEC);
    for (let i = 0; i < text.length; i += 1) {
      for (const other of ["A", "_", "9"]) {
        const place = placeOf(`#/omp?s=${text.slice(0, i)}${other}${text.slice(i + 1)}`);
        if (place?.page !== "lab") throw new Error("not a lab");
        expect(place.spec === undefined).toBe(place.problem !== undefined);
      }
    }
  });

  test.each(["=", "*", "%", "%E0%A4%A", "a b", "äöü", "A", "AAAA", "////", "null", "💥"])(
    "with %j in place of a Spec",
    refuses,
  );

  test("with JSON that is no object says so", () => {
    for (const value of [null, 7, "text", [1, 2], true])
      refuses(base64(deflateSync(Buffer.from(JSON.stringify(value)))));
  });

  test("with other bytes than JSON says so", () => {
    refuses(base64(deflateSync(Uint8Array.of(0xff, 0xfe, 0))));
    refuses(base64(Uint8Array.of(7, 7, 7, 7)));
  });
});

describe("a link too large", () => {
  test("of 3 MB is refused before it is read", () => {
    const begin = performance.now();
    refuses("A".repeat(3_000_000));
    expect(performance.now() - begin).toBeLessThan(500);
  });

  test("that unfolds to more than a Spec may have is refused, and takes no more memory than that", () => {
    const bomb = base64(deflateSync(new Uint8Array(64_000_000).fill(0x20), { level: 9 }));
    expect(bomb.length).toBeLessThan(100_000);
    const before = process.memoryUsage().arrayBuffers;
    refuses(bomb);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(32_000_000);
  });

  test("whose blanks only just fit is refused for what it says, not for its size", () => {
    expect(() => unpacked(base64(deflateSync(new Uint8Array(7_000_000).fill(0x20))))).toThrow();
  });

  test("of a large but honest Spec is read", () => {
    const values = Array.from(
      { length: 20_000 },
      (_, i) => Math.round(1000 + 999 * Math.sin(i)) / 1000,
    );
    const spec = { ...SPEC, problem: { id: "linear", signal: { id: "curve", values } } };
    expect(placeOf(addressOf({ page: "lab", exhibit: "omp", spec }))).toMatchObject({ spec });
  });
});

describe("a link of a lesson", () => {
  test("holds the lesson, the step, the guesses and what was played", () => {
    for (const place of [
      { page: "lesson" as const, lesson: "why-l1", step: 1 },
      { page: "lesson" as const, lesson: "own", step: 12, guesses: "2~17_5~-0.5", spec: SPEC },
      { page: "lesson" as const, lesson: "", from: "a/b & c?d=1#é.md", step: 3, guesses: "1~2" },
      { page: "lesson" as const, lesson: "", from: "x.md", step: 1, spec: SPEC },
    ])
      expect(placeOf(addressOf(place))).toEqual(place);
    expect(placeOf("#/lessons")).toEqual({ page: "lessons" });
  });

  test("with nonsense is the first step, and a damaged Spec is left out", () => {
    expect(placeOf("#/lesson/why-l1?step=0&s=%%%")).toEqual({
      page: "lesson",
      lesson: "why-l1",
      step: 1,
    });
    expect(placeOf("#/lesson/Why")).toBeUndefined();
  });
});
