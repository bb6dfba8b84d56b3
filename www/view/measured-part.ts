import { html, nothing } from "lit";
import { series } from "../figures/figure.ts";
import type { Layout } from "../figures/figure-view.ts";
import "../figures/figure-view.ts";
import { extent, Ranges, roomy } from "../figures/ranges.ts";
import { say } from "../messages/say.ts";
import { short } from "../words/numbers.ts";
import { more } from "./panel-more.ts";
import "./panel-reader.ts";
import { Part } from "./part.ts";
import { focused, given, panelAt } from "./seen.ts";
import { words } from "./tex.ts";

/** Measurements, and what the estimate leaves of them. */
export class MeasuredPart extends Part {
  readonly #ranges = new Ranges();

  override render() {
    const { lab } = this;
    const measurements = given(lab, "measurements");
    const residual = panelAt(focused(lab)?.frame, "residual");
    if (!measurements || !residual) return nothing;
    const y = this.#ranges.settle("measured", roomy(extent(measurements.values)), lab.dragging);
    const layout: Layout = {
      height: 92,
      left: 36,
      right: 8,
      top: 8,
      bottom: 8,
      x: { from: 0, to: Math.max(1, measurements.values.length - 1), kind: "index" },
      y: { from: y[0], to: y[1], ticks: true },
    };
    const figure = {
      kind: "measured" as const,
      measurements: series(measurements.values),
      residual: series(residual.values),
    };
    const hover = lab.hover?.axis === "measurement" ? lab.hover.at : undefined;
    const read = (at: number) =>
      `${at}: y ${short(measurements.values[at] ?? 0, 3)}, r ${short(residual.values[at] ?? 0, 2)}`;
    const label = say.panels.measuredLabel(measurements.values.length);
    return html`<section class="panel ${lab.lifted === undefined || lab.lifted === "measured" ? "" : "dimmed"}" data-panel="measured">
      <div class="title-line"><h2>${say.panels.measured}</h2>${more({ id: "measured", name: say.panels.measured }, { y: measurements.values, r: residual.values })}
        <span class="caption"><i class="dot" style="background:var(--measured)"></i>${words("$y$")}
        <i class="swatch-bar" style="background:var(--residual)"></i>${words(residual.caption)}</span>
        ${hover === undefined ? nothing : html`<span class="reading">${read(hover)}</span>`}
      </div>
      <panel-reader .lab=${lab} .axis=${"measurement"} .length=${measurements.values.length} .name=${say.panels.measured} .about=${label} .say=${read}>
        <figure-view .figure=${figure} .layout=${layout} .hoverX=${hover} .label=${label}></figure-view>
      </panel-reader>
    </section>`;
  }
}

customElements.define("measured-part", MeasuredPart);
