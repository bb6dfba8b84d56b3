// `npm run wasm`: only the Rust side, from src/ to target/web.
import { WASM_TARGET } from "./lib/cargo.mjs";
import { installTarget } from "./lib/install.mjs";
import { buildWasm } from "./lib/wasm.mjs";

await installTarget(WASM_TARGET);
await buildWasm();
