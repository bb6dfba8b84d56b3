// `npm run check`: what can be said of the sources without running them.
import { install } from "./lib/install.mjs";
import * as step from "./lib/steps.mjs";
import { take } from "./lib/take.mjs";

await install();
await take([step.rustFormat, step.biome, step.clippy, step.clippyWasm, step.wasm, step.tsc]);
