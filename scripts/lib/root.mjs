import { join, resolve } from "node:path";

export const root = resolve(import.meta.dirname, "../..");

/** A path inside the project. */
export const inProject = (...parts) => join(root, ...parts);
