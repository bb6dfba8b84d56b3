import { expect, test } from "vitest";
import type { PanelData } from "../../www/solve/protocol.ts";
import { cellText, tableColumns } from "../../www/view/table-view.ts";

const axis = { label: "", unit: "", log: false };
const panel: PanelData = {
  ...{ id: "card", title: "Card", caption: "", kind: "table", rows: 2, cols: 3, x: axis, y: axis },
  marks: [],
  values: Float64Array.from([0, 12345, 0.25, 0, -3, 0]),
  table: { columns: ["feature", "points", "share"], words: ["<b>age</b>", "", "", "sex", "", " "] },
};

test("a cell has its words or its number, and an empty one has neither", () => {
  const cells = [0, 1].map((row) => [0, 1, 2].map((col) => cellText(panel, row, col)));
  expect(cells).toEqual([
    ["<b>age</b>", "12\u2009345", "0.250"],
    ["sex", "\u22123", ""],
  ]);
});

test("columns are named by their headings", () => {
  expect(tableColumns(panel)).toEqual({
    feature: ["<b>age</b>", "sex"],
    points: ["12\u2009345", "\u22123"],
    share: ["0.250", ""],
  });
});
