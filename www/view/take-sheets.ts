import { version } from "../../package.json";
import type { Lab } from "../lab.ts";
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
}

export function sheetOf(kind: "cite" | "python", lab: Lab): Sheet {
  const link = `${pageAddress()}${addressOf(lab.place)}`;
  if (kind === "cite") return cited(lab, link);
  const file = `pursuit-${lab.exhibit.id}-arrays.npz`;
  return {
    title: "Check it in Python",
    about: `Save the arrays (Share, Arrays as NPZ) as ${file}, and this beside them as check.py. It needs NumPy, and compares with scikit-learn where that has the same method.`,
    texts: [{ name: "check.py", text: pythonOf(checkedOf(lab, link, file)) }],
  };
}

function cited({ exhibit }: Lab, link: string): Sheet {
  const day = new Date().toISOString().slice(0, 10);
  return {
    title: "Cite",
    about:
      "The paper, as far as it is known here, and this very picture: its link solves it again, to the last bit.",
    texts: [
      { name: "The paper", text: bibtexOfPaper(exhibit.paper) },
      { name: "This Spec", text: bibtexOfSpec(exhibit.title, link, version, day) },
    ],
  };
}
