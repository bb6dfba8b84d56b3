import { partsIn } from "../spec/parts.ts";
import type { Spec } from "../spec/spec.ts";
import type { Inside, Wishes } from "./inside.ts";
import { onThemeChange, themeOf } from "./theme.ts";

/** How near the window an element comes before it is loaded, in px. */
const NEAR = 400;
/** Height while nothing is known, in px, so that the page around does not jump much. */
const EMPTY = 480;
/** The page that comes with this script; a package comes without. */
const PAGE =
  import.meta.env.MODE === "package"
    ? undefined
    : new URL(/* @vite-ignore */ "../", import.meta.url).href;

/** All that is known of its looks before it is loaded. */
const BLOCK = new CSSStyleSheet();
BLOCK.replaceSync(":host { display: block; }");

const nearby = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) (target as PursuitLab).see(isIntersecting);
  },
  { rootMargin: `${NEAR}px` },
);

/**
 * `<pursuit-lab spec="..." hide="..." height="..." theme="...">`: an exhibit in any page. Everything but this small file is
 * loaded when the first element comes near the window. Elements share the compiled solvers; each has one worker while
 * something runs in it and for a few seconds after, so that no figure waits for another one.
 *
 * `spec`: JSON, a share link or its part after `#`; the property takes an object as well, and reads the present Spec.
 * `hide`: names of parts, see `www/spec/parts.ts`. `height`: in px; what is higher scrolls within. `theme`: `light` or
 * `dark`, else as the page's `color-scheme`. `page`: the address of a Pursuit page for "Open in Pursuit".
 *
 * Events, none of which bubbles: `run` (detail: the Spec), `done` (see `Done`), `error` (detail: one sentence).
 */
export class PursuitLab extends HTMLElement {
  static observedAttributes = ["spec", "hide", "height", "theme", "page"];
  readonly #box = document.createElement("div");
  readonly #root: ShadowRoot;
  #given: string | Spec | undefined;
  #near = false;
  #loading = false;
  #inside: Inside | undefined;
  #stop: (() => void) | undefined;

  constructor() {
    super();
    this.#root = this.attachShadow({ mode: "open" });
    this.#box.className = "pursuit-root";
    this.#root.append(this.#box);
    this.#root.adoptedStyleSheets = [BLOCK];
  }

  get spec(): Spec | string | undefined {
    return this.#inside?.spec ?? this.#given;
  }

  set spec(spec: Spec | string | undefined) {
    this.#given = spec;
    if (this.#inside && spec !== undefined) void this.#inside.take(spec);
    else void this.#load();
  }

  connectedCallback(): void {
    // A page may have set the property before this script came; then it hides the one of the class.
    if (Object.hasOwn(this, "spec")) {
      const { spec } = this;
      delete (this as { spec?: unknown }).spec;
      this.spec = spec;
    }
    this.#size();
    nearby.observe(this);
    this.#stop = onThemeChange(() => this.#wish());
  }

  disconnectedCallback(): void {
    nearby.unobserve(this);
    this.#stop?.();
    this.#near = false;
    // What was edited here is still there when the element comes back.
    this.#given = this.spec;
    this.#inside?.close();
    this.#inside = undefined;
  }

  attributeChangedCallback(name: string, _: string | null, value: string | null): void {
    if (name === "spec") this.spec = value ?? undefined;
    else if (name === "height") this.#size();
    else this.#wish();
  }

  /** Told by the observer whether the element is near the window. */
  see(near: boolean): void {
    this.#near = near;
    if (near) void this.#load();
    else this.#inside?.away();
  }

  async #load(): Promise<void> {
    if (!this.#near || this.#inside || this.#loading || this.#given === undefined) return;
    this.#loading = true;
    try {
      const { Inside } = await import("./inside.ts");
      if (!this.isConnected || this.#given === undefined) return;
      this.#inside = new Inside(this.#root, this.#box, this.#wishes, {
        onRun: (spec) => this.#tell("run", spec),
        onDone: (done) => {
          this.#size();
          this.#tell("done", done);
        },
        onError: (sentence) => {
          this.#size();
          this.#tell("error", sentence);
        },
      });
      await this.#inside.take(this.#given);
    } catch {
      // A part of the script itself did not come.
      this.#box.textContent = "The lab did not load. Reload the page.";
      this.#tell("error", this.#box.textContent);
    } finally {
      this.#loading = false;
    }
  }

  get #wishes(): Wishes {
    return {
      hide: partsIn(this.getAttribute("hide") ?? ""),
      theme: themeOf(this, this.#root),
      page: this.getAttribute("page") ?? PAGE,
    };
  }

  #wish(): void {
    this.#inside?.wish(this.#wishes);
  }

  /** The height that was asked for, or that of the content once there is some. */
  #size(): void {
    const asked = Number.parseFloat(this.getAttribute("height") ?? "");
    const { style } = this.#box;
    style.height = asked > 0 ? `${asked}px` : "";
    style.overflow = asked > 0 ? "auto" : "";
    style.minHeight = asked > 0 || this.#inside?.settled ? "" : `${EMPTY}px`;
  }

  #tell(name: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

export type { Spec } from "../spec/spec.ts";
export type { Done, RunResult } from "./done.ts";

// A page may have the script twice, from two places.
if (!customElements.get("pursuit-lab")) customElements.define("pursuit-lab", PursuitLab);

declare global {
  interface HTMLElementTagNameMap {
    "pursuit-lab": PursuitLab;
  }
}
