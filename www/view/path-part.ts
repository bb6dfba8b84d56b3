import { html, nothing } from "lit";
import { type Figure, place, type Scale } from "../figures/figure.ts";
import type { FigureView, Layout } from "../figures/figure-view.ts";
import "../figures/figure-view.ts";
import { extent, roomy } from "../figures/ranges.ts";
import { say } from "../messages/say.ts";
import type { PenaltyPath, PenaltyRule } from "../solve/protocol.ts";
import { instanceKey, Theorist } from "../solve/theorist.ts";
import { lassoMethods, ratioOf, withRatio } from "../spec/penalty.ts";
import { short } from "../words/numbers.ts";
import { nameOf } from "./methods.ts";
import { Part } from "./part.ts";
import { pathFigure, sizeAt, staggered, together } from "./path-figure.ts";
import { given, truePlaces } from "./seen.ts";
import { words } from "./tex.ts";

/** Margins of the figure; above it stand the rules' names, row by row. */
const LEFT = 36;
const RIGHT = 8;
const ROW = 18;
/** Width of a letter of a label, in px, about: labels need not be laid out to be placed. */
const LETTER = 7;

/** The LASSO's solutions over all penalties, and which of them each rule takes. A click takes another penalty. */
export class PathPart extends Part {
  static override properties = {
    ...Part.properties,
    open: { state: true },
    path: { state: true },
    problem: { state: true },
    width: { state: true },
    at: { state: true },
  };
  declare open: boolean;
  /** The last answer; `null` where there is no such path. */
  declare path: PenaltyPath | null | undefined;
  declare problem: string | undefined;
  /** Width of the figure, in px. */
  declare width: number;
  /** The ratio under the pointer. */
  declare at: number | undefined;
  #theorist: Theorist | undefined;
  #has = "";
  #asked = "";
  #drawn: { path: PenaltyPath; figure: Figure } | undefined;
  readonly #resize = new ResizeObserver(([entry]) => {
    this.width = Math.floor(entry?.contentRect.width ?? 0);
  });

  constructor() {
    super();
    this.open = false;
    this.width = 0;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resize.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resize.disconnect();
    this.#close();
  }

  override render() {
    const { lab, path } = this;
    const spec = lab.recording?.description.spec;
    const method = this.#method();
    if (!spec || method === undefined || lab.blind) return nothing;
    const stale = this.#has !== instanceKey(spec);
    return html`<details class="asked panel" ?open=${this.open} @toggle=${this.#toggle}>
      <summary>${words(say.path.summary)}</summary>
      ${this.problem ? html`<p class="complaint">${this.problem}</p>` : nothing}
      ${path === null && !stale ? html`<p class="label">${say.path.curved}</p>` : nothing}
      ${path ? html`<div class=${stale ? "stale" : ""}>${this.#told(path, method)}</div>` : nothing}
      <p class="label" role="status">${this.open && stale && !this.problem ? say.path.following : ""}</p>
    </details>`;
  }

  /** The method whose penalty is set here: the one whose panels are shown, or the first that has one. */
  #method(): number | undefined {
    const { lab } = this;
    const methods = lassoMethods(lab.spec, lab.catalogue);
    return methods.includes(lab.focus) ? lab.focus : methods[0];
  }

  #told(path: PenaltyPath, method: number) {
    if (path.ratios.length < 2) return html`<p class="label">${path.left_out.join(" ")}</p>`;
    const now = ratioOf(this.lab.spec, this.lab.catalogue, method, path.lambda_max);
    const many = this.lab.spec.methods.length > 1;
    const said = this.at ?? now;
    return html`<div class="title-line"><span class="caption">${words(
      say.path.caption(many ? nameOf(this.lab, method) : undefined),
    )}</span><span class="reading">${words(`$\\lambda / \\lambda_{\\max}$`)} = ${short(said, 2)}: ${say.path.entriesOf(sizeAt(path, said))}</span></div>
    ${this.#view(path, method, now)}
    <div class="scrolled"><table class="rules">
      <thead><tr><th scope="col">${say.path.rule}</th><th scope="col"><span class="hidden">${say.path.share}</span><span aria-hidden="true">${words("$\\lambda / \\lambda_{\\max}$")}</span></th><th scope="col">${say.path.entries}</th>${
        given(this.lab, "truth")
          ? html`<th scope="col">${say.path.found}</th><th scope="col">${say.path.false}</th>`
          : nothing
      }<th scope="col" class="wide">${say.path.asksFor}</th></tr></thead>
      <tbody>${path.rules.map((rule) => this.#row(rule, method, now))}</tbody>
    </table></div>
    ${path.left_out.length > 0 ? html`<p class="label">${say.theory.leftOut(path.left_out.join(" "))}</p>` : nothing}`;
  }

  #row(rule: PenaltyRule, method: number, now: number) {
    const { name = rule.id, line = "" } = say.path.rules[rule.id] ?? {};
    const chosen = Math.abs(rule.ratio / now - 1) < 1e-3;
    return html`<tr class=${chosen ? "chosen" : ""}>
      <th scope="row"><button class="link" aria-pressed=${chosen ? "true" : "false"} @click=${() => this.#set(method, rule.ratio)}>${name}</button></th>
      <td>${rule.at_end ? "≤ " : ""}${short(rule.ratio, 2)}</td><td>${rule.size}</td>
      ${rule.found === null ? nothing : html`<td>${rule.found}</td><td>${rule.false_alarms}</td>`}
      <td class="wide">${line}</td></tr>`;
  }

  #view(path: PenaltyPath, method: number, now: number) {
    const x: Scale = { from: path.ratios.at(-1) ?? 1e-3, to: 1, kind: "log", ticks: true };
    const room = Math.max(1, this.width - LEFT - RIGHT);
    const groups = together(path.rules, (ratio) => place(x, ratio) * room);
    const names = groups.map(({ rules }) =>
      rules.map(({ id }) => say.path.rules[id]?.name ?? id).join(", "),
    );
    const spots = staggered(
      groups.map((group, i) => ({ place: group.place, width: LETTER * (names[i] ?? "").length })),
      room,
    );
    const rows = 1 + Math.max(0, ...spots.map(({ row }) => row));
    const top = 6 + ROW * rows;
    const y = roomy(extent(...path.lines.map(({ values }) => values)));
    const layout: Layout = {
      height: 180 + top,
      left: LEFT,
      right: RIGHT,
      top,
      bottom: 24,
      x,
      y: { from: y[0], to: y[1], ticks: true },
    };
    const ratioAt = (event: MouseEvent) => {
      const at = (event.currentTarget as FigureView).valueAt(event)?.x;
      return at === undefined ? undefined : Math.min(1, Math.max(x.from, at));
    };
    const label = say.path.figure(path.lines.length, path.ratios.length);
    return html`<div class="labelled">
      ${groups.map(
        (
          group,
          i,
        ) => html`<i class="rule-line" aria-hidden="true" style="left:${LEFT + group.place}px;top:${ROW * ((spots[i]?.row ?? 0) + 1)}px;height:${layout.height - 24 - ROW * ((spots[i]?.row ?? 0) + 1)}px"></i>
          <span class="rule-name" aria-hidden="true" style="left:${LEFT + (spots[i]?.left ?? 0)}px;top:${ROW * (spots[i]?.row ?? 0)}px">${names[i]}</span>`,
      )}
      <figure-view .figure=${this.#figure(path)} .layout=${layout} .label=${label} .hoverX=${this.at} .playX=${now}
        @pointermove=${(event: PointerEvent) => {
          if (event.pointerType !== "touch") this.at = ratioAt(event);
        }} @pointerleave=${() => {
          this.at = undefined;
        }} @click=${(event: MouseEvent) => {
          const ratio = ratioAt(event);
          if (ratio !== undefined) this.#set(method, ratio);
        }}></figure-view></div>`;
  }

  /** Hundreds of lines are made anew only for another path. */
  #figure(path: PenaltyPath): Figure {
    if (this.#drawn?.path !== path) {
      const truth = given(this.lab, "truth") ? truePlaces(this.lab) : undefined;
      this.#drawn = { path, figure: pathFigure(path, truth) };
    }
    return this.#drawn.figure;
  }

  #set(method: number, ratio: number): void {
    this.lab.edit(withRatio(this.lab.spec, method, ratio));
  }

  readonly #toggle = (event: Event): void => {
    this.open = (event.currentTarget as HTMLDetailsElement).open;
    this.problem = undefined;
    if (!this.open) this.#close();
  };

  #close(): void {
    this.#theorist?.close();
    this.#asked = "";
  }

  protected override updated(): void {
    const spec = this.lab.recording?.description.spec;
    if (!this.open || !spec || this.#method() === undefined) return;
    const wanted = instanceKey(spec);
    if (wanted === this.#asked) return;
    this.#asked = wanted;
    this.#theorist ??= new Theorist(this.lab.module);
    this.#theorist.ask("path", spec, (path, complaint) => {
      this.problem = complaint?.message;
      this.path = path;
      this.#has = wanted;
      this.requestUpdate();
    });
  }
}

customElements.define("path-part", PathPart);
