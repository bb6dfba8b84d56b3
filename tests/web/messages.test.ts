import { readdirSync, readFileSync } from "node:fs";
import { afterEach, describe, expect, test } from "vitest";
import { directionOf, languageFor } from "../../www/language.ts";
import { lessonOf, type Step } from "../../www/lesson/format.ts";
import { LESSONS, textOf as textOfLesson } from "../../www/lesson/shelf.ts";
import { matches, textOf } from "../../www/messages/cards.ts";
import { de } from "../../www/messages/de.ts";
import { challenge } from "../../www/messages/en/challenge.ts";
import { count } from "../../www/messages/en/count.ts";
import { handout } from "../../www/messages/en/handout.ts";
import { lecture } from "../../www/messages/en/lecture.ts";
import { ask, guess, lesson, sheet } from "../../www/messages/en/lesson.ts";
import { sweep } from "../../www/messages/en/sweep.ts";
import { take } from "../../www/messages/en/take.ts";
import { en } from "../../www/messages/en.ts";
import { sayLesson } from "../../www/messages/lesson.ts";
import { say, speak, spoken } from "../../www/messages/say.ts";
import { decibels, exact, inTex, milliseconds, short, whole } from "../../www/words/numbers.ts";
import { CATALOGUE } from "./lib/wasm.ts";

const LATER = { ask, challenge, guess, handout, lecture, lesson, sheet, sweep, take };

/** All texts and functions of messages by their paths. */
function messagesOf(value: unknown, path = ""): [string, unknown][] {
  if (typeof value !== "object" || value === null) return [[path, value]];
  return Object.entries(value).flatMap(([key, one]) =>
    messagesOf(one, path ? `${path}.${key}` : key),
  );
}

const ENGLISH = new Map([...messagesOf(en), ...messagesOf(LATER)]);
const GERMAN = new Map([...messagesOf(de.page), ...messagesOf(de.later)]);

/** Messages of which a language has more or fewer than another: what stands there is looked up by an id, and may be missing. */
const BY_ID = /^(page\.(exampleNames|labNames|labLines)|compared\.traces|texts|challenge\.texts)\./;

/** Messages that are the same in both languages, and meant to be. */
const SAME =
  /^(index\.(ofAll|readyOf)|(lesson|sheet)\.(minutes|share)|timeline\.(step|sound)|compared\.along\.ms\.unit|methods\.when|sweep\.(minus|metricOf)|handout\.(holdOf|holdLine)|page\.filter|notes\.python|signal\.(title|bar|spikes)|sentence\.problem|panels\.matrix|path\.rules\.(sure|gcv|aic|bic|ebic)\.name|theory\.(spectrum\.caption)|lecture\.(text|signal|keysInWords\..*)|handout\.link|challenge\.ranks\.(Gold|Bronze))$/;

afterEach(() => speak("en"));

describe("German", () => {
  test("has every message that English has, and no other", () => {
    const keys = (messages: Map<string, unknown>) =>
      [...messages.keys()].filter((key) => !BY_ID.test(key)).sort();
    expect(keys(GERMAN)).toEqual(keys(ENGLISH));
  });

  test("takes the same things as English where a message is a function", () => {
    for (const [key, message] of ENGLISH) {
      if (typeof message !== "function") continue;
      expect(GERMAN.get(key), key).toBeTypeOf("function");
      expect((GERMAN.get(key) as () => unknown).length, key).toBe(message.length);
    }
  });

  test("is not English by accident", () => {
    const same = [...ENGLISH]
      .filter(([key]) => !SAME.test(key))
      // A function is told by its source.
      .filter(([key, message]) => String(message) === String(GERMAN.get(key)))
      .filter(([, message]) => /\p{L}{2}/u.test(String(message)));
    expect(same).toEqual([]);
  });

  test("has texts of exhibits that fit their cards", () => {
    for (const [id, text] of Object.entries(de.cards)) {
      const exhibit = CATALOGUE.exhibit(id);
      expect(exhibit && matches(text, exhibit), id).toBe(true);
    }
  });
});

describe("lessons in German", () => {
  test("each is named in the list", () => {
    expect(Object.keys(de.lessonHeads)).toEqual(LESSONS.map(({ id }) => id));
  });

  test("what is translated shows, asks and measures the same as in English", async () => {
    for (const [id, load] of Object.entries(de.lessons)) {
      const [own, english] = [lessonOf(await load()), lessonOf(textOfLesson(id) ?? "")];
      expect([own.id, own.lang, own.minutes]).toEqual([id, "de", english.minutes]);
      expect(own.title).toBe(de.lessonHeads[id]?.title);
      const measured = ({ spec, ask, expect, draws, kind, troubles }: Step) => {
        const options = ask?.options.map(({ when }) => when);
        return [kind, spec, ask?.by, ask?.answer, ask?.within, options, expect, draws, troubles];
      };
      expect(own.steps.map(measured)).toEqual(english.steps.map(measured));
    }
  });
});

