// `npm run wasi`: the command line as a module of wasm32-wasip1, which pursuit_cluster sends to its workers.
import { buildWasi } from "./lib/wasi.mjs";

await buildWasi();
