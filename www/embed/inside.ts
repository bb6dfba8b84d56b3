import { html, nothing, render } from "lit";
import { Lab } from "../lab.ts";
import { labOf } from "../lab-of.ts";
import { Labs } from "../labs.ts";
import { directionOf, languageFor } from "../language.ts";
import { say, speak, spoken } from "../messages/say.ts";
import type { Recording } from "../solve/recording.ts";
import type { Exhibit } from "../spec/catalogue.ts";
import type { Complaint, Spec } from "../spec/spec.ts";
import { embedFoot } from "../view/embed-foot.ts";
import "../view/lab-page.ts";
import { lookChanged } from "../figures/look.ts";
import type { PartName } from "../spec/parts.ts";
import type { Done, RunResult } from "./done.ts";
import { firstMethod, type Wanted, wantedIn } from "./spec-text.ts";
import { labSheet } from "./styles.ts";

export interface InsideEvents {
  onRun(spec: Spec): void;
  onDone(done: Done): void;
  onError(sentence: string): void;
}

/** How the element wants it now. */
export interface Wishes {
  hide: ReadonlySet<PartName>;
  theme: "light" | "dark";
  /** The page that "Open in Pursuit" leads to; none, no link. */
  page: string | undefined;
}

/** Time without an edit after which the worker goes, in ms. */
const REST = 5000;

/** Speaks the language of the page around, or else its reader's. Where that does not load, it is English. */
function speakHere(): Promise<void> {
  const wished = languageFor(document.documentElement.lang, null, navigator.languages);
  return speak(wished).catch(() => undefined);
}

/** Vocabulary, catalogues and compiled solvers: one for all elements of the page. */
let shared: Promise<Labs> | undefined;

function sharedLabs(soon: string | undefined): Promise<Labs> {
  shared ??= Promise.all([Labs.load(soon), speakHere()]).then(([labs]) => labs);
  // What did not load is asked for again by the next element.
  shared.catch(() => {
    shared = undefined;
  });
  return shared;
}

/** What an embedded lab has inside its element, from when it is near the window. */
export class Inside {
  #lab: Lab | undefined;
  #trouble: string | undefined;
  #told: Recording | undefined;
  #complained: Complaint | undefined;
  #turn = 0;
  #rest = 0;
  #wishes: Wishes;

  constructor(
    root: ShadowRoot,
    private readonly box: HTMLElement,
    wishes: Wishes,
    private readonly events: InsideEvents,
  ) {
    this.#wishes = wishes;
    root.adoptedStyleSheets = [labSheet()];
    this.#draw();
  }

  /** Whether there is something to see: an answer, or why there is none. */
  get settled(): boolean {
    return this.#told !== undefined || this.#trouble !== undefined;
  }

  get spec(): Spec | undefined {
    return this.#lab?.spec;
  }

