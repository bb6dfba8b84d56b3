import "./trusted.ts";
import "@fontsource-variable/source-sans-3/wght.css";
import "katex/dist/katex.min.css";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/controls.css";
import "./styles/header.css";
import "./styles/menus.css";
import "./styles/sentence.css";
import "./styles/exhibit.css";
import "./styles/paint.css";
import "./styles/compare.css";
import "./styles/timeline.css";
import "./styles/theory.css";
import "./styles/handout.css";
import "./styles/notes.css";
import "./styles/index.css";
import "./styles/narrow.css";
import "./styles/ask.css";
import "./styles/embedded.css";
import "./styles/print.css";
import type { App } from "./app.ts";
import "./app.ts";
import { labOf } from "./lab-of.ts";
import { Labs } from "./labs.ts";
import { exhibitOf } from "./spec/link.ts";
import { printable } from "./view/print.ts";

printable();
const app = document.querySelector<App>("pursuit-app");

try {
  app?.start(await Labs.load(labOf(exhibitOf(location.hash))));
} catch (error) {
  const message = document.createElement("p");
  message.className = "loading";
  message.textContent = `Pursuit could not start: ${(error as Error).message} It needs a browser with WebAssembly SIMD (any of the last four years).`;
  app?.replaceChildren(message);
}
