import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { fail } from "./fail.mjs";
import { inProject, root } from "./root.mjs";

/**
 * Runs a program in the project's root, its output passing through, and resolves to `{ code, output }`.
 * `output` holds what it wrote if `capture` asks for it. A program that fails ends the script, unless it `mayFail`.
 */
export async function run(
  program,
  args = [],
  { env = {}, mayFail = false, capture = false, shell = false } = {},
) {
  // Programs drop their colours when they write to a pipe; a terminal at the end of it has them.
  const colours =
    capture && process.stdout.isTTY ? { CARGO_TERM_COLOR: "always", FORCE_COLOR: "1" } : {};
  const child = spawn(program, args, {
    cwd: root,
    shell,
    env: { ...process.env, ...colours, ...env },
    stdio: ["ignore", capture ? "pipe" : "inherit", capture ? "pipe" : "inherit"],
  });
  let output = "";
  const pass = (stream, to) =>
    stream?.setEncoding("utf8").on("data", (text) => {
      output += text;
      to.write(text);
    });
  pass(child.stdout, process.stdout);
  pass(child.stderr, process.stderr);
  const code = await new Promise((done) => {
    child.on("error", (error) => fail(`Cannot run ${program}: ${error.message}.`));
    child.on("close", (exit, signal) => done(exit ?? `signal ${signal}`));
  });
  if (code !== 0 && !mayFail) fail(`\`${[program, ...args].join(" ")}\` failed (${code}).`);
  return { code, output };
}

/** Runs the command-line tool of an npm package; through node, because a `.cmd` file would need a shell. */
export function runTool(name, args, options) {
  return run(process.execPath, [toolPath(name), ...args], options);
}

function toolPath(name) {
  const home = name === "biome" ? "@biomejs/biome" : name === "tsc" ? "typescript" : name;
  const { bin } = JSON.parse(readFileSync(inProject("node_modules", home, "package.json"), "utf8"));
  return inProject("node_modules", home, typeof bin === "string" ? bin : bin[name]);
}
