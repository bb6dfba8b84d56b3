import type { Lab } from "../lab.ts";
import type { MethodRecording } from "../solve/recording.ts";
import { capital } from "../words/capital.ts";
import { count, decibels, milliseconds, short, typeset, whole } from "../words/numbers.ts";
import { nameOf } from "./methods.ts";
import { problemVerdict } from "./problem-verdict.ts";
import { active, ended, given, tally, truePlaces } from "./seen.ts";

/** The verdict in words: the first clause says how it went, the rest says why. */
export interface VerdictText {
  first: string;
  rest: string;
}

/** Small numbers that begin a sentence. */
const NUMERALS = [
  "No",
  "One",
  "Two",
  "Three",
  "Four",
  "Five",
  "Six",
  "Seven",
  "Eight",
  "Nine",
  "Ten",
  "Eleven",
  "Twelve",
];

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
  if (!truth)
    return `${count(active(estimate, threshold).length, "entry is", "entries are")} not zero; the truth is not known.`;
  const t = tally(truth, estimate, threshold);
  const spikes = t.found + t.missed;
  // In a basis the unknowns are coefficients; nobody sees spikes.
  const { basis, things } = lab.recording?.description.facts ?? {};
  const thing = things ?? (basis === "identity" ? "spikes" : "coefficients");
  if (spikes === 0)
    return t.wrong === 0
      ? "Nothing to find, and nothing was found."
      : `Nothing to find, and ${count(t.wrong, "false alarm", "false alarms")}.`;
  const { inner } = (method.inside?.step === lab.playhead && method.inside) || {};
  if (inner !== undefined)
    return `${t.found} of ${spikes} ${thing} inside step ${lab.playhead}, after ${count(inner, "inner step", "inner steps")}.`;
  if (!over)
    return `${t.found} of ${spikes} ${thing} after ${count(lab.playhead, "step", "steps")}.`;
  if (t.missed === 0 && t.wrong === 0)
    return `All ${spikes} found, none false, in ${count(method.last, "step", "steps")}.`;
  const alarms =
    t.wrong === 0 ? "and no false alarm" : `with ${count(t.wrong, "false alarm", "false alarms")}`;
  return `Found ${t.found} of ${spikes} ${thing}, ${alarms}.`;
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
    return `The very first pick, ${first.index}, was wrong, and ${nameOf(lab, 0)} never takes a pick back.`;
  const small = smallPicks(lab, method, wrong);
  if (wrong.length === 1)
    return `One pick was wrong: ${first.index}, in step ${first.step}${small}.`;
  return `${wrong.length < NUMERALS.length ? NUMERALS[wrong.length] : whole(wrong.length)} picks were wrong: ${wrong
    .slice(0, 3)
    .map(({ index }) => index)
    .join(", ")}${wrong.length > 3 ? " and more" : ""}${small}.`;
}

/** Wrong picks may hold so little that they are no false alarms: the verdict would seem to contradict itself. */
function smallPicks(lab: Lab, method: MethodRecording, wrong: { index: number }[]): string {
  const estimate = method.at(lab.playhead)?.estimate;
  const threshold = lab.recording?.description.facts.active_threshold ?? 0;
  const counts = ({ index }: { index: number }) => Math.abs(estimate?.[index] ?? 0) > threshold;
  const few = wrong.filter((pick) => !counts(pick)).length;
  if (few === 0) return "";
  const which = few < wrong.length ? `, ${few} of them` : wrong.length > 1 ? ", all" : ", and";
  return `${which} too small to count`;
}

function figures(lab: Lab, method: MethodRecording, over: boolean): string {
  const error = method.trace("relative_error", lab.playhead);
  const residual = method.trace("relative_residual", lab.playhead);
  const clause =
    error !== undefined
      ? `Error ${decibels(error)}`
      : residual !== undefined
        ? `Residual ${decibels(residual)}`
        : "";
  if (!clause) return "";
  return over
    ? `${clause} after ${count(method.last, "step", "steps")}, ${milliseconds(method.ms)}.`
    : `${clause}.`;
}

function endingOf(method: MethodRecording): string {
  const gap = method.traces.duality_gap?.at(-1);
  switch (method.ending?.word) {
    case "converged":
      return `Converged: ${method.ending.reason}.`;
    case "budget":
      return `Not converged after ${count(method.last, "step", "steps")}.${gap === undefined ? "" : ` The gap is ${short(gap, 1)}.`} Give it more steps under "more".`;
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
  const facts = lab.recording?.description.facts;
  if (!facts?.rho || !facts.rho_l1 || facts.basis !== "identity") return "";
  if (facts.rho <= facts.rho_l1) return "";
  return failed
    ? "This draw lies above the ℓ₁ threshold; a failure here is no surprise."
    : "This draw lies above the ℓ₁ threshold, where ℓ₁ alone is expected to fail.";
}

function ofMany(lab: Lab, methods: MethodRecording[]): VerdictText {
  const truth = given(lab, "truth")?.values;
  if (!truth)
    return {
      first: `${methods.length} methods on the same measurements.`,
      rest: "The truth is not known, so none can be called best.",
    };
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
  const steps = count(Math.min(lab.playhead, best.method.last), "step", "steps");
  const first =
    best.missed === 0 && best.wrong === 0
      ? `${nameOf(lab, best.i)} finds all ${spikes}, none false, in ${steps}.`
      : `${nameOf(lab, best.i)} comes nearest: ${best.found} of ${spikes}, ${count(best.wrong, "false alarm", "false alarms")}, in ${steps}.`;
  const also = scored
    .filter((one) => one.i !== best.i && one.missed === 0 && one.wrong === 0)
    .map((one) => nameOf(lab, one.i));
  const shares =
    also.length > 0 ? `So ${also.length === 1 ? "does" : "do"} ${also.join(" and ")}.` : "";
  const last =
    worst.i !== best.i && worst.missed + worst.wrong > 0
      ? `${nameOf(lab, worst.i)} is farthest, at ${decibels(worst.error)}.`
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
