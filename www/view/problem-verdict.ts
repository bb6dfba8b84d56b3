import type { Lab } from "../lab.ts";
import type { MethodRecording } from "../solve/recording.ts";
import type { ProblemPage } from "../spec/catalogue.ts";
import { capital } from "../words/capital.ts";
import { count, milliseconds, short, typeset } from "../words/numbers.ts";
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
  const reason = typeset(method.ending?.reason ?? "");
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

/**
 * Among several that come to the same the first to be done counts, and otherwise the one that the first quantity puts
 * ahead.
 */
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
      first: `${capital(ahead.name)} is ahead after ${count(Math.min(playhead, ahead.method.last), "step", "steps")}.`,
      rest: `Its ${quantity.title}: ${short(value(ahead.method), 2)}.`,
    };
  }
  if (quantity && apart(done.map(({ method }) => value(method)))) {
    const [best, ...rest] = [...done].sort((a, b) => value(a.method) - value(b.method));
    const told = ({ method, name }: (typeof done)[number]) =>
      `${name}: ${short(value(method), 2)} in ${count(method.last, "step", "steps")}`;
    return {
      first: best
        ? `${capital(best.name)} ends lowest: ${quantity.title} ${short(value(best.method), 2)} in ${count(best.method.last, "step", "steps")}.`
        : "",
      rest: rest.length > 0 ? `${capital(rest.map(told).join("; "))}.` : "",
    };
  }
  const others = all.filter((one) => one !== first);
  const rest = others.map(({ method, name }) => {
    if (method.ending?.word === "converged" && ended(method, playhead))
      return `${capital(name)} takes ${count(method.last, "step", "steps")}.`;
    return method.ending && ended(method, playhead)
      ? `${capital(name)} does not get there in ${count(method.last, "step", "steps")}.`
      : `${capital(name)} is on its way.`;
  });
  return {
    first: `${capital(first.name)} is done in ${count(first.method.last, "step", "steps")}.`,
    rest: rest.join(" "),
  };
}

/** Below this a quantity is zero but for the tolerance at which a method stops. */
const NOTHING = 1e-3;

/** Whether answers differ by more than a tenth: then it matters who is nearest, not who is first. */
function apart(values: number[]): boolean {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return values.length > 1 && most > NOTHING && least < 0.9 * most;
}

/** A template with its slots filled: `{steps}`, and traces by name. */
export function filled(template: string, method: MethodRecording, playhead: number): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) =>
    name === "steps"
      ? count(Math.min(playhead, method.last), "step", "steps")
      : short(method.trace(name, playhead) ?? Number.NaN, 2),
  );
}
