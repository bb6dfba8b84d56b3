import type { Stretch } from "./figures/axis.ts";
import { Player } from "./player.ts";
import type { Recording } from "./solve/recording.ts";
import { type Secret, Solver } from "./solve/solver.ts";
import type { Catalogue, Exhibit, ProblemPage } from "./spec/catalogue.ts";
import { type Role, withoutReplaced, withSparsity } from "./spec/files.ts";
import { fitted } from "./spec/fit.ts";
import { type Handout, keepHeld } from "./spec/handout.ts";
import { History } from "./spec/history.ts";
import { carriedLetters } from "./spec/letters.ts";
import type { LabPlace } from "./spec/link.ts";
import { type Complaint, type Json, type Path, type Spec, withValue } from "./spec/spec.ts";

/** Where the pointer is, in data: one line through all panels that share the axis. */
export interface Hover {
  axis: "index" | "step" | "measurement" | "sample";
  at: number;
}

/**
 * The state of one exhibit on the page: its Spec and history, what was recorded, what is pointed at.
 * Every act of a person is a method here; every change is announced once a frame as `change`, every edit that is
 * solved as `solve`.
 */
export class Lab extends EventTarget {
  readonly #history: History<Spec>;
  readonly #solver: Solver;
  /** The Spec whose picture is shown; `spec` may be a newer one. */
  recording: Recording | undefined;
  complaint: Complaint | undefined;
  /** What was typed where it could not be used. */
  refused: { path: Path; text: string } | undefined;
  stale = false;
  readonly player = new Player(this);
  hover: Hover | undefined;
  locked = false;
  selected: number | undefined;
  /** Letters of the methods of each Spec in the history; where none stand, they go A, B, C in order. */
  readonly #letters = new WeakMap<Spec, number[]>();
  /** Letters of the methods that are drawn, from 0 (A): they stay with a method when others come and go. */
  drawnLetters: readonly number[] = [0];
  /** The letter whose own panels are shown. */
  #focused = 0;
  /** Names of the files that were opened here, by what they were read as. A Spec has numbers, not names. */
  fileNames: { [role in Role]?: string } = {};
  /** The letter under the pointer: the others step back. */
  pointed: number | undefined;
  /** Indices that were chosen together; they count while the selected one is among them. */
  together: ReadonlySet<number> = new Set();
  /** The part of the index axis in view; all of it without one. */
  axis: Stretch | undefined;
  /** The same for the samples of a curve, which are not the indices of its coefficients. */
  samples: Stretch | undefined;
  /** Whether the page does not know the draw: nothing that is asked of theory would be about it. */
  readonly blind: boolean;
  /** An answer is asked for: the picture stands at the start, and the page shows no outcome. */
  asking = false;
  /** An index that was guessed. */
  guess: number | undefined;
  /** The restrictions that are being made: the page is its own editor meanwhile. */
  draft: Handout | undefined;
  /** The panel that a sentence points at. */
  lifted: string | undefined;
  /** The panel that a phone shows under the picture. */
  second = "convergence";
  /** While a spike is dragged, ranges stand still. */
  dragging = false;
  #announced = false;

  constructor(
    readonly catalogue: Catalogue,
    readonly exhibit: Exhibit,
    readonly module: WebAssembly.Module,
    spec?: Spec,
    /** What the link hides and holds. */
    public handout?: Handout,
    /** What is solved with, and the page is not to know. */
    secret?: Secret,
  ) {
    super();
    this.blind = secret !== undefined;
    const events = {
      onRecording: (recording: Recording) => this.#receive(recording),
      onComplaint: (complaint: Complaint) => {
        this.complaint = complaint;
        this.announce();
      },
      onStale: (stale: boolean) => {
        this.stale = stale;
        this.announce();
      },
    };
    this.#solver = new Solver(module, events, secret);
    let start = this.own;
    if (spec) {
      try {
        start = catalogue.canonical(spec);
      } catch (error) {
        this.complaint = error as Complaint;
      }
    }
    this.#history = new History(start);
    this.asking = handout?.guess !== undefined;
    if (handout?.step !== undefined) this.player.startAt(handout.step);
    this.#solver.solve(start);
  }

  get spec(): Spec {
    return this.#history.present;
  }

  /** What the problem says of its page, where the page has no parts of its own for it. */
  get page(): ProblemPage | undefined {
    return this.catalogue.problem(this.spec.problem.id)?.page ?? undefined;
  }

  /** The exhibit's own Spec. */
  get own(): Spec {
    return this.catalogue.canonical(JSON.parse(this.exhibit.spec));
  }

  /** Whether the Spec is the exhibit's own. */
  get pristine(): boolean {
    return JSON.stringify(this.spec) === JSON.stringify(this.own);
  }

