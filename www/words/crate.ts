import { whole } from "./numbers.ts";

/** Words that stand within the crate's own sentences, and so in their language, whatever the page speaks. */
export const CRATE = {
  and: " and ",
  steps: (n: number) => `${whole(n)} ${n === 1 ? "step" : "steps"}`,
  fromFile: (symbol: string, file: string) => `${symbol} from ${file}`,
  asGiven: (symbol: string) => `${symbol} as given`,
  spikesBehind: "the spikes behind ",
  given: "given",
  givenSound: "the given sound",
  span: (from: string, to: string) => `${from} to ${to}`,
  nothingElse: "nothing else",
  quoted: (text: string) => `“${text}”`,
};