describe("the language that is spoken", () => {
  test("says words, numbers and plurals of its own, and English again", async () => {
    expect(say.verdict.all(20, 1)).toBe("All 20 found, none false, in 1 step.");
    await speak("de");
    expect(spoken).toBe("de");
    expect(say.verdict.all(20, 1)).toBe("Alle 20 gefunden, keiner falsch, in 1 Schritt.");
    expect(say.verdict.all(20, 24)).toBe("Alle 20 gefunden, keiner falsch, in 24 Schritten.");
    expect(sayLesson.ask.was("3", "4")).toBe("Geschätzt war 3. Es war 4.");
    expect([short(0.314, 2), exact(-1.5), decibels(0.03), milliseconds(1500)]).toEqual([
      "0,31",
      "\u22121,5",
      "\u221230,5 dB",
      "1,5 s",
    ]);
    expect(whole(40_000)).toBe("40\u2009000");
    expect(short(2.5e-9, 3)).toBe("2,5·10⁻⁹");
    expect(inTex(short(-0.31, 2))).toBe("-0{,}31");
    await speak("en");
    expect(short(0.314, 2)).toBe("0.31");
    expect(sayLesson.ask.was("3", "4")).toBe("You said 3. It was 4.");
  });

  test("the one that is asked for last counts", async () => {
    await Promise.all([speak("de"), speak("en")]);
    expect(spoken).toBe("en");
    expect(say).toBe(en);
  });

  test("shows an exhibit's text in it where there is one", async () => {
    const [omp, other] = ["omp", "iht"].map((id) => CATALOGUE.exhibit(id));
    if (!omp || !other) throw new Error("there is no such exhibit");
    expect(textOf(omp)).toEqual({ text: omp, lang: "en" });
    await speak("de");
    const { text, lang } = textOf(omp);
    expect(lang).toBe("de");
    expect(text.idea).toMatch(/^Die Spalte wählen/);
    expect(text.try_this[1]?.patch).toBe(omp.try_this[1]?.patch);
    expect(textOf(other)).toEqual({ text: other, lang: "en" });
    const changed = { ...omp, watch: omp.watch.slice(1) };
    expect(textOf(changed)).toEqual({ text: changed, lang: "en" });
  });

  test.each([
    [null, null, ["de-AT", "en"], "de"],
    [null, null, ["fr", "nl", "de"], "de"],
    [null, null, ["fr"], "en"],
    [null, "de", ["en-GB"], "de"],
    ["en", "de", ["de"], "en"],
    ["xx", "?", ["de"], "de"],
    ["", null, [], "en"],
  ])("is chosen by address %o, setting %o and wishes %o: %s", (asked, kept, wished, id) => {
    expect(languageFor(asked, kept, wished)).toBe(id);
  });

  test("has a direction", () => expect(directionOf("de")).toBe("ltr"));
});

test("one or many", () => {
  expect(count(1, "step", "steps")).toBe("1 step");
  expect(count(0, "step", "steps")).toBe("0 steps");
  expect(count(40_000, "step", "steps")).toBe("40\u2009000 steps");
});

const WWW = new URL("../../www/", import.meta.url);
const FOLDERS = "view sweep lesson handout challenge lecture embed figures".split(" ");
const VIEWS = FOLDERS.flatMap((folder) =>
  readdirSync(new URL(folder, WWW), { recursive: true })
    .map(String)
    .filter((name) => name.endsWith(".ts"))
    .map((name) => `${folder}/${name}`),
);

/** Names, units and symbols, which are the same in all languages. */
const NAMES = /\b(Pursuit|ms|px|dpi|JSON|NPZ|x|i|k|n|m|A)\b/g;

describe("views have no words of their own", () => {
  test.each(["app.ts", ...VIEWS])("%s", (name) => {
    const texts = templatesIn(readFileSync(new URL(name, WWW), "utf8")).flatMap(wordsIn);
    expect(texts).toEqual([]);
  });

  test("and one that had some would be told", () => {
    const inner = "$".concat('{many ? html`<b>So many</b>` : ""}');
    const source = `html\`<p title="A tip" class="note">${inner} words</p>\``;
    expect(templatesIn(source).flatMap(wordsIn)).toEqual(["So many", "words", "A tip"]);
  });
});

/** The markup of all html templates of a source, each expression in it as one sign. */
function templatesIn(source: string): string[] {
  const found: string[] = [];
  const template = (start: number): number => {
    let text = "";
    let at = start;
    while (at < source.length && source[at] !== "`") {
      if (source.startsWith("${", at)) {
        at = expression(at + 2);
        text += "\u25a1";
      } else {
        at += source[at] === "\\" ? 2 : 1;
        text += source[at - 1];
      }
    }
    found.push(text);
    return at + 1;
  };
  const plain = (start: number): number => {
    let at = start;
    while (at < source.length && source[at] !== "`")
      at = source.startsWith("${", at) ? expression(at + 2) : at + (source[at] === "\\" ? 2 : 1);
    return at + 1;
  };
  /** From within braces to behind the one that closes them; at the start of the source, to its end. */
  function expression(start: number): number {
    let depth = 1;
    let at = start;
    while (at < source.length) {
      const rest = source.slice(at, at + 400);
      const skipped =
        /^(?:\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')/.exec(rest);
      if (skipped) at += skipped[0].length;
      else if (rest.startsWith("html`")) at = template(at + 5);
      else if (rest.startsWith("`")) at = plain(at + 1);
      else {
        if (rest[0] === "{") depth += 1;
        if (rest[0] === "}") depth -= 1;
        at += 1;
        if (depth === 0) return at;
      }
    }
    return at;
  }
  expression(0);
  return found;
}

/** Words that stand between tags, and in attributes that people read or hear. */
function wordsIn(markup: string): string[] {
  const shown = markup.replace(/<style>[\s\S]*?<\/style>/g, "");
  const between = shown.replace(/<[^>]*>/g, "\n").split("\n");
  const attributes = [
    ...shown.matchAll(
      /\b(?:aria-label|aria-valuetext|aria-description|title|placeholder|alt)="([^"]*)"/g,
    ),
  ].map(([, text]) => text ?? "");
  return [...between, ...attributes]
    .map((text) => text.trim())
    .filter((text) => /\p{L}/u.test(text.replace(NAMES, "").replace(/&\w+;/g, "")))
    .map((text) => text.replaceAll("\u25a1", "").trim());
}
