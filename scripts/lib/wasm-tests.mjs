import { existsSync, writeFileSync } from "node:fs";
import { cargo, WASM_TARGET } from "./cargo.mjs";
import { BROWSER_FLAGS, findChromium } from "./chromium.mjs";
import { inProject } from "./root.mjs";
import { buildXtask } from "./wasm.mjs";

export const hasWasmTests = existsSync(inProject("tests", "wasm.rs"));

/** Runs tests/wasm.rs in a headless browser, through the runner that .cargo/config.toml names. */
export async function testWasm(options) {
  const { browser, driver } = await findChromium();
  const capabilities = {
    "goog:chromeOptions": { binary: browser, args: ["--headless=new", ...BROWSER_FLAGS] },
  };
  // The runner reads this file in the folder that it starts in.
  writeFileSync(inProject("webdriver.json"), `${JSON.stringify(capabilities, null, 2)}\n`);
  await buildXtask();
  // Seconds. The runner's own limit of 20 is short for a busy machine.
  const env = { CHROMEDRIVER: driver, WASM_BINDGEN_TEST_TIMEOUT: "120" };
  return cargo(["test", "--profile", "browser", "--target", WASM_TARGET, "--test", "wasm"], {
    ...options,
    env,
  });
}
