import type { Lab } from "../lab.ts";
import { say } from "../messages/say.ts";
import type { MethodRecording } from "../solve/recording.ts";
import { capital } from "../words/capital.ts";
import { decibels, milliseconds, short, typeset } from "../words/numbers.ts";
import { nameOf } from "./methods.ts";
import { problemVerdict } from "./problem-verdict.ts";
import { active, ended, given, l1Threshold, tally, truePlaces } from "./seen.ts";

/** The verdict in words: the first clause says how it went, the rest says why. */
export interface VerdictText {
  first: string;
  rest: string;
}

/** Methods whose picks are for good. That none was dropped in a run does not tell. */
const KEEPS_PICKS = new Set(["omp", "ols", "batch-omp", "mp"]);

/** What is to be said of the run at the playhead. */
export function verdict(lab: Lab): VerdictText {
  const { recording } = lab;
  if (!recording) return { first: "", rest: "" };
  if (lab.page) return problemVerdict(lab, lab.page, recording.methods);
  return recording.methods.length === 1
    ? ofOne(lab, recording.methods[0] as MethodRecording)
    : ofMany(lab, recording.methods);
}

function ofOne(lab: Lab, method: MethodRecording): VerdictText {
  const over = ended(method, lab.playhead);
  const rest = [
    why(lab, method),
    figures(lab, method, over),
    over ? endingOf(method) : "",
    place(lab, (method.trace("relative_error", lab.playhead) ?? 1) > 0.1),
    ...(lab.recording?.description.facts.notes ?? []),
  ];
  return { first: found(lab, method, over), rest: typeset(rest.filter(Boolean).join(" ")) };
}

function found(lab: Lab, method: MethodRecording, over: boolean): string {
  const truth = given(lab, "truth")?.values;
  const estimate = method.at(lab.playhead)?.estimate;
  if (!estimate) return "";
  const threshold = lab.recording?.description.facts.active_threshold ?? 0;
  if (!truth) return say.verdict.unknownTruth(active(estimate, threshold).length);
  const t = tally(truth, estimate, threshold);
  const spikes = t.found + t.missed;
  // In a basis the unknowns are coefficients; nobody sees spikes.
  const { basis, things } = lab.recording?.description.facts ?? {};
  const thing = things ?? (basis === "identity" ? say.verdict.spikes : say.verdict.coefficients);
  if (spikes === 0) return say.verdict.nothingToFind(t.wrong);
  const { inner } = (method.inside?.step === lab.playhead && method.inside) || {};
  if (inner !== undefined) return say.verdict.inside(t.found, spikes, thing, lab.playhead, inner);
  if (!over) return say.verdict.soFar(t.found, spikes, thing, lab.playhead);
  if (t.missed === 0 && t.wrong === 0) return say.verdict.all(spikes, method.last);
  return say.verdict.some(t.found, spikes, thing, t.wrong);
}

/** What went wrong first, where picks tell. */
function why(lab: Lab, method: MethodRecording): string {
  const right = truePlaces(lab);
  if (right.size === 0 || method.traces.duality_gap) return "";
  const picks = method.events.filter(
    ({ step, event }) => event.kind === "pick" && step <= lab.playhead,
  );
  const drops = method.events.some(({ event }) => event.kind === "drop");
  const wrong = picks.flatMap(({ event, step }) =>
    event.kind === "pick" && !right.has(event.index) ? [{ index: event.index, step }] : [],
  );
  const [first] = wrong;
  // Where entries come many at a time, or come and go, they are a support that moves and no picks.
  const single = new Set(picks.map(({ step }) => step)).size === picks.length;
  if (!first || wrong.length > 20 || drops || !single) return "";
  if (first.step === 1 && KEEPS_PICKS.has(lab.recording?.description.spec.methods[0]?.id ?? ""))
    return say.verdict.firstPick(first.index, nameOf(lab, 0));
  const small = smallPicks(lab, method, wrong);
  if (wrong.length === 1) return say.verdict.onePick(first.index, first.step, small);
  const some = wrong.slice(0, 3).map(({ index }) => index);
  return say.verdict.picks(wrong.length, some.join(", "), wrong.length > 3, small);
}

