import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, readFileSync } from "node:fs";
import { fail } from "./fail.mjs";
import { inProject } from "./root.mjs";
import { run } from "./run.mjs";

const LOCK = inProject("cluster", "requirements.lock");
const VENV = inProject("target", "venv");
const INSTALLED = inProject("target", "venv", "installed.lock");
const IN_VENV =
  process.platform === "win32"
    ? inProject("target", "venv", "Scripts", "python.exe")
    : inProject("target", "venv", "bin", "python");

/**
 * A Python with what cluster/requirements.lock names and pursuit_cluster itself, in target/venv: `{ python }`.
 * `{ missing }` says why there is none: Python is no condition for working on Pursuit.
 */
export async function installPython() {
  if (existsSync(INSTALLED) && readFileSync(INSTALLED).equals(readFileSync(LOCK)))
    return { python: IN_VENV };
  const check = "import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))";
  const found = [process.env.PYTHON, "python3", "python"].find(
    (name) => name && spawnSync(name, ["-c", check]).status === 0,
  );
  if (!found) return { missing: "there is no Python 3.11 or newer with venv and pip" };
  await run(found, ["-m", "venv", "--clear", VENV]);
  const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
  const locked = ["--require-hashes", "--only-binary", ":all:", "--retries", "2", "-r", LOCK];
  const { code, output } = await run(IN_VENV, [...pip, ...locked], {
    mayFail: true,
    capture: true,
  });
  if (output.includes("DO NOT MATCH THE HASHES"))
    fail("A Python package is not the one that cluster/requirements.lock names.");
  if (code !== 0) return { missing: "the packages of cluster/requirements.lock cannot be fetched" };
  const own = ["--no-deps", "--no-build-isolation", "--editable", inProject("cluster")];
  await run(IN_VENV, [...pip, ...own]);
  copyFileSync(LOCK, INSTALLED);
  return { python: IN_VENV };
}
