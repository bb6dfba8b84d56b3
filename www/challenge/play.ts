import { Lab } from "../lab.ts";
import { sayChallenge } from "../messages/challenge.ts";
import { Judge } from "../solve/judge.ts";
import type { Catalogue, Exhibit } from "../spec/catalogue.ts";
import type { ChallengePlace } from "../spec/link.ts";
import type { Spec } from "../spec/spec.ts";
import { type Challenge, handoutOf, type Rank, rankOf, textIn } from "./challenge.ts";
import type { Score } from "./scoring.ts";
import { dressed, freshSeed, reachedIn } from "./secret.ts";

/** What a Spec came to. */
export interface Result extends Score {
  spec: Spec;
  rank: Rank | undefined;
}

/** Everything is held where a result is shown. */
const SHOWN = { hide: ["notes", "seed", "methods"], lock: [], free: [] };

/**
 * A challenge as somebody plays it, or a result that is shown: the lab beside it, tries and scores. A hidden draw is in no
 * property: `#dress` closes over its seed, and what it makes goes to the worker.
 */
export class Play extends EventTarget {
  readonly lab: Lab;
  /** Whether this is what somebody reached, and the truth is on the page. */
  readonly shown: boolean;
  tries = 0;
  /** How much of the judging is done. */
  judging: { done: number; of: number } | undefined;
  last: Result | undefined;
  best: Result | undefined;
  /** What could not be done, one sentence. */
  trouble: string | undefined;
  readonly #judge: Judge;
  readonly #dress: (spec: Spec) => Spec;

  constructor(
    readonly challenge: Challenge,
    private readonly catalogue: Catalogue,
    exhibit: Exhibit,
    module: WebAssembly.Module,
    place: ChallengePlace,
  ) {
    super();
    this.#judge = new Judge(module);
    this.trouble = place.problem;
    const reached = place.spec && this.#reached(place.spec);
    this.shown = reached !== undefined;
    const seed = freshSeed();
    const { blind, spec } = challenge;
    this.#dress = blind && !this.shown ? (one) => dressed(challenge, one, seed) : (one) => one;
    const handout = this.shown ? SHOWN : handoutOf(challenge);
    const secret = blind && !this.shown ? this.#dress : undefined;
    this.lab = new Lab(catalogue, exhibit, module, reached ?? spec, handout, secret);
    this.lab.addEventListener("change", () => this.#tell());
    if (this.shown) void this.#score();
  }

  get title(): string {
    return textIn(this.challenge).title;
  }

  /** Where this is: while one plays, only which challenge. */
  get place(): ChallengePlace {
    const { challenge, shown, lab } = this;
    return { page: "challenge", challenge: challenge.id, ...(shown ? { spec: lab.spec } : {}) };
  }

  /** Where the present Spec is shown with all that was hidden. Who asks has given in. */
  get answer(): ChallengePlace {
    return this.placeOf(this.catalogue.canonical(this.#dress(this.lab.spec)));
  }

  /** Where a result is computed anew. */
  placeOf(spec: Spec): ChallengePlace {
    return { page: "challenge", challenge: this.challenge.id, spec };
  }

  isOf({ challenge, spec, problem }: ChallengePlace): boolean {
    const same = JSON.stringify(spec) === JSON.stringify(this.place.spec);
    return challenge === this.challenge.id && same && problem === undefined;
  }

  /** Has the present Spec scored; that is a try. */
  async handIn(): Promise<void> {
    if (this.judging || this.shown) return;
    this.tries += 1;
    await this.#score();
  }

  close(): void {
    this.#judge.close();
    this.lab.close();
  }

  async #score(): Promise<void> {
    const { challenge } = this;
    // Without the hidden draw: scores that depend on it are for those who have given in.
    const { spec } = this.lab;
    const specs = challenge.scoring.specs(spec);
    this.trouble = undefined;
    this.judging = { done: 0, of: specs.length };
    this.#tell();
    try {
      const judged = await this.#judge.judge(specs, (done) => {
        this.judging = { done, of: specs.length };
        this.#tell();
      });
      const score = challenge.scoring.score(judged);
      const rank = score.value === undefined ? undefined : rankOf(challenge, score.value);
      this.last = { ...score, spec, rank };
      if (this.#isBest(score)) this.best = this.last;
    } catch (error) {
      this.trouble = sayChallenge.notScored((error as Error).message);
    }
    this.judging = undefined;
    this.#tell();
  }

  #isBest({ value }: Score): boolean {
    const before = this.best?.value;
    if (value === undefined) return false;
    if (before === undefined) return true;
    return this.challenge.scoring.better === "less" ? value < before : value > before;
  }

  #reached(spec: Spec): Spec | undefined {
    try {
      return reachedIn(this.catalogue, this.challenge, spec);
    } catch (error) {
      this.trouble = (error as Error).message;
      return undefined;
    }
  }

  #tell(): void {
    this.dispatchEvent(new Event("change"));
  }
}
