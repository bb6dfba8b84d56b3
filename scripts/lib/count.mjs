import { stripVTControlCharacters } from "node:util";

// How each test tool closes: `[passed, failed]` from the lines it prints, or nothing where it did not get so far.

/** `Summary [ 0.2s] 41 tests run: 40 passed (1 slow), 1 failed, 2 skipped` */
export function nextest(output) {
  const line = /Summary \[[^\]]*\]\s+(\d+)(?:\/\d+)? tests? run: (\d+) passed/.exec(plain(output));
  return line && [Number(line[2]), Number(line[1]) - Number(line[2])];
}

/** `test result: ok. 3 passed; 0 failed; ...`, once for each test program */
export function libtest(output) {
  const lines = [...plain(output).matchAll(/^test result: .*?(\d+) passed; (\d+) failed/gm)];
  return lines.length > 0 ? [sum(lines, 1), sum(lines, 2)] : undefined;
}

/** `Tests  1 failed | 12 passed (13)` */
export function vitest(output) {
  const line = /^\s*Tests\s+(.*)$/m.exec(plain(output))?.[1];
  return line && [number(/(\d+) passed/, line), number(/(\d+) failed/, line)];
}

/** `ℹ pass 5`, `ℹ fail 0` of each file, as node's own test runner has it; `#` in place of `ℹ` in the TAP form */
export function nodeTest(output) {
  const text = plain(output);
  const passed = [...text.matchAll(/^\S pass (\d+)$/gm)];
  const failed = [...text.matchAll(/^\S (?:fail|cancelled) (\d+)$/gm)];
  return passed.length > 0 ? [sum(passed, 1), sum(failed, 1)] : undefined;
}

/** `2 failed, 11 passed in 3.21s`; errors are failures of what stands around a test */
export function pytest(output) {
  const line = /^.*\b(?:passed|failed|errors?)\b.* in [\d.]+s.*$/m.exec(plain(output))?.[0];
  return (
    line && [
      number(/(\d+) passed/, line),
      number(/(\d+) failed/, line) + number(/(\d+) errors?/, line),
    ]
  );
}

const plain = (output) => stripVTControlCharacters(output).replaceAll("\r", "");
const number = (pattern, text) => Number(pattern.exec(text)?.[1] ?? 0);
const sum = (matches, group) => matches.reduce((total, match) => total + Number(match[group]), 0);
