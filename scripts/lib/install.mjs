import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { WASM_TARGET } from "./cargo.mjs";
import { fail } from "./fail.mjs";
import { inProject, root } from "./root.mjs";
import { run } from "./run.mjs";

/** Installs what is missing and nothing else: on a machine that has it all, this takes a moment. */
export async function install() {
  await installPackages();
  await installTarget(WASM_TARGET);
}

// The lock file that node_modules was installed from: its content says more than its date, which a checkout changes.
const INSTALLED = inProject("node_modules", ".installed-package-lock.json");

export async function installPackages() {
  const lock = inProject("package-lock.json");
  if (existsSync(INSTALLED) && readFileSync(INSTALLED).equals(readFileSync(lock))) return;
  // npm tells its own path to the scripts that it starts. Started by hand, a shell must find npm, which on Windows is a .cmd file.
  const npm = process.env.npm_execpath;
  if (npm) await run(process.execPath, [npm, "ci"]);
  else await run("npm ci", [], { shell: true });
  copyFileSync(lock, INSTALLED);
}

/** A target of the compiler, such as wasm32-unknown-unknown. Resolves to whether it is there, if it `mayFail` to be. */
export async function installTarget(target, { mayFail = false } = {}) {
  // Inside the project, so that rust-toolchain.toml decides which compiler answers.
  const rustc = spawnSync("rustc", ["--print", "sysroot"], { cwd: root, encoding: "utf8" });
  if (rustc.error)
    fail(
      "Rust is missing. Install it from https://rustup.rs, open a new terminal and start again.",
    );
  if (rustc.status !== 0) fail(rustc.stderr.trim());
  if (existsSync(join(rustc.stdout.trim(), "lib", "rustlib", target))) return true;
  // Asked for by name: where rustup may not install toolchains by itself, it ignores the `targets` of rust-toolchain.toml.
  const { code } = await run("rustup", ["target", "add", target], { mayFail });
  return code === 0;
}
