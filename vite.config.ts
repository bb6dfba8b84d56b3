import { defaultClientConditions, defineConfig } from "vite";
import { viteSingleFile } from "vite-plugin-singlefile";
import {
  contentSecurityPolicy,
  inlineContentSecurityPolicy,
} from "./scripts/vite/content-security-policy.ts";
import { offline } from "./scripts/vite/offline.ts";
import { rebuildWasm } from "./scripts/vite/rebuild-wasm.ts";
import { woff2Only } from "./scripts/vite/woff2-only.ts";

/** What belongs to a lab lies in a folder of its own, see `scripts/vite/service-worker.js`. */
function assetFileNames({ originalFileNames }: { originalFileNames: string[] }): string {
  const lab = /target\/web\/([^/]+)\//.exec(originalFileNames[0] ?? "")?.[1];
  return lab && lab !== "front" ? `labs/${lab}-[hash][extname]` : "assets/[name]-[hash][extname]";
}

/** The page, and the element for other people's pages, which is asked for by name. */
const PAGE = {
  input: { index: "index.html", "pursuit-lab": "www/embed/pursuit-lab.ts" },
  output: {
    assetFileNames,
    entryFileNames: ({ name }: { name: string }) =>
      name === "pursuit-lab" ? "embed/pursuit-lab.js" : "assets/[name]-[hash].js",
    // What only the element needs stands beside it, see `scripts/vite/offline.ts`.
    chunkFileNames: ({ name }: { name: string }) =>
      name === "inside" ? "embed/[name]-[hash].js" : "assets/[name]-[hash].js",
  },
};

/** The npm package: the solvers without a page, and the element. Whoever imports an entry gets what it exports. */
const PACKAGE = {
  input: { index: "www/package/index.ts", element: "www/embed/pursuit-lab.ts" },
  preserveEntrySignatures: "strict" as const,
  output: {
    assetFileNames,
    entryFileNames: "[name].js",
    chunkFileNames: "assets/[name]-[hash].js",
  },
};

/** What each mode builds, and where. */
const BUILDS = {
  production: { outDir: "dist", rolldownOptions: PAGE },
  single: { outDir: "dist-single", rolldownOptions: {} },
  package: { outDir: "dist-package", rolldownOptions: PACKAGE },
};

const FINISH = {
  production: () => [contentSecurityPolicy(), offline()],
  single: () => [viteSingleFile(), inlineContentSecurityPolicy()],
  package: () => [],
};

export default defineConfig(({ mode }) => {
  const kind = mode === "single" || mode === "package" ? mode : "production";
  const single = kind === "single";
  return {
    publicDir: "www/public",
    // Relative, so that the page runs in any folder of any host.
    base: "./",
    plugins: [woff2Only(), rebuildWasm(), FINISH[kind]()],
    resolve: {
      // Which file `#make-worker` is, see "imports" in package.json.
      conditions: single
        ? ["single-file", ...defaultClientConditions]
        : [...defaultClientConditions],
    },
    // A worker inside the page has no address to import from.
    worker: { format: single ? "iife" : "es" },
    build: {
      emptyOutDir: true,
      copyPublicDir: kind === "production",
      target: "es2023",
      modulePreload: kind === "package" ? false : { polyfill: false },
      // Fonts and wasm as data: addresses in the single file only, where nothing may be fetched.
      assetsInlineLimit: single ? Number.MAX_SAFE_INTEGER : 0,
      ...BUILDS[kind],
    },
  };
});
