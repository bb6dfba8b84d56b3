import { fail } from "./fail.mjs";

/** Takes the steps in order, stops at the first that fails, and tells how many tests passed and failed. */
export async function take(steps) {
  const total = { passed: 0, failed: 0, known: true };
  for (const step of steps) {
    console.log(`\n=== ${step.name} ===`);
    if (step.skip) {
      console.log(`Skipped: ${step.skip}.`);
      continue;
    }
    const started = Date.now();
    const result = await step.run({ mayFail: true, capture: Boolean(step.count) });
    if (result?.skipped) {
      console.log(`Skipped: ${result.skipped}.`);
      continue;
    }
    if (step.count) add(total, step.count(result.output));
    if (result && result.code !== 0) {
      summary(total);
      fail(`Stopped at "${step.name}". The steps after it did not run.`);
    }
    console.log(`--- ${step.name}: ${Math.round((Date.now() - started) / 1000)} s`);
  }
  console.log("\nAll steps passed.");
  summary(total);
}

function add(total, counted) {
  if (!counted) {
    total.known = false;
    return;
  }
  total.passed += counted[0];
  total.failed += counted[1];
}

// A number that is not known is better not said.
function summary({ passed, failed, known }) {
  if (known && passed + failed > 0) console.log(`${passed} passed, ${failed} failed`);
}
