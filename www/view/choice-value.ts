import { html, LitElement } from "lit";
import { say } from "../messages/say.ts";
import type { Option } from "../spec/catalogue.ts";
import { icon } from "./icons.ts";
import { hasThumbnails, thumbnail } from "./thumbnail.ts";

let serial = 0;
function nextId(): string {
  serial += 1;
  return `choice-${serial}`;
}

/**
 * A choice in a sentence: a word that opens a list, each option with one line and a thumbnail of its kind.
 * Typing filters.
 * Fires `edit` with `{value}`.
 */
export class ChoiceValue extends LitElement {
  static override properties = {
    value: { attribute: false },
    text: { attribute: false },
    options: { attribute: false },
    label: { attribute: false },
    kind: { attribute: false },
    open: { state: true },
    filter: { state: true },
    filtering: { state: true },
    active: { state: true },
  };

  declare value: string;
  /** What the word in the sentence says; the option's label when empty. */
  declare text: string;
  declare options: Option[];
  declare label: string;
  /** The parameter that is chosen, by which thumbnails are drawn; none where there are no such. */
  declare kind: string;
  declare open: boolean;
  declare filter: string;
  /** Whether there is a field for the filter: in a long list, or once something is typed. */
  declare filtering: boolean;
  declare active: number;
  readonly #id = nextId();

  constructor() {
    super();
    this.open = false;
    this.filter = "";
    this.filtering = false;
    this.active = 0;
    this.text = "";
    this.kind = "";
  }

  override createRenderRoot(): this {
    return this;
  }

  get #shown(): Option[] {
    const wanted = this.filter.toLowerCase();
    return this.options.filter((option) =>
      `${option.label} ${option.line}`.toLowerCase().includes(wanted),
    );
  }

  override render() {
    const current = this.options.find((option) => option.id === this.value);
    const said = this.text || current?.label || this.value;
    return html`<span class="choice">
      <button class="value word" aria-haspopup="listbox" aria-expanded=${this.open ? "true" : "false"}
        aria-label="${this.label}: ${said}"
        @click=${this.#toggle} @keydown=${this.#buttonKey}>${said}${icon("chevron")}</button>
      ${this.open ? this.#list() : ""}
    </span>`;
  }

  #list() {
    const shown = this.#shown;
    const pictured = hasThumbnails(this.kind);
    return html`<div class="menu ${pictured ? "pictured" : ""}" @keydown=${this.#key} @focusout=${this.#focusOut}>
      ${
        this.filtering
          ? html`<input class="filter" placeholder=${say.page.typeToFilter} aria-label=${say.page.filter} .value=${this.filter}
            @input=${(event: InputEvent) => {
              this.filter = (event.target as HTMLInputElement).value;
              this.active = 0;
            }} />`
          : ""
      }
      <ul role="listbox" id=${this.#id} tabindex="0" aria-label=${this.label}
        aria-activedescendant="${this.#id}-${this.active}">
        ${shown.map(
          (
            option,
            i,
          ) => html`${option.group && option.group !== shown[i - 1]?.group ? html`<li role="presentation" class="group">${option.group}</li>` : ""}<li role="option" id="${this.#id}-${i}" class=${i === this.active ? "active" : ""}
            aria-selected=${option.id === this.value ? "true" : "false"}
            @pointermove=${() => {
              this.active = i;
            }}
            @click=${() => this.#choose(option)}>
            ${pictured ? thumbnail(this.kind, option) : ""}<div><b>${option.label}</b><span>${option.line}</span></div>
          </li>`,
        )}
        ${shown.length === 0 ? html`<li role="option" aria-selected="false" aria-disabled="true"><span>${say.page.nothingMatches(this.filter)}</span></li>` : ""}
      </ul>
    </div>`;
  }

  protected override updated(changed: Map<string, unknown>): void {
    if (!this.open) return;
    if (changed.has("open") || changed.has("filtering")) {
      this.querySelector<HTMLElement>(".filter, [role=listbox]")?.focus();
      this.#keepInside();
    }
    this.querySelector("li.active")?.scrollIntoView({ block: "nearest" });
  }

  /** A list that would leave the page is moved back into it. */
  #keepInside(): void {
    const menu = this.querySelector<HTMLElement>(".menu");
    if (!menu) return;
    const { left, right } = menu.getBoundingClientRect();
    const leftwards = getComputedStyle(menu).direction === "rtl";
    const over = leftwards ? 8 - left : right - (document.documentElement.clientWidth - 8);
    if (over > 0) menu.style.insetInlineStart = `${-over}px`;
  }

  #toggle(): void {
    this.open = !this.open;
    this.filter = "";
    this.filtering = this.options.length > 7;
    this.active = Math.max(
      0,
      this.options.findIndex((option) => option.id === this.value),
    );
  }

  #close(): void {
    this.open = false;
    void this.updateComplete.then(() => this.querySelector("button")?.focus());
  }

  #choose(option: Option | undefined): void {
    if (!option) return;
    this.#close();
    if (option.id === this.value) return;
    this.dispatchEvent(new CustomEvent("edit", { detail: { value: option.id }, bubbles: true }));
  }

  #buttonKey(event: KeyboardEvent): void {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    event.stopPropagation();
    if (!this.open) this.#toggle();
  }

  #key(event: KeyboardEvent): void {
    event.stopPropagation();
    const last = this.#shown.length - 1;
    const moves: Record<string, number> = {
      ArrowDown: Math.min(last, this.active + 1),
      ArrowUp: Math.max(0, this.active - 1),
      Home: 0,
      End: last,
    };
    const move = moves[event.key];
    if (move !== undefined) this.active = move;
    else if (event.key === "Enter") this.#choose(this.#shown[this.active]);
    else if (event.key === "Escape") this.#close();
    else if (event.key.length === 1 && !this.filtering && !event.ctrlKey && !event.metaKey) {
      this.filtering = true;
      this.filter = event.key;
      this.active = 0;
    } else return;
    event.preventDefault();
  }

  #focusOut(event: FocusEvent): void {
    if (!this.contains(event.relatedTarget as Node | null)) this.open = false;
  }
}

customElements.define("choice-value", ChoiceValue);
