import { html } from "lit";
import type { Lab } from "../lab.ts";
import { say } from "../messages/say.ts";
import { addressOf } from "../spec/link.ts";

/** Where this page is, without what it shows. */
export function pageAddress(): string {
  return location.href.replace(/[?#].*$/, "");
}

/** An embedded lab may hide what it likes: the whole Spec is one click away. */
export function embedFoot(lab: Lab, page: string) {
  return html`<p class="embed-foot"><a href="${page}${addressOf(lab.place)}" target="_blank" rel="noopener">${say.page.openInPursuit}</a></p>`;
}
