// `npm run build` writes dist/, for any folder of any host; `npm run build:single` one file, to be opened from disk.
import { renameSync } from "node:fs";
import { install } from "./lib/install.mjs";
import { inProject } from "./lib/root.mjs";
import { runTool } from "./lib/run.mjs";
import { buildWasm } from "./lib/wasm.mjs";

const single = process.argv.includes("--single");
await install();
await buildWasm();
await runTool("vite", ["build", "--mode", single ? "single" : "production"]);
if (single)
  renameSync(inProject("dist-single", "index.html"), inProject("dist-single", "pursuit.html"));
