// `npm test`: everything that must hold, from the format of the sources to the built page in a browser.
import { install } from "./lib/install.mjs";
import * as step from "./lib/steps.mjs";
import { take } from "./lib/take.mjs";

await install();
await take([
  step.rustFormat,
  step.biome,
  step.clippy,
  step.clippyWasm,
  step.rustTests,
  step.docTests,
  step.wasmTests,
  step.wasm,
  step.types,
  step.tsc,
  step.webTests,
  step.cluster,
  step.dist,
  step.npmPackage,
  step.endToEnd,
]);
