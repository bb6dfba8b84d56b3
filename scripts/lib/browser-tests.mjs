import { run } from "./run.mjs";

/**
 * Runs files of tests that drive a browser, one at a time: each has a browser of its own, and two cores give steadier
 * timings without a race. A browser on a machine that others use can still stall for seconds, so a file that fails is
 * run once more; if it passes then, it is named at the end as unsteady, and somebody should ask why.
 *
 * @param {string[]} files
 * @param {object} options those of `run`
 * @returns {Promise<{ code: number | string, output: string }>} of the last try of each file
 */
export async function runBrowserTests(files, options) {
  const last = { code: 0, output: "" };
  const unsteady = [];
  for (const file of files) {
    let result = await tryFile(file, options);
    if (result.code !== 0) {
      console.log(`\n${file} failed and is run once more.`);
      result = await tryFile(file, options);
      if (result.code === 0) unsteady.push(file);
    }
    last.output += result.output;
    if (result.code !== 0) last.code = result.code;
  }
  for (const file of unsteady) console.log(`Unsteady: ${file} failed once, and then passed.`);
  return last;
}

const tryFile = (file, options) =>
  run(process.execPath, ["--test", "--test-reporter=spec", file], options);
