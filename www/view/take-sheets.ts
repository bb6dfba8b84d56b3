import { version } from "../../package.json";
import type { Lab } from "../lab.ts";
import { sayTake } from "../messages/take.ts";
import { addressOf } from "../spec/link.ts";
import { bibtexOfPaper, bibtexOfSpec } from "../words/bibtex.ts";
import { pythonOf } from "../words/python.ts";
import { checkedOf } from "./checked.ts";
import { pageAddress } from "./embed-foot.ts";

/** Texts to copy, and what they are. */
export interface Sheet {
  title: string;
  about: string;
  texts: { name: string; text: string }[];
  /** What the dialog says around them. */
  words: typeof sayTake;
}

export function sheetOf(kind: "cite" | "python", lab: Lab): Sheet {
  const link = `${pageAddress()}${addressOf(lab.place)}`;
  if (kind === "cite") return cited(lab, link);
  const file = `pursuit-${lab.exhibit.id}-arrays.npz`;
  return {
    words: sayTake,
    title: sayTake.check,
    about: sayTake.checkLine(file),
    texts: [{ name: "check.py", text: pythonOf(checkedOf(lab, link, file)) }],
  };
}

function cited({ exhibit }: Lab, link: string): Sheet {
  const day = new Date().toISOString().slice(0, 10);
  return {
    words: sayTake,
    title: sayTake.cite,
    about: sayTake.citeLine,
    texts: [
      { name: sayTake.paper, text: bibtexOfPaper(exhibit.paper) },
      { name: sayTake.spec, text: bibtexOfSpec(exhibit.title, link, version, day) },
    ],
  };
}
