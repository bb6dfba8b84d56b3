import { html, type PropertyValues, type TemplateResult } from "lit";
import { CRATE_LANGUAGE, say } from "../messages/say.ts";
import { saySweep } from "../messages/sweep.ts";
import { type Catalogue, optionsOf, type Schema } from "../spec/catalogue.ts";
import { type Choice, fieldOf, type Json, type Path, type Spec, withValue } from "../spec/spec.ts";
import { CRATE } from "../words/crate.ts";
import { ended } from "../words/sentence.ts";
import "../view/choice-value.ts";
import { icon } from "../view/icons.ts";
import { methodColour, methodLetter } from "../view/methods.ts";
import "../view/number-value.ts";
import type { NumberRange } from "../view/number-value.ts";
import {
  glued,
  isNumber,
  isSaid,
  labelOf,
  phrase,
  rangeOf,
  type Slots,
  slot,
} from "../view/phrase.ts";
import { words } from "../view/tex.ts";
import { axisName, axisOptions, sweptFields } from "./axes.ts";
import type { Axis, SweepSpec } from "./protocol.ts";
import { StudyPart } from "./study-part.ts";
import { metricName, metricOptions } from "./words.ts";

/** Most methods in one Spec. */
const MAX_METHODS = 4;

type NumberEdit = CustomEvent<{ value: number; group?: string }>;
type ChoiceEdit = CustomEvent<{ value: string }>;

/** The sweep as a sentence whose values are edited in place; what is swept stands in it as a letter. */
export class SweepSentence extends StudyPart implements Slots {
  static override properties = { ...StudyPart.properties, more: { state: true } };
  declare more: boolean;
  #key: unknown[] = [];

  constructor() {
    super();
    this.more = false;
  }

