import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { inProject } from "../../scripts/lib/root.mjs";
import { converse } from "./lines.mjs";

const LOCK = inProject("bench", "peers", "requirements.lock");
const VENV = inProject("target", "bench", "venv");
const windows = process.platform === "win32";
const PYTHON = windows ? join(VENV, "Scripts", "python.exe") : join(VENV, "bin", "python");
const INSTALLED = join(VENV, "installed.lock");

/** One thread each, whatever a library makes its threads with. */
const ONE_THREAD = Object.fromEntries(
  ["OMP", "OPENBLAS", "MKL", "NUMBA", "VECLIB_MAXIMUM", "RAYON", "BLIS"].map((name) => [
    `${name}_NUM_THREADS`,
    "1",
  ]),
);

/** The packages whose versions a result names. */
export const PEERS = [
  ...["numpy", "scipy", "scikit-learn", "spams-bin", "celer", "skglm", "adelie"],
  ...["spgl1", "cvxpy", "clarabel", "highspy", "POT"],
];

/**
 * The Python that runs the peers, with the packages of the lock file in an environment of its own; `undefined` where
 * there is no Python. A package that this machine cannot install is missing, and its rows say so.
 */
export function preparePython() {
  if (existsSync(INSTALLED) && readFileSync(INSTALLED).equals(readFileSync(LOCK))) return PYTHON;
  const python = [process.env.PYTHON, "python3.11", "python3", "python"].find(
    (name) => name && spawnSync(name, ["--version"]).status === 0,
  );
  if (!python) return undefined;
  console.log("Installing the peers' packages, once (some minutes) ...");
  mkdirSync(VENV, { recursive: true });
  if (spawnSync(python, ["-m", "venv", VENV], { stdio: "inherit" }).status !== 0) return undefined;
  // Every dependency is in the lock file: pip need not, and here could not, find a set that all agree with.
  const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
  const exact = [...pip, "--no-deps", "--only-binary=:all:"];
  const all = spawnSync(PYTHON, [...exact, "-r", LOCK], { stdio: ["ignore", "inherit", "ignore"] });
  if (all.status !== 0) {
    const lines = readFileSync(LOCK, "utf8").split("\n");
    for (const line of lines.map((text) => text.trim()).filter((text) => /^[^#]/.test(text))) {
      const { status } = spawnSync(PYTHON, [...exact, line], { stdio: "ignore" });
      if (status !== 0) console.log(`  ${line} cannot be installed here`);
    }
  }
  copyFileSync(LOCK, INSTALLED);
  return PYTHON;
}

export function startPeers(python) {
  return converse(python, [inProject("bench", "peers", "serve.py")], { env: ONE_THREAD });
}
