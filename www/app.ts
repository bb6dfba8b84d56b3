import { html, LitElement, nothing } from "lit";
import { becomeFrame, frameIn } from "./embed/frame.ts";
import { whenDrawn } from "./figures/draw-queue.ts";
import { Lab } from "./lab.ts";
import { labOf } from "./lab-of.ts";
import type { Labs } from "./labs.ts";
import { type Catalogue, type Exhibit, labTitle } from "./spec/catalogue.ts";
import { EXAMPLES, exampleOptions } from "./spec/examples.ts";
import { addressOf, FIRST, type Place, placeOf, type SweepPlace } from "./spec/link.ts";
import type { Spec } from "./spec/spec.ts";
import { defaultSweep } from "./sweep/axes.ts";
import { openStudy } from "./sweep/open-study.ts";
import type { Study } from "./sweep/study.ts";
import "./sweep/sweep-page.ts";
import type { SweepPage } from "./sweep/sweep-page.ts";
import "./sweep/sweep-share.ts";
import { embedFoot, hashOf, pageAddress } from "./view/embed-foot.ts";
import { icon } from "./view/icons.ts";
import "./view/index-page.ts";
import "./view/lab-page.ts";
import type { LabPage } from "./view/lab-page.ts";
import "./view/methods-page.ts";
import "./view/share-menu.ts";

/** Delay before the address follows the Spec, in ms: browsers limit how often it may change. */
const ADDRESS_DELAY = 250;

/** The page: a header, and either an exhibit or the index. The address is the whole state. */
export class App extends LitElement {
  static override properties = {
    labs: { attribute: false },
    trouble: { state: true },
    place: { state: true },
    lab: { state: true },
    study: { state: true },
  };
  declare labs: Labs;
  /** Why the page that the address names cannot be shown. */
  declare trouble: string | undefined;
  declare place: Place | undefined;
  declare lab: Lab | undefined;
  declare study: Study | undefined;
  #timer = 0;
  /** The address as it was last read or written here. */
  #address = "";
  /** How the page shows itself in somebody else's, if it is in one. */
  readonly #frame = frameIn(location.search);
  /** The cell that the address names. */
  #cell: number | undefined;

  override createRenderRoot(): this {
    return this;
  }

  get catalogue(): Catalogue {
    return this.labs.catalogue;
  }

  /** Shows the page once it can draw. */
  start(labs: Labs): void {
    this.labs = labs;
    if (this.#frame) becomeFrame(this.#frame, this);
    window.addEventListener("hashchange", () => void this.#follow());
    window.addEventListener("keydown", this.#key);
    this.addEventListener("open-file", (event) => {
      const file = (event as CustomEvent<File>).detail;
      void this.querySelector<LabPage>("lab-page")?.open(file);
      void this.querySelector<SweepPage>("sweep-page")?.openFile(file);
    });
    void this.#follow();
  }

  /** Goes where the address says. */
  async #follow(): Promise<void> {
    this.#address = location.hash;
    const place = placeOf(location.hash) ?? { page: "lab" as const, exhibit: FIRST };
    this.place = place;
    this.trouble = undefined;
    try {
      if (place.page === "index" || place.page === "methods") await this.#openList(place.page);
      else await this.#openExhibit(place);
    } catch (error) {
      if (this.place === place) this.trouble = (error as Error).message;
    }
  }

  async #openList(page: "index" | "methods"): Promise<void> {
    this.#leave();
    const { place } = this;
    document.title = `Pursuit: ${page}`;
    await this.labs.declareAll();
    if (this.place !== place) return;
    this.requestUpdate();
    await this.updateComplete;
    document.documentElement.dataset.ready = "";
  }

  /** Opens an exhibit, or its phase diagram, as soon as its lab is there. */
  async #openExhibit(place: Extract<Place, { exhibit: string }>): Promise<void> {
    const own = labOf(place.exhibit) ?? labOf(FIRST) ?? "";
    if (this.lab?.exhibit.id !== place.exhibit || place.page === "sweep") this.#leave();
    const [module] = await Promise.all([this.labs.module(own), this.labs.declare(own)]);
    // One may have gone elsewhere meanwhile.
    if (this.place !== place) return;
    const exhibit = this.catalogue.exhibit(place.exhibit) ?? this.catalogue.exhibit(FIRST);
    if (!exhibit) return;
    // The menu of exhibits has those of all labs, as soon as nothing else is to be done.
    const idle = window.requestIdleCallback ?? ((act: () => void) => window.setTimeout(act, 1000));
    idle(
      () =>
        void this.labs.declareAll().then(
          () => this.requestUpdate(),
          () => undefined,
        ),
    );
    if (place.page === "sweep") {
      await this.#openStudy(place, exhibit, module);
      return;
    }
    const lab = this.#open(exhibit, module, place.spec);
    if (place.problem) lab.complaint = { field: "", message: place.problem };
    else if (place.exhibit !== exhibit.id)
      lab.complaint = {
        field: "",
        message: `There is no exhibit "${place.exhibit}" here yet. This is another one.`,
      };
    window.scrollTo(0, 0);
  }

