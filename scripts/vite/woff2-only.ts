import type { Plugin } from "vite";

/** Drops KaTeX's older font formats: whatever runs wasm with SIMD reads woff2, and the single file would hold each font thrice. */
export function woff2Only(): Plugin {
  return {
    name: "pursuit:woff2-only",
    enforce: "pre",
    transform(css, id) {
      if (!/katex[^/]*\.css/.test(id)) return;
      return {
        code: css.replace(/,\s*url\([^)]*\)\s*format\(["'](?:woff|truetype)["']\)/g, ""),
        map: null,
      };
    },
  };
}
