import { existsSync, statSync } from "node:fs";
import { cargo, WASM_TARGET } from "../../scripts/lib/cargo.mjs";
import { installPackages, installTarget } from "../../scripts/lib/install.mjs";
import { inProject } from "../../scripts/lib/root.mjs";
import { run } from "../../scripts/lib/run.mjs";
import { buildXtask } from "../../scripts/lib/wasm.mjs";

/** Where the wasm module with the bench's door is. */
export const WASM = inProject("target", "bench", "web");

/** Compiles what is timed, natively and to wasm, with the flags of the page's own module. */
export async function build() {
  await installPackages();
  await installTarget(WASM_TARGET);
  await buildXtask();
  const crate = ["build", "--release", "--package", "pursuit-bench"];
  await cargo(crate);
  await cargo([...crate, "--lib", "--target", WASM_TARGET]);
  const compiled = inProject("target", WASM_TARGET, "release", "pursuit_bench.wasm");
  const bound = inProject("target", "bench", "web", "pursuit_bench_bg.wasm");
  if (existsSync(bound) && statSync(bound).mtimeMs >= statSync(compiled).mtimeMs) return;
  const xtask = process.platform === "win32" ? "xtask.exe" : "xtask";
  await run(inProject("target", "tool", xtask), [
    "bindgen",
    compiled,
    ...["--target", "web", "--no-typescript", "--out-dir", WASM],
    ...["--omit-default-module-path", "--remove-name-section", "--remove-producers-section"],
  ]);
}
