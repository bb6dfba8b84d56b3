// `npm start`: from a fresh clone to the page in a browser. Node's own modules only, until the packages are there.
import { install } from "./lib/install.mjs";
import { runTool } from "./lib/run.mjs";
import { buildWasm } from "./lib/wasm.mjs";

await install();
await buildWasm();
await runTool("vite", process.argv.slice(2), { mayFail: true });
