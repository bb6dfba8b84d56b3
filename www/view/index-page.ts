import { html, LitElement, nothing, type TemplateResult } from "lit";
import { textOf } from "../messages/cards.ts";
import { say } from "../messages/say.ts";
import { Miniatures } from "../solve/miniatures.ts";
import { type Catalogue, type Exhibit, labTitle, type System } from "../spec/catalogue.ts";
import { addressOf } from "../spec/link.ts";
import { nearestExhibit } from "../spec/nearest.ts";
import { matches } from "../spec/search.ts";
import type { Spec } from "../spec/spec.ts";
import { icon, mark } from "./icons.ts";
import "./miniature-view.ts";

/** Where labs fold and the vector has two rows. */
const PHONE = matchMedia("(max-width: 700px)");
/** The section of the classical methods, among the labs. */
const FOUNDATIONS = "foundations";

/** One line of the index: a published system or a classical method. */
export interface Entry {
  id: string;
  n: number | null;
  lab: string;
  title: string;
  line: string;
  link: string | undefined;
  ready: boolean;
  /** What is searched. */
  haystack: string;
  /** The default Spec of a ready one, for its miniature. */
  spec: string | undefined;
  /** Where to go instead of one that is not built. */
  nearest: Exhibit | undefined;
}

/** All exhibits: the 119 systems as a vector, and the lists by lab. Its state is the address. */
export class IndexPage extends LitElement {
  static override properties = {
    catalogue: { attribute: false },
    query: { attribute: false },
    show: { attribute: false },
    unfolded: { state: true },
  };
  declare catalogue: Catalogue;
  declare module: (lab: string) => Promise<WebAssembly.Module>;
  declare query: string;
  declare show: string;
  /** Sections that are open on a phone. */
  declare unfolded: Set<string>;
  #miniatures: Miniatures | undefined;
  #systems: Entry[] = [];
  #foundations: Entry[] = [];
  readonly #narrower = () => this.requestUpdate();

  constructor() {
    super();
    this.unfolded = new Set([FOUNDATIONS]);
  }

