import { html, nothing } from "lit";
import { type Catalogue, optionFor, optionsOf, type Schema } from "../spec/catalogue.ts";
import { type Role, withoutGiven, withSparsity } from "../spec/files.ts";
import { type Choice, fieldOf, type Json, type Path, type Spec, withValue } from "../spec/spec.ts";
import "./choice-value.ts";
import { icon } from "./icons.ts";
import { letterButton } from "./letter-button.ts";
import "./number-value.ts";
import { Part } from "./part.ts";
import { glued, isEditable, labelOf, phrase, rangeOf, type Slots, slot } from "./phrase.ts";

/** Most methods in one Spec. */
const MAX_METHODS = 4;

/**
 * The Spec as a sentence whose values are edited in place. The words come from the problem's and the methods'
 * own sentences in the crate; parameters that no sentence names stand behind "more".
 */
export class SpecSentence extends Part implements Slots {
  static override properties = { ...Part.properties, more: { state: true } };
  declare more: boolean;

  constructor() {
    super();
    this.more = false;
  }

  get spec(): Spec {
    return this.lab.spec;
  }

  get catalogue(): Catalogue {
    return this.lab.catalogue;
  }

  override render() {
    const { spec, catalogue } = this.lab;
    const problem = catalogue.problem(spec.problem.id);
    if (!problem) return "";
    return html`
      <p class="sentence">
        ${glued(phrase(this, problem.sentence, ["problem"]))}
        <span class="acts">
          <button class="link" ?disabled=${spec.methods.length >= MAX_METHODS} @click=${this.#compare}>+ Compare</button>
          <button class="link" title="The next seed; with Alt the one before"
            @click=${(event: MouseEvent) => this.lab.redraw(event.altKey ? -1 : 1)}>New draw</button>
          <button class="link" aria-expanded=${this.more ? "true" : "false"}
            @click=${() => {
              this.more = !this.more;
            }}>${this.more ? "less" : "more"}</button>
        </span>
      </p>
      ${this.more ? this.#rest() : ""}
      ${this.#complaint()}
    `;
  }

