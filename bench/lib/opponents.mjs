import { median } from "./median.mjs";

/** How far a rival of the tab may be from our answer: some of them count in 32 bits. */
const RIVAL_TOLERANCE = 1e-3;

/** A size as peers and rivals are given it. */
function sizeOf({ workload, size }) {
  const times = workload.times?.(size);
  return times === undefined ? size : { ...size, times };
}

/** Whom we are measured against: medians of its turns in `ms`, or why it has none in `trouble`. */
class Opponent {
  ms = [];
  best = Number.POSITIVE_INFINITY;
  trouble = undefined;
  /** A slow one has one turn, its first run. */
  slow = false;

  constructor(name, context) {
    this.name = name;
    this.context = context;
  }

  /** A turn; one that cannot run at all has no more. */
  async measure() {
    if (this.slow || this.trouble) return;
    try {
      const { ms, slow, missing } = await this.time();
      this.slow = slow === true;
      this.trouble = missing;
      if (!ms) return;
      this.ms.push(median(ms));
      this.best = Math.min(this.best, ...ms);
    } catch (error) {
      this.trouble = error.message.trim().split("\n").at(-1);
    }
  }
}

/** A library of Python; see bench/peers/serve.py. */
export class PythonPeer extends Opponent {
  static async all(context) {
    const { job, peers, folder } = context;
    if (!peers) return [];
    const { python: source } = job.workload;
    const command = { do: "define", source, size: sizeOf(job), folder, name: job.file };
    const { peers: names } = await peers.ask(command);
    return names.map((name) => new PythonPeer(name, context));
  }

  time() {
    const { peers, pace } = this.context;
    return peers.ask({ do: "measure", peer: this.name, ...pace });
  }

  judge() {
    const { peers, folder } = this.context;
    return peers.ask({ do: "judge", peer: this.name, folder });
  }
}

/** Code that runs in a worker of its own in the tab; see bench/tab/worker.mjs. */
export class TabRival extends Opponent {
  #made = false;

  static async all(context) {
    const names = Object.keys(context.job.workload.rivals ?? {});
    return names.map((name) => new TabRival(name, context));
  }

  async time() {
    const { job, pace, tab } = this.context;
    const { name: who } = this;
    if (!this.#made) {
      const text = JSON.stringify(job.workload.task(job.size));
      const file = `/bench/workloads/${job.file}`;
      await tab.ask({ do: "rival", who, file, size: sizeOf(job), text });
      this.#made = true;
      const { ms } = await tab.ask({ do: "time", who, times: 1, budget: 0 });
      if (ms[0] > 1000 * pace.slow) return { ms, slow: true };
    }
    return tab.ask({ do: "time", who, ...pace });
  }

  async judge() {
    const { tab } = this.context;
    const [own, theirs] = [
      (await tab.ask({ do: "answer" })).values,
      (await tab.ask({ do: "answer", who: this.name })).values,
    ];
    const largest = Math.max(...own.map(Math.abs));
    const off = Math.max(...own.map((value, i) => Math.abs(value - theirs[i]))) / largest;
    return { pass: off <= RIVAL_TOLERANCE, remark: `differs by ${off.toExponential(0)}` };
  }
}
