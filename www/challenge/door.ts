import type { Labs } from "../labs.ts";
import type { ChallengePlace } from "../spec/link.ts";
import type { Play } from "./play.ts";

/** The list of challenges; it and they are loaded when somebody goes there. */
export async function loadChallenges(): Promise<void> {
  await import("./challenges-page.ts");
}

/** A challenge and its lab. Throws an `Error` with one sentence. */
export async function openPlay(labs: Labs, place: ChallengePlace): Promise<Play> {
  return (await import("./open-play.ts")).openPlay(labs, place);
}
