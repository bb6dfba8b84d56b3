// `npm run build:package` writes dist-package/, from which `npm pack` makes the package pursuit-lab.
import { install } from "./lib/install.mjs";
import { buildPackage } from "./lib/package.mjs";
import { buildWasm } from "./lib/wasm.mjs";

await install();
await buildWasm();
await buildPackage();
