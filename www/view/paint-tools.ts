import { html, type TemplateResult } from "lit";
import type { Lab } from "../lab.ts";
import { say } from "../messages/say.ts";
import { short } from "../words/numbers.ts";
import { icon } from "./icons.ts";

/** A round brush as a person sets it: a radius in pixels, and light in steps of the brightest that there was. */
export interface Tip {
  radius: number;
  shade: number;
}

/** Steps of light in one of the brightest, and the most of them. */
const SHADES = { step: 20, most: 30 };
const RADII = { least: 0.5, most: 12 };

export const TIP: Tip = { radius: 1.5, shade: SHADES.step };

/** The light that a brush leaves, where `unit` is the brightest that there was. */
export function lightOf({ shade }: Tip, unit: number): number {
  return (shade / SHADES.step) * unit;
}

/** A brush so many steps lighter and broader. */
export function changedTip({ radius, shade }: Tip, lighter: number, broader: number): Tip {
  return {
    radius: Math.min(RADII.most, Math.max(RADII.least, radius + broader / 2)),
    shade: Math.min(SHADES.most, Math.max(0, shade + lighter)),
  };
}

/** The brush's light and width, as sliders. */
export function brushTools(tip: Tip, light: string, choose: (tip: Tip) => void): TemplateResult {
  const width = 2 * tip.radius;
  const read = (event: Event) => Number((event.target as HTMLInputElement).value);
  return html`<label>${say.paint.light} <input type="range" min="0" max=${SHADES.most} .value=${String(tip.shade)} aria-valuetext=${light}
      @input=${(event: Event) => choose({ ...tip, shade: read(event) })} /><output>${light}</output></label>
    <label>${say.paint.width} <input type="range" min=${2 * RADII.least} max=${2 * RADII.most} .value=${String(width)} aria-valuetext=${say.paint.pixels(short(width, 3))}
      @input=${(event: Event) => choose({ ...tip, radius: read(event) / 2 })} /><output>${width}</output></label>`;
}

/** What can be done with all that is painted. */
export function canvasTools(lab: Lab, clear: () => void): TemplateResult {
  return html`<span class="tools"><button class="link" title=${say.paint.clearTitle} @click=${clear}>${say.paint.clear}</button>
    <button class="plain" aria-label=${say.page.undo} title=${say.page.undoKey} ?disabled=${!lab.canUndo} @click=${() => lab.undo()}>${icon("undo")}</button>
    <button class="plain" aria-label=${say.page.redo} title=${say.page.redoKey} ?disabled=${!lab.canRedo} @click=${() => lab.redo()}>${icon("redo")}</button></span>`;
}