  override createRenderRoot(): this {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    PHONE.addEventListener("change", this.#narrower);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    PHONE.removeEventListener("change", this.#narrower);
    this.#miniatures?.close();
    this.#miniatures = undefined;
  }

  protected override willUpdate(changed: Map<string, unknown>): void {
    this.#miniatures ??= new Miniatures(this.module);
    if (!changed.has("catalogue")) return;
    const { systems, exhibits } = this.catalogue.data;
    this.#systems = systems.map((system) => entryOf(system, this.catalogue));
    this.#foundations = exhibits
      .filter((exhibit) => exhibit.n === null)
      .map((exhibit) => foundationOf(exhibit, this.catalogue));
  }

  override render() {
    const systems = this.#systems;
    const foundations = this.#foundations;
    const ready = systems.filter((entry) => entry.ready).length;
    const shown = (entry: Entry) =>
      matches(this.query, entry.haystack) && (this.show !== "ready" || entry.ready);
    const listed = this.show === "foundations" ? [] : systems.filter(shown);
    const classical = foundations.filter(shown);
    const nothingFound = listed.length + classical.length === 0;
    return html`<main id="main" class="index">
      <header class="index-head">
        <h1>${say.index.heading(systems.length, ready)}</h1>
        <label class="search">${icon("search")}<input type="search" placeholder=${say.index.searchFor} aria-label=${say.index.search}
          .value=${this.query} @input=${(event: InputEvent) => this.#go({ query: (event.target as HTMLInputElement).value })}
          @keydown=${(event: KeyboardEvent) => {
            if (event.key === "Enter") this.#openFirst([...classical, ...listed]);
          }} /></label>
        <span class="tabs" role="group" aria-label=${say.index.which}>
          ${[
            ["all", say.index.all(systems.length)],
            ["ready", say.index.readyOnes(ready + foundations.length)],
            ["foundations", say.index.foundationsOf(foundations.length)],
          ].map(
            ([id, text]) =>
              html`<button aria-pressed=${this.show === id ? "true" : "false"} @click=${() => this.#go({ show: id ?? "all" })}>${text}</button>`,
          )}
        </span>
        <a href=${addressOf({ page: "methods", query: "" })}>${say.index.allMethods}</a> <a href="#/lessons">${say.index.firstCourse}</a>
        <span class="legend"><span>${mark("ready")}${say.index.readyToRun}</span><span>${mark("unbuilt")}${say.index.notBuilt}</span></span>
      </header>
      ${this.#vector(systems, new Set(listed.map(({ id }) => id)))}
      ${nothingFound ? html`<p class="empty">${say.index.nothingMatches(this.query)}</p>` : nothing}
      <div class="lists">
        ${
          classical.length > 0
            ? this.#section(
                FOUNDATIONS,
                html`${say.index.foundations} <small>${say.index.classical(classical.length)}</small>`,
                say.index.classicalLine,
                classical,
              )
            : nothing
        }
        ${this.catalogue.data.labs.map((lab) =>
          this.#list(
            lab,
            listed.filter((entry) => entry.lab === lab.id),
            systems,
          ),
        )}
      </div>
    </main>`;
  }

  /** The systems as a vector: a filled stem is ready, a ring at zero is not built. */
  #vector(systems: Entry[], shown: Set<string>) {
    const { labs } = this.catalogue.data;
    // A phone shows it in two rows, broken between two labs near the middle.
    const before = (i: number) =>
      systems.filter(({ lab }) => labs.slice(0, i).some(({ id }) => id === lab)).length;
    const half = labs.findIndex((_, i) => before(i + 1) > systems.length / 2);
    return html`<div class="vector" role="group" aria-label=${say.index.byLab} @keydown=${this.#walk}>
      ${[labs.slice(0, half), labs.slice(half)].map(
        (row) =>
          html`<div class="vector-row">${row.map(({ id }) => this.#stems(id, systems, shown))}</div>`,
      )}
    </div>`;
  }

  #stems(lab: string, systems: Entry[], shown: Set<string>) {
    const own = systems.filter((entry) => entry.lab === lab);
    return html`<div class="entries" style="flex:${own.length} ${own.length} 0">
      <div class="stems">${own.map(
        (
          entry,
        ) => html`<a href=${entry.ready ? addressOf({ page: "lab", exhibit: entry.id }) : `#${this.#anchor(entry)}`}
        class="${entry.ready ? "ready" : ""} ${shown.has(entry.id) ? "" : "faint"}" tabindex=${entry === systems[0] ? 0 : -1}
        aria-label="${entry.n}, ${entry.title}, ${entry.ready ? say.index.ready : say.index.notBuilt}" title="${entry.n}. ${entry.title}"
        @click=${(event: MouseEvent) => {
          if (entry.ready) return;
          event.preventDefault();
          this.#scrollTo(entry);
        }}></a>`,
      )}</div>
      <b>${labTitle(lab)}</b><small>${say.index.ofAll(own.filter((entry) => entry.ready).length, own.length)}</small>
    </div>`;
  }

  /** Brings an entry into view, and opens its lab where that is folded. */
  #scrollTo(entry: Entry): void {
    this.unfolded = new Set([...this.unfolded, entry.lab]);
    void this.updateComplete.then(() =>
      document.getElementById(this.#anchor(entry))?.scrollIntoView({ block: "center" }),
    );
  }

  #anchor(entry: Entry): string {
    return `system-${entry.id}`;
  }

  #list(lab: { id: string; about: string }, listed: Entry[], systems: Entry[]) {
    if (listed.length === 0) return nothing;
    const all = systems.filter((entry) => entry.lab === lab.id);
    const sorted = [...listed].sort(
      (a, b) => Number(b.ready) - Number(a.ready) || (a.n ?? 0) - (b.n ?? 0),
    );
    return this.#section(
      lab.id,
      html`${labTitle(lab.id)} <small>${say.index.readyOf(all.filter((entry) => entry.ready).length, all.length)}</small>`,
      `${say.page.labLines[lab.id] ?? lab.about}.`,
      sorted,
    );
  }

  /** A list under a heading. On a phone it folds, but not while something is searched for. */
  #section(id: string, heading: TemplateResult, about: string, entries: Entry[]) {
    const open = !PHONE.matches || this.query !== "" || this.unfolded.has(id);
    const toggle = () => {
      const unfolded = new Set(this.unfolded);
      if (!unfolded.delete(id)) unfolded.add(id);
      this.unfolded = unfolded;
    };
    const title =
      PHONE.matches && this.query === ""
        ? html`<button class="fold" aria-expanded=${open ? "true" : "false"} @click=${toggle}><span>${heading}</span>${icon("chevron")}</button>`
        : heading;
    return html`<section><h2>${title}</h2>${
      open
        ? html`<p class="lab-line">${about}</p><ul>${entries.map((entry) => this.#item(entry))}</ul>`
        : nothing
    }</section>`;
  }

  #item(entry: Entry) {
    const { nearest } = entry;
    const title = entry.ready
      ? html`<a class="ready" href=${addressOf({ page: "lab", exhibit: entry.id })}>${this.#titleOf(entry)}</a>`
      : html`<span>${entry.title}</span>`;
    const line = entry.ready
      ? entry.line
      : html`${say.index.notBuilt}${entry.line ? html`; ${entry.line}` : ""}
        ${entry.link ? html` <a href=${entry.link} target="_blank" rel="noopener" aria-label=${say.index.paperOf(entry.title)}>${say.index.paper}</a>` : ""}
        ${nearest ? html` <a href=${addressOf({ page: "lab", exhibit: nearest.id })} title=${say.index.nearestTitle}>${say.index.nearest(nearest.title)}</a>` : ""}`;
    return html`<li id=${this.#anchor(entry)}><span class="n">${entry.n ?? ""}</span>${mark(entry.ready ? "ready" : "unbuilt")}
      <div>${title}<small>${line}</small></div>${entry.spec === undefined ? nothing : html`<miniature-view .lab=${entry.lab} .spec=${entry.spec} .source=${this.#miniatures}></miniature-view>`}</li>`;
  }

  /** What an entry is called; a paper's own title stays as it is. */
  #titleOf({ id, n, title }: Entry): string {
    const exhibit = n === null ? this.catalogue.exhibit(id) : undefined;
    return exhibit ? textOf(exhibit).text.title : title;
  }

  #openFirst(entries: Entry[]): void {
    const first = entries.find((entry) => entry.ready) ?? entries[0];
    if (first?.ready) location.hash = addressOf({ page: "lab", exhibit: first.id });
    else if (first) this.#scrollTo(first);
  }

  /** Arrows walk the vector. */
  #walk(event: KeyboardEvent): void {
    const direction = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (direction === 0) return;
    const links = [...this.querySelectorAll<HTMLElement>(".vector a")];
    const next = links[links.indexOf(event.target as HTMLElement) + direction];
    if (!next) return;
    event.preventDefault();
    for (const link of links) link.tabIndex = link === next ? 0 : -1;
    next.focus();
  }

  #go(change: { query?: string; show?: string }): void {
    this.query = change.query ?? this.query;
    this.show = change.show ?? this.show;
    history.replaceState(
      null,
      "",
      addressOf({ page: "index", query: this.query, show: this.show }),
    );
  }
}

