/** What stands at the head of a lesson, between two lines of three dashes. */
export interface Front {
  id: string;
  title: string;
  minutes: number;
  /** One sentence. */
  summary: string;
  /** The language that it is written in. */
  lang: string;
  /** Exhibits that link to the lesson; the first says which lab it is about. */
  exhibits: string[];
}

/** Reads the head, `name: value` a line, and gives what follows. Throws an `Error` with one sentence. */
export function frontOf(text: string): { front: Front; body: string } {
  const [whole, head] = /^---\n(.*?)\n---(?:\n|$)/s.exec(text) ?? [];
  if (whole === undefined || head === undefined)
    throw new Error(
      'A lesson begins with a line "---", its id, title and summary, and "---" again.',
    );
  const fields = new Map<string, string>();
  for (const line of head.split("\n")) {
    if (line.trim() === "" || line.startsWith("#")) continue;
    const [, name, value] = /^(\w+):\s*(.*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined)
      throw new Error(
        `The head of the lesson has a line that is no "name: value": ${line.slice(0, 60)}`,
      );
    fields.set(name, value.trim());
  }
  const title = fields.get("title");
  if (!title) throw new Error("The head of the lesson has no title.");
  return {
    front: {
      id: idOf(fields.get("id") ?? "lesson"),
      title: title.slice(0, 120),
      minutes: minutesOf(fields.get("minutes")),
      summary: (fields.get("summary") ?? "").slice(0, 300),
      lang: langOf(fields.get("lang") ?? "en"),
      exhibits: (fields.get("exhibits") ?? "omp").split(",").map((id) => id.trim()),
    },
    body: text.slice(whole.length),
  };
}

function idOf(id: string): string {
  if (/^[a-z0-9-]{1,64}$/.test(id)) return id;
  throw new Error(
    `The lesson's id takes small letters, digits and "-", and has "${id.slice(0, 60)}".`,
  );
}

function langOf(lang: string): string {
  if (/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(lang)) return lang;
  throw new Error(
    `The lesson's lang takes a language such as "en", and has "${lang.slice(0, 20)}".`,
  );
}

function minutesOf(text: string | undefined): number {
  const minutes = Number(text ?? 5);
  if (Number.isInteger(minutes) && minutes >= 1 && minutes <= 240) return minutes;
  throw new Error(
    `The lesson's minutes take a whole number from 1 to 240, and have "${text?.slice(0, 20)}".`,
  );
}
