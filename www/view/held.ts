import { html, nothing } from "lit";
import type { Lab } from "../lab.ts";
import { say } from "../messages/say.ts";
import { type Hold, holdOf, nameOf } from "../spec/handout.ts";
import type { Path } from "../spec/spec.ts";

/** Where a parameter or an act stands by the link that was followed. */
export function holdIn({ handout }: Lab, name: string): Hold {
  return handout ? holdOf(handout, name) : "free";
}

/** A control as the link has it: itself, or the plain word. In the builder its switch stands beside it. */
export function heldValue(
  lab: Lab,
  path: Path,
  label: string,
  parts: { control: unknown; said: string },
): unknown {
  const name = nameOf(path);
  if (lab.draft)
    return html`<span class="switched" data-hold=${holdOf(lab.draft, name)}>${parts.control}${holdSwitch(lab, name, label)}</span>`;
  if (holdIn(lab, name) === "free") return parts.control;
  return html`<span class="locked-value" title=${say.sentence.locked}>${parts.said}</span>`;
}

/** A button that acts on the Spec, as the link has it: absent where it is hidden, still where it is locked. */
export function heldAct(
  lab: Lab,
  name: string,
  label: string,
  act: (locked: boolean) => unknown,
): unknown {
  if (lab.draft)
    return html`<span class="switched" data-hold=${holdOf(lab.draft, name)}>${act(false)}${holdSwitch(lab, name, label)}</span>`;
  const hold = holdIn(lab, name);
  return hold === "hidden" ? nothing : act(hold === "locked");
}

/** The switch with three places; it is there as soon as the builder is loaded. */
export function holdSwitch(lab: Lab, name: string, label: string): unknown {
  return html`<hold-switch .lab=${lab} .name=${name} .label=${label}></hold-switch>`;
}
