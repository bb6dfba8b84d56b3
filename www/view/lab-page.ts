import { html, nothing } from "lit";
import { isLesson } from "../lesson/own.ts";
import { textOf } from "../messages/cards.ts";
import { say } from "../messages/say.ts";
import { readingsOf } from "../spec/files.ts";
import { type Handout, hiddenParts } from "../spec/handout.ts";
import { ended } from "../words/sentence.ts";
import "./claim-run.ts";
import "./compare-part.ts";
import "./file-note.ts";
import type { FileNote } from "./file-note.ts";
import "./here-part.ts";
import "./matrix-part.ts";
import "./measured-part.ts";
import "./notes-part.ts";
import "./own-sound.ts";
import "./panels-part.ts";
import type { PartName } from "../spec/parts.ts";
import { Part } from "./part.ts";
import "./path-part.ts";
import "./problem-panels.ts";
import "./quantities-part.ts";
import "./second-tabs.ts";
import "./signal-part.ts";
import "./sound-part.ts";
import "./spec-sentence.ts";
import "./timeline-part.ts";
import "./traces-part.ts";
import "./verdict-part.ts";

type KeyListening = (type: "keydown", listener: (event: KeyboardEvent) => void) => void;

/** A part by its name. */
type Piece = readonly [PartName, unknown];

/** One exhibit: a sentence in, a picture, a sentence out. */
export class LabPage extends Part {
  static override properties = {
    ...Part.properties,
    embedded: { attribute: false },
    hide: { attribute: false },
  };
  /**
   * Whether it stands in somebody else's page, as an element of it or in a frame: without notes, and keys are heard only
   * while the focus is inside.
   */
  declare embedded: "" | "element" | "frame";
  /** Parts that are left out. */
  declare hide: ReadonlySet<PartName>;

