import { html, LitElement, nothing } from "lit";
import { say } from "../messages/say.ts";
import { exact } from "../words/numbers.ts";
import { dragStrip, rulerMarks } from "./drag-strip.ts";

/** What a number in a sentence knows of its parameter. */
export interface NumberRange {
  min: number;
  max: number;
  step: number;
  log: boolean;
  whole: boolean;
}

/** Pixels of a drag that make one step. */
const DRAG = 4;
/** Space between the strip and the edges of the page, and between it and the number, in px. */
const AROUND = 8;

/**
 * A number in a sentence: drag it, use the keys, or click and type.
 * Fires `edit` with `{value, group}` (one group a drag), `settle` at the end, and `restore` when what was typed is given up.
 */
export class NumberValue extends LitElement {
  static override properties = {
    value: { type: Number },
    range: { attribute: false },
    unit: { attribute: false },
    label: { attribute: false },
    prefix_: { attribute: false },
    refused: { attribute: false },
    automatic: { attribute: false },
    typing: { state: true },
    held: { state: true },
    strip: { state: true },
  };

  declare value: number;
  declare range: NumberRange;
  declare unit: string;
  declare label: string;
  /** What stands before the number and belongs to it, such as `λ = `. */
  declare prefix_: string;
  /** What was typed and could not be used. */
  declare refused: string | undefined;
  /** Whether no value is set and the method takes its own. */
  declare automatic: boolean;
  declare typing: boolean;
  declare held: boolean;
  /** Where the strip stands below a number that a finger drags, in px from the top of the window. */
  declare strip: number | undefined;

  #from = { x: 0, value: 0, steps: 0, moved: false, group: "" };

  constructor() {
    super();
    this.typing = false;
    this.held = false;
    this.automatic = false;
    this.unit = "";
    this.prefix_ = "";
  }

  override createRenderRoot(): this {
    return this;
  }