  #complaint() {
    const { complaint } = this.lab;
    if (!complaint) return "";
    const { field, message } = complaint;
    return html`<p class="complaint" role="alert">${field ? html`<b>${field}</b> ` : ""}${message}${
      this.lab.recording ? " The picture still shows the last one that could be solved." : ""
    }</p>`;
  }

  /** What is said where numbers of one's own stand in place of what would be drawn; nothing where none do. */
  instead(path: Path): unknown | unknown[] | undefined {
    if (path.length !== 2 || path[0] !== "problem") return undefined;
    const { lab } = this;
    const data = (lab.spec.problem.data ?? {}) as { [role in Role]?: Json };
    const facts = lab.recording?.description.facts;
    const from = (role: Role, symbol: string) => {
      const name = lab.fileNames[role];
      return name ? `${symbol} from ${name}` : `${symbol} as given`;
    };
    const known = data.truth !== undefined;
    const measured = data.measurements !== undefined;
    switch (path[1]) {
      case "signal":
        if (known) return this.choice(path, from("truth", "x"), ["truth", "measurements"]);
        if (!measured) return undefined;
        return [
          "the spikes behind ",
          this.choice(path, from("measurements", "y"), ["measurements"]),
        ];
      case "noise":
        return measured ? "" : undefined;
      case "matrix":
        if (data.matrix === undefined) return undefined;
        return this.choice(path, lab.fileNames.matrix ?? "given", ["matrix"]);
      case "rows":
        return data.matrix !== undefined || measured ? html`<b>${facts?.rows}</b>` : undefined;
      case "cols":
        return data.matrix !== undefined || known ? html`<b>${facts?.cols}</b>` : undefined;
      default:
        return undefined;
    }
  }

  /** A choice. What is chosen takes the place of what is `given`. */
  choice(path: Path, text: string, given: Role[] = []) {
    const schema = this.lab.catalogue.schemaAt(this.lab.spec, path);
    if (!schema) return text;
    const value = this.lab.catalogue.valueAt(this.lab.spec, path);
    const named = typeof value === "string";
    const id = named ? value : ((value as Choice | undefined)?.id ?? "");
    // Drawn and loaded things come from drawing and dropping, not from a list.
    const options = optionsOf(schema).filter(
      (option) =>
        (option.id === id && given.length === 0) || !["drawn", "curve", "file"].includes(option.id),
    );
    return html`<choice-value .value=${given.length > 0 ? "" : id} .text=${text} .options=${options} .label=${labelOf(path)}
      @edit=${({ detail }: CustomEvent<{ value: string }>) => {
        const chosen = named ? detail.value : { id: detail.value };
        if (given.length === 0) this.lab.set(path, chosen);
        else this.lab.edit(withValue(withoutGiven(this.lab.spec, given), path, chosen));
      }}></choice-value>`;
  }

  number(path: Path, schema: Schema, value: Json | undefined) {
    const { lab } = this;
    // A parameter without a value takes the method's own; only the sparsity's is known here.
    const own = path.at(-1) === "sparsity" ? lab.recording?.description.facts.sparsity : undefined;
    const known = typeof value === "number" ? value : (own ?? schema.minimum ?? 1);
    const automatic = typeof value !== "number" && typeof own !== "number";
    const refused =
      lab.refused && fieldOf(lab.refused.path) === fieldOf(path) ? lab.refused.text : undefined;
    return html`<number-value .value=${known} .range=${rangeOf(schema, known)} .unit=${schema["x-unit"] === "dB" ? "dB" : ""}
      .label=${labelOf(path)} .refused=${refused} .automatic=${automatic}
      @edit=${({ detail }: CustomEvent<{ value: number; group?: string }>) => lab.set(path, detail.value, detail.group)}
      @settle=${() => lab.settle()} @restore=${() => lab.forgive()}></number-value>`;
  }

  flag(path: Path, schema: Schema, value: boolean) {
    return html`<label class="switch" title=${schema.description ?? ""}><input type="checkbox" .checked=${value}
      @change=${(event: Event) => this.lab.set(path, (event.target as HTMLInputElement).checked)} />${value ? "yes" : "no"}</label>`;
  }

  /** A text of a person's own; it counts once it is finished. */
  text(path: Path, schema: Schema, value: string) {
    return html`<input class="own-text" type="text" .value=${value} maxlength=${schema.maxLength ?? nothing} aria-label=${labelOf(path)} title=${schema.description ?? ""}
      @change=${(event: Event) => this.lab.set(path, (event.target as HTMLInputElement).value)} />`;
  }

  methods(): unknown[] {
    const { methods } = this.lab.spec;
    const last = methods.length - 1;
    return methods.flatMap((method, i) => {
      const joint = i === 0 ? "" : i === last ? " and " : ", ";
      return [joint, ...this.#method(method, i, last > 0)];
    });
  }

  #method(method: Choice, i: number, lettered: boolean): unknown[] {
    const { lab } = this;
    const card = lab.catalogue.method(method.id)?.card;
    const change = ({ detail }: CustomEvent<{ value: string }>) => {
      const methods = lab.spec.methods.map((old, j) => (j === i ? { id: detail.value } : old));
      lab.edit(withSparsity({ ...lab.spec, methods }, lab.catalogue));
    };
    const remove = () =>
      lab.edit({ ...lab.spec, methods: lab.spec.methods.filter((_, j) => j !== i) });
    const letter = letterButton(lab, lab.letters[i] ?? i, card?.short ?? method.id);
    const choice = html`<choice-value .value=${method.id} .label=${"method"} @edit=${change}
      .options=${lab.catalogue.methodOptions(lab.spec.problem.id)}></choice-value>`;
    const drop = html`<button class="remove" aria-label="Remove ${card?.short}"
      title="Remove ${card?.short}" @click=${remove}>${icon("close")}</button>`;
    return [
      lettered ? html`<span class="nowrap">${letter}${choice}${drop}</span>` : choice,
      ...(card?.sentence ? [" ", ...phrase(this, card.sentence, ["methods", i])] : []),
    ];
  }

  /** Adds the first method that is not there yet. */
  #compare(): void {
    const { lab } = this;
    const used = new Set(lab.spec.methods.map((method) => method.id));
    const option = lab.catalogue.methodOptions(lab.spec.problem.id).find(({ id }) => !used.has(id));
    if (!option) return;
    const methods = [...lab.spec.methods, { id: option.id }];
    lab.edit(withSparsity({ ...lab.spec, methods }, lab.catalogue));
  }

  /** Parameters of the problem that hold parameters themselves, with what the problem's sentence names of them. */
  #plainGroups() {
    const { spec, catalogue } = this.lab;
    const problem = catalogue.problem(spec.problem.id);
    return Object.entries(problem?.params.properties ?? {})
      .filter(([key, schema]) => schema.type === "object" && schema.properties && key !== "data")
      .map(([key, schema]) => ({
        title: key.replaceAll("_", " "),
        base: ["problem", key],
        schema,
        sentence: (problem?.sentence ?? "").replaceAll(`{${key}.`, "{"),
      }));
  }

  /** Every parameter that no sentence names. */
  #rest() {
    const { spec, catalogue } = this.lab;
    const groups: { title: string; base: Path; schema: Schema | undefined; sentence: string }[] = [
      {
        title: "Problem",
        base: ["problem"],
        schema: catalogue.problem(spec.problem.id)?.params,
        sentence: catalogue.problem(spec.problem.id)?.sentence ?? "",
      },
      ...["matrix", "signal", "noise"].map((key) => {
        const path = ["problem", key];
        const schema = catalogue.schemaAt(spec, path);
        const option = schema && optionFor(schema, catalogue.valueAt(spec, path));
        return { title: key, base: path, schema: option, sentence: option?.["x-phrase"] ?? "" };
      }),
      ...this.#plainGroups(),
      ...spec.methods.map((method, i) => ({
        title: catalogue.method(method.id)?.card.short ?? method.id,
        base: ["methods", i],
        schema: catalogue.method(method.id)?.params,
        sentence: catalogue.method(method.id)?.card.sentence ?? "",
      })),
    ];
    const seed = html`<li><span class="name">seed</span> <number-value .value=${spec.seed ?? 0} .label=${"seed"}
      .range=${{ min: 0, max: 2 ** 53 - 1, step: 1, log: false, whole: true }}
      @edit=${({ detail }: CustomEvent<{ value: number; group?: string }>) => this.lab.edit({ ...spec, seed: detail.value }, detail.group)}
      @settle=${() => this.lab.settle()}></number-value></li>`;
    return html`<div class="rest">${groups.map(({ title, base, schema, sentence }) => {
      const fields = Object.entries(schema?.properties ?? {}).filter(
        ([name, field]) => name !== "id" && !sentence.includes(`{${name}}`) && isEditable(field),
      );
      if (fields.length === 0 && title !== "Problem") return "";
      return html`<section><h2>${title}</h2><ul>
        ${title === "Problem" ? seed : ""}
        ${fields.map(([name, field]) => html`<li title=${field.description ?? ""}><span class="name">${name.replaceAll("_", " ")}</span> ${slot(this, [...base, name])}</li>`)}
      </ul></section>`;
    })}</div>`;
  }
}

customElements.define("spec-sentence", SpecSentence);
