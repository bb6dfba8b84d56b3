import { html, type TemplateResult } from "lit";
import type { Lab } from "../lab.ts";
import { say } from "../messages/say.ts";
import { methodColour, methodLetter } from "./methods.ts";

/** What the pointer and the keys do over anything that stands for one method: the others step back. */
export function pointing(lab: Lab, letter: number) {
  return {
    on: () => lab.pointMethod(letter),
    off: () => lab.pointMethod(undefined),
    // A tap also leaves the focus behind; only a key's focus goes on pointing.
    focus: ({ currentTarget }: FocusEvent) => {
      if ((currentTarget as Element).matches(":focus-visible")) lab.pointMethod(letter);
    },
  };
}

/** A method's letter: hover or focus dims the others, a click shows the method's own panels. */
export function letterButton(lab: Lab, letter: number, name: string): TemplateResult {
  const { on, off, focus } = pointing(lab, letter);
  return html`<button class="letter" style="background:var(--${methodColour(letter)})"
    aria-label=${say.sentence.showPanelsOf(methodLetter(letter), name)} title=${say.sentence.showPanels(name)}
    aria-pressed=${lab.drawnLetters[lab.focus] === letter ? "true" : "false"}
    @pointerenter=${on} @pointerleave=${off} @focus=${focus} @blur=${off}
    @click=${() => lab.show(letter)}>${methodLetter(letter)}</button>`;
}