  get #text(): string {
    return this.automatic
      ? say.sentence.automatic
      : this.prefix_ + numberText(this.value, this.unit);
  }

  override render() {
    if (this.typing) {
      return html`<input class="typed" aria-label=${this.label} inputmode="decimal"
        .value=${this.refused ?? String(this.value)} size=${Math.max(3, String(this.value).length)}
        @keydown=${this.#typedKey} @blur=${this.#leave} />`;
    }
    const state = this.refused ? "refused" : this.held ? "held" : "";
    return html`<span class="value number ${state}" role="spinbutton" tabindex="0"
      aria-label=${this.label} aria-valuenow=${plain(this.value)} aria-valuetext=${this.#text}
      aria-valuemin=${plain(this.range.min)} aria-valuemax=${plain(this.range.max)}
      aria-invalid=${this.refused ? "true" : "false"}
      title=${say.sentence.dragOrType}
      @pointerdown=${this.#down} @pointermove=${this.#move} @pointerup=${this.#up} @pointercancel=${this.#up}
      @keydown=${this.#key} @blur=${this.#settle}>${this.refused ?? this.#text}</span>${this.strip === undefined ? nothing : this.#strip(this.strip)}`;
  }

  /** A finger hides what it drags, so the number stands below it once more. */
  #strip(top: number) {
    const width = document.documentElement.clientWidth - 2 * AROUND;
    const { value: from, steps } = this.#from;
    const stepped = (start: number, by: number) => this.#stepped(start, by);
    const marks = rulerMarks({ value: this.value, from, steps }, stepped, width / 2 / DRAG);
    return dragStrip(this.#text, marks, { top, width, pixels: DRAG });
  }

  protected override updated(): void {
    const input = this.querySelector("input");
    if (input && !input.matches(":focus")) {
      input.focus();
      input.select();
    }
  }

  /** The value `steps` steps away, on the parameter's own scale, within its range. */
  #stepped(from: number, steps: number): number {
    const { min, max, step, log, whole } = this.range;
    let next = from + steps * step;
    if (log && from > 0) {
      next = from * 1.05 ** steps;
      // On whole numbers a step moves by one at least.
      if (whole && Math.abs(next - from) < Math.abs(steps)) next = from + steps;
    }
    next = whole ? Math.round(next) : Number(next.toPrecision(log ? 3 : 12));
    return Math.min(max, Math.max(min, next));
  }

  #edit(value: number, group: string): void {
    if (value === this.value && !this.refused && !this.automatic) return;
    this.dispatchEvent(new CustomEvent("edit", { detail: { value, group }, bubbles: true }));
  }

  /** Back to the value that the picture shows. */
  #restore(): void {
    this.dispatchEvent(new CustomEvent("restore", { bubbles: true }));
  }

  #settle(): void {
    this.dispatchEvent(new CustomEvent("settle", { bubbles: true }));
  }

  #down(event: PointerEvent): void {
    if (event.button !== 0) return;
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    this.#from = {
      x: event.clientX,
      value: this.value,
      steps: 0,
      moved: false,
      group: `drag ${event.timeStamp}`,
    };
    this.held = true;
  }

  #move(event: PointerEvent): void {
    if (!this.held) return;
    const pixels = event.clientX - this.#from.x;
    if (Math.abs(pixels) >= DRAG) this.#from.moved = true;
    if (!this.#from.moved) return;
    const pace = event.shiftKey ? 0.25 : event.altKey ? 4 : 1;
    this.#from.steps = Math.round((pixels / DRAG) * pace);
    if (event.pointerType === "touch")
      this.strip = (event.currentTarget as Element).getBoundingClientRect().bottom + AROUND;
    this.#edit(this.#stepped(this.#from.value, this.#from.steps), this.#from.group);
  }

  #up(): void {
    if (!this.held) return;
    this.held = false;
    this.strip = undefined;
    if (this.#from.moved) this.#settle();
    else this.typing = true;
  }

  #key(event: KeyboardEvent): void {
    const { min, max } = this.range;
    const moves: Record<string, () => number> = {
      ArrowUp: () => this.#stepped(this.value, 1),
      ArrowDown: () => this.#stepped(this.value, -1),
      PageUp: () => this.#stepped(this.value, 10),
      PageDown: () => this.#stepped(this.value, -10),
      Home: () => min,
      End: () => max,
    };
    const move = moves[event.key];
    if (move) {
      const next = move();
      if (Number.isFinite(next)) this.#edit(next, `keys ${this.label}`);
    } else if (event.key === "Escape" && this.refused !== undefined) {
      this.#restore();
    } else if (event.key === "Enter" || /^[0-9.-]$/.test(event.key)) {
      this.typing = true;
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  #typedKey(event: KeyboardEvent): void {
    event.stopPropagation();
    if (event.key === "Enter") this.#accept(event.currentTarget as HTMLInputElement);
    if (event.key === "Escape" && this.refused !== undefined) this.#restore();
    if (event.key === "Escape" || event.key === "Enter") {
      this.typing = false;
      void this.updateComplete.then(() =>
        this.querySelector<HTMLElement>("[role=spinbutton]")?.focus(),
      );
    }
  }

  #leave(event: FocusEvent): void {
    if (!this.typing) return;
    this.typing = false;
    this.#accept(event.currentTarget as HTMLInputElement);
  }

  /** Whatever was typed is tried; the Spec's own check says what is wrong with it. */
  #accept(input: HTMLInputElement): void {
    const text = input.value.trim().replace("\u2212", "-").replace(",", ".");
    const value = text === "" ? Number.NaN : Number(text);
    if (value === this.value && !this.refused) return;
    const detail = { value: Number.isFinite(value) ? value : input.value, group: undefined };
    this.dispatchEvent(new CustomEvent("edit", { detail, bubbles: true }));
    this.#settle();
  }
}

/** A number as the sentence has it. */
export function numberText(value: number, unit: string): string {
  return `${exact(value)}${unit ? `\u2009${unit}` : ""}`;
}

/** A number without an exponent, as ARIA takes it; no limit is no attribute. */
function plain(value: number): string | typeof nothing {
  if (!Number.isFinite(value)) return nothing;
  return /e-/.test(String(value)) ? value.toFixed(20) : String(value);
}

customElements.define("number-value", NumberValue);
