import { type Figure, series } from "../figures/figure.ts";
import { extent } from "../figures/ranges.ts";
import { say } from "../messages/say.ts";
import type { PanelData } from "../solve/protocol.ts";
import { short } from "../words/numbers.ts";
import { tableColumns } from "./table-view.ts";

/** A line over an axis, rather than a plane. */
export function isVector({ kind }: PanelData): boolean {
  return kind === "stems" || kind === "bars" || kind === "curves" || kind === "band";
}

/** Tables are no figures: the page has tables of its own. */
export function figureOf(panel: PanelData, colour: string): Figure {
  const { kind, rows, cols, values } = panel;
  switch (kind) {
    case "table":
      throw new Error(`${panel.id} is a table, and is drawn as one`);
    case "links":
      return { kind, rows: series(values), colour };
    case "heat":
      // Decibels below the loudest are no numbers of another sign: the louder, the deeper.
      if (panel.y.unit === "dB")
        return { kind, rows, cols, values: series(aboveLeast(values)), scheme: "sequential" };
      // Numbers of both signs need a middle.
      return {
        kind,
        rows,
        cols,
        values: series(values),
        scheme: values.some((value) => value < 0) ? "diverging" : "sequential",
      };
    case "image":
      return { kind: "heat", rows, cols, values: series(values), scheme: "grey" };
    case "stems":
      return { kind, estimate: series(values), ended: true, colour };
    case "bars":
      return { kind, values: series(values) };
    case "band":
      return {
        kind: "curves",
        bands: [{ low: series(rowOf(panel, 0)), high: series(rowOf(panel, 1)), colour }],
        points: { rows: series(pointsOf(panel)), colour: "ink-2" },
        lines: [
          ...(rows > 3 ? [{ y: series(rowOf(panel, 3)), colour: "truth", width: 2.5 }] : []),
          { y: series(rowOf(panel, 2)), colour, width: 1.75 },
        ],
      };
    case "curves":
      return {
        kind,
        lines: Array.from({ length: rows }, (_, row) => ({
          y: series(rowOf(panel, row)),
          // Of two lines the first is what is wanted.
          colour: rows === 2 && row === 0 ? "truth" : colour,
          width: rows === 2 && row === 0 ? 3 : 1.5,
        })),
      };
  }
}

function aboveLeast(values: Float64Array): Float64Array {
  const [least] = extent(values);
  return values.map((value) => value - least);
}

/** A copy: a series is told by the place of its bytes. */
function rowOf({ values, cols }: PanelData, row: number): Float64Array {
  return values.slice(row * cols, (row + 1) * cols);
}

/** The data that a panel points out, as rows (x, y). */
export function pointsOf({ marks }: PanelData): number[] {
  return marks.flatMap((mark) => (mark.kind === "point" ? [mark.x, mark.y] : []));
}

/** The values of a panel at a place of its axis. */
export function readAt(panel: PanelData, at: number): string {
  const values = Array.from({ length: panel.rows }, (_, row) =>
    short(panel.values[row * panel.cols + at] ?? Number.NaN, 3),
  );
  if (panel.kind === "band") {
    const [low, high, mean, truth] = values;
    return say.panels.band(at, mean ?? "", low ?? "", high ?? "", truth);
  }
  const [wanted = "", reached = ""] = values;
  return panel.rows === 2 ? say.panels.reached(at, reached, wanted) : `${at}: ${values.join(", ")}`;
}

/** What stands for the picture of a panel. */
export function labelOf(panel: PanelData): string {
  if (panel.kind === "links") return say.panels.links(panel.title);
  const [low, high] = extent(panel.values);
  return say.panels.values(panel.title, panel.rows, panel.cols, short(Math.max(-low, high), 3));
}

/** The numbers of a panel as columns of a table. */
export function columns(panel: PanelData): Record<string, ArrayLike<number | string>> {
  if (panel.kind === "table") return tableColumns(panel);
  if (!isVector(panel)) return {};
  const { heads } = say.panels;
  if (panel.rows === 1) return { [heads.value]: panel.values };
  if (panel.kind === "band") {
    const [low, high, mean] = [0, 1, 2].map((row) => rowOf(panel, row)) as [
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    return { [heads.low]: low, [heads.high]: high, [heads.mean]: mean };
  }
  return { [heads.wanted]: rowOf(panel, 0), [heads.reached]: rowOf(panel, 1) };
}
