import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { inProject } from "../../../scripts/lib/root.mjs";

const AXE = readFileSync(inProject("node_modules", "axe-core", "axe.min.js"), "utf8");

/** Holds the page as it stands to axe's rules, level AA and good practice. */
export async function blameless(page) {
  // Not as a script element, which the page's policy would refuse.
  await page.evaluate(AXE);
  const violations = await page.evaluate(async () => {
    const { violations } = await globalThis.axe.run();
    return violations.map(({ id, help, nodes }) => ({
      id,
      help,
      at: nodes
        .slice(0, 4)
        .map(({ html, failureSummary }) => `${html.slice(0, 160)} ${failureSummary}`),
    }));
  });
  assert.deepEqual(violations, []);
}
