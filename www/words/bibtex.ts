/** What is known of a paper; what is not stays out of its entry. */
export interface Paper {
  authors: string;
  title: string;
  year: number;
  link: string;
}

/** A paper as a BibTeX entry. The journal is not known here; a DOI or a number at arXiv leads to it. */
export function bibtexOfPaper({ authors, title, year, link }: Paper): string {
  const people = authors.split(/, | and /);
  const key = `${ascii(people[0] ?? "").toLowerCase()}${year || ""}${firstWord(title)}`;
  return entry(key, [
    ["author", people.map(braced).join(" and ")],
    ["title", `{${title}}`],
    ["year", year > 0 ? String(year) : ""],
    ...linkFields(link),
  ]);
}

/** A Spec, by the version that solved it and the link that solves it again. */
export function bibtexOfSpec(title: string, link: string, version: string, day: string): string {
  return entry(`pursuit-${ascii(title).toLowerCase()}`, [
    ["author", "{The Pursuit authors}"],
    ["title", `{${title}, in Pursuit: a visual lab of sparsity}`],
    ["year", day.slice(0, 4)],
    ["version", version],
    ["url", link],
    ["urldate", day],
  ]);
}

function entry(key: string, fields: (readonly [string, string])[]): string {
  const lines = fields
    .filter(([, value]) => value !== "")
    .map(([name, value]) => `  ${name} = {${VERBATIM.has(name) ? value : escaped(value)}}`);
  return `@misc{${key},\n${lines.join(",\n")}\n}`;
}

/** Fields that the styles print as they are. */
const VERBATIM = new Set(["url", "doi", "eprint"]);

function linkFields(link: string): [string, string][] {
  const doi = /^https:\/\/doi\.org\/(.+)$/.exec(link)?.[1];
  if (doi) return [["doi", doi]];
  const arxiv = /^https:\/\/arxiv\.org\/abs\/(.+)$/.exec(link)?.[1];
  if (arxiv)
    return [
      ["eprint", arxiv],
      ["archivePrefix", "arXiv"],
    ];
  return [["url", link]];
}

/** Surnames of several words stay together. */
function braced(name: string): string {
  return name.includes(" ") ? `{${name}}` : name;
}

function firstWord(title: string): string {
  const words = title.split(/[\s:-]+/).map((word) => ascii(word).toLowerCase());
  return words.find((word) => word.length > 3 && !SMALL.has(word)) ?? "";
}

const SMALL = new Set(["from", "with", "when", "into", "than", "this", "that", "their"]);

function ascii(text: string): string {
  return text.normalize("NFD").replace(/[^A-Za-z0-9]/g, "");
}

/** Signs that mean something to TeX. */
function escaped(text: string): string {
  return text.replace(/[&%$#_]/g, "\\$&");
}
