import { lecture } from "./en/lecture.ts";
import type { Later } from "./later.ts";
import { whenSpoken } from "./say.ts";

/** Words of a lecture. */
export let sayLecture: Later["lecture"] = lecture;

whenSpoken((language) => {
  sayLecture = language?.later.lecture ?? lecture;
});
