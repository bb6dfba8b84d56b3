// `npm run types`: writes www/generated/spec.ts from the schemas of the crate. With --check it only compares.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fail } from "./lib/fail.mjs";
import { install } from "./lib/install.mjs";
import { inProject } from "./lib/root.mjs";
import { typesOfSchema } from "./lib/schema-types.mjs";

await install();
const file = inProject("www", "generated", "spec.ts");
const types = await typesOfSchema();
if (process.argv.includes("--check")) {
  const committed = existsSync(file) ? readFileSync(file, "utf8").replaceAll("\r\n", "\n") : "";
  if (committed !== types) {
    fail("www/generated/spec.ts is not what the Rust structs say: run `npm run types`.");
  }
  console.log("www/generated/spec.ts is what the Rust structs say.");
} else {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, types);
}
