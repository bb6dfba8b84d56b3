// The npm package as a stranger has it: packed, installed without a network, imported. `dist-package` must be there.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { inProject } from "../../scripts/lib/root.mjs";

const home = mkdtempSync(join(tmpdir(), "pursuit-package-"));
after(() => rmSync(home, { recursive: true }));

const shell = process.platform === "win32";
const npm = (args, cwd) =>
  execFileSync("npm", args, { cwd, shell, encoding: "utf8", stdio: "pipe" });

npm(["pack", "--pack-destination", home], inProject("dist-package"));
const [tarball] = readdirSync(home);
writeFileSync(join(home, "package.json"), '{ "private": true, "type": "module" }');
npm(["install", "--offline", "--no-audit", "--no-fund", `./${tarball}`], home);

/** Runs a module in the stranger's folder and reads the JSON that it prints. */
function told(source) {
  const file = join(home, "use.mjs");
  writeFileSync(file, source);
  const printed = execFileSync(process.execPath, [file], {
    cwd: home,
    encoding: "utf8",
    maxBuffer: 2 ** 26,
  });
  return JSON.parse(printed);
}

const stored = (name) => inProject("tests", "digests", name);
const json = (name) => JSON.parse(readFileSync(stored(name), "utf8"));

test("every Spec has the native build's digest", () => {
  const lines = told(`
    import { readFileSync } from "node:fs";
    import { solve } from "pursuit-lab";
    const specs = JSON.parse(readFileSync(${JSON.stringify(stored("specs.json"))}, "utf8"));
    const lines = [];
    for (const spec of specs) {
      const { runs: [{ method, status, iterations, digest }] } = await solve(spec);
      lines.push([method, status, iterations, digest].join(" "));
    }
    console.log(JSON.stringify(lines));
  `);
  assert.deepEqual(lines, json("digests.json"));
});

test("a sweep has the native build's digest and contour", () => {
  const { digest, bits, progress } = told(`
    import { readFileSync } from "node:fs";
    import { sweep } from "pursuit-lab";
    const file = JSON.parse(readFileSync(${JSON.stringify(stored("sweep.json"))}, "utf8"));
    const progress = [];
    const result = await sweep(file, { onProgress: (now) => progress.push(now) });
    const hex = (value) => {
      const view = new DataView(new ArrayBuffer(8));
      view.setFloat64(0, value);
      return view.getBigUint64(0).toString(16).padStart(16, "0");
    };
    const bits = result.methods.flatMap(({ contour }) => contour.map(({ y, high }) => hex(y) + " " + hex(high)));
    console.log(JSON.stringify({ digest: result.digest, bits, progress }));
  `);
  assert.deepEqual([digest, ...bits], json("swept.json"));
  assert.deepEqual(progress.at(-1), { trials: 48, total: 48 });
});

test("steps are told, counted and given up", () => {
  const { steps, run, aborted, cut } = told(`
    import { solve } from "pursuit-lab";
    const spec = { v: 1, seed: 2, problem: { id: "linear" }, methods: [{ id: "omp" }] };
    const steps = [];
    const { runs: [run], instance } = await solve(spec, { onStep: ({ step, estimate }) => steps.push([step, estimate.length]) });
    const { runs: [cut] } = await solve(JSON.stringify(spec), { maxSteps: 3 });
    const aborted = await solve(spec, { signal: AbortSignal.abort() }).catch(({ name }) => name);
    console.log(JSON.stringify({
      steps, aborted,
      cut: [cut.status, cut.iterations, cut.support.length, cut.traces.relative_error.length],
      run: [run.iterations, run.estimate.length, run.estimate.constructor.name, run.support.length, run.traces.relative_error.length,
        instance.panels.find(({ id }) => id === "truth").values.length],
    }));
  `);
  const [iterations, length, type, , traced, truth] = run;
  assert.equal(steps.length, iterations);
  assert.deepEqual(steps.at(-1), [iterations, length]);
  assert.equal(type, "Float64Array");
  assert.equal(traced, iterations + 1);
  assert.equal(truth, length);
  assert.equal(aborted, "AbortError");
  assert.deepEqual(cut, ["budget", 3, 3, 4]);
});

