import { handout } from "./en/handout.ts";
import type { Later } from "./later.ts";
import { whenSpoken } from "./say.ts";

/** Words of where a handout is made. */
export let sayHandout: Later["handout"] = handout;

whenSpoken((language) => {
  sayHandout = language?.later.handout ?? handout;
});