  /** Shows a Spec. The newest wins; one that cannot be used leaves the one before and a sentence. */
  async take(given: string | Spec): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    try {
      const wanted = typeof given === "string" ? wantedIn(given) : { spec: given };
      const name = wanted.exhibit ?? firstMethod(wanted.spec) ?? "";
      const labs = await sharedLabs(labOf(name));
      const exhibit = await exhibitFor(labs, wanted, name);
      const module = await labs.module(exhibit.lab);
      // Throws a complaint before anything is given up for it.
      const spec = wanted.spec && labs.catalogue.canonical(wanted.spec);
      if (turn !== this.#turn) return;
      this.#trouble = undefined;
      if (this.#lab?.exhibit === exhibit && !this.#lab.handout && !wanted.handout)
        this.#lab.follow(spec ?? this.#lab.own);
      else this.#open(new Lab(labs.catalogue, exhibit, module, spec, wanted.handout));
      this.#draw();
    } catch (error) {
      if (turn === this.#turn) this.#complain(sentenceOf(error));
    }
  }

  wish(wishes: Wishes): void {
    const { hide, theme, page } = this.#wishes;
    const turned = wishes.theme !== theme;
    const parts = String([...wishes.hide]) !== String([...hide]);
    // A page may change its own attributes as often as it likes.
    if (!turned && !parts && wishes.page === page) return;
    this.#wishes = parts ? wishes : { ...wishes, hide };
    this.#draw();
    if (turned) lookChanged();
  }

  /** The element is out of sight: a worker without work goes at once. */
  away(): void {
    this.#lab?.rest();
  }

  close(): void {
    this.#turn += 1;
    clearTimeout(this.#rest);
    this.#lab?.close();
    this.#lab = undefined;
    render(nothing, this.box);
  }

  #open(lab: Lab): void {
    this.#lab?.close();
    this.#lab = lab;
    lab.addEventListener("solve", () => this.#started(lab));
    lab.addEventListener("change", () => this.#changed(lab));
    this.#started(lab);
  }

  #started(lab: Lab): void {
    clearTimeout(this.#rest);
    if (lab === this.#lab) this.events.onRun(lab.spec);
  }

  #changed(lab: Lab): void {
    if (lab !== this.#lab) return;
    const { recording, complaint } = lab;
    if (complaint && complaint !== this.#complained) this.events.onError(sentenceOf(complaint));
    this.#complained = complaint;
    if (!recording?.done || recording === this.#told) return;
    this.#told = recording;
    clearTimeout(this.#rest);
    this.#rest = window.setTimeout(() => lab.rest(), REST);
    this.#draw();
    this.events.onDone(doneOf(recording));
  }

  #complain(sentence: string): void {
    this.#trouble = sentence;
    this.#draw();
    this.events.onError(sentence);
  }

  #draw(): void {
    const { hide, theme, page } = this.#wishes;
    this.box.dataset.theme = theme;
    this.box.lang = spoken;
    this.box.dir = directionOf(spoken);
    const lab = this.#lab;
    render(
      html`${this.#trouble ? html`<p class="complaint" role="alert">${this.#trouble}${lab ? say.page.pictureBefore : ""}</p>` : nothing}
      ${lab ? html`<lab-page .lab=${lab} .embedded=${"element"} .hide=${hide}></lab-page>${page ? embedFoot(lab, page) : nothing}` : nothing}
      ${lab || this.#trouble ? nothing : html`<p class="loading" role="status">${say.page.loading}</p>`}`,
      this.box,
    );
  }
}

/** The exhibit as whose edit a Spec is shown: the one that is named, else one of its method's lab. */
async function exhibitFor(labs: Labs, wanted: Wanted, name: string): Promise<Exhibit> {
  const { catalogue } = labs;
  const lab = labOf(name);
  if (lab) await labs.declare(lab);
  const own = catalogue.exhibit(name);
  if (own) return own;
  if (wanted.exhibit !== undefined) throw new Error(say.page.noExhibit(wanted.exhibit));
  await labs.declareAll();
  const home = catalogue.method(name)?.card;
  const near =
    catalogue.data.exhibits.find(
      ({ id }) => catalogue.method(id)?.card.problem === home?.problem,
    ) ?? catalogue.data.exhibits.find(({ lab: other }) => other === home?.lab);
  if (home && near) return near;
  // The checker says what is amiss with a Spec whose method nobody has.
  catalogue.canonical(wanted.spec);
  throw new Error(`No lab has the method "${name}".`);
}

function doneOf(recording: Recording): Done {
  const { spec } = recording.description;
  const runs = recording.methods.map(({ ending, last, verdict }, i) => ({
    method: spec.methods[i]?.id ?? "",
    status: ending?.word ?? "failed",
    iterations: last,
    metrics: verdict?.metrics ?? {},
    digest: verdict?.digest ?? "",
  }));
  const { method: _, ...first } = runs[0] as RunResult;
  return { spec, ...first, runs };
}

/** What was thrown, as one sentence: a complaint names its field first. */
function sentenceOf(thrown: unknown): string {
  const { field, message } = thrown as Partial<Complaint>;
  return field ? `${field}: ${message}` : String(message ?? thrown);
}