test("what cannot be used is an error that names the field", () => {
  const { errors, shared } = told(`
    import { exhibits, solve, SpecError, sweep } from "pursuit-lab";
    const spec = { v: 1, problem: { id: "linear" }, methods: [{ id: "omp" }] };
    const failure = (act) => act.then(() => "none", (error) => [error instanceof SpecError, error.field, error.message]);
    const errors = [
      await failure(solve({ ...spec, problem: { id: "linear", rows: -1 } })),
      await failure(solve({ ...spec, methods: [{ id: "nobody" }] })),
      await failure(sweep({ v: 1, spec, x: { param: "problem.nothing", from: 0, to: 1, steps: 2 }, y: { param: "problem.rho", from: 0.1, to: 0.2, steps: 2 }, trials: 1 })),
    ];
    const { runs: [own] } = await solve("#/fista");
    const fista = (await exhibits()).find(({ id }) => id === "fista");
    const { runs: [same] } = await solve(fista.spec);
    console.log(JSON.stringify({ errors, shared: [own.digest, same.digest] }));
  `);
  assert.deepEqual(
    errors.map(([known]) => known),
    [true, true, true],
  );
  assert.equal(errors[0][1], "problem.rows");
  assert.match(errors[1][2], /there is no method "nobody"/);
  assert.match(errors[2][1], /^x/);
  assert.equal(shared[0], shared[1]);
});

test("exhibits and methods are listed once each, from all labs", () => {
  const { exhibits, methods } = told(`
    import { exhibits, methods } from "pursuit-lab";
    console.log(JSON.stringify({ exhibits: (await exhibits()).map(({ id }) => id), methods: (await methods()).map(({ id, lab }) => [id, lab]) }));
  `);
  assert.equal(new Set(exhibits).size, exhibits.length);
  assert.deepEqual(
    exhibits.toSorted(),
    Object.keys(
      JSON.parse(readFileSync(inProject("target", "web", "exhibits.json"), "utf8")),
    ).toSorted(),
  );
  assert.equal(new Set(methods.map(([id]) => id)).size, methods.length);
  assert.ok(new Set(methods.map(([, lab]) => lab)).size > 1);
});

test("the types hold what they say", () => {
  writeFileSync(
    join(home, "example.ts"),
    `import { type Result, solve, type Solution, type Spec, sweep } from "pursuit-lab";
     import type { Done, PursuitLab } from "pursuit-lab/element";

     const spec: Spec = { v: 1, problem: { id: "linear" }, methods: [{ id: "omp", sparsity: 3 }] };
     const solution: Solution = await solve(spec, { maxSteps: 5, onStep: ({ step }) => step.toFixed() });
     const estimate: Float64Array | undefined = solution.runs[0]?.estimate;
     const result: Result = await sweep({ v: 1, spec, x: axis("problem.delta"), y: axis("problem.rho"), trials: 2, metric: "success", tolerance: 1e-3 });
     const lab: PursuitLab = document.createElement("pursuit-lab");
     lab.addEventListener("done", (event) => console.log((event as CustomEvent<Done>).detail.digest, estimate, result.digest));
     // @ts-expect-error there is no such option
     await solve(spec, { most: 3 });

     function axis(param: string) {
       return { param, from: 0.1, to: 0.9, steps: 3 };
     }
    `,
  );
  const options = [
    "--noEmit",
    "--strict",
    "--target",
    "es2023",
    "--lib",
    "es2023,dom",
    "--types",
    "",
    "--module",
    "nodenext",
  ];
  const tsc = inProject("node_modules", "typescript", "bin", "tsc");
  try {
    execFileSync(process.execPath, [tsc, ...options, "example.ts"], {
      cwd: home,
      encoding: "utf8",
      stdio: "pipe",
    });
  } catch (error) {
    assert.fail(error.stdout);
  }
});
