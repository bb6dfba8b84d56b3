import { spawn } from "node:child_process";
import { join } from "node:path";
import type { Plugin } from "vite";

/** Rebuilds target/web while the page is open and a Rust source changes. The page then reloads, since it imports from there. */
export function rebuildWasm(): Plugin {
  return {
    name: "pursuit:rebuild-wasm",
    apply: "serve",
    configureServer({ config, watcher }) {
      let running = false;
      let again = false;
      const build = () => {
        again = running;
        if (running) return;
        running = true;
        const script = join(config.root, "scripts", "wasm.mjs");
        spawn(process.execPath, [script], { stdio: "inherit" }).on("close", () => {
          running = false;
          // Sources that changed meanwhile: one more build for all of them.
          if (again) build();
        });
      };
      watcher.add(join(config.root, "src"));
      watcher.on("all", (_event, path) => {
        if (path.endsWith(".rs")) build();
      });
    },
  };
}
