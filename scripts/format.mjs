// `npm run format`: every source file in its one form.
import { cargo } from "./lib/cargo.mjs";
import { installPackages } from "./lib/install.mjs";
import { runTool } from "./lib/run.mjs";

await installPackages();
await cargo(["fmt", "--all"]);
await runTool("biome", ["check", "--write"]);
