import { sweep } from "./en/sweep.ts";
import type { Later } from "./later.ts";
import { whenSpoken } from "./say.ts";

/** Words of phase diagrams. */
export let saySweep: Later["sweep"] = sweep;

whenSpoken((language) => {
  saySweep = language?.later.sweep ?? sweep;
});
