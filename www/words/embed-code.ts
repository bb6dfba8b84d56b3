/** One line of HTML that shows a lab in another page; `page` is the address of Pursuit, `hash` the link's part after it. */
export function elementCode(page: string, hash: string): string {
  const script = new URL("embed/pursuit-lab.js", page).href;
  return `<script type="module" src="${quoted(script)}"></script><pursuit-lab spec="${quoted(hash)}"></pursuit-lab>`;
}

/** The same as a frame, for pages that take no scripts; `height` in CSS px. */
export function frameCode(page: string, hash: string, title: string, height: number): string {
  return `<iframe src="${quoted(`${page}?embed${hash}`)}" title="${quoted(title)}" width="100%" height="${Math.ceil(height)}" style="border:0" loading="lazy"></iframe>`;
}

function quoted(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}
