import { readdirSync, readFileSync } from "node:fs";
import * as front from "../../../target/web/front/pursuit.js";
import * as lab from "../../../target/web/lab.js";
import { Catalogue, type LabPart, type SystemsData } from "../../../www/spec/catalogue.ts";

// The modules that the page compiles, as `npm run wasm` left them.
const WEB = new URL("../../../target/web/", import.meta.url);
const moduleOf = (name: string) => readFileSync(new URL(`${name}/pursuit_bg.wasm`, WEB));

front.initSync({ module: moduleOf("front") });
lab.initSync({ module: moduleOf("recovery") });

/** The labs that are built. */
export const LABS = readdirSync(WEB, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== "front")
  .map(({ name }) => name);

/** The doors of each lab: its module with glue of its own. */
export const DOORS = new Map<string, typeof lab>();
for (const name of LABS) {
  const doors = (await import(new URL(`${name}/pursuit.js`, WEB).href)) as typeof lab;
  doors.initSync({ module: moduleOf(name) });
  DOORS.set(name, doors);
}

/** What the crate declares now. */
export const CATALOGUE = new Catalogue(new front.Vocabulary());
for (const name of LABS) {
  const text = readFileSync(new URL(`${name}/catalogue.json`, WEB), "utf8");
  CATALOGUE.add(name, JSON.parse(text) as LabPart, text);
}
const systems = readFileSync(new URL("../../../src/labs/systems.json", import.meta.url), "utf8");
CATALOGUE.list(JSON.parse(systems) as SystemsData);

/** The canonical form of a Spec; throws a complaint. */
export const canonical = (spec: unknown) => CATALOGUE.canonical(spec);
