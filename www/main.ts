import { say } from "./messages/say.ts";

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
import { greet } from "./language.ts";
import { exhibitOf } from "./spec/link.ts";
import { printable } from "./view/print.ts";

printable();
const app = document.querySelector<App>("pursuit-app");

try {
  const [labs] = await Promise.all([Labs.load(labOf(exhibitOf(location.hash))), greet()]);
  app?.start(labs);
} catch (error) {
  const message = document.createElement("p");
  message.className = "loading";
  message.textContent = say.page.noStart((error as Error).message);
  app?.replaceChildren(message);
}
