import { describe, expect, test } from "vitest";
import { History } from "../../www/spec/history.ts";

function walk<T>(history: History<T>, direction: "undo" | "redo"): T[] {
  const seen: T[] = [];
  while (history[direction]()) seen.push(history.present);
  return seen;
}

describe("history", () => {
  test("undo and redo walk the same states", () => {
    const history = new History(0);
    for (const state of [1, 2, 3]) history.push(state);
    expect(walk(history, "undo")).toEqual([2, 1, 0]);
    expect(walk(history, "redo")).toEqual([1, 2, 3]);
  });

  test("at either end nothing moves, and it says so", () => {
    const history = new History("only");
    expect([history.canUndo, history.canRedo]).toEqual([false, false]);
    expect([history.undo(), history.redo(), history.present]).toEqual([false, false, "only"]);
    history.push("next");
    expect([history.canUndo, history.canRedo]).toEqual([true, false]);
    history.undo();
    expect([history.canUndo, history.canRedo]).toEqual([false, true]);
  });

  test("an edit after undo ends the other future", () => {
    const history = new History(0);
    history.push(1);
    history.undo();
    history.push(2);
    expect(history.canRedo).toBe(false);
    expect(walk(history, "undo")).toEqual([0]);
  });

  test("edits of one group are one step", () => {
    const history = new History(0);
    history.push(1);
    for (const state of [2, 3, 4]) history.push(state, "drag");
    history.push(5, "another drag");
    history.push(6);
    expect(walk(history, "undo")).toEqual([5, 4, 1, 0]);
    expect(walk(history, "redo")).toEqual([1, 4, 5, 6]);
  });

  test("a group that was settled, undone or broken by another edit begins anew", () => {
    const settled = new History(0);
    settled.push(1, "keys");
    settled.settle();
    settled.push(2, "keys");
    expect(walk(settled, "undo")).toEqual([1, 0]);

    const undone = new History(0);
    undone.push(1, "keys");
    undone.undo();
    undone.push(2, "keys");
    expect(walk(undone, "undo")).toEqual([0]);

    const broken = new History(0);
    broken.push(1, "keys");
    broken.push(2);
    broken.push(3, "keys");
    expect(walk(broken, "undo")).toEqual([2, 1, 0]);
  });

  test("keeps the newest states, as many as its depth", () => {
    const history = new History(0);
    for (let state = 1; state <= History.DEPTH + 50; state += 1) history.push(state);
    const back = walk(history, "undo");
    expect(back).toHaveLength(History.DEPTH);
    expect(back.at(-1)).toBe(50);
  });
});