  /** New trials do not change the sentence. */
  protected override shouldUpdate(changed: PropertyValues): boolean {
    const { wanted, sweep, complaint, elsewhere, refused, note, full, method, told } = this.study;
    const key = [wanted, told, sweep, complaint, elsewhere, refused, note, full, method, say];
    const same = changed.size === 0 && key.every((part, i) => part === this.#key[i]);
    this.#key = key;
    return !same;
  }

  override render() {
    const { study } = this;
    const { wanted: sweep, catalogue } = study;
    const problem = catalogue.problem(sweep.spec.problem.id);
    if (!problem)
      return html`${this.#complaint()}
      <p class="sentence"><button class="link" @click=${() => study.forgive()}>${saySweep.lastUsable}</button></p>`;
    const swept = sweptFields(catalogue, sweep);
    return html`
      <p class="sentence">
        ${this.#over()}
        <span lang=${CRATE_LANGUAGE}>${glued(phrase(this, problem.sentence, ["problem"]))}</span>
        ${this.#metric()} ${this.#spending()}
        <span class="acts">
          <button class="link" ?disabled=${sweep.spec.methods.length >= MAX_METHODS} @click=${this.#compare}>${say.sentence.compare}</button>
          <button class="link" aria-expanded=${this.more ? "true" : "false"} @click=${() => {
            this.more = !this.more;
          }}>${this.more ? say.sentence.less : say.sentence.more}</button>
        </span>
      </p>
      ${this.more ? this.#rest(swept) : ""}
      ${this.#complaint()}
    `;
  }

  /** The axes, the cells and the trials. */
  #over() {
    const { wanted: sweep } = this.study;
    const cells = (name: "x" | "y", label: string) =>
      this.#number(
        label,
        sweep[name].steps,
        COUNT,
        (steps) => this.#withAxis(name, { steps }),
        `${name}.steps`,
      );
    const { over, across, up, trials } = saySweep;
    return over({
      x: this.#axis("x"),
      y: this.#axis("y"),
      across: cells("x", across),
      up: cells("y", up),
      trials: this.#number(
        trials,
        sweep.trials ?? 20,
        TRIALS,
        (trials) => ({ ...sweep, trials }),
        "trials",
      ),
      together: (pieces) => html`<span class="nowrap">${pieces}</span>`,
    });
  }

  #complaint() {
    const { complaint, elsewhere, note } = this.study;
    return html`${
      complaint
        ? html`<p class="complaint" role="alert">${complaint.field ? html`<b>${complaint.field}</b> ` : ""}${ended(complaint.message)}${this.study.refused ? saySweep.lastStill : ""}${elsewhere ? html` <a class="link" href=${elsewhere}>${saySweep.openThere}</a>` : ""}</p>`
        : ""
    }${note ? html`<p class="note" role="status">${saySweep.notes[note]}</p>` : ""}`;
  }

  #withAxis(name: "x" | "y", change: Partial<Axis>): SweepSpec {
    return { ...this.study.wanted, [name]: { ...this.study.wanted[name], ...change } };
  }

  #axis(name: "x" | "y") {
    const { study } = this;
    const axis = study.wanted[name];
    const options = axisOptions(study.catalogue, study.wanted.spec);
    return html`<choice-value .value=${axis.param} .text=${axisName(study.catalogue, study.wanted, axis)}
      .label=${name === "x" ? saySweep.horizontalAxis : saySweep.verticalAxis} .options=${options}
      @edit=${({ detail }: ChoiceEdit) => {
        const chosen = options.find(({ id }) => id === detail.value);
        const other = name === "x" ? "y" : "x";
        // The other axis's parameter: the two change places.
        if (detail.value === study.wanted[other].param)
          void study.edit({ ...study.wanted, x: study.wanted.y, y: study.wanted.x });
        else if (chosen)
          void study.edit(
            this.#withAxis(name, {
              param: chosen.id,
              from: chosen.from,
              to: chosen.to,
              scale: chosen.scale,
            }),
          );
      }}></choice-value>`;
  }

  /** A number in the sentence; `change` is the sweep with another value of it. */
  #number(
    label: string,
    value: number,
    range: NumberRange,
    change: (value: number) => SweepSpec,
    field: string,
    more: { unit?: string; automatic?: boolean } = {},
  ): TemplateResult {
    const { study } = this;
    const refused = study.refused?.field === field ? study.refused.text : undefined;
    return html`<number-value .value=${value} .range=${range} .label=${label} .refused=${refused}
      .unit=${more.unit ?? ""} .automatic=${more.automatic ?? false}
      @edit=${({ detail }: NumberEdit) => void study.editField(field, detail.value, change(detail.value), detail.group)}
      @settle=${() => study.settle()} @restore=${() => study.forgive()}></number-value>`;
  }

  #metric() {
    const { study } = this;
    const { wanted: sweep } = study;
    const choice = html`<choice-value .value=${JSON.stringify(sweep.metric)} .text=${metricName(sweep.metric)} .label=${saySweep.metric}
      .options=${metricOptions(sweep.metric, study.told)} @edit=${({ detail }: ChoiceEdit) => void study.edit({ ...sweep, metric: JSON.parse(detail.value) as Json })}></choice-value>`;
    if (typeof sweep.metric !== "string") return saySweep.shows(choice);
    if (sweep.metric !== "success") return saySweep.succeeds(choice);
    const tolerance = html`<span class="nowrap">${this.#number(
      saySweep.tolerance,
      sweep.tolerance ?? 1e-3,
      { min: 0, max: 1e12, step: 1e-4, log: true, whole: false },
      (tolerance) => ({ ...sweep, tolerance }),
      "tolerance",
    )}.</span>`;
    return saySweep.within({ choice, tolerance });
  }

  #spending() {
    const { study } = this;
    if (!study.counts) return "";
    const options = (["adaptive", "full"] as const).map((id) => ({
      id,
      ...saySweep.spending[id],
    }));
    return saySweep.go(html`<span class="nowrap"><choice-value .value=${study.full ? "full" : "adaptive"} .label=${saySweep.where} .options=${options}
      @edit=${({ detail }: ChoiceEdit) => study.setFull(detail.value === "full")}></choice-value>.</span>`);
  }

  get spec(): Spec {
    return this.study.wanted.spec;
  }

  get catalogue(): Catalogue {
    return this.study.catalogue;
  }

  /** An axis of the map is a letter in the sentence. */
  instead(path: Path): unknown {
    const symbol = sweptFields(this.catalogue, this.study.wanted).get(fieldOf(path));
    if (symbol === undefined) return undefined;
    return html`<span class="swept" title=${saySweep.axisOfMap}>${words(symbol)}</span>`;
  }

  /** A text is no axis: it stands as it is, and so does what is on or off. */
  text(_path: Path, _schema: Schema, value: string) {
    return value === "" ? CRATE.nothingElse : CRATE.quoted(value);
  }

  flag(_path: Path, _schema: Schema, value: boolean): unknown {
    return value ? say.sentence.yes : say.sentence.no;
  }

  #set(path: Path, value: Json): SweepSpec {
    const { catalogue, wanted: sweep } = this.study;
    return { ...sweep, spec: withValue(catalogue.withParents(sweep.spec, path), path, value) };
  }

  number(path: Path, schema: Schema, value: Json | undefined) {
    const known = typeof value === "number" ? value : (schema.minimum ?? 1);
    return this.#number(
      labelOf(path),
      known,
      rangeOf(schema, known),
      (next) => this.#set(path, next),
      fieldOf(path),
      { unit: schema["x-unit"] === "dB" ? "dB" : "", automatic: typeof value !== "number" },
    );
  }

  choice(path: Path, text: string) {
    const { study } = this;
    const schema = study.catalogue.schemaAt(study.wanted.spec, path);
    if (!schema) return text;
    const value = study.catalogue.valueAt(study.wanted.spec, path);
    const named = typeof value === "string";
    const id = named ? value : ((value as Choice | undefined)?.id ?? "");
    return html`<choice-value .value=${id} .text=${text} .options=${optionsOf(schema)} .label=${labelOf(path)} .kind=${labelOf(path)}
      @edit=${({ detail }: ChoiceEdit) => void study.edit(this.#set(path, named ? detail.value : { id: detail.value }))}></choice-value>`;
  }

  methods(): unknown[] {
    const { methods } = this.study.wanted.spec;
    const last = methods.length - 1;
    return methods.flatMap((method, i) => {
      const joint = i === 0 ? "" : i === last ? CRATE.and : ", ";
      return [joint, ...this.#method(method, i, last > 0)];
    });
  }

  #method(method: Choice, i: number, lettered: boolean): unknown[] {
    const { study } = this;
    const { spec } = study.wanted;
    const card = study.catalogue.method(method.id)?.card;
    const change = (methods: Choice[]) =>
      study.edit({ ...study.wanted, spec: { ...spec, methods } });
    const choice = html`<choice-value .value=${method.id} .label=${say.sentence.method} .kind=${"method"} .options=${study.catalogue.methodOptions(spec.problem.id)}
      @edit=${({ detail }: ChoiceEdit) => change(spec.methods.map((old, j) => (j === i ? { id: detail.value } : old)))}></choice-value>`;
    const named = lettered
      ? html`<span class="nowrap"><button class="letter" style="background:var(--${methodColour(i)})" title=${saySweep.showMap(card?.title ?? method.id)}
          aria-pressed=${study.method === i ? "true" : "false"} @click=${() => study.look({ method: i, minus: undefined })}>${methodLetter(i)}</button>${choice}<button
          class="remove" aria-label=${say.sentence.remove(card?.short ?? method.id)} title=${say.sentence.remove(card?.short ?? method.id)} @click=${() => change(spec.methods.filter((_, j) => j !== i))}>${icon("close")}</button></span>`
      : choice;
    return [
      named,
      ...(card?.sentence ? [" ", ...phrase(this, card.sentence, ["methods", i])] : []),
    ];
  }

  /** Adds the first method that is not there yet. */
  #compare(): void {
    const { study } = this;
    const { spec } = study.wanted;
    const used = new Set(spec.methods.map((method) => method.id));
    const option = study.catalogue.methodOptions(spec.problem.id).find(({ id }) => !used.has(id));
    if (option)
      study.edit({
        ...study.wanted,
        spec: { ...spec, methods: [...spec.methods, { id: option.id }] },
      });
  }

  /** Ranges of the axes, the seed, and the parameters that no sentence names. */
  #rest(swept: Map<string, string>) {
    const { study } = this;
    const { wanted: sweep, catalogue } = study;
    const range = (name: "x" | "y", end: "from" | "to") =>
      this.#number(
        saySweep.ends[name][end],
        sweep[name][end],
        FREE(Math.abs(sweep[name].to - sweep[name].from) || 1),
        (value) => this.#withAxis(name, { [end]: value }),
        `${name}.${end}`,
      );
    const axis = (name: "x" | "y") =>
      html`<li>${saySweep.range({
        name: html`<span class="name">${axisName(catalogue, sweep, sweep[name])}</span>`,
        from: range(name, "from"),
        to: range(name, "to"),
        scale: html`<choice-value .value=${sweep[name].scale ?? "linear"} .label=${saySweep.ends[name].scale}
        .options=${scales()} @edit=${({ detail }: ChoiceEdit) => void study.edit(this.#withAxis(name, { scale: detail.value as "linear" | "log" }))}></choice-value>`,
      })}</li>`;
    const groups: { title: string; base: Path; schema: Schema | undefined; sentence: string }[] = [
      {
        title: say.sentence.problem,
        base: ["problem"],
        schema: catalogue.problem(sweep.spec.problem.id)?.params,
        sentence: catalogue.problem(sweep.spec.problem.id)?.sentence ?? "",
      },
      ...sweep.spec.methods.map((method, i) => ({
        title: catalogue.method(method.id)?.card.short ?? method.id,
        base: ["methods", i],
        schema: catalogue.method(method.id)?.params,
        sentence: catalogue.method(method.id)?.card.sentence ?? "",
      })),
    ];
    return html`<div class="rest">
      <section><h2>${saySweep.axes}</h2><ul>${axis("x")}${axis("y")}
        <li><span class="name">${say.sentence.seed}</span> ${this.#number(say.sentence.seed, sweep.seed ?? 0, { min: 0, max: 2 ** 53 - 1, step: 1, log: false, whole: true }, (seed) => ({ ...sweep, seed }), "seed")}</li></ul></section>
      ${groups.map(({ title, base, schema, sentence }) => {
        const fields = Object.entries(schema?.properties ?? {}).filter(
          ([name, field]) =>
            !isSaid(catalogue, sweep.spec, sentence, base, name) &&
            isNumber(field) &&
            !swept.has(fieldOf([...base, name])),
        );
        return fields.length === 0
          ? ""
          : html`<section><h2>${title}</h2><ul>${fields.map(
              ([name, field]) =>
                html`<li title=${field.description ?? ""}><span class="name">${name.replaceAll("_", " ")}</span> ${slot(this, [...base, name])}</li>`,
            )}</ul></section>`;
      })}
    </div>`;
  }
}

const COUNT: NumberRange = { min: 1, max: 1024, step: 1, log: false, whole: true };
const TRIALS: NumberRange = { min: 1, max: 10_000, step: 1, log: false, whole: true };
const FREE = (span: number): NumberRange => ({
  min: -1e12,
  max: 1e12,
  step: 10 ** Math.floor(Math.log10(span) - 1),
  log: false,
  whole: false,
});
const scales = () =>
  (["linear", "log"] as const).map((id) => ({ id, label: saySweep.scales[id], line: "" }));

customElements.define("sweep-sentence", SweepSentence);
