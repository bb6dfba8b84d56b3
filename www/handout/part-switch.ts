import { html } from "lit";
import { sayHandout } from "../messages/handout.ts";
import { withHold } from "../spec/handout.ts";
import type { PartName } from "../spec/parts.ts";
import { Listener } from "../view/part.ts";

/** Whether a link shows a part of the page; it stands before the part. */
export class PartSwitch extends Listener {
  static override properties = { ...Listener.properties, piece: { attribute: false } };
  declare piece: PartName;

  override createRenderRoot(): this {
    return this;
  }

  override render() {
    const { lab, piece } = this;
    const { draft } = lab;
    if (!draft) return "";
    const shown = !draft.hide.includes(piece);
    this.dataset.shown = String(shown);
    return html`<label><input type="checkbox" .checked=${shown} @change=${(event: Event) => {
      const { checked } = event.target as HTMLInputElement;
      if (lab.draft) lab.draft = withHold(lab.draft, piece, checked ? "free" : "hidden");
      lab.announce();
    }} />${sayHandout.parts[piece]}<span>${shown ? sayHandout.shown : sayHandout.hidden}</span></label>`;
  }
}

customElements.define("part-switch", PartSwitch);
