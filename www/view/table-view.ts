import { html, nothing, type TemplateResult } from "lit";
import type { PanelData } from "../solve/protocol.ts";
import { short, whole } from "../words/numbers.ts";

/** What stands in a cell: its words, or its number as people read it. */
export function cellText({ table, values, cols }: PanelData, row: number, col: number): string {
  const at = row * cols + col;
  const word = table?.words[at] ?? "";
  if (word !== "") return word.trim();
  const value = values[at] ?? Number.NaN;
  return Number.isInteger(value) ? whole(value) : short(value, 3);
}

/** A panel of kind `table` as a table of the page. Cells are texts and nothing else. */
export function tableView(panel: PanelData): TemplateResult {
  const { rows, cols, table } = panel;
  const chosen = new Set(
    panel.marks.flatMap((mark) => (mark.kind === "chosen" ? [mark.index] : [])),
  );
  const cells = Array.from({ length: rows }, (_, row) =>
    Array.from({ length: cols }, (_, col) => cellText(panel, row, col)),
  );
  // Words stand on the left and numbers on the right, heading and all.
  const wordy = Array.from({ length: cols }, (_, col) =>
    cells.some((_, row) => (table?.words[row * cols + col] ?? "").trim() !== ""),
  );
  const side = (col: number) => (wordy[col] ? "words" : "number");
  return html`<div class="table-view" tabindex="0" role="region" aria-label=${panel.title}><table>
    <caption class="hidden">${panel.title}</caption>
    <thead><tr>${table?.columns.map((name, col) => html`<th scope="col" class=${side(col)}>${name}</th>`)}</tr></thead>
    <tbody>${cells.map(
      (row, i) =>
        html`<tr class=${chosen.has(i) ? "chosen" : nothing}>${row.map((text, col) =>
          col === 0 && wordy[0]
            ? html`<th scope="row" class="words">${text}</th>`
            : html`<td class=${side(col)}>${text}</td>`,
        )}</tr>`,
    )}</tbody></table></div>`;
}

/** The columns of a table by their headings, to read and to copy. */
export function tableColumns(panel: PanelData): Record<string, string[]> {
  return Object.fromEntries(
    (panel.table?.columns ?? []).map((name, col) => [
      name,
      Array.from({ length: panel.rows }, (_, row) => cellText(panel, row, col)),
    ]),
  );
}
