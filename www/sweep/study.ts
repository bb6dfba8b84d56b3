import { saySweep } from "../messages/sweep.ts";

import type { Catalogue, Exhibit } from "../spec/catalogue.ts";
import { History } from "../spec/history.ts";
import { addressOf } from "../spec/link.ts";
import type { Complaint } from "../spec/spec.ts";
import { Clerk, type DeskWorker } from "./clerk.ts";
import { Eta } from "./eta.ts";
import { Pool, type Runner, type RunnerState } from "./pool.ts";
import type {
  Cell,
  Example,
  Note,
  Opened,
  Picture,
  Result,
  SweepSpec,
  Tasks,
  TheoryCurve,
  TrialRecord,
} from "./protocol.ts";
import { applying } from "./theory.ts";

/** Least time between two pictures, in ms. */
const REDRAW = 100;
/** How long edits settle before trials begin, in ms: a drag is many edits. */
const SETTLE = 300;

/** What a study is made with. */
export interface Means {
  makeWorker: () => Runner & DeskWorker;
  module: WebAssembly.Module;
  workers: number;
}

/**
 * The state of one phase diagram on the page: its sweep and history, what is known, what is looked at. A pool runs the
 * trials, another worker keeps the tally. Every change is announced as `change`, new trials at most ten times a second.
 */
export class Study extends EventTarget {
  readonly #pool: Pool;
  readonly #history: History<SweepSpec>;
  eta = new Eta();
  /** What the sentence says: the sweep, or one that is being checked or cannot be used. */
  wanted: SweepSpec;
  complaint: Complaint | undefined;
  /** Names of what all of its methods tell, once they have been asked. */
  told: string[] = [];
  /** The address of a lab that can use what this one complains about. */
  elsewhere: string | undefined;
  /** What is to be said about storage, if anything is. */
  note: Note | undefined;
  refused: { field: string; text: string } | undefined;
  cells: Cell[] = [];
  theory: TheoryCurve[] = [];
  /** Curves of theory that are drawn though they are about another signal, by their names. */
  added: readonly string[] = [];
  pictures: Picture[] = [];
  trials = 0;
  state: "loading" | "running" | "paused" | "done" = "loading";
  /** Trials of all cells, also where they tell nothing. */
  full: boolean;
  /** The method that the map shows, and the one that is taken away from it. */
  method = 0;
  minus: number | undefined;
  /** The cell of the keys, whose column the slice shows. */
  at = 0;
  hover: number | undefined;
  /** The cell that is open, and trials of it. */
  open: number | undefined;
  examples: { cell: number; method: number; list: Example[] } | undefined;
  /** Two corners of a box, as cells. */
  box: [number, number] | undefined;
  /** The exhibit's own sweep, where it is the one that was begun with: an address without a sweep means it. */
  own: SweepSpec | undefined;
  /** A result that was opened: its tally is not here. */
  opened: Result | undefined;
  /** The sweep that the worker with the tally has. */
  #id = 0;
  #checks = 0;
  #checking = false;
  #group: string | undefined;
  #closed = false;
  #timer = 0;
  #pictured = 0;
  #drawing = false;
  #announced = false;

