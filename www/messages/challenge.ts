import { challenge } from "./en/challenge.ts";
import type { Later } from "./later.ts";
import { whenSpoken } from "./say.ts";

/** Words around challenges. */
export let sayChallenge: Later["challenge"] = challenge;

whenSpoken((language) => {
  sayChallenge = language?.later.challenge ?? challenge;
});