/** Wrong picks may hold so little that they are no false alarms: the verdict would seem to contradict itself. */
function smallPicks(lab: Lab, method: MethodRecording, wrong: { index: number }[]): string {
  const estimate = method.at(lab.playhead)?.estimate;
  const threshold = lab.recording?.description.facts.active_threshold ?? 0;
  const counts = ({ index }: { index: number }) => Math.abs(estimate?.[index] ?? 0) > threshold;
  const few = wrong.filter((pick) => !counts(pick)).length;
  return few === 0 ? "" : say.verdict.small(few, wrong.length);
}

function figures(lab: Lab, method: MethodRecording, over: boolean): string {
  const error = method.trace("relative_error", lab.playhead);
  const residual = method.trace("relative_residual", lab.playhead);
  const clause =
    error !== undefined
      ? say.verdict.error(decibels(error))
      : residual !== undefined
        ? say.verdict.residual(decibels(residual))
        : "";
  if (!clause) return "";
  return over ? say.verdict.after(clause, method.last, milliseconds(method.ms)) : `${clause}.`;
}

function endingOf(method: MethodRecording): string {
  const gap = method.traces.duality_gap?.at(-1);
  switch (method.ending?.word) {
    case "converged":
      return say.verdict.converged(method.ending.reason);
    case "budget":
      return say.verdict.budget(method.last, gap === undefined ? undefined : short(gap, 1));
    case "diverged":
    case "failed":
      return sentence(method.ending.reason);
    default:
      return "";
  }
}

function sentence(text: string): string {
  return capital(/[.?]$/.test(text) ? text : `${text}.`);
}

/** Where this draw lies against the theory of l1 minimisation. */
function place(lab: Lab, failed: boolean): string {
  const description = lab.recording?.description;
  if (!description?.facts.rho || description.facts.basis !== "identity") return "";
  const threshold = l1Threshold(description);
  if (threshold === null || description.facts.rho <= threshold) return "";
  return say.verdict.above(failed);
}

function ofMany(lab: Lab, methods: MethodRecording[]): VerdictText {
  const truth = given(lab, "truth")?.values;
  if (!truth) return { first: say.verdict.many(methods.length), rest: say.verdict.noneBest };
  const threshold = lab.recording?.description.facts.active_threshold ?? 0;
  const scored = methods.map((method, i) => {
    const estimate = method.at(lab.playhead)?.estimate ?? new Float64Array(truth.length);
    return {
      i,
      method,
      error: method.trace("relative_error", lab.playhead) ?? Number.POSITIVE_INFINITY,
      ...tally(truth, estimate, threshold),
    };
  });
  const done = scored.filter(({ method }) => method.ending?.word === "converged");
  const best = [...(done.length > 0 ? done : scored)].sort((a, b) => a.error - b.error)[0];
  const worst = [...scored].sort((a, b) => b.error - a.error)[0];
  if (!best || !worst) return { first: "", rest: "" };
  const spikes = best.found + best.missed;
  const steps = Math.min(lab.playhead, best.method.last);
  const name = nameOf(lab, best.i);
  const first =
    best.missed === 0 && best.wrong === 0
      ? say.verdict.findsAll(name, spikes, steps)
      : say.verdict.nearest(name, best.found, spikes, best.wrong, steps);
  const also = scored
    .filter((one) => one.i !== best.i && one.missed === 0 && one.wrong === 0)
    .map((one) => nameOf(lab, one.i));
  const shares = also.length > 0 ? say.verdict.also(also) : "";
  const last =
    worst.i !== best.i && worst.missed + worst.wrong > 0
      ? say.verdict.farthest(nameOf(lab, worst.i), decibels(worst.error))
      : "";
  return {
    first: capital(first),
    rest: [
      shares,
      last,
      place(
        lab,
        scored.some(({ missed }) => missed > 0),
      ),
    ]
      .filter(Boolean)
      .join(" "),
  };
}
