import { sayLesson } from "../messages/lesson.ts";

import { spoken } from "../messages/say.ts";
import type { Ask } from "./ask.ts";
import type { Kind } from "./format.ts";
import { outcomeOf } from "./guesses.ts";
import type { Seen } from "./seen.ts";

/** What a student takes away: questions, guesses and outcomes, the Specs as links, and the figures. */
export interface Report {
  title: string;
  date: Date;
  /** Where the lesson stands now, guesses and all. */
  address: string;
  steps: ReportStep[];
}

export interface ReportStep {
  number: number;
  title: string;
  kind: Kind;
  /** The step's Spec in the lab, as the student left it. */
  link: string | undefined;
  changed: boolean;
  ask: Ask | undefined;
  guess: number | undefined;
  answer: number | undefined;
  /** The verdict and the panels, where the step was seen. */
  seen: Seen | undefined;
}

const STYLE =
  "body{font:17px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#15171c;background:#fff}img{max-width:100%;height:auto}section{border-top:1px solid #dddfe4;padding-top:1rem;margin-top:1.5rem}h1{font-size:1.6rem}h2{font-size:1.1rem}p,figure{margin:.5rem 0}figcaption{font-size:.85rem}";

/** The report as one page that needs nothing else: no script, no address to load from. */
export function reportAsPage(report: Report): string {
  const steps = report.steps.map((step) => {
    const lines = [`<h2>${step.number}. ${escaped(step.title)}</h2>`];
    if (step.ask) lines.push(`<p>${escaped(step.ask.question)}</p>`);
    const outcome = outcomeIn(step);
    if (outcome) lines.push(`<p><b>${escaped(outcome)}</b></p>`);
    if (step.seen) lines.push(`<p>${escaped(step.seen.verdict)}</p>`);
    for (const { name, data } of step.seen?.figures ?? [])
      lines.push(
        `<figure><figcaption>${escaped(name)}</figcaption><img alt="${escaped(words().figureInStep(name, step.number))}" src="${escaped(data)}"></figure>`,
      );
    if (step.link) lines.push(`<p><a href="${escaped(step.link)}">${linkWords(step)}</a></p>`);
    return `<section>${lines.join("\n")}</section>`;
  });
  return `<!doctype html>
<html lang="${spoken}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width"><title>${escaped(words().report(report.title))}</title><style>${STYLE}</style></head>
<body><h1>${escaped(words().report(report.title))}</h1>
<p>${dateOf(report)}. <a href="${escaped(report.address)}">${words().whereLeft}</a></p>
${steps.join("\n")}
</body></html>
`;
}

/** The same as Markdown, figures as data. */
export function reportAsMarkdown(report: Report): string {
  const head = [
    `# ${words().report(inline(report.title))}`,
    `${dateOf(report)}. [${words().whereLeft}](<${report.address}>)`,
  ];
  const steps = report.steps.flatMap((step) => {
    const outcome = outcomeIn(step);
    return [
      `## ${step.number}. ${inline(step.title)}`,
      ...(step.ask ? [inline(step.ask.question)] : []),
      ...(outcome ? [`**${inline(outcome)}**`] : []),
      ...(step.seen ? [inline(step.seen.verdict)] : []),
      ...(step.seen?.figures ?? []).map(
        ({ name, data }) => `![${words().figureInStep(inline(name), step.number)}](${data})`,
      ),
      ...(step.link ? [`[${linkWords(step)}](<${step.link}>)`] : []),
    ];
  });
  return `${[...head, ...steps].join("\n\n")}\n`;
}

function outcomeIn({ ask, guess, answer }: ReportStep): string | undefined {
  return ask && guess !== undefined ? outcomeOf(ask, guess, answer) : undefined;
}

function linkWords({ changed }: ReportStep): string {
  return changed ? words().inLabChanged : words().inLab;
}

/** The words of lessons, in the language that is spoken now. */
function words() {
  return sayLesson.lesson;
}

function dateOf({ date }: Report): string {
  return date.toISOString().slice(0, 10);
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** Words of a lesson in one line, in which no markup of another begins; formulas stay as they are. */
function inline(text: string): string {
  const quoted = (piece: string) => piece.replace(/[\\`*_[\]<>#|]/g, "\\$&");
  const pieces = text.replace(/\s+/g, " ").split("$");
  return pieces
    .map((piece, i) => (i % 2 === 1 ? piece.replaceAll("<", "&lt;") : quoted(piece)))
    .join("$");
}
