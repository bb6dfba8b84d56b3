import type { Description, Frame, Verdict } from "../../../www/solve/protocol.ts";
import { Recording } from "../../../www/solve/recording.ts";
import type { Spec } from "../../../www/spec/spec.ts";
import { DOORS } from "./wasm.ts";

/** Runs a Spec to its end, and keeps what the page's worker would: every trace and event, the first and last picture. */
export function recorded(spec: Spec, lab = "recovery"): Recording {
  const doors = DOORS.get(lab);
  if (!doors) throw new Error(`there is no lab ${lab}`);
  const session = new doors.Session(spec);
  const recording = new Recording(session.describe() as Description);
  const strides = { every: Number.MAX_SAFE_INTEGER, inner: 1 };
  for (let method = 0; method < session.methods(); method += 1) {
    const look = () => session.frame(method, strides.every) as Frame;
    const frames = [look()];
    while (!session.ended(method)) if (!session.step(method)) frames.push(look());
    recording.take({ kind: "frames", id: 0, method, frames, strides, ms: 0 });
    const verdict = session.judge(method) as Verdict;
    recording.take({ kind: "ended", id: 0, method, verdict, ms: 0 });
  }
  recording.take({ kind: "done", id: 0 });
  session.free();
  return recording;
}
