import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, sep } from "node:path";
import type { Plugin } from "vite";

/**
 * A lab's solvers are kept when they are used; those of the lab that the page begins with, from the start. The element is
 * for pages of others.
 */
const LATER = /^labs\/(?!recovery).*\.wasm$|^embed\//;

/** Adds the service worker that keeps the built page at work without a network, and the script that registers it. */
export function offline(): Plugin {
  let dist: string;
  return {
    name: "pursuit:offline",
    apply: "build",
    configResolved(config) {
      dist = join(config.root, config.build.outDir);
    },
    transformIndexHtml: () => [
      { tag: "script", attrs: { src: "./register-sw.js", defer: true }, injectTo: "head" },
    ],
    generateBundle() {
      this.emitFile({
        type: "asset",
        fileName: "register-sw.js",
        source: script("register-service-worker.js"),
      });
    },
    // Last of all, when the files that are only copied are there too.
    closeBundle() {
      const files = readdirSync(dist, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name !== "sw.js")
        .map((entry) =>
          join(entry.parentPath, entry.name)
            .slice(dist.length + 1)
            .split(sep)
            .join("/"),
        )
        .filter((path) => !LATER.test(path))
        .sort();
      const build = createHash("sha256");
      for (const file of files) build.update(file).update(readFileSync(join(dist, file)));
      // Some hosts redirect index.html to its folder, and a redirected answer may not open a page: ask for the folder.
      const paths = files.map((file) => (file === "index.html" ? "./" : file));
      const head = [
        `const BUILD = ${JSON.stringify(build.digest("hex").slice(0, 16))};`,
        `const FILES = ${JSON.stringify(paths)};`,
      ];
      writeFileSync(join(dist, "sw.js"), `${head.join("\n")}\n\n${script("service-worker.js")}`);
    },
  };
}

function script(name: string): string {
  return readFileSync(join(import.meta.dirname, name), "utf8");
}