  constructor() {
    super();
    this.embedded = "";
    this.hide = new Set();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#keys.addEventListener("keydown", this.#key);
    this.addEventListener("dragover", (event) => event.preventDefault());
    this.addEventListener("drop", this.#drop);
    this.addEventListener("open-file", this.#opened);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#keys.removeEventListener("keydown", this.#key);
  }

  /** Where keys are heard. */
  get #keys(): { addEventListener: KeyListening; removeEventListener: KeyListening } {
    return this.embedded ? this : window;
  }

  override render() {
    const { lab } = this;
    const many = (lab.recording?.methods.length ?? lab.spec.methods.length) > 1;
    const asked = lab.asking ? "asking" : "";
    const pointing = asked && lab.handout?.guess === "index" ? "pointing" : "";
    const kind = `lab ${lab.stale ? "is-stale" : ""} ${many ? "many" : ""} ${asked} ${pointing}`;
    const inside = html`${this.#top()}${this.#handout()}${lab.page ? this.#anyProblem(many) : this.#recovery(many)}`;
    if (this.embedded === "element") {
      // No landmark: a page may have several of the same name.
      return html`<div class="${kind} embedded" role="group" aria-label=${textOf(lab.exhibit).text.title}>${inside}</div>`;
    }
    const notes = this.embedded
      ? []
      : this.#shown([["notes", html`<notes-part .lab=${lab} ?inert=${lab.asking}></notes-part>`]]);
    return html`<main id="main" class="${kind} ${this.embedded && "embedded"}">${inside}${notes}</main>`;
  }

  #top() {
    const { lab } = this;
    const { text, lang } = textOf(lab.exhibit);
    const heading =
      this.embedded === "element"
        ? html`<h2 class="title" lang=${lang}>${text.title}</h2>`
        : html`<h1 lang=${lang}>${text.title}</h1>`;
    const left = this.#shown([
      ["title", heading],
      [
        "sentence",
        html`<spec-sentence .lab=${lab}></spec-sentence><file-note .lab=${lab}></file-note>`,
      ],
    ]);
    const right = lab.page
      ? []
      : this.#shown([["here", html`<here-part .lab=${lab}></here-part>`]]);
    const beside = lab.draft ? html`<div>${right}</div>` : right;
    if (left.length + right.length === 0) return nothing;
    return html`<header class="top ${right.length > 0 ? "" : "alone"}"><div>${left}</div>${beside}</header>`;
  }

  /** What a link restricts and asks, and the way to all of it. */
  #handout() {
    const { lab } = this;
    const { handout } = lab;
    // A challenge says what it holds beside the lab.
    if (!handout || handout.free) return nothing;
    if (handout.guess) void import("../handout/guess-first.ts");
    return html`<p class="handout-note">${say.sentence.handout(doesOf(handout))}
      <button class="link" @click=${this.#release}>${say.sentence.wholeSpec}</button></p>
      ${handout.guess ? html`<guess-first .lab=${lab}></guess-first>` : nothing}`;
  }

  /** The page has an address to go to; an element in somebody else's page has not. */
  readonly #release = (): void => {
    const event = new CustomEvent("whole-spec", { bubbles: true, cancelable: true });
    if (this.dispatchEvent(event)) this.lab.release();
  };

  /** Parts that the page around or the link leaves out. */
  get #hidden(): ReadonlySet<PartName> {
    const { handout } = this.lab;
    return handout ? new Set([...this.hide, ...hiddenParts(handout)]) : this.hide;
  }

  /** What is left of some parts. In the builder each has a switch before it. */
  #shown(pieces: Piece[]): unknown[] {
    const { lab } = this;
    const hidden = this.#hidden;
    return pieces.flatMap(([name, piece]) => {
      if (hidden.has(name)) return [];
      return lab.draft
        ? [html`<part-switch .lab=${lab} .piece=${name}></part-switch>${piece}`]
        : [piece];
    });
  }

  /** Two columns; one that is empty leaves its room to the other. */
  #columns(left: Piece[], right: Piece[]) {
    const sides = [
      { side: "left", parts: this.#shown(left) },
      { side: "right", parts: this.#shown(right) },
    ].filter(({ parts }) => parts.length > 0);
    if (sides.length === 0) return nothing;
    return html`<div class="columns ${sides.length > 1 ? "" : "alone"}" ?inert=${this.lab.asking}>
      ${sides.map(({ side, parts }) => html`<div class=${side}>${parts}</div>`)}
    </div>`;
  }

  #foot() {
    const { lab } = this;
    const foot = html`<div class="foot" ?inert=${lab.asking}><second-tabs .lab=${lab} .hide=${this.#hidden}></second-tabs><timeline-part .lab=${lab}></timeline-part></div>`;
    return this.#shown([["timeline", foot]]);
  }

  /** Panels by their kind, where the problem says. */
  #anyProblem(many: boolean) {
    const { lab } = this;
    const panels = (place: "picture" | "beside" | "below") =>
      html`<problem-panels .lab=${lab} .place=${place}></problem-panels>`;
    const left: Piece[] = [
      [
        "picture",
        html`${panels("picture")}<sound-part .lab=${lab}></sound-part><own-sound .lab=${lab}></own-sound>`,
      ],
      ["verdict", html`<verdict-part .lab=${lab}></verdict-part>`],
    ];
    const right: Piece[] = [["traces", html`<traces-part .lab=${lab}></traces-part>`]];
    const beside: Piece = ["beside", panels("beside")];
    // Beside several pictures stands how they compare.
    right.push(many ? ["compare", html`<quantities-part .lab=${lab}></quantities-part>`] : beside);
    const below: Piece[] = [...(many ? [beside] : []), ["below", panels("below")]];
    return html`${this.#columns(left, right)}${this.#foot()}${this.#shown(below)}`;
  }

  /** The ground lab's page: a signal to draw, its measurements and the matrix. */
  #recovery(many: boolean) {
    const { lab } = this;
    const left: Piece[] = [["picture", html`<signal-part .lab=${lab}></signal-part>`]];
    const right: Piece[] = [["traces", html`<traces-part .lab=${lab}></traces-part>`]];
    const verdict: Piece = ["verdict", html`<verdict-part .lab=${lab}></verdict-part>`];
    const under: Piece[] = [
      ["panels", html`<panels-part .lab=${lab}></panels-part>`],
      ["path", html`<path-part .lab=${lab}></path-part>`],
    ];
    const beside: Piece[] = [
      ["measured", html`<measured-part .lab=${lab}></measured-part>`],
      ["matrix", html`<matrix-part .lab=${lab}></matrix-part>`],
    ];
    if (!many)
      return html`${this.#columns([...left, verdict, ...under], [...right, ...beside])}${this.#foot()}`;
    right.push(["compare", html`<compare-part .lab=${lab}></compare-part>`], verdict);
    return html`${this.#columns(left, right)}${this.#foot()}${this.#columns(under, beside)}`;
  }

  /** Keys that work from anywhere, unless something with keys of its own has the focus. */
  readonly #key = (event: KeyboardEvent): void => {
    const target = event.target as HTMLElement;
    if (target.closest("input, select, textarea, [role=listbox] input")) return;
    const { lab } = this;
    const command = event.ctrlKey || event.metaKey;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (command && key === "z") event.shiftKey ? lab.redo() : lab.undo();
    else if (command && key === "y") lab.redo();
    else if (command || event.altKey) return;
    else if (key === " " && !target.closest("button, a, summary")) lab.player.toggle();
    else if (key === "j")
      event.shiftKey ? lab.player.seekEvent(-1) : lab.player.seek(lab.playhead - 1);
    else if (key === "l" && lab.hover && !event.shiftKey && lab.hover.axis !== "step") {
      lab.locked = !lab.locked;
      lab.announce();
    } else if (key === "l")
      event.shiftKey ? lab.player.seekEvent(1) : lab.player.seek(lab.playhead + 1);
    else if (key === "Home") lab.player.seek(0);
    else if (key === "End") lab.player.seek(lab.player.last);
    else if (key === "<" || key === ">") lab.player.changeSpeed(key === ">" ? 1 : -1);
    else return;
    event.preventDefault();
  };

  readonly #drop = (event: DragEvent): void => {
    event.preventDefault();
    const file = event.dataTransfer?.files[0];
    // A lesson takes the place of the exhibit, which is the page's to change.
    if (file && !isLesson(file)) void this.open(file);
  };

  /** A file that was chosen in one of the parts. */
  readonly #opened = (event: Event): void => {
    event.stopPropagation();
    void this.open((event as CustomEvent<File>).detail);
  };

  /** Opens a Spec or numbers. What cannot be used is explained and nothing is lost. */
  async open(file: File): Promise<void> {
    try {
      const { spec, catalogue, recording } = this.lab;
      const readings = await readingsOf(file, spec, catalogue, recording?.description.facts);
      this.querySelector<FileNote>("file-note")?.take(file.name, readings);
    } catch (error) {
      this.lab.complaint = {
        field: "",
        message: say.sentence.nothingLoaded(ended((error as Error).message)),
      };
      this.lab.announce();
    }
  }
}

/** What a handout does, to be said in a few words. */
function doesOf({ hide, lock, step, guess }: Handout) {
  return { hide: hide.length > 0, lock: lock.length > 0, guess: guess !== undefined, step };
}

customElements.define("lab-page", LabPage);
