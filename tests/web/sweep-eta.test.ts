import { describe, expect, test } from "vitest";
import { duration, Eta, settled, shareDone } from "../../www/sweep/eta.ts";

describe("time left", () => {
  test("says nothing before 5 %, then the rest at the measured rate", () => {
    const eta = new Eta();
    // 100 a second of 10 000.
    const said: (number | undefined)[] = [];
    for (let second = 0; second <= 50; second += 1)
      said.push(eta.read(100 * second, 10_000, 1000 * second));
    expect(said.slice(0, 5).every((one) => one === undefined)).toBe(true);
    expect(eta.rate).toBeCloseTo(100);
    expect(said[10]).toBe(120);
    expect(said[16]).toBe(90);
    expect(said[45]).toBe(60);
  });

  test("goes down in few steps, never up, at a rate that trembles", () => {
    const eta = new Eta();
    const said: number[] = [];
    let done = 0;
    for (let tick = 0; tick < 400; tick += 1) {
      done += tick % 2 === 0 ? 35 : 15;
      const one = eta.read(done, 10_000, 250 * tick);
      if (one !== undefined && one !== said.at(-1)) said.push(one);
    }
    expect(said).toEqual([...said].sort((a, b) => b - a));
    expect(said.length).toBeLessThan(14);
    expect(said.at(-1)).toBe(1);
  });

  test("a step stays until the time is clearly another", () => {
    expect(settled(9.7, undefined)).toBe(10);
    expect(settled(11, 10)).toBe(10);
    expect(settled(11.6, 10)).toBe(15);
    expect(settled(6.8, 10)).toBe(10);
    expect(settled(6.5, 10)).toBe(7);
    expect(settled(7300, undefined)).toBe(3 * 3600);
  });

  test("a pause is not part of the rate", () => {
    const eta = new Eta();
    for (let second = 0; second <= 10; second += 1) eta.read(100 * second, 10_000, 1000 * second);
    eta.restart();
    eta.read(1000, 10_000, 600_000);
    eta.read(1100, 10_000, 601_000);
    expect(eta.rate).toBeCloseTo(100);
  });

  test("what is done is done, however few trials it took", () => {
    expect(shareDone(1500, 6460, false)).toBeCloseTo(0.232, 3);
    expect(shareDone(1500, 6460, true)).toBe(1);
    expect(shareDone(0, 0, false)).toBe(0);
  });

  test("in words", () => {
    expect([1, 45, 90, 600, 7200].map(duration)).toEqual([
      "1 s",
      "45 s",
      "1.5 min",
      "10 min",
      "2 h",
    ]);
  });
});
