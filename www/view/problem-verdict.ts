import type { Lab } from "../lab.ts";
import { say } from "../messages/say.ts";
import type { MethodRecording } from "../solve/recording.ts";
import type { ProblemPage } from "../spec/catalogue.ts";
import { capital } from "../words/capital.ts";
import { CRATE } from "../words/crate.ts";
import { milliseconds, short, typeset } from "../words/numbers.ts";
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
    inner === undefined ? "" : say.verdict.innerDone(inner),
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
      first: say.verdict.ahead(capital(ahead.name), Math.min(playhead, ahead.method.last)),
      rest: say.verdict.its(quantity.title, short(value(ahead.method), 2)),
    };
  }
  if (quantity && apart(done.map(({ method }) => value(method)))) {
    const [best, ...rest] = [...done].sort((a, b) => value(a.method) - value(b.method));
    const told = ({ method, name }: (typeof done)[number]) =>
      say.verdict.told(name, short(value(method), 2), method.last);
    return {
      first: best
        ? say.verdict.lowest(
            capital(best.name),
            quantity.title,
            short(value(best.method), 2),
            best.method.last,
          )
        : "",
      rest: rest.length > 0 ? `${capital(rest.map(told).join("; "))}.` : "",
    };
  }
  const others = all.filter((one) => one !== first);
  const rest = others.map(({ method, name }) => {
    if (method.ending?.word === "converged" && ended(method, playhead))
      return say.verdict.takes(capital(name), method.last);
    return method.ending && ended(method, playhead)
      ? say.verdict.fails(capital(name), method.last)
      : say.verdict.onItsWay(capital(name));
  });
  return {
    first: say.verdict.done(capital(first.name), first.method.last),
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

/** A template with its slots filled: `{steps}`, and traces by name. Templates are the crate's, and in English. */
export function filled(template: string, method: MethodRecording, playhead: number): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) =>
    name === "steps"
      ? CRATE.steps(Math.min(playhead, method.last))
      : short(method.trace(name, playhead) ?? Number.NaN, 2),
  );
}
