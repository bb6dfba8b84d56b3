import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { inProject } from "../../scripts/lib/root.mjs";

/** What a workload takes that has never been run, in seconds. */
const UNKNOWN = { quick: 10, full: 45 };

/** Says how far a bench is and how long it has to go, from what each workload took the last time. */
export class Clock {
  #file;
  #known;
  #jobs;
  #unknown;
  #begin = 0;

  constructor(jobs, quick) {
    const mode = quick ? "quick" : "full";
    this.#file = inProject("target", "bench", `pace-${mode}.json`);
    this.#known = existsSync(this.#file) ? JSON.parse(readFileSync(this.#file, "utf8")) : {};
    this.#unknown = UNKNOWN[mode];
    this.#jobs = jobs;
  }

  start(job) {
    const done = this.#jobs.indexOf(job);
    const seconds = this.#jobs
      .slice(done)
      .reduce((sum, { name }) => sum + (this.#known[name] ?? this.#unknown), 0);
    const left =
      seconds < 90 ? `${Math.round(seconds)} seconds` : `${Math.round(seconds / 60)} minutes`;
    console.error(`[${done + 1}/${this.#jobs.length}] ${job.name} (about ${left} left)`);
    this.#begin = performance.now();
  }

  stop({ name }) {
    this.#known[name] = (performance.now() - this.#begin) / 1000;
  }

  save() {
    writeFileSync(this.#file, JSON.stringify(this.#known));
  }
}
