import { inProject } from "../../scripts/lib/root.mjs";
import { converse } from "./lines.mjs";

/** Our native build: see bench/crate/src/main.rs for what it is asked. */
export function startNative() {
  const suffix = process.platform === "win32" ? ".exe" : "";
  return converse(inProject("target", "release", `pursuit-bench${suffix}`), []);
}
