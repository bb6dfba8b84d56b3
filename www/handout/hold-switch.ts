import { html } from "lit";
import { sayHandout } from "../messages/handout.ts";
import { type Hold, holdOf, isHidden, withHold } from "../spec/handout.ts";
import { Listener } from "../view/part.ts";

const PLACES: readonly Hold[] = ["free", "locked", "hidden"];

/** How a link holds one control: free, locked or hidden. */
export class HoldSwitch extends Listener {
  static override properties = {
    ...Listener.properties,
    name: { attribute: false },
    label: { attribute: false },
  };
  /** Of a parameter or an act, as `spec/handout.ts` has them. */
  declare name: string;
  declare label: string;

  override createRenderRoot(): this {
    return this;
  }

  override render() {
    const { lab, name, label } = this;
    const { draft } = lab;
    if (!draft) return "";
    const hold = holdOf(draft, name);
    const places = this.#places;
    // What is hidden with the choice that it belongs to has nothing to say of its own.
    const within = isHidden(draft, name) && !draft.hide.includes(name);
    return html`<span class="hold" role="radiogroup" aria-label=${sayHandout.holdOf(label, sayHandout.holds[hold].name)} aria-disabled=${within ? "true" : "false"} @keydown=${this.#key}>
      ${places.map(
        (
          place,
        ) => html`<button type="button" role="radio" data-place=${place} aria-checked=${place === hold ? "true" : "false"}
        tabindex=${place === hold ? 0 : -1} aria-label=${sayHandout.holds[place].name} title=${sayHandout.holdLine(label, sayHandout.holds[place].name, sayHandout.holds[place].line)} ?disabled=${within} @click=${() => this.#put(place)}></button>`,
      )}</span>`;
  }

  /** Drawing has no control that could be absent. */
  get #places() {
    return this.name === "signal" ? PLACES.slice(0, 2) : PLACES;
  }

  #put(place: Hold): void {
    const { lab, name } = this;
    if (!lab.draft) return;
    lab.draft = withHold(lab.draft, name, place);
    lab.announce();
  }

  readonly #key = (event: KeyboardEvent): void => {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const { draft } = this.lab;
    if (by === undefined || !draft) return;
    event.preventDefault();
    event.stopPropagation();
    const places = this.#places;
    const at = places.indexOf(holdOf(draft, this.name));
    this.#put(places[(at + by + places.length) % places.length] ?? "free");
    this.requestUpdate();
    void this.updateComplete.then(() =>
      this.querySelector<HTMLElement>("[aria-checked=true]")?.focus(),
    );
  };
}

customElements.define("hold-switch", HoldSwitch);
