/** What a script has to check of one method. */
export interface CheckedRun {
  /** As the arrays have it, see `arrayNames`. */
  name: string;
  title: string;
  iterations: number;
  /** Fingerprint of the estimate, where the file has the numbers that it is of. */
  digest: string | undefined;
  /** The LASSO that it solves: the penalty, or its share of the largest one. */
  lasso: { lambda: number } | { ratio: number } | undefined;
  /** Whether it picks a column a step by the largest correlation and fits by least squares. */
  greedy: boolean;
}

export interface Checked {
  title: string;
  link: string;
  /** The file that "Arrays as NPZ" saves. */
  file: string;
  /** Whether the file has the matrix. */
  matrix: boolean;
  /** Whether the file has the truth in the form of the estimates. */
  truth: boolean;
  runs: CheckedRun[];
}

/** Longest link that is quoted in a script, in characters. */
const LONGEST = 400;

/**
 * A script that loads the saved arrays and works the result out anew with NumPy: the fingerprint of the estimate, residual
 * and error, the optimality conditions of the LASSO, and scikit-learn's answer where it has the same method.
 */
export function pythonOf(checked: Checked): string {
  const { title, link, file, runs } = checked;
  const origin = link.length <= LONGEST ? link : "a link too long to quote; Save Spec has it";
  return `"""${plain(title)}, checked with NumPy.

${plain(origin)}
In Pursuit: Share, Arrays as NPZ. Then: python check.py ${file}
"""
import sys

import numpy as np

data = np.load(sys.argv[1] if len(sys.argv) > 1 else ${JSON.stringify(file)})
for name in data.files:
    print(name, data[name].shape)


def check(what, found, expected, tolerance=1e-9):
    print(f"{what}: {found:.6g}")
    if not abs(found - expected) <= tolerance * max(1.0, abs(expected)):
        sys.exit(f"{what} is {found!r} here and was {expected!r} in the lab")
${needsFingerprint(runs) ? FINGERPRINT : ""}
${setUp(checked)}${runs.map((run) => runLines(run, checked)).join("\n")}
print("All of it holds.")
`;
}

function needsFingerprint(runs: CheckedRun[]): boolean {
  return runs.some(({ digest }) => digest !== undefined);
}

/** See \`src/contract/digest.rs\`. */
const FINGERPRINT = `

def fingerprint(values):
    """FNV-1a of the numbers' bytes."""
    hash_ = 0xCBF29CE484222325
    for byte in values.astype("<f8").tobytes():
        hash_ = (hash_ ^ byte) * 0x100000001B3 % 2**64
    return f"{hash_:016x}"
`;

function setUp({ matrix, truth }: Checked): string {
  const arrays = [...(matrix ? ["A", "y"] : []), ...(truth ? ["x"] : [])];
  if (arrays.length === 0) return "";
  return `\n${arrays.join(", ")} = ${arrays.map((name) => `data["${name}"]`).join(", ")}\n`;
}

function runLines(run: CheckedRun, { matrix, truth }: Checked): string {
  const { name, title, digest, lasso, greedy } = run;
  const trace = (quantity: string) => `data["trace_${name}_${quantity}"][-1]`;
  const lines = [
    `\n# ${plain(title)}`,
    `estimate = data["estimate_${name}"]`,
    ...(digest ? [`assert fingerprint(estimate) == "${digest}", "these are other numbers"`] : []),
    ...(truth
      ? [
          `check("relative error", np.linalg.norm(estimate - x) / np.linalg.norm(x), ${trace("relative_error")})`,
        ]
      : []),
  ];
  if (!matrix) return `${lines.join("\n")}\n`;
  lines.push(
    "residual = y - A @ estimate",
    `check("relative residual", np.linalg.norm(residual) / np.linalg.norm(y), ${trace("relative_residual")})`,
  );
  if (lasso) lines.push(...lassoLines(lasso, trace("objective")));
  if (greedy) lines.push(...greedyLines(run));
  return `${lines.join("\n")}\n`;
}

function lassoLines(lasso: NonNullable<CheckedRun["lasso"]>, objective: string): string[] {
  const penalty = "lambda" in lasso ? `${lasso.lambda}` : `${lasso.ratio} * np.abs(A.T @ y).max()`;
  return [
    `penalty = ${penalty}`,
    `check("objective", residual @ residual / 2 + penalty * np.abs(estimate).sum(), ${objective})`,
    'check("largest correlation over the penalty", np.abs(A.T @ residual).max() / penalty, 1.0, 1e-2)',
    ...compared("Lasso", [
      "model = Lasso(alpha=penalty / len(y), fit_intercept=False, tol=1e-10, max_iter=100_000).fit(A, y)",
      'check("distance from scikit-learn", np.linalg.norm(model.coef_ - estimate) / np.linalg.norm(estimate), 0.0, 1e-2)',
    ]),
  ];
}

function greedyLines({ iterations }: CheckedRun): string[] {
  return [
    "picked = np.flatnonzero(estimate)",
    "fit = np.linalg.lstsq(A[:, picked], y, rcond=None)[0]",
    'check("distance from least squares on the picks", np.abs(fit - estimate[picked]).max(), 0.0)',
    "if np.allclose(np.linalg.norm(A, axis=0), 1):  # scikit-learn compares correlations as they are",
    ...compared("orthogonal_mp", [
      `other = orthogonal_mp(A, y, n_nonzero_coefs=${iterations})`,
      'check("distance from scikit-learn", np.abs(other - estimate).max(), 0.0)',
    ]).map((line) => `    ${line}`),
  ];
}

/** Lines that need something of scikit-learn's linear models, which may not be there. */
function compared(name: string, lines: string[]): string[] {
  return [
    "try:",
    `    from sklearn.linear_model import ${name}`,
    "except ImportError:",
    '    print("scikit-learn is not installed: not compared with it")',
    "else:",
    ...lines.map((line) => `    ${line}`),
  ];
}

/** Text that cannot end a comment or a docstring. */
function plain(text: string): string {
  return text.replace(/[\\"\r\n]/g, " ");
}
