// `npm run new-exhibit -- ID`: lays the file of a system, with its claim, and its line in the lab's list. See docs/new-exhibit.md.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { cargo } from "./lib/cargo.mjs";
import { exhibitSource, listed, snakeCase } from "./lib/exhibit-source.mjs";
import { fail } from "./lib/fail.mjs";
import { inProject } from "./lib/root.mjs";

const USAGE = `npm run new-exhibit -- ID [--problem linear] [--instance LinearInstance]

ID is a system of src/labs/systems.json. --problem is the problem that it solves, linear in the recovery lab; --instance is the
Rust type of what that problem draws, with its path below src/labs/<lab>, such as entropic::TransportInstance.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { problem: { type: "string" }, instance: { type: "string" } },
});
const { systems } = JSON.parse(readFileSync(inProject("src", "labs", "systems.json"), "utf8"));
const system = systems.find(({ id }) => id === positionals[0]);
if (!system || positionals.length !== 1) fail(USAGE);
const { id, lab } = system;
const problem = values.problem ?? (lab === "recovery" ? "linear" : undefined);
if (!problem || (problem !== "linear" && !values.instance)) fail(USAGE);

const list = inProject("src", "labs", lab, "mod.rs");
const file = inProject("src", "labs", lab, `${snakeCase(id)}.rs`);
if (!existsSync(list))
  fail(`There is no src/labs/${lab}/mod.rs yet: docs/new-exhibit.md has how to open a lab.`);
if (existsSync(file)) fail(`src/labs/${lab}/${snakeCase(id)}.rs is there already.`);

writeFileSync(file, exhibitSource({ ...system, problem, instance: values.instance }));
writeFileSync(list, listed(readFileSync(list, "utf8"), id, problem));
await cargo(["fmt"]);
console.log(
  `src/labs/${lab}/${snakeCase(id)}.rs is laid and listed. docs/new-exhibit.md has what comes next.`,
);
