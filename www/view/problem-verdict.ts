import type { Lab } from "../lab.ts";
import type { MethodRecording } from "../solve/recording.ts";
import type { ProblemPage } from "../spec/catalogue.ts";
import { count, milliseconds, short } from "../words/numbers.ts";
import { nameOf } from "./methods.ts";
import { ended } from "./seen.ts";

/** What is to be said of runs at the playhead, in the problem's own words. */
export function problemVerdict(lab: Lab, page: ProblemPage, methods: MethodRecording[]) {
  const [one] = methods;
  if (!one) return { first: "", rest: "" };
  return methods.length === 1 ? ofOne(lab, page, one) : ofMany(lab, page, methods);
}

function ofOne(lab: Lab, page: ProblemPage, method: MethodRecording) {
  const over = ended(method, lab.playhead);
  const template = over
    ? method.ending?.word === "converged"
      ? page.converged
      : page.stopped
    : page.running;
  const reason = method.ending?.reason ?? "";
  const inner = method.inside?.step === lab.playhead ? method.inside.inner : undefined;
  const rest = [
    inner === undefined ? "" : `Inside it, ${count(inner, "inner step", "inner steps")} are done.`,
    filled(page.rest, method, lab.playhead),
    over ? `${milliseconds(method.ms)}.` : "",
    over && method.ending?.word !== "converged" && reason ? `${reason.replace(/[.?]$/, "")}.` : "",
    ...(lab.recording?.description.facts.notes ?? []),
  ];
  return {
    first: filled(template, method, lab.playhead),
    rest: rest.filter(Boolean).join(" "),
  };
}

/** Among several the first to be done counts; before, the one that the first quantity puts ahead. */
function ofMany(lab: Lab, page: ProblemPage, methods: MethodRecording[]) {
  const { playhead } = lab;
  const [quantity] = page.quantities;
  const all = methods.map((method, i) => ({ method, name: nameOf(lab, i) }));
  const done = all
    .filter(({ method }) => method.ending?.word === "converged" && ended(method, playhead))
    .sort((a, b) => a.method.last - b.method.last);
  const [first] = done;
  const value = (method: MethodRecording) =>
    (quantity && method.trace(quantity.name, playhead)) ?? Number.POSITIVE_INFINITY;
  if (!first) {
    const [ahead] = [...all].sort((a, b) => value(a.method) - value(b.method));
    if (!ahead || !quantity) return { first: "", rest: "" };
    return {
      first: `${ahead.name} is ahead after ${count(Math.min(playhead, ahead.method.last), "step", "steps")}.`,
      rest: `Its ${quantity.title}: ${short(value(ahead.method), 2)}.`,
    };
  }
  const others = all.filter((one) => one !== first);
  const rest = others.map(({ method, name }) => {
    if (method.ending?.word === "converged" && ended(method, playhead))
      return `${name} takes ${count(method.last, "step", "steps")}.`;
    return method.ending && ended(method, playhead)
      ? `${name} does not get there in ${count(method.last, "step", "steps")}.`
      : `${name} is on its way.`;
  });
  return {
    first: `${first.name} is done in ${count(first.method.last, "step", "steps")}.`,
    rest: rest.join(" "),
  };
}

/** A template with its slots filled: `{steps}`, and traces by name. */
export function filled(template: string, method: MethodRecording, playhead: number): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) =>
    name === "steps"
      ? count(Math.min(playhead, method.last), "step", "steps")
      : short(method.trace(name, playhead) ?? Number.NaN, 2),
  );
}