/** Words by which an exhibit is found: its own, and those of its methods and its problem. */
function wordsOf(exhibit: Exhibit, catalogue: Catalogue): string {
  const spec = JSON.parse(exhibit.spec) as Spec;
  const methods = spec.methods.map(({ id }) => {
    const card = catalogue.method(id)?.card;
    return `${id} ${card?.short} ${card?.title} ${card?.line}`;
  });
  const problem = catalogue.problem(spec.problem.id);
  const { paper } = exhibit;
  return `${exhibit.id} ${exhibit.title} ${exhibit.lab} ${paper.authors} ${paper.title} ${paper.year} ${exhibit.idea} ${methods.join(" ")} ${problem?.id} ${problem?.title}`;
}

function entryOf(system: System, catalogue: Catalogue): Entry {
  const exhibit = catalogue.exhibit(system.id);
  return {
    ...system,
    ready: exhibit !== undefined,
    line: [exhibit?.paper.authors, system.venue].filter(Boolean).join(", "),
    link: system.link,
    haystack: `${system.n} ${system.id} ${system.title} ${system.lab} ${system.venue ?? ""} ${exhibit ? wordsOf(exhibit, catalogue) : ""}`,
    spec: exhibit?.spec,
    nearest: exhibit ? undefined : nearestExhibit(system, catalogue.data.exhibits),
  };
}

function foundationOf(exhibit: Exhibit, catalogue: Catalogue): Entry {
  return {
    id: exhibit.id,
    n: null,
    lab: exhibit.lab,
    title: exhibit.title,
    ready: true,
    link: exhibit.paper.link,
    line: `${exhibit.paper.authors}, ${exhibit.paper.year}`,
    haystack: wordsOf(exhibit, catalogue),
    spec: exhibit.spec,
    nearest: undefined,
  };
}

customElements.define("index-page", IndexPage);
