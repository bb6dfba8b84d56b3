import { html } from "lit";
import { Part } from "./part.ts";
import { verdict } from "./verdict.ts";

/** The verdict under the picture. What is spoken of it changes at most once a second. */
export class VerdictPart extends Part {
  static override properties = { ...Part.properties, spoken: { state: true } };
  declare spoken: string;
  #waiting = 0;

  constructor() {
    super();
    this.spoken = "";
  }

  override render() {
    const { first, rest } = verdict(this.lab);
    return html`<p class="verdict ${this.lab.stale ? "stale" : ""}"><b>${first}</b> ${rest}</p>
      <p class="hidden" role="status" aria-live="polite">${this.spoken}</p>`;
  }

  protected override updated(): void {
    // The fingerprint of the first method's estimate, for whoever wants to compare two pages bit by bit.
    this.dataset.digest = this.lab.recording?.methods[0]?.verdict?.digest ?? "";
    if (this.#waiting) return;
    this.#waiting = window.setTimeout(() => {
      this.#waiting = 0;
      const { first, rest } = verdict(this.lab);
      this.spoken = `${first} ${rest}`;
    }, 1000);
  }
}

customElements.define("verdict-part", VerdictPart);
