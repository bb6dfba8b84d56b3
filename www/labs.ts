import systemsUrl from "../src/labs/systems.json?url";
import { initSync, Vocabulary } from "../target/web/front/pursuit.js";
import frontUrl from "../target/web/front/pursuit_bg.wasm?url";
import { MODULES, PARTS } from "./lab-files.ts";
import { say } from "./messages/say.ts";
import { once } from "./once.ts";
import { Catalogue, type LabPart, type SystemsData } from "./spec/catalogue.ts";

/**
 * What the page loads, and when: at first the module that draws, then the catalogue and the solvers of a lab when
 * somebody opens one of its exhibits.
 */
export class Labs {
  readonly catalogue = new Catalogue(new Vocabulary());
  #systems: Promise<void> | undefined;

  /**
   * Loads what the page draws with; until then nothing of `front` may be called. A lab that is needed at once is on its
   * way at the same time.
   */
  static async load(soon: string | undefined): Promise<Labs> {
    if (soon) {
      // What fails here fails again where it is waited for.
      moduleOf(soon).catch(() => undefined);
      partOf(soon).catch(() => undefined);
    }
    initSync({ module: await compile(frontUrl) });
    return new Labs();
  }

  /** The solvers of a lab, compiled once; workers make instances of it. */
  module(lab: string): Promise<WebAssembly.Module> {
    return moduleOf(lab);
  }

  /** Puts what a lab has into the catalogue. */
  async declare(lab: string): Promise<void> {
    const text = await partOf(lab);
    if (!this.catalogue.has(lab)) this.catalogue.add(lab, JSON.parse(text) as LabPart, text);
  }

  /** Puts what all labs have into the catalogue, and the systems, built or not. */
  async declareAll(): Promise<void> {
    this.#systems ??= get(systemsUrl).then(async (answer) =>
      this.catalogue.list((await answer.json()) as SystemsData),
    );
    await Promise.all([this.#systems, ...Object.keys(PARTS).map((lab) => this.declare(lab))]);
  }
}

const modules = new Map<string, Promise<WebAssembly.Module>>();
const parts = new Map<string, Promise<string>>();

function moduleOf(lab: string): Promise<WebAssembly.Module> {
  return once(modules, lab, () => compile(urlOf(MODULES, lab)));
}

function partOf(lab: string): Promise<string> {
  return once(parts, lab, async () => (await get(urlOf(PARTS, lab))).text());
}

function urlOf(urls: Record<string, string>, lab: string): string {
  const url = urls[lab];
  if (!url) throw new Error(say.page.noLab(lab));
  return url;
}

async function get(url: string): Promise<Response> {
  // The single file may not fetch, not even from itself.
  if (url.startsWith("data:")) return new Response(bytesOf(url));
  const response = await fetch(url);
  if (!response.ok) throw new Error(say.page.noPart(response.status));
  return response;
}

async function compile(url: string): Promise<WebAssembly.Module> {
  const response = await get(url);
  // Some hosts send wasm under another type, which streaming refuses.
  if (response.headers.get("content-type") === "application/wasm")
    return WebAssembly.compileStreaming(response);
  return WebAssembly.compile(await response.arrayBuffer());
}

function bytesOf(url: string): Uint8Array<ArrayBuffer> {
  const [head = "", body = ""] = url.split(/,(.*)/s, 2);
  if (!head.endsWith(";base64")) return new TextEncoder().encode(decodeURIComponent(body));
  return Uint8Array.from(atob(body), (byte) => byte.charCodeAt(0));
}
