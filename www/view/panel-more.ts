import { html, LitElement, type TemplateResult } from "lit";
import { say } from "../messages/say.ts";
import { aboutPanel, actsIn } from "../words/panels.ts";
import { words } from "./tex.ts";

/** Rows that are shown; all of them are copied. */
const SHOWN = 200;

/** The button beside a panel's title; `acts` is whose acts are told, where not its own; `columns` are its numbers by name. */
export function more(
  panel: { id: string; name: string; caption?: string; acts?: string },
  columns: Record<string, ArrayLike<number | string>> = {},
): TemplateResult {
  return html`<panel-more .name=${panel.name} .about=${aboutPanel(panel.id, panel.caption ?? "")} .acts=${actsIn(panel.acts ?? panel.id)} .columns=${columns}></panel-more>`;
}

/** Beside a panel's title: what it is, and its numbers to read and to copy. */
export class PanelMore extends LitElement {
  static override properties = {
    name: { attribute: false },
    about: { attribute: false },
    acts: { attribute: false },
    columns: { attribute: false },
    open: { state: true },
    said: { state: true },
  };
  declare name: string;
  declare about: string;
  /** What can be done in it, a paragraph each. */
  declare acts: string[];
  /** The panel's numbers, by the name of each column. */
  declare columns: Record<string, ArrayLike<number | string>>;
  declare open: boolean;
  declare said: string;

  constructor() {
    super();
    this.open = false;
    this.said = "";
    this.columns = {};
    this.acts = [];
  }

  override createRenderRoot(): this {
    return this;
  }

  override render() {
    return html`<span class="more" @focusout=${(event: FocusEvent) => {
      if (!this.contains(event.relatedTarget as Node | null)) this.open = false;
    }} @keydown=${this.#key}>
      <button class="about" aria-expanded=${this.open ? "true" : "false"} aria-label=${say.panels.aboutButton(this.name)}
        title=${say.panels.aboutTitle} @click=${() => {
          this.open = !this.open;
          this.said = "";
        }}>?</button>
      ${this.open ? this.#sheet() : ""}
    </span>`;
  }

  #sheet() {
    const rows = this.#rows();
    const told = html`<p>${words(this.about)}</p>${this.#acts()}`;
    if (rows.length === 0) return html`<div class="menu sheet">${told}</div>`;
    return html`<div class="menu sheet">
      ${told}
      <div class="numbers" tabindex="0" role="region" aria-label=${say.panels.numbersOf(this.name)}><table>
        <thead><tr><th scope="col">i</th>${Object.keys(this.columns).map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
        <tbody>${rows.slice(0, SHOWN).map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody>
      </table></div>
      <p>${rows.length > SHOWN ? say.panels.firstRows(SHOWN, rows.length) : ""}<button class="link" @click=${this.#copy}>${say.panels.copyAll}</button>
        <span role="status">${this.said}</span></p>
    </div>`;
  }

  #acts() {
    if (this.acts.length === 0) return "";
    return html`<details><summary>${say.panels.whatYouCanDo}</summary>${this.acts.map((text) => html`<p>${words(text)}</p>`)}</details>`;
  }

  #rows(): string[][] {
    const lists = Object.values(this.columns);
    const length = Math.max(0, ...lists.map((list) => list.length));
    return Array.from({ length }, (_, i) => [
      String(i),
      ...lists.map((list) => String(list[i] ?? "")),
    ]);
  }

  /** Tab-separated, as spreadsheets paste it. */
  async #copy(): Promise<void> {
    const lines = [["i", ...Object.keys(this.columns)], ...this.#rows()].map((row) =>
      row.join("\t"),
    );
    try {
      await navigator.clipboard.writeText(lines.join("\n"));
      this.said = say.panels.copied;
    } catch {
      this.said = say.panels.notAllowed;
    }
  }

  #key(event: KeyboardEvent): void {
    if (event.key !== "Escape" || !this.open) return;
    event.stopPropagation();
    this.open = false;
    void this.updateComplete.then(() => this.querySelector("button")?.focus());
  }
}

customElements.define("panel-more", PanelMore);
