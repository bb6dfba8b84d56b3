import type { Spec } from "../spec/spec.ts";
import type { Description, Facts, Frame, FromWorker } from "./protocol.ts";

/** What may be seen of an instance by whoever has only measured it. */
const PANELS = ["measurements", "matrix", "gram"];
/**
 * Traces and panels that methods compute from the truth, most of them NST+HT+FB's. `tests/web/blind.test.ts` runs every method
 * without the truth, and holds what is told here to the same numbers.
 */
const TELLING = [
  ...["relative_error", "predicted_error", "predicted_steps", "over_prediction", "rate"],
  ...["kept", "promise", "error"],
];

/** A message as the page may have it that is not to know the truth, nor the Spec from which it is drawn. */
export function blinded(message: FromWorker, shown: Spec): FromWorker {
  switch (message.kind) {
    case "started":
      return { ...message, description: described(message.description, shown) };
    case "frames":
      return { ...message, frames: message.frames.map(untold) };
    case "ended":
      return { ...message, verdict: { ...message.verdict, metrics: {} } };
    default:
      return message;
  }
}

function described(description: Description, spec: Spec): Description {
  const panels = description.panels.filter(({ id }) => PANELS.includes(id));
  return { ...description, spec, panels, facts: measured(description.facts) };
}

/** Facts that measuring tells. */
function measured(facts: Facts): Facts {
  const size = `m = ${facts.rows}, n = ${facts.cols}`;
  const nothing = { sparsity: null, rho: null, active_threshold: 0, noise_norm: 0, notes: [] };
  return { ...facts, ...nothing, size };
}

function untold(frame: Frame): Frame {
  const traces = Object.entries(frame.traces).filter(([name]) => !TELLING.includes(name));
  const panels = frame.panels?.filter(({ id }) => !TELLING.includes(id));
  return { ...frame, traces: Object.fromEntries(traces), ...(panels ? { panels } : {}) };
}
