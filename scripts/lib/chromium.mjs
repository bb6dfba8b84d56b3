import { existsSync, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fail } from "./fail.mjs";
import { run } from "./run.mjs";

const { env, platform } = process;
const isRoot = process.getuid?.() === 0;

const BROWSER = {
  variables: ["CHROMIUM", "CHROME_PATH"],
  names: [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
  ],
  places: {
    darwin: [
      "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
      "/Applications/Chromium.app/Contents/MacOS/Chromium",
      "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    ],
    win32: [env.PROGRAMFILES, env["PROGRAMFILES(X86)"], env.LOCALAPPDATA]
      .filter(Boolean)
      .flatMap((folder) => [
        join(folder, "Google", "Chrome", "Application", "chrome.exe"),
        join(folder, "Microsoft", "Edge", "Application", "msedge.exe"),
      ]),
  },
};

const DRIVER = {
  variables: ["CHROMEDRIVER"],
  names: ["chromedriver"],
  places: { linux: ["/usr/lib/chromium/chromedriver", "/usr/lib/chromium-browser/chromedriver"] },
};

/** What a browser needs to run without a screen, and to stay silent on the network. */
export const BROWSER_FLAGS = [
  ...(isRoot ? ["--no-sandbox"] : []), // Chromium's sandbox refuses root.
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

/** The paths of a Chromium and of its driver, installed first where that is ours to do. */
export async function findChromium() {
  if (!(find(BROWSER) && find(DRIVER))) await installOnDebian();
  const browser =
    find(BROWSER) ??
    fail("The browser tests need Chromium or Chrome: install one, or set CHROMIUM to its path.");
  const driver =
    find(DRIVER) ??
    fail("The wasm tests need chromedriver: install it, or set CHROMEDRIVER to its path.");
  return { browser, driver };
}

function find({ variables, names, places }) {
  const named = variables.find((variable) => env[variable]);
  if (named) {
    return isFile(env[named]) ? env[named] : fail(`${named} is ${env[named]}, where no file is.`);
  }
  const suffix = platform === "win32" ? ".exe" : "";
  const inPath = names.flatMap((name) =>
    (env.PATH ?? "").split(delimiter).map((folder) => join(folder, name + suffix)),
  );
  return [...inPath, ...(places[platform] ?? [])].find(isFile);
}

function isFile(path) {
  return existsSync(path) && statSync(path).isFile();
}

// A fresh Debian container, as in CI. Elsewhere nobody asked for a system-wide install.
async function installOnDebian() {
  if (!isRoot || !existsSync("/usr/bin/apt-get")) return;
  await run("apt-get", ["update", "-qq"]);
  const packages = ["chromium", "chromium-driver"];
  await run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...packages], {
    env: { DEBIAN_FRONTEND: "noninteractive" },
  });
}
