import { take } from "./en/take.ts";
import type { Later } from "./later.ts";
import { whenSpoken } from "./say.ts";

/** Words around what is taken away. */
export let sayTake: Later["take"] = take;

whenSpoken((language) => {
  sayTake = language?.later.take ?? take;
});
