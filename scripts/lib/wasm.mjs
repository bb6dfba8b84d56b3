import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { cargo, WASM_TARGET } from "./cargo.mjs";
import { fail } from "./fail.mjs";
import { inProject } from "./root.mjs";
import { run } from "./run.mjs";

const OUT = inProject("target", "web");
const XTASK = inProject("target", "tool", process.platform === "win32" ? "xtask.exe" : "xtask");
/** The labs as features of the crate, in the order of the list in src/labs/mod.rs. */
export const LABS = labsOf(readFileSync(inProject("Cargo.toml"), "utf8"));

/**
 * Compiles the crate to one module for the page's main thread, `target/web/front`, and one for each lab, `target/web/<lab>`,
 * each with its glue; beside a lab's module lies its catalogue, and in `target/web` which lab has which exhibit.
 */
export async function buildWasm() {
  await buildXtask();
  // The optimiser uses one core for most of a module's time.
  await Promise.all(lanes().map(buildLane));
  writeLabGlue();
  await writeCatalogues();
}

/** wasm-bindgen's tools, see xtask/src/main.rs. */
export function buildXtask() {
  // Two old crates under the test runner use what a later Rust will refuse: not for a reader of every build to know.
  const env = { CARGO_FUTURE_INCOMPAT_REPORT_FREQUENCY: "never" };
  return cargo(["build", "--package", "xtask", "--profile", "tool"], { env });
}

/** The modules in two lists that take about as long: the larger a lab's sources, the longer the optimiser works. */
function lanes() {
  const modules = ["front", ...LABS].map((feature) => ({ feature, size: sizeOfSources(feature) }));
  const two = [
    { features: [], size: 0 },
    { features: [], size: 0 },
  ];
  for (const { feature, size } of modules.sort((a, b) => b.size - a.size)) {
    const [lane] = two.toSorted((a, b) => a.size - b.size);
    lane.features.push(feature);
    lane.size += size;
  }
  return two.map(({ features }) => features);
}

// What every module has besides its lab takes as long as this many bytes of a lab.
const SHARED = 300_000;

function sizeOfSources(feature) {
  const folder = inProject("src", "labs", feature);
  if (!existsSync(folder)) return SHARED;
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  const sources = files.filter((entry) => entry.isFile() && entry.name.endsWith(".rs"));
  const sizes = sources.map(({ parentPath, name }) => statSync(join(parentPath, name)).size);
  return sizes.reduce((sum, size) => sum + size, SHARED);
}

/** Cargo lets nobody into a folder that it builds in, so each list has one. */
async function buildLane(features, number) {
  const folder = inProject("target", `modules-${number + 1}`);
  for (const feature of features) await buildModule(feature, folder);
}

async function buildModule(feature, target) {
  const features = ["--no-default-features", "--features", feature];
  const args = ["build", "--release", "--example", feature, "--target", WASM_TARGET, ...features];
  await cargo(args, { env: { CARGO_TARGET_DIR: target } });
  const compiled = join(target, WASM_TARGET, "release", "examples", `${feature}.wasm`);
  const folder = inProject("target", "web", feature);
  const bound = join(folder, "pursuit_bg.wasm");
  // Cargo knows what is fresh; wasm-bindgen does not, and rewriting its output would reload an open page.
  if (newer(bound, compiled) && newer(bound, XTASK)) return;
  await run(XTASK, [
    "bindgen",
    compiled,
    ...["--target", "web", "--typescript", "--out-dir", folder, "--out-name", "pursuit"],
    // The page compiles the module once and hands it to the workers, so the glue need not know an address.
    "--omit-default-module-path",
    "--remove-name-section",
    "--remove-producers-section",
  ]);
}

/** All labs have the same doors, so that one glue serves the modules of all: a worker has it before it knows its lab. */
function writeLabGlue() {
  const [first, ...others] = LABS.map((lab) => inProject("target", "web", lab));
  for (const name of ["pursuit.js", "pursuit.d.ts"]) {
    const text = readFileSync(join(first, name), "utf8");
    for (const other of others)
      if (readFileSync(join(other, name), "utf8") !== text)
        fail(
          `${join(other, name)} is not as that of ${first}: a door of src/web depends on the lab.`,
        );
    write(join(OUT, name.replace("pursuit", "lab")), text);
  }
}

/** What each lab declares, as its own module says it. */
async function writeCatalogues() {
  const exhibits = {};
  for (const lab of LABS) {
    const glue = await import(pathToFileURL(inProject("target", "web", lab, "pursuit.js")).href);
    glue.initSync({ module: readFileSync(inProject("target", "web", lab, "pursuit_bg.wasm")) });
    const catalogue = glue.catalogue();
    write(inProject("target", "web", lab, "catalogue.json"), catalogue);
    for (const { id, lab: own } of JSON.parse(catalogue).exhibits)
      if (own === lab) exhibits[id] = lab;
  }
  write(`${OUT}/exhibits.json`, `${JSON.stringify(exhibits, null, 1)}\n`);
}

// A file that is written anew would reload an open page.
function write(file, text) {
  if (existsSync(file) && readFileSync(file, "utf8") === text) return;
  writeFileSync(file, text);
}

function newer(file, than) {
  return existsSync(file) && statSync(file).mtimeMs >= statSync(than).mtimeMs;
}

function labsOf(manifest) {
  const features = /^\[features\]$([\s\S]*?)^\[/m.exec(manifest)?.[1] ?? "";
  const labs = [...features.matchAll(/^(\S+) = \[.*"solve".*\]$/gm)].map(([, lab]) => lab);
  if (labs.length === 0) fail("Cargo.toml has no labs among its features: each has `solve`.");
  return labs;
}
