import { describe, expect, test } from "vitest";
import { mixed } from "../../www/figures/look.ts";
import { MethodRecording } from "../../www/solve/recording.ts";
import { placeWords, stepAt, stepAxis } from "../../www/view/step-axis.ts";

/** A run of `steps` steps that cost `ms` and `products` each. */
function run(steps: number, ms: number, products: number): MethodRecording {
  const method = new MethodRecording();
  const frames = Array.from({ length: steps + 1 }, (_, step) => ({
    step,
    traces: {},
    events: [],
    products: products * step,
    ms: ms * step,
  }));
  method.add(frames, { every: 1, inner: 1 }, ms * steps);
  return method;
}

describe("the axis on which methods are compared", () => {
  test("is linear while no length is more than ten times another", () => {
    const axis = stepAxis([run(20, 1, 2), run(200, 1, 2)], "step");
    expect([axis.log, axis.from, axis.to]).toEqual([false, 0, 200]);
    expect(axis.places[0]?.slice(0, 3)).toEqual([0, 1, 2]);
  });

  test("is logarithmic beyond, with the start at its left edge", () => {
    const axis = stepAxis([run(20, 1, 2), run(201, 1, 2)], "step");
    expect([axis.log, axis.from, axis.to]).toEqual([true, 0.5, 201]);
    expect(axis.places[1]?.slice(0, 3)).toEqual([0.5, 1, 2]);
  });

  test("of time and of products is judged by its own lengths", () => {
    const methods = [run(20, 2, 1), run(200, 0.01, 4)];
    expect(stepAxis(methods, "step").log).toBe(false);
    const time = stepAxis(methods, "ms");
    expect(time.log).toBe(true);
    expect(time.from).toBeCloseTo(0.005, 12);
    expect(time.to).toBe(40);
    const products = stepAxis(methods, "products");
    expect([products.log, products.from, products.to]).toEqual([true, 0.5, 800]);
    expect(products.places[0]?.slice(0, 3)).toEqual([0.5, 1, 2]);
  });

  test("has a range also before anything is done", () => {
    const axis = stepAxis([run(0, 0, 0), run(0, 0, 0)], "step");
    expect([axis.log, axis.from, axis.to]).toEqual([false, 0, 1]);
  });

  test("a place finds the nearest step", () => {
    const places = [0, 1, 4, 9, 9, 16];
    expect([-3, 0.4, 0.6, 2.4, 2.6, 9, 12.4, 99].map((place) => stepAt(places, place))).toEqual([
      0, 0, 1, 1, 2, 3, 4, 5,
    ]);
  });

  test("says a place in its own unit", () => {
    const methods = [run(2, 1, 2)];
    expect(placeWords(stepAxis(methods, "step"), 2)).toBe("step 2");
    expect(placeWords(stepAxis(methods, "ms"), 2)).toBe("2.0 ms");
    expect(placeWords(stepAxis(methods, "products"), 4)).toBe("4.00 products");
  });
});

test("a quarter of a colour on paper", () => {
  expect(mixed("#ffffff", "#000000", 0.25)).toBe("#bfbfbf");
  expect(mixed("#14161b", "#5c97ff", 0.25)).toBe("#263654");
});
