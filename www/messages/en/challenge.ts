import { pieces } from "../pieces.ts";
import { count } from "./count.ts";

/** Words of a challenge in another language than its file's. `by` tells who reaches each rank, the best first. */
export interface ChallengeText {
  title: string;
  rule: string;
  may: string;
  by: string[];
}

/** Around challenges, and their scores. */
export const challenge = {
  /** By the challenge's name; what stands here takes the place of what its file says. */
  texts: {} as Record<string, ChallengeText>,
  heading: "Challenges",
  about:
    "What a challenge hides stays in a worker until you give in. A result is shared by its settings: whoever opens the link computes the score anew.",
  challenge: "Challenge",
  ruleAndScore: "Rule and score",
  aResult: "a result",
  oneTry: "one try a draw",
  tries: (n: number) => count(n, "try", "tries"),
  theScore: "The score.",
  mayChange: (may: string, bold: (text: string) => unknown) =>
    pieces`${bold("You may change")} ${may}. All else is locked.`,
  handIn: "Hand in",
  handInAndSee: "Hand in, and see",
  giveIn: "Give in",
  thisTry: "This try",
  theseSettings: "These settings",
  best: "Best so far",
  computed: "Computed just now, in this page.",
  seed: (seed: number) => ` The draw has the seed ${seed}.`,
  play: "Play",
  openInLab: "Open in the lab",
  scoring: "Runs that are scored",
  runs: (done: number, of: number) => `${done} of ${of} runs`,
  noScore: "No score.",
  scored: (what: string, score: string, ranked: boolean) =>
    `${what}: ${score}${ranked ? "" : ", no rank"}.`,
  noScoreYet: "no score",
  withRank: (score: string, rank: string) => `${score}, ${rank.toLowerCase()}`,
  ranks: { Gold: "Gold", Silver: "Silver", Bronze: "Bronze" } as Record<string, string>,
  ranksCaption: "Ranks",
  reached: ", reached",
  orBetter: (score: string, better: "less" | "more") => `${score} or ${better}`,
  copyLink: "Copy link",
  copied: "Copied. Whoever opens it computes the score anew.",
  copyThis: "Copy this",
  noChallenge: (id: string) => `There is no challenge "${id}" here.`,
  notScored: (why: string) => `It could not be scored: ${why}`,
  hereIs: (why: string) => `${why} Here is the challenge.`,
  notAllowed: "The link's settings are not ones that this challenge allows. Here is the challenge.",
  fewest: {
    says: (many: number) =>
      `The number of measurements, if all of ${many} fresh draws are recovered to a thousandth of the signal's size. The draws are the same for everybody, and none is the one on the page.`,
    spoken: (n: number) => count(n, "measurement", "measurements"),
    because: (rows: number, recovered: number, many: number) =>
      `With ${rows} measurements ${recovered} of ${many} draws were recovered.`,
  },
  more: {
    gaussian: "the Gaussian",
    says: (many: number, name: string) =>
      `Of ${many} draws, how many in a hundred are recovered with your matrix, less those with ${name} on the same seeds. Complex matrices do not count: each of their measurements is two numbers.`,
    spoken: (points: string) => `${points} points`,
    complex: "This matrix is complex, and does not count.",
    because: (many: number, own: number, theirs: number, name: string) =>
      `Of ${many} draws ${own} were recovered, and ${theirs} with ${name}.`,
  },
  near: {
    says: (many: number, from: string, to: string) =>
      `The error of your choice, over the least error that any of ${many} choices between ${from} and ${to} has on the same draw. One is the best there is.`,
    spoken: (ratio: string) => `${ratio} times the least error`,
    because: (own: string, best: { at: string; error: string } | undefined) =>
      `Your error is ${own}; ${best ? `the least, at ${best.at}, is ${best.error}` : "none was better"}.`,
  },
};
