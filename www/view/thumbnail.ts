import { html, nothing, type TemplateResult } from "lit";
import type { Option } from "../spec/catalogue.ts";
import { amplitude } from "./thumbnails/amplitude.ts";
import { basis } from "./thumbnails/basis.ts";
import { type Drawing, frame, HEIGHT, WIDTH } from "./thumbnails/ground.ts";
import { matrix } from "./thumbnails/matrix.ts";
import { method } from "./thumbnails/method.ts";
import { noise } from "./thumbnails/noise.ts";
import { named, signal } from "./thumbnails/signal.ts";

/** What draws the options of a choice, by the name of the parameter. */
const KINDS: Record<string, (option: Option) => Drawing> = {
  amplitude: ({ id }) => amplitude(id),
  basis: ({ id }) => basis(id),
  matrix: ({ id }) => matrix(id),
  method: ({ label, line }) => method(`${label} ${line}`),
  name: ({ id }) => named(id),
  noise: ({ id }) => noise(id),
  signal: ({ id }) => signal(id),
};

/** Whether the options of a parameter have thumbnails at all. */
export function hasThumbnails(kind: string): boolean {
  return Object.hasOwn(KINDS, kind);
}

/** A small drawing of an option. One whose looks are not known here has an empty frame; it says nothing that words do not. */
export function thumbnail(kind: string, option: Option): TemplateResult {
  const drawing = KINDS[kind]?.(option) ?? nothing;
  return html`<svg class="thumbnail" viewBox="0 0 ${WIDTH} ${HEIGHT}" width=${WIDTH} height=${HEIGHT} aria-hidden="true">${drawing === nothing ? frame() : drawing}</svg>`;
}
