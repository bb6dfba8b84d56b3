import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { runBrowserTests } from "./browser-tests.mjs";
import { buildProgram, cargo, WASI_TARGET, WASM_TARGET } from "./cargo.mjs";
import { findChromium } from "./chromium.mjs";
import * as count from "./count.mjs";
import { installTarget } from "./install.mjs";
import { buildPackage } from "./package.mjs";
import { installPython } from "./python.mjs";
import { inProject } from "./root.mjs";
import { run, runTool } from "./run.mjs";
import { buildWasi } from "./wasi.mjs";
import { buildWasm } from "./wasm.mjs";
import { hasWasmTests, testWasm } from "./wasm-tests.mjs";

// A step is `{ name, run, count?, skip? }`. `run` takes the options of lib/run.mjs and resolves to its result,
// or to `{ skipped }`, a reason that shows only when it is tried.
const warningsFail = ["--", "-D", "warnings"];
const hasNextest = spawnSync("cargo", ["nextest", "--version"]).status === 0;
const browserTests = filesOf("tests/browser", ".test.mjs");

export const rustFormat = {
  name: "Rust format",
  run: (options) => cargo(["fmt", "--all", "--check"], options),
};

export const biome = {
  name: "TypeScript and JavaScript: lint and format (biome)",
  // It colours what it writes even where nobody sees colours.
  run: (options) =>
    runTool("biome", ["ci", ...(process.stdout.isTTY ? [] : ["--colors=off"])], options),
};

export const clippy = {
  name: "Rust lint (clippy)",
  run: (options) => cargo(["clippy", "--all-targets", ...warningsFail], options),
};

export const clippyWasm = {
  name: "Rust lint for the browser (clippy, wasm32)",
  run: (options) => {
    const targets = ["--lib", ...(hasWasmTests ? ["--test", "wasm"] : [])];
    return cargo(["clippy", "--target", WASM_TARGET, ...targets, ...warningsFail], options);
  },
};

export const rustTests = {
  name: "Rust tests",
  count: hasNextest ? count.nextest : count.libtest,
  run: (options) =>
    hasNextest
      ? cargo(["nextest", "run", "--no-fail-fast", "--no-tests=pass"], options)
      : cargo(["test", "--no-fail-fast", "--lib", "--bins", "--tests"], options),
};

export const docTests = {
  name: "Rust examples in the documentation",
  count: count.libtest,
  run: (options) => cargo(["test", "--doc"], options),
};

export const wasmTests = {
  name: "Rust tests in a browser (wasm32)",
  skip: !hasWasmTests && "there is no tests/wasm.rs",
  count: count.libtest,
  run: testWasm,
};

export const wasm = { name: "Rust to wasm", run: buildWasm };

export const types = {
  name: "TypeScript types of the Rust structs",
  run: (options) => run(process.execPath, [inProject("scripts", "types.mjs"), "--check"], options),
};

export const tsc = {
  name: "TypeScript types (tsc)",
  run: (options) => runTool("tsc", ["-p", "."], options),
};

export const webTests = {
  name: "TypeScript tests (vitest)",
  skip: filesOf("tests/web", ".test.ts").length === 0 && "there are none in tests/web",
  count: count.vitest,
  run: (options) => runTool("vitest", ["run"], options),
};

export const dist = {
  name: "The page, built (dist and the single file)",
  run: async () => {
    await run(process.execPath, [inProject("scripts", "build.mjs")]);
    await run(process.execPath, [inProject("scripts", "build.mjs"), "--single"]);
  },
};

export const npmPackage = {
  name: "The npm package, packed and installed",
  count: count.nodeTest,
  run: async (options) => {
    const built = await buildPackage(options);
    if (built.code !== 0) return built;
    const files = filesOf("tests/package", ".test.mjs");
    return run(process.execPath, ["--test", "--test-reporter=spec", ...files], options);
  },
};

export const endToEnd = {
  name: "The built page in a browser",
  skip: browserTests.length === 0 && "there are none in tests/browser",
  count: count.nodeTest,
  run: async (options) => {
    await findChromium(); // Installs it once, before the test files look for it.
    return runBrowserTests(browserTests, options);
  },
};

export const cluster = {
  name: "Sweeps on a cluster (pytest)",
  count: count.pytest,
  run: async (options) => {
    const { python, missing } = await installPython();
    if (missing) return { skipped: missing };
    if (!(await installTarget(WASI_TARGET, { mayFail: true })))
      return { skipped: `the compiler's target ${WASI_TARGET} cannot be fetched` };
    await buildWasi();
    // The program whose bits count: the tests before this one have built it.
    await buildProgram();
    const args = [
      "-m",
      "pytest",
      "--quiet",
      "-p",
      "no:cacheprovider",
      inProject("tests", "cluster"),
    ];
    return run(python, args, { ...options, env: { PYTHONDONTWRITEBYTECODE: "1" } });
  },
};

function filesOf(folder, ending) {
  if (!existsSync(inProject(folder))) return [];
  return readdirSync(inProject(folder), { recursive: true })
    .filter((name) => name.endsWith(ending))
    .map((name) => inProject(folder, name))
    .sort();
}
