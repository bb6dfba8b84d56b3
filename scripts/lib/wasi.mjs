import { copyFileSync } from "node:fs";
import { cargo, WASI_TARGET } from "./cargo.mjs";
import { installTarget } from "./install.mjs";
import { inProject } from "./root.mjs";

/** Compiles the command line for wasm32-wasip1, into the Python package. */
export async function buildWasi() {
  await installTarget(WASI_TARGET);
  await cargo(["build", "--release", "--bin", "pursuit", "--target", WASI_TARGET]);
  copyFileSync(
    inProject("target", WASI_TARGET, "release", "pursuit.wasm"),
    inProject("cluster", "pursuit_cluster", "pursuit.wasm"),
  );
}