  /** A Spec for the exhibit that is open is an edit of it: whoever follows a link by mistake can go back. */
  #open(exhibit: Exhibit, module: WebAssembly.Module, spec?: Spec): Lab {
    if (this.lab?.exhibit === exhibit) {
      this.lab.follow(spec ?? this.lab.own);
      return this.lab;
    }
    this.#leave();
    const lab = new Lab(this.catalogue, exhibit, module, spec);
    lab.addEventListener("change", () => this.#changed(lab));
    this.lab = lab;
    document.title = `${exhibit.title}, Pursuit`;
    return lab;
  }

  async #openStudy(place: SweepPlace, exhibit: Exhibit, module: WebAssembly.Module): Promise<void> {
    document.title = `Phase diagram: ${exhibit.title}, Pursuit`;
    window.scrollTo(0, 0);
    const study = await openStudy(this.catalogue, exhibit, module, place);
    // One may have gone elsewhere meanwhile.
    if (this.place !== place) {
      study.close();
      return;
    }
    study.addEventListener("change", () => this.#studied(study));
    this.#cell = study.open;
    this.study = study;
  }

  /** The address follows the sweep and the cell that is open, so that "back" from the lab finds both. */
  #studied(study: Study): void {
    if (study.trials > 0 || study.complaint)
      requestAnimationFrame(() =>
        whenDrawn(() => {
          document.documentElement.dataset.ready = "";
        }),
      );
    if (study.address === this.#address) return;
    // A drag changes the sweep with every step, and browsers limit how often the address may change.
    clearTimeout(this.#timer);
    const write = () => {
      if (study !== this.study || location.hash !== this.#address) return;
      history.replaceState(null, "", study.address);
      this.#address = location.hash;
    };
    const opened = study.open !== this.#cell;
    this.#cell = study.open;
    if (opened) write();
    else this.#timer = window.setTimeout(write, ADDRESS_DELAY);
  }

  #leave(): void {
    this.lab?.close();
    this.lab = undefined;
    this.study?.close();
    this.study = undefined;
    clearTimeout(this.#timer);
  }

  /** The address follows the Spec; back and forward are for pages, undo is for edits. */
  #changed(lab: Lab): void {
    // The views hear of the change after this, and draw in this frame or the next few.
    if (lab.recording?.done)
      requestAnimationFrame(() =>
        whenDrawn(() => {
          document.documentElement.dataset.ready = "";
        }),
      );
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => {
      // An address that is new is on its way to be followed: it must not be written over.
      if (lab !== this.lab || location.hash !== this.#address) return;
      const address = hashOf(lab);
      if (address === location.hash || (lab.pristine && location.hash === "")) return;
      history.replaceState(null, "", address);
      this.#address = location.hash;
    }, ADDRESS_DELAY);
  }

  readonly #key = (event: KeyboardEvent): void => {
    const target = event.target as HTMLElement;
    if (event.key !== "/" || target.closest("input, textarea, select")) return;
    event.preventDefault();
    if (this.place?.page !== "index" && this.place?.page !== "methods") location.hash = "#/index";
    // The page changes on the next turn of the event loop; the field is there after it has been drawn.
    setTimeout(
      () =>
        this.updateComplete.then(() =>
          requestAnimationFrame(() => this.querySelector<HTMLElement>(".search input")?.focus()),
        ),
      0,
    );
  };

