/** Addresses of what the build makes of each lab, by the lab's name; see `scripts/lib/wasm.mjs`. */

/** The solvers of each lab. */
export const MODULES = byLab(
  import.meta.glob<string>("../target/web/*/pursuit_bg.wasm", {
    query: "?url",
    import: "default",
    eager: true,
  }),
);

/** What each lab declares. */
export const PARTS = byLab(
  import.meta.glob<string>("../target/web/*/catalogue.json", {
    query: "?url",
    import: "default",
    eager: true,
  }),
);

/** Files by the name of the folder that they lie in. */
export function byLab<T>(files: Record<string, T>): Record<string, T> {
  return Object.fromEntries(
    Object.entries(files).map(([path, file]) => [path.split("/").at(-2) ?? "", file]),
  );
}
