import { readdirSync } from "node:fs";
import { expect, test } from "vitest";

/** Scripts that no other test starts still have to find what they import by its present name. */
const FOLDERS = ["bench/lib", "bench/workloads", "scripts/lib"];
const FILES = FOLDERS.flatMap((folder) =>
  readdirSync(new URL(`../../${folder}/`, import.meta.url))
    .filter((name) => name.endsWith(".mjs"))
    .map((name) => `${folder}/${name}`),
);

test.each(FILES)("%s finds what it imports", async (file) => {
  expect(await import(/* @vite-ignore */ `../../${file}`)).toBeTypeOf("object");
});