  /** Opens an example as an exhibit of its first method. */
  #openExample(id: string): void {
    const spec = EXAMPLES.get(id);
    const exhibit = spec?.methods[0]?.id;
    if (spec && exhibit) location.hash = addressOf({ page: "lab", exhibit, spec });
  }

  /** Where the phase diagram of the lab's Spec is. */
  #sweepAddress(lab: Lab): string {
    const sweep = lab.pristine ? undefined : defaultSweep(this.catalogue, lab.spec);
    return addressOf({ page: "sweep", exhibit: lab.exhibit.id, ...(sweep ? { sweep } : {}) });
  }

  override render() {
    const { place, lab, study, trouble } = this;
    if (!place) return nothing;
    const listed = this.catalogue.data.systems.length > 0;
    const shown = place.page === "lab" ? lab : place.page === "sweep" ? study : listed;
    return html`
      ${this.#frame ? "" : this.#header(place)}
      ${place.page === "index" && listed ? html`<index-page .catalogue=${this.catalogue} .module=${(lab: string) => this.labs.module(lab)} .query=${place.query} .show=${place.show}></index-page>` : ""}
      ${place.page === "methods" && listed ? html`<methods-page .catalogue=${this.catalogue} .query=${place.query}></methods-page>` : ""}
      ${lab ? this.#labPage(lab) : ""}
      ${shown ? "" : html`<p class="loading" role="status">${trouble ?? (place.page === "sweep" ? "Checking the sweep ..." : "Loading ...")}</p>`}
      ${study ? html`<sweep-page .study=${study}></sweep-page>` : ""}
      <p class="address" aria-hidden="true"></p>
    `;
  }

  #labPage(lab: Lab) {
    const frame = this.#frame;
    if (!frame) return html`<lab-page .lab=${lab}></lab-page>`;
    return html`<lab-page .lab=${lab} .embedded=${"frame"} .hide=${frame.hide}></lab-page>${embedFoot(lab, pageAddress())}`;
  }

  #header(place: Place) {
    const { lab, study } = this;
    const index = place.page === "index";
    return html`
      <a class="skip" href="#main" @click=${(event: MouseEvent) => {
        event.preventDefault();
        this.querySelector<HTMLElement>("main [tabindex='0'], main button")?.focus();
      }}>Skip to the exhibit</a>
      <header class="bar">
        <a class="brand" href="#/${FIRST}"><svg viewBox="0 0 16 16" aria-hidden="true"><circle cx="8" cy="8" r="6.6" fill="none" stroke="currentColor" stroke-width="1.6"></circle><circle cx="8" cy="8" r="3.6" fill="var(--estimate)"></circle></svg>Pursuit</a>
        ${
          lab
            ? html`<nav class="crumbs" aria-label="Where you are"><span class="wide">${labTitle(lab.exhibit.lab)} <i>/</i></span>
          <choice-value .value=${lab.exhibit.id} .label=${"exhibit"} .options=${this.catalogue.data.exhibits.map((exhibit) => ({ id: exhibit.id, label: exhibit.title, line: `${exhibit.paper.authors}, ${exhibit.paper.year}` }))}
            @edit=${({ detail }: CustomEvent<{ value: string }>) => {
              location.hash = `#/${detail.value}`;
            }}></choice-value></nav>`
            : study
              ? html`<nav class="crumbs" aria-label="Where you are"><span class="wide">${labTitle(study.exhibit.lab)} <i>/</i></span>
            <a href=${addressOf({ page: "lab", exhibit: study.exhibit.id })}>${study.exhibit.title}</a><span class="wide"><i>/</i> Sweep</span></nav>`
              : html`<nav class="crumbs"><span>${place.page === "methods" ? "Methods" : "Index"}</span></nav>`
        }
        <nav class="places" aria-label="Pages">
          <choice-value .value=${""} .text=${"Examples"} .label=${"example"} .options=${exampleOptions()}
            @edit=${({ detail }: CustomEvent<{ value: string }>) => this.#openExample(detail.value)}></choice-value>
          <a href="#/index" aria-current=${index ? "page" : nothing}>Index <kbd>/</kbd></a>
          ${lab && defaultSweep(this.catalogue, lab.spec) ? html`<a class="always" href=${this.#sweepAddress(lab)}>Sweep</a>` : ""}
          ${study ? html`<a class="always" href=${study.address} aria-current="page">Sweep</a><sweep-share .study=${study}></sweep-share>` : ""}
          ${
            lab
              ? html`<button class="plain phone-only" aria-label="Undo" ?disabled=${!lab.canUndo} @click=${() => lab.undo()}>${icon("undo")}</button>
            <share-menu .lab=${lab}></share-menu>`
              : ""
          }
        </nav>
      </header>
    `;
  }
}

customElements.define("pursuit-app", App);
