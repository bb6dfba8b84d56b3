import { labOf } from "../lab-of.ts";
import type { Labs } from "../labs.ts";
import { sayChallenge } from "../messages/challenge.ts";
import { say } from "../messages/say.ts";
import type { ChallengePlace } from "../spec/link.ts";
import "./challenge-page.ts";
import { Play } from "./play.ts";
import { CHALLENGES } from "./shelf.ts";

/** Opens the challenge that an address names, with its lab. Throws an `Error` with one sentence. */
export async function openPlay(labs: Labs, place: ChallengePlace): Promise<Play> {
  const challenge = CHALLENGES.find(({ id }) => id === place.challenge);
  if (!challenge) throw new Error(sayChallenge.noChallenge(place.challenge));
  const lab = labOf(challenge.exhibit) ?? "";
  const [module] = await Promise.all([labs.module(lab), labs.declare(lab)]);
  const exhibit = labs.catalogue.exhibit(challenge.exhibit);
  if (!exhibit) throw new Error(say.page.noExhibit(challenge.exhibit));
  return new Play(challenge, labs.catalogue, exhibit, module, place);
}
