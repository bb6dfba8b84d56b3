import { html, nothing } from "lit";
import { CRATE_LANGUAGE, say, spoken } from "../messages/say.ts";
import { type Catalogue, optionFor, optionsOf, type Schema } from "../spec/catalogue.ts";
import { type Role, withoutGiven, withSparsity } from "../spec/files.ts";
import { nameOf } from "../spec/handout.ts";
import { type Choice, fieldOf, type Json, type Path, type Spec, withValue } from "../spec/spec.ts";
import { CRATE } from "../words/crate.ts";
import { ended } from "../words/sentence.ts";
import "./choice-value.ts";
import { heldAct, heldValue, holdIn, holdSwitch } from "./held.ts";
import { icon } from "./icons.ts";
import { letterButton } from "./letter-button.ts";
import { numberText } from "./number-value.ts";
import { Part } from "./part.ts";
import { glued, isEditable, isSaid, labelOf, phrase, rangeOf, type Slots, slot } from "./phrase.ts";
import { HIDDEN, reset } from "./reset-sentence.ts";

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

  hides(path: Path): boolean {
    return holdIn(this.lab, nameOf(path)) === "hidden";
  }

  override render() {
    const { spec, catalogue, draft } = this.lab;
    const problem = catalogue.problem(spec.problem.id);
    if (!problem) return "";
    return html`
      <p class="sentence ${draft ? "is-built" : ""}" lang=${CRATE_LANGUAGE}>
        ${glued(reset(phrase(this, problem.sentence, ["problem"])))}
        ${this.#acts()}
      </p>
      ${this.more || draft ? this.#rest() : ""}
      ${this.#complaint()}
    `;
  }

  #acts() {
    const { lab } = this;
    const compare = (locked: boolean) =>
      html`<button class="link" title=${locked ? say.sentence.locked : nothing} ?disabled=${locked || lab.spec.methods.length >= MAX_METHODS} @click=${this.#compare}>${say.sentence.compare}</button>`;
    const draw = (locked: boolean) =>
      html`<button class="link" title=${locked ? say.sentence.locked : say.sentence.newDrawTitle} ?disabled=${locked}
        @click=${(event: MouseEvent) => lab.redraw(event.altKey ? -1 : 1)}>${say.sentence.newDraw}</button>`;
    const more = html`<button class="link" aria-expanded=${this.more ? "true" : "false"}
      @click=${() => {
        this.more = !this.more;
      }}>${this.more ? say.sentence.less : say.sentence.more}</button>`;
    return html`<span class="acts" lang=${spoken}>
      ${heldAct(lab, "methods", say.sentence.addAndRemove, compare)}
      ${heldAct(lab, "seed", say.sentence.newDrawAct, draw)}
      ${lab.draft ? html`<span class="switched">${say.sentence.drawing} ${holdSwitch(lab, "signal", say.sentence.drawingAct)}</span>` : more}
    </span>`;
  }

  #complaint() {
    const { complaint, recording, spec } = this.lab;
    if (!complaint) return "";
    const { field, message } = complaint;
    // A link or a file that could not be read leaves a picture of just what the sentence says.
    const drawn = !field && JSON.stringify(recording?.description.spec) === JSON.stringify(spec);
    return html`<p class="complaint" role="alert">${field ? html`<b>${field}</b> ` : ""}${ended(message)}${
      recording && !drawn ? say.sentence.stillShown : ""
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
      return name ? CRATE.fromFile(symbol, name) : CRATE.asGiven(symbol);
    };
    const known = data.truth !== undefined;
    const measured = data.measurements !== undefined;
    switch (path[1]) {
      case "signal":
        if (known) return this.choice(path, from("truth", "x"), ["truth", "measurements"]);
        if (!measured) return undefined;
        return [CRATE.spikesBehind, this.choice(path, from("measurements", "y"), ["measurements"])];
      case "noise":
        return measured ? "" : undefined;
      case "matrix":
        if (data.matrix === undefined) return undefined;
        return this.choice(path, lab.fileNames.matrix ?? CRATE.given, ["matrix"]);
      case "sound":
        if (data.sound === undefined) return undefined;
        return this.choice(path, lab.fileNames.sound ?? CRATE.givenSound, ["sound"]);
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
    const said = text || (optionsOf(schema).find((option) => option.id === id)?.label ?? id);
    const control = html`<choice-value .value=${given.length > 0 ? "" : id} .text=${text} .options=${options} .label=${labelOf(path)} .kind=${labelOf(path)}
      @edit=${({ detail }: CustomEvent<{ value: string }>) => {
        const chosen = named ? detail.value : { id: detail.value };
        if (given.length === 0) this.lab.set(path, chosen);
        else this.lab.edit(withValue(withoutGiven(this.lab.spec, given), path, chosen));
      }}></choice-value>`;
    return heldValue(this.lab, path, labelOf(path), { control, said });
  }

  number(path: Path, schema: Schema, value: Json | undefined) {
    const { lab } = this;
    // A parameter without a value takes the method's own; only the sparsity's is known here.
    const own = path.at(-1) === "sparsity" ? lab.recording?.description.facts.sparsity : undefined;
    const known = typeof value === "number" ? value : (own ?? schema.minimum ?? 1);
    const automatic = typeof value !== "number" && typeof own !== "number";
    const refused =
      lab.refused && fieldOf(lab.refused.path) === fieldOf(path) ? lab.refused.text : undefined;
    const unit = schema["x-unit"] === "dB" ? "dB" : "";
    const said = automatic ? say.sentence.automatic : numberText(known, unit);
    const control = html`<number-value .value=${known} .range=${rangeOf(schema, known)} .unit=${unit}
      .label=${labelOf(path)} .refused=${refused} .automatic=${automatic}
      @edit=${({ detail }: CustomEvent<{ value: number; group?: string }>) => lab.set(path, detail.value, detail.group)}
      @settle=${() => lab.settle()} @restore=${() => lab.forgive()}></number-value>`;
    const given = typeof value === "number" && schema.default === null && own === undefined;
    return heldValue(lab, path, labelOf(path), {
      control: given
        ? html`<span class="nowrap">${control}${this.#automatic(path)}</span>`
        : control,
      said,
    });
  }

  /** Takes a number back that the method would find by itself. */
  #automatic(path: Path) {
    const label = say.sentence.leave(labelOf(path));
    return html`<button class="remove" aria-label=${label} title=${say.sentence.leaveIt}
      @click=${() => this.lab.set(path, null)}>${icon("close")}</button>`;
  }

  flag(path: Path, schema: Schema, value: boolean) {
    const control = html`<label class="switch" title=${schema.description ?? ""}><input type="checkbox" .checked=${value}
      @change=${(event: Event) => this.lab.set(path, (event.target as HTMLInputElement).checked)} />${value ? say.sentence.yes : say.sentence.no}</label>`;
    return heldValue(this.lab, path, labelOf(path), {
      control,
      said: value ? say.sentence.yes : say.sentence.no,
    });
  }

  /** A text of a person's own; it counts once it is finished. */
  text(path: Path, schema: Schema, value: string) {
    const control = html`<input class="own-text" type="text" .value=${value} maxlength=${schema.maxLength ?? nothing} aria-label=${labelOf(path)} title=${schema.description ?? ""}
      @change=${(event: Event) => this.lab.set(path, (event.target as HTMLInputElement).value)} />`;
    return heldValue(this.lab, path, labelOf(path), { control, said: value });
  }

  methods(): unknown[] {
    const { methods } = this.lab.spec;
    const shown = [...methods.entries()].filter(([i]) => !this.hides(["methods", i]));
    if (shown.length === 0) return [HIDDEN];
    const last = shown.length - 1;
    return shown.flatMap(([i, method], place) => {
      const joint = place === 0 ? "" : place === last ? CRATE.and : ", ";
      return [joint, ...reset(this.#method(method, i, methods.length > 1))];
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
    const control = html`<choice-value .value=${method.id} .label=${say.sentence.method} .kind=${"method"} @edit=${change}
      .options=${lab.catalogue.methodOptions(lab.spec.problem.id)}></choice-value>`;
    const said = card?.short ?? method.id;
    const choice = heldValue(lab, ["methods", i], said, { control, said });
    const stays = holdIn(lab, "methods") !== "free";
    const drop = stays
      ? nothing
      : html`<button class="remove" aria-label=${say.sentence.remove(card?.short ?? method.id)}
      title=${say.sentence.remove(card?.short ?? method.id)} @click=${remove}>${icon("close")}</button>`;
    return [
      lettered ? html`<span class="nowrap">${letter}${choice}${drop}</span>` : choice,
      ...(card?.sentence ? [" ", ...phrase(this, card.sentence, ["methods", i])] : []),
    ];
  }

  /** The seed where the link holds it. */
  #stillSeed() {
    if (holdIn(this.lab, "seed") === "hidden") return "";
    return html`<li><span class="name">${say.sentence.seed}</span> <span class="locked-value" title=${say.sentence.locked}>${this.spec.seed ?? 0}</span></li>`;
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
        title: say.sentence.problem,
        base: ["problem"],
        schema: catalogue.problem(spec.problem.id)?.params,
        sentence: catalogue.problem(spec.problem.id)?.sentence ?? "",
      },
      ...["matrix", "signal", "noise"].map((key) => {
        const path = ["problem", key];
        const schema = catalogue.schemaAt(spec, path);
        const option = schema && optionFor(schema, catalogue.valueAt(spec, path));
        return {
          title: say.sentence.groups[key] ?? key,
          base: path,
          schema: option,
          sentence: option?.["x-phrase"] ?? "",
        };
      }),
      ...this.#plainGroups(),
      ...spec.methods.map((method, i) => ({
        title: catalogue.method(method.id)?.card.short ?? method.id,
        base: ["methods", i],
        schema: catalogue.method(method.id)?.params,
        sentence: catalogue.method(method.id)?.card.sentence ?? "",
      })),
    ];
    const seed =
      holdIn(this.lab, "seed") !== "free"
        ? this.#stillSeed()
        : html`<li><span class="name">${say.sentence.seed}</span> <number-value .value=${spec.seed ?? 0} .label=${say.sentence.seed}
      .range=${{ min: 0, max: 2 ** 53 - 1, step: 1, log: false, whole: true }}
      @edit=${({ detail }: CustomEvent<{ value: number; group?: string }>) => this.lab.edit({ ...spec, seed: detail.value }, detail.group)}
      @settle=${() => this.lab.settle()}></number-value></li>`;
    return html`<div class="rest">${groups.map(({ title, base, schema, sentence }, place) => {
      const fields = Object.entries(schema?.properties ?? {}).filter(
        ([name, field]) =>
          name !== "id" &&
          !isSaid(catalogue, spec, sentence, base, name) &&
          isEditable(field) &&
          !this.hides([...base, name]),
      );
      if (fields.length === 0 && place > 0) return "";
      return html`<section><h2>${title}</h2><ul>
        ${place === 0 ? seed : ""}
        ${fields.map(([name, field]) => html`<li title=${field.description ?? ""}><span class="name">${name.replaceAll("_", " ")}</span> ${slot(this, [...base, name])}</li>`)}
      </ul></section>`;
    })}</div>`;
  }
}

customElements.define("spec-sentence", SpecSentence);
