import { drawAll } from "../figures/figure-view.ts";
import { lookChanged } from "../figures/look.ts";
import { say } from "../messages/say.ts";

/** Pixels to one of CSS on paper: some 300 an inch. */
const RATIO = 300 / 96;
/** Longest address that is of use on paper, in characters. */
const LONGEST = 700;

/** Lays the page out as a handout while it is printed: on white paper, figures as sharp as paper is, and the address. */
export function printable(): void {
  let before: string | undefined;
  addEventListener("beforeprint", () => {
    const { dataset } = document.documentElement;
    before = dataset.theme;
    dataset.theme = "light";
    dataset.printing = "";
    const address = document.querySelector(".address");
    if (address) address.textContent = addressOnPaper(location.href);
    lookChanged();
    drawAll(RATIO);
  });
  addEventListener("afterprint", () => {
    const { dataset } = document.documentElement;
    delete dataset.printing;
    if (before === undefined) delete dataset.theme;
    else dataset.theme = before;
    lookChanged();
    drawAll(undefined);
  });
}

/** An address as a handout has it; what holds a drawing or a file may be far too long. */
export function addressOnPaper(address: string): string {
  if (address.length <= LONGEST) return address;
  const page = address.replace(/\?s=.*$/, "");
  return say.page.tooLongOnPaper(page, address.length);
}
