import { inProject } from "./root.mjs";
import { run } from "./run.mjs";

// RUSTFLAGS would replace the flags of .cargo/config.toml, and the wasm would lose its SIMD;
// the page imports from `target`, so the build may not go elsewhere.
const env = { RUSTFLAGS: undefined, CARGO_TARGET_DIR: inProject("target") };

export const WASM_TARGET = "wasm32-unknown-unknown";
export const WASI_TARGET = "wasm32-wasip1";

export function cargo(args, options = {}) {
  return run("cargo", args, { ...options, env: { ...env, ...options.env } });
}

/**
 * Builds `target/debug/pursuit` as the tests have it. A test has to be among what is built: alone, the program would have
 * fewer features of the crates that tests use too, and all of them would be compiled once more.
 */
export function buildProgram() {
  return cargo(["build", "--bin", "pursuit", "--test", "new_method"]);
}