  private constructor(
    readonly catalogue: Catalogue,
    readonly exhibit: Exhibit,
    readonly means: Means,
    readonly clerk: Clerk,
    opened: Opened,
    full: boolean,
  ) {
    super();
    this.full = full;
    this.wanted = opened.sweep;
    this.#history = new History(opened.sweep);
    this.#pool = new Pool(means.makeWorker, means.module, means.workers, {
      onRecords: (records) => this.#receive(records),
      onIdle: () => void this.#more(),
      onStill: () => this.announce(),
      onStuck: (tasks, message) => this.#stuck(tasks, message),
    });
    this.#take(opened);
  }

  /** A study of a sweep. Rejects with a complaint where it cannot be used. */
  static async begin(
    catalogue: Catalogue,
    exhibit: Exhibit,
    means: Means,
    sweep: SweepSpec,
    full: boolean,
    cell?: number,
  ): Promise<Study> {
    let note: Note | undefined;
    let study: Study | undefined;
    const clerk = new Clerk(means.makeWorker(), means.module, (told) => {
      note = told;
      if (study) study.#tell(told);
    });
    try {
      const opened = await clerk.ask("open", 0, sweep);
      study = new Study(catalogue, exhibit, means, clerk, opened, full);
    } catch (error) {
      clerk.close();
      throw error;
    }
    study.note = note;
    if (cell !== undefined && cell < study.cells.length) study.look({ open: cell, at: cell });
    void study.#run(0);
    return study;
  }

  get sweep(): SweepSpec {
    return this.#history.present;
  }

  /** The address of what is shown: the sweep, unless it is the exhibit's own, and the cell that is open. */
  get address(): string {
    return addressOf({
      page: "sweep",
      exhibit: this.exhibit.id,
      ...(this.sweep === this.own ? {} : { sweep: this.sweep }),
      ...(this.full ? { full: true } : {}),
      ...(this.open === undefined ? {} : { cell: this.open }),
    });
  }

  get workers(): readonly RunnerState[] {
    return this.#pool.workers;
  }

  get canUndo(): boolean {
    return this.#history.canUndo;
  }

  get canRedo(): boolean {
    return this.#history.canRedo;
  }

  /** Whether the metric counts successes: only then is there a transition. */
  get counts(): boolean {
    return typeof this.sweep.metric === "string";
  }

  /** Whether trials go where they tell most. */
  get adaptive(): boolean {
    return this.counts && !this.full;
  }

  /** The curves of theory that are about this sweep. */
  get applying(): TheoryCurve[] {
    return applying(this.catalogue, this.sweep.spec, this.theory);
  }

  /** The curves of theory that are drawn: those that apply, and those that were switched on. */
  get drawn(): TheoryCurve[] {
    const own = this.applying;
    return this.theory.filter((curve) => own.includes(curve) || this.added.includes(curve.id));
  }

  /** Trials of the full grid. */
  get total(): number {
    return this.cells.length * this.sweep.trials;
  }

  get column(): number {
    return this.at % this.sweep.x.steps;
  }

  get row(): number {
    return Math.floor(this.at / this.sweep.x.steps);
  }

  /** Makes `sweep` the present one, if it can be used: its worker says so. Resolves when it has. */
  edit(sweep: SweepSpec, group?: string): Promise<void> {
    this.wanted = sweep;
    this.complaint = undefined;
    this.elsewhere = undefined;
    this.refused = undefined;
    this.#group = group;
    this.announce();
    return this.#check((opened) => this.#history.push(opened.sweep, this.#group));
  }

  /** Says what is wrong with a value and keeps it as it was typed. */
  async editField(field: string, value: unknown, sweep: SweepSpec, group?: string): Promise<void> {
    await this.edit(sweep, group);
    if (this.complaint && this.wanted === sweep) this.refused = { field, text: String(value) };
    this.announce();
  }

  /** Says why a file was not opened, and where it could be; what is shown stays. */
  refuse(message: string, elsewhere?: string): void {
    this.complaint = { field: "", message };
    this.elsewhere = elsewhere;
    this.announce();
  }

  /** Gives up what could not be used. */
  forgive(): void {
    this.complaint = undefined;
    this.elsewhere = undefined;
    this.refused = undefined;
    this.wanted = this.sweep;
    this.announce();
  }

  settle(): void {
    this.#history.settle();
  }

  undo(): void {
    if (this.#history.undo()) this.#again();
  }

  redo(): void {
    if (this.#history.redo()) this.#again();
  }

  setFull(full: boolean): void {
    this.full = full;
    // A result that was opened stays as it is; what was chosen holds once its sweep is run.
    if (!this.opened) {
      this.#pool.cancel();
      void this.#run(0);
    }
    this.announce();
  }

  pause(): void {
    this.#pool.pause();
    this.state = "paused";
    void this.clerk.ask("flush");
    this.announce();
  }

  resume(): void {
    if (this.opened) {
      this.opened = undefined;
      void this.#run(0);
      return;
    }
    this.state = "running";
    this.eta.restart();
    this.#pool.resume();
    if (!this.#pool.busy) void this.#more();
    this.announce();
  }

  /** Throws the tallies away and begins again. */
  async restart(): Promise<void> {
    this.#pool.cancel();
    await this.clerk.ask("forget");
    this.#again();
  }

  /** Shows a result from elsewhere. */
  async show(result: Result): Promise<void> {
    await this.edit(result.sweep);
    if (this.complaint) return;
    this.#pool.cancel();
    this.#id = -1;
    this.opened = result;
    this.state = "paused";
    this.pictures = result.methods.map(({ cells, contour }) => ({
      cells: Float64Array.from(
        cells.flatMap(({ trials, successes, value }) => [
          trials,
          successes ?? 0,
          value ?? Number.NaN,
        ]),
      ),
      contour,
    }));
    this.trials = result.trials;
    this.announce();
  }

  /** Everything that is known, as the command line writes it. */
  async result(): Promise<Result | undefined> {
    return this.opened ?? (await this.clerk.ask("result", this.#id));
  }

  look(change: {
    method?: number;
    minus?: number | undefined;
    at?: number;
    hover?: number | undefined;
    open?: number | undefined;
    box?: [number, number] | undefined;
    added?: readonly string[];
  }): void {
    Object.assign(this, change);
    if ("open" in change || "method" in change) void this.#exemplify();
    this.announce();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#pool.close();
    this.clerk.close();
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

  #tell(note: Note): void {
    this.note = note;
    this.announce();
  }

  #again(): void {
    this.wanted = this.sweep;
    void this.#check(() => {});
  }

  /** Has what is wanted checked, the newest last, and takes it over. */
  async #check(accept: (opened: Opened) => void): Promise<void> {
    if (this.#checking) return;
    this.#checking = true;
    // No trial of what may soon be another sweep is begun; those on their way are ended once it is.
    this.#pool.pause();
    let asked: SweepSpec | undefined;
    while (asked !== this.wanted && !this.#closed) {
      asked = this.wanted;
      this.#checks += 1;
      try {
        const opened = await this.clerk.ask("open", this.#checks, asked);
        this.#pool.cancel();
        this.#id = this.#checks;
        accept(opened);
        const latest = asked === this.wanted;
        if (latest) [this.wanted, asked] = [this.sweep, this.sweep];
        this.#take(opened);
        this.state = "loading";
        if (latest) void this.#run(SETTLE);
      } catch (error) {
        if (asked !== this.wanted) continue;
        this.complaint = error as Complaint;
        if (this.state === "running") this.#pool.resume();
      }
    }
    this.#checking = false;
    this.announce();
  }

  /** What is known of a sweep before any trial. */
  #take({ cells, theory }: Opened): void {
    const before = this.cells.length;
    this.cells = cells;
    this.theory = theory;
    this.pictures = [];
    this.trials = 0;
    const { x, y, spec } = this.sweep;
    this.method = Math.min(this.method, spec.methods.length - 1);
    if (this.minus !== undefined && this.minus >= spec.methods.length) this.minus = undefined;
    if (before !== cells.length || this.at >= cells.length) {
      this.at = Math.floor(y.steps / 3) * x.steps + Math.floor(x.steps / 2);
      this.open = undefined;
    }
    this.hover = undefined;
    this.box = undefined;
    this.opened = undefined;
    this.examples = undefined;
  }

  /** Begins the present sweep: what was kept first, then what is missing. */
  async #run(delay: number): Promise<void> {
    const id = this.#id < 0 ? this.#checks : this.#id;
    this.#id = id;
    const late = () => this.#closed || id !== this.#id || this.opened !== undefined;
    this.eta = new Eta();
    this.state = "loading";
    await Promise.all([this.clerk.ask("kept", id), wait(delay)]);
    if (late()) return;
    await this.#refresh();
    const tasks = await this.clerk.ask("next", id, this.adaptive);
    // A pause that was asked for meanwhile holds.
    if (late()) return;
    const paused = (this.state as string) === "paused";
    this.#pool.start(this.sweep, tasks);
    if (paused) this.#pool.pause();
    else this.state = "running";
    if (!this.#pool.busy) void this.#more();
    this.announce();
    const told = await this.clerk.ask("metrics", id);
    if (late()) return;
    this.told = told;
    this.announce();
  }

  #receive(records: TrialRecord[]): void {
    this.trials += records.length;
    this.clerk.ask("add", this.#id, records).catch((error: Complaint) => {
      this.complaint = error;
      this.pause();
    });
    // The last batches of a pause are kept at once: who pauses may be about to leave.
    if (this.state === "paused") void this.clerk.ask("flush");
    if (this.#timer || this.#closed) return;
    this.#timer = window.setTimeout(
      () => {
        this.#timer = 0;
        void this.#refresh();
      },
      Math.max(0, this.#pictured + REDRAW - performance.now()),
    );
  }

  /** All that was handed out has come back: the next round, or the end. */
  async #more(): Promise<void> {
    if (this.state !== "running") return;
    const id = this.#id;
    const tasks = await this.clerk.ask("next", id, this.adaptive);
    if (this.#closed || id !== this.#id || this.state !== "running" || this.#pool.busy) return;
    if (tasks.length > 0) {
      this.#pool.feed(tasks);
      return;
    }
    this.state = "done";
    void this.clerk.ask("flush");
    await this.#refresh();
  }

  #stuck(tasks: Tasks, message: string): void {
    this.pause();
    this.complaint = {
      field: "",
      message: saySweep.stuck(tasks[1] ?? 0, tasks[0] ?? 0, message),
    };
    this.announce();
  }

  /** Gets the numbers of the picture; one question at a time, so that a slow answer makes for fewer pictures. */
  async #refresh(): Promise<void> {
    if (this.#drawing) return;
    this.#drawing = true;
    const id = this.#id;
    const known = await this.clerk.ask("pictures", id, this.sweep.spec.methods.length);
    this.#drawing = false;
    this.#pictured = performance.now();
    if (this.#closed || !known || id !== this.#id || this.opened) return;
    this.pictures = known.pictures;
    this.trials = known.trials;
    void this.#exemplify();
    this.announce();
  }

  /** Finds trials of the open cell to look at; those that are shown stay. */
  async #exemplify(): Promise<void> {
    const { open: cell, method } = this;
    if (cell === undefined) return;
    const { examples } = this;
    if (examples?.cell === cell && examples.method === method && examples.list.length === 2) return;
    const id = this.#id < 0 ? this.#checks : this.#id;
    const list = await this.clerk.ask("examples", id, cell, method, this.counts);
    if (cell !== this.open || method !== this.method) return;
    this.examples = { cell, method, list };
    this.announce();
  }
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
