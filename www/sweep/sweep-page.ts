import { html } from "lit";
import { textOf } from "../messages/cards.ts";
import { say } from "../messages/say.ts";
import { saySweep } from "../messages/sweep.ts";
import { addressOf } from "../spec/link.ts";
import type { Spec } from "../spec/spec.ts";
import { ended } from "../words/sentence.ts";
import "../styles/sweep.css";
import "./cell-part.ts";
import { checkResult, checkSweep } from "./check-result.ts";
import { mapHeight } from "./map-figure.ts";
import "./map-part.ts";
import "./progress-part.ts";
import type { SweepSpec } from "./protocol.ts";
import "./slice-part.ts";
import type { Result } from "./protocol.ts";
import type { Study } from "./study.ts";
import { StudyPart } from "./study-part.ts";
import "./sweep-sentence.ts";

const PHONE = matchMedia("(max-width: 700px)");
/** What a sweep's file may leave out and the sentence says. */
const DEFAULTS = { trials: 20, metric: "success", tolerance: 1e-3 };
/** Largest file that is opened, in bytes. */
const MAX_FILE = 64_000_000;

/** A phase diagram: a sentence in, a map that grows, a slice of it and one of its cells. */
export class SweepPage extends StudyPart {
  readonly #resized = () => this.requestUpdate();

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener("resize", this.#resized);
    window.addEventListener("keydown", this.#key);
    this.addEventListener("dragover", (event) => event.preventDefault());
    this.addEventListener("drop", (event) => {
      event.preventDefault();
      const file = event.dataTransfer?.files[0];
      if (file) void this.openFile(file);
    });
    this.addEventListener("refine", (event) => {
      const sweep = (event as CustomEvent<SweepSpec>).detail;
      const { exhibit, full } = this.study;
      location.hash = addressOf({ page: "sweep", exhibit: exhibit.id, sweep, full });
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener("resize", this.#resized);
    window.removeEventListener("keydown", this.#key);
  }

  override render() {
    const { study } = this;
    const phone = PHONE.matches;
    const height = mapHeight(phone, { width: window.innerWidth, height: window.innerHeight });
    return html`<main id="main" class="sweep ${study.open === undefined ? "" : "has-cell"}">
      <h1 class="hidden">${saySweep.heading(textOf(study.exhibit).text.title)}</h1>
      <sweep-sentence .study=${study}></sweep-sentence>
      <div class="diagram">
        <map-part .study=${study} .height=${height}></map-part>
        <slice-part .study=${study} .height=${height} .upright=${!phone}></slice-part>
        <cell-part .study=${study}></cell-part>
      </div>
      <div class="foot"><progress-part .study=${study}></progress-part></div>
    </main>`;
  }

  readonly #key = (event: KeyboardEvent): void => {
    const { study } = this;
    const target = event.target as HTMLElement;
    if (target.closest("input, select, textarea")) return;
    const command = event.ctrlKey || event.metaKey;
    const key = event.key.toLowerCase();
    if (command && key === "z") event.shiftKey ? study.redo() : study.undo();
    else if (command && key === "y") study.redo();
    else if (key === " " && !command && !target.closest("button, a, [role=grid]")) {
      if (study.state === "running") study.pause();
      else if (study.state === "paused") study.resume();
      else return;
    } else return;
    event.preventDefault();
  };

  /** Opens a result or a sweep. What cannot be used is explained and nothing is lost. */
  async openFile(file: File): Promise<void> {
    const { study } = this;
    try {
      if (file.size > MAX_FILE) throw new Error(saySweep.tooLarge(file.name));
      const value = parsed(file.name, await file.text());
      const spec = "methods" in value ? (value as unknown as Result).sweep?.spec : value.spec;
      const strange = strangerIn(study, file.name, value, (spec as Spec | undefined)?.problem?.id);
      if (strange) {
        study.refuse(strange.message, strange.elsewhere);
        return;
      }
      if ("methods" in value) {
        checkResult(file.name, value);
        await study.show(value as unknown as Result);
      } else {
        checkSweep(file.name, value as unknown as SweepSpec);
        await study.edit({ ...DEFAULTS, ...(value as unknown as SweepSpec) });
      }
    } catch (error) {
      study.refuse(say.sentence.nothingLoaded(ended((error as Error).message)));
    }
  }
}

/** What to say of a file whose problem is not of this lab, and the address where it is; nothing where it is. */
export function strangerIn(
  { catalogue, exhibit }: Pick<Study, "catalogue" | "exhibit">,
  name: string,
  value: Record<string, unknown>,
  problem: unknown,
): { message: string; elsewhere?: string } | undefined {
  // What is no sweep at all is another complaint.
  if (typeof problem !== "string") return undefined;
  const declared = catalogue.problem(problem);
  if (declared?.lab === exhibit.lab) return undefined;
  const host = catalogue.data.exhibits.find(
    ({ lab, spec }) =>
      lab === declared?.lab && (JSON.parse(spec) as Spec).problem.id === declared.id,
  );
  if (!host) return { message: saySweep.unknownProblem(name, problem) };
  const sweep = ("methods" in value ? value.sweep : value) as SweepSpec;
  return {
    message: saySweep.otherLab(name, textOf(host).text.title),
    elsewhere: addressOf({ page: "sweep", exhibit: host.id, sweep }),
  };
}

function parsed(name: string, text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error(saySweep.notJson(name));
  }
  const fields = value as Record<string, unknown> | null;
  if (fields === null || typeof fields !== "object" || !("sweep" in fields || "spec" in fields))
    throw new Error(saySweep.neither(name));
  return fields;
}

customElements.define("sweep-page", SweepPage);
