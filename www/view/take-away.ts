import { html, nothing } from "lit";
import { say } from "../messages/say.ts";
import { Part } from "./part.ts";
import type { Sheet } from "./take-sheets.ts";

/** What is copied from an exhibit: how to cite it, how to check it in Python. Made when it is asked for. */
const KINDS = ["cite", "python"] as const;
type Kind = (typeof KINDS)[number];

/** Buttons, and the dialog with texts to copy that each opens. */
export class TakeAway extends Part {
  static override properties = {
    ...Part.properties,
    sheet: { state: true },
    said: { state: true },
  };
  declare sheet: Sheet | undefined;
  declare said: string;

  constructor() {
    super();
    this.said = "";
  }

  override render() {
    return html`${KINDS.map((kind) => html`<button class="link" aria-haspopup="dialog" @click=${() => void this.#open(kind)}>${say.notes[kind]}</button> `)}
      ${this.sheet ? this.#dialog(this.sheet) : nothing}`;
  }

  #dialog(sheet: Sheet) {
    const { title, about, texts } = sheet;
    return html`<dialog class="take-sheet" aria-labelledby="take-title" @close=${() => {
      this.sheet = undefined;
    }}>
      <header><h2 id="take-title">${title}</h2><form method="dialog"><button class="outlined">${sheet.words.close}</button></form></header>
      <p>${about}</p>
      ${texts.map(
        ({ name, text }) => html`<section aria-label=${name}>
          <div class="title-line"><h3>${name}</h3><button class="link" @click=${() => void this.#copy(text, sheet)}>${sheet.words.copy}</button></div>
          <pre tabindex="0">${text}</pre></section>`,
      )}
      <p class="note" role="status">${this.said}</p>
    </dialog>`;
  }

  async #open(kind: Kind): Promise<void> {
    const { sheetOf } = await import("./take-sheets.ts");
    this.said = "";
    this.sheet = sheetOf(kind, this.lab);
    await this.updateComplete;
    this.querySelector("dialog")?.showModal();
  }

  async #copy(text: string, { words }: Sheet): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      this.said = words.copied;
    } catch {
      this.said = words.notAllowed;
    }
  }
}

customElements.define("take-away", TakeAway);
