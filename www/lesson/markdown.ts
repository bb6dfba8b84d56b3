import DOMPurify from "dompurify";
import katex from "katex";
import { Marked } from "marked";

/** What may stand in a lesson's text, whatever the Markdown made of it. */
const ALLOWED = {
  ALLOWED_TAGS: [
    ..."p br hr h2 ul ol li strong em del code pre blockquote a sub sup".split(" "),
    ..."table thead tbody tr th td span".split(" "),
  ],
  ALLOWED_ATTR: ["href", "start", "align", "data-tex", "data-display"],
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  // What is no address is not held to be one.
  ADD_URI_SAFE_ATTR: ["start", "align", "data-tex", "data-display"],
  // Web addresses, and places of this page.
  ALLOWED_URI_REGEXP: /^(?:https?:\/\/|#)/i,
  RETURN_DOM_FRAGMENT: true as const,
};

/** Bounds on what a formula may draw and unfold. */
const TEX = {
  throwOnError: false,
  trust: false,
  strict: false,
  maxSize: 20,
  maxExpand: 200,
} as const;

const marked = new Marked({ gfm: true });
marked.use({
  renderer: {
    // HTML is shown as what it is and not used; a picture is its words.
    html: ({ text }) => escaped(text),
    image: ({ text }) => escaped(text),
    // The step's title is the page's heading: what a text has of its own stands below it.
    heading({ tokens }) {
      return `<h2>${this.parser.parseInline(tokens)}</h2>`;
    },
  },
  extensions: [
    {
      name: "tex",
      level: "inline",
      start: (text: string) => text.indexOf("$"),
      tokenizer(text: string) {
        const [raw, double, source] = /^(\$\$?)((?:\\.|[^$\\\n])+)\1(?!\d)/.exec(text) ?? [];
        if (raw === undefined) return undefined;
        return { type: "tex", raw, source, display: double === "$$" };
      },
      // The source rides through the sanitiser as an attribute and is set afterwards, so that no markup of a lesson's is trusted.
      renderer: (token) =>
        `<span data-tex="${escaped(String(token.source))}"${token.display ? ' data-display="1"' : ""}></span>`,
    },
  ],
});

/** A lesson's Markdown as nodes: sanitised, formulas set, links to other hosts opened beside the page. */
export function nodesOf(markdown: string): DocumentFragment {
  return finished(marked.parse(markdown, { async: false }));
}

/** The same within a line: a question or an option. */
export function inlineNodes(markdown: string): DocumentFragment {
  return finished(marked.parseInline(markdown, { async: false }));
}

function finished(markup: string): DocumentFragment {
  const nodes = DOMPurify.sanitize(markup, ALLOWED);
  for (const place of nodes.querySelectorAll<HTMLElement>("[data-tex]"))
    katex.render(place.dataset.tex ?? "", place, {
      ...TEX,
      displayMode: place.dataset.display === "1",
    });
  for (const link of nodes.querySelectorAll("a")) {
    if (link.getAttribute("href")?.startsWith("#")) continue;
    link.target = "_blank";
    link.rel = "noopener noreferrer";
  }
  return nodes;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