  /** Where this is. The exhibit's own Spec is left out of the address. */
  get place(): LabPlace {
    const { exhibit, spec, pristine, handout } = this;
    const own = pristine ? {} : { spec };
    return { page: "lab", exhibit: exhibit.id, ...own, ...(handout ? { handout } : {}) };
  }

  get canUndo(): boolean {
    return this.#history.canUndo;
  }

  get canRedo(): boolean {
    return this.#history.canRedo;
  }

  /** Letters of the methods of the present Spec, from 0 (A). */
  get letters(): readonly number[] {
    return this.#letters.get(this.spec) ?? this.spec.methods.map((_, i) => i);
  }

  /** Which of the drawn methods has its own panels shown. */
  get focus(): number {
    return Math.max(0, this.drawnLetters.indexOf(this.#focused));
  }

  /** Shows the panels of the method with a letter. */
  show(letter: number): void {
    this.player.lookOutside();
    this.#focused = letter;
    this.announce();
  }

  /** Lifts the method with a letter above the others. */
  pointMethod(letter: number | undefined): void {
    if (letter === this.pointed) return;
    this.pointed = letter;
    this.announce();
  }

  /** The step under the playhead. */
  get playhead(): number {
    return this.asking ? 0 : this.player.step;
  }

  /** Tells views to draw again, once a frame however often it is called. */
  announce(): void {
    if (this.#announced) return;
    this.#announced = true;
    requestAnimationFrame(() => {
      this.#announced = false;
      this.dispatchEvent(new Event("change"));
    });
  }

  /** Makes `spec` the present one, if it can be used. Edits with the same `group` are one step of undo. */
  edit(spec: Spec, group?: string): boolean {
    let checked: Spec;
    try {
      checked = this.catalogue.canonical(spec);
      keepHeld(this.catalogue, this.handout, this.spec, checked);
    } catch (error) {
      this.complaint = error as Complaint;
      this.announce();
      return false;
    }
    this.#letters.set(checked, carriedLetters(this.spec.methods, this.letters, checked.methods));
    this.#history.push(checked, group);
    this.#solveAgain();
    return true;
  }

  /** Sets one parameter. A value that cannot be used stays as typed and is explained. */
  set(path: Path, value: Json, group?: string): boolean {
    const done = this.edit(
      fitted(
        this.catalogue,
        withValue(this.catalogue.withParents(this.spec, path), path, value),
        path,
      ),
      group,
    );
    this.refused = done ? undefined : { path, text: String(value) };
    return done;
  }

  /** Gives up what could not be used: the sentence says again what the picture shows. */
  forgive(): void {
    this.complaint = undefined;
    this.refused = undefined;
    this.announce();
  }

  /** Applies a merge patch, as "Try this" gives it. */
  patch(patch: unknown): void {
    const patched = this.catalogue.patched(withoutReplaced(this.spec, patch), patch);
    this.edit(withSparsity(patched, this.catalogue));
  }

  /** The next draw, or the one before. */
  redraw(by = 1): void {
    const seed = Math.max(0, (this.spec.seed ?? 0) + by);
    this.edit({ ...this.spec, seed });
  }

  settle(): void {
    this.#history.settle();
    this.dragging = false;
    this.announce();
  }

  undo(): void {
    if (this.#history.undo()) this.#solveAgain();
  }

  redo(): void {
    if (this.#history.redo()) this.#solveAgain();
  }

  /** A Spec from a link: its methods are A, B, C in order. */
  follow(spec: Spec): void {
    if (this.edit(spec)) this.#letters.delete(this.spec);
  }

  /** Lets go of all that the link hides and holds. */
  release(): void {
    this.handout = undefined;
    this.asking = false;
    this.forgive();
  }

  point(hover: Hover | undefined): void {
    if (this.locked) return;
    this.hover = hover;
    this.announce();
  }

  select(index: number | undefined): void {
    this.selected = index;
    this.announce();
  }

  lift(panel: string | undefined): void {
    this.lifted = panel;
    this.announce();
  }

  /** Lets go of what is only needed while something runs; the next edit fetches it again. */
  rest(): void {
    this.#solver.rest();
  }

  /** Ends the lab: nothing runs on. */
  close(): void {
    this.player.close();
    this.#solver.close();
  }

  #solveAgain(): void {
    this.complaint = undefined;
    this.refused = undefined;
    this.#solver.solve(this.spec);
    this.dispatchEvent(new Event("solve"));
    this.announce();
  }

  #receive(recording: Recording): void {
    const another = recording !== this.recording;
    this.recording = recording;
    // What is received is of the present Spec, or of one a moment older with the same methods.
    this.drawnLetters = this.letters;
    if (!this.drawnLetters.includes(this.#focused)) this.#focused = this.drawnLetters[0] ?? 0;
    if (this.pointed !== undefined && !this.drawnLetters.includes(this.pointed))
      this.pointed = undefined;
    this.player.receive(recording, another);
    this.announce();
  }
}
