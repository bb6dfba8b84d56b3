import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { inProject } from "./root.mjs";
import { runTool } from "./run.mjs";

const OUT = "dist-package";
const TYPES = "./types/www";
const ENTRIES = [`${TYPES}/package/index.d.ts`, `${TYPES}/embed/pursuit-lab.d.ts`];

/** Makes `dist-package/`, ready for `npm pack`, of what lies in `target/web`. */
export async function buildPackage(options) {
  const built = await runTool("vite", ["build", "--mode", "package"], options);
  if (built.code !== 0) return built;
  const typed = await runTool("tsc", ["-p", "tsconfig.package.json"], options);
  if (typed.code !== 0) return typed;
  keepReachable();
  const manifest = `${JSON.stringify(manifestOf(readJson("package.json")), null, 2)}\n`;
  writeFileSync(inProject(OUT, "package.json"), manifest);
  for (const licence of ["LICENSE-MIT", "LICENSE-APACHE"])
    copyFileSync(inProject(licence), inProject(OUT, licence));
  copyFileSync(inProject("www", "package", "README.md"), inProject(OUT, "README.md"));
  return typed;
}

/** The compiler declares every module that it saw; of those, the ones that the entries speak of stay. */
function keepReachable() {
  const reached = new Set();
  const reach = (file) => {
    if (reached.has(file) || !existsSync(file)) return;
    reached.add(file);
    for (const [, path] of readFileSync(file, "utf8").matchAll(/(?:from |import\()"(\.[^"]+)"/g))
      reach(resolve(dirname(file), path.replace(/\.ts$/, ".d.ts")));
  };
  for (const entry of ENTRIES) reach(inProject(OUT, entry));
  const types = inProject(OUT, TYPES);
  for (const entry of readdirSync(types, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    if (entry.isFile() && !reached.has(file)) rmSync(file);
  }
}

/** The package's own manifest. It depends on nothing: what it uses is inside. */
function manifestOf({ version, license, engines }) {
  return {
    name: "pursuit-lab",
    version,
    description:
      "A visual lab of sparsity: solvers, phase diagrams, and an element that shows them",
    license,
    type: "module",
    engines,
    sideEffects: ["./element.js"],
    exports: {
      ".": { types: ENTRIES[0], default: "./index.js" },
      "./element": { types: ENTRIES[1], default: "./element.js" },
      "./package.json": "./package.json",
    },
    keywords: ["compressed sensing", "sparsity", "lasso", "matching pursuit", "wasm"],
  };
}

function readJson(name) {
  return JSON.parse(readFileSync(inProject(name), "utf8"));
}
