// W2: the LASSO at a tenth of the least penalty that makes everything zero, from the matrix to a certified answer.
//
// Peers stop at a duality gap of 1e-6 of |y|^2 / 2, ours at 1e-10: the gate computes ours anew.

export default {
  order: 3,
  name: ({ rows, cols, sparsity }) => `LASSO (${rows}, ${cols}, ${sparsity})`,
  sizes: [
    { rows: 256, cols: 1024, sparsity: 30, quick: true },
    { rows: 1024, cols: 4096, sparsity: 100 },
    { rows: 200, cols: 10000, sparsity: 20 },
  ],
  goals: {
    "LASSO (256, 1024, 30)": {
      celer: 0.15,
      "scikit-learn": 0.15,
      skglm: 0.15,
      adelie: 0.15,
      "SPAMS LARS": 0.15,
    },
    "LASSO (1024, 4096, 100)": { celer: 0.09 },
    "LASSO (200, 10000, 20)": { celer: 0.1 },
  },
  task: ({ rows, cols, sparsity }) => ({
    spec: {
      v: 1,
      problem: {
        id: "linear",
        rows,
        cols,
        signal: { id: "sparse", sparsity },
        noise: { id: "gaussian", snr_db: 30 },
      },
      methods: [{ id: "lasso-cd", lambda_ratio: 0.1, tolerance: 1e-10 }],
    },
  }),
  python: `
# 1/2 |y - A x|^2 + lambda |x|_1; scikit-learn and its kin divide by the number of rows.
GAP = 1e-6
SKGLM, ADELIE = 3e-9, 5e-12

@peer("celer")
def _(task):
    from celer import Lasso
    A = fortran(task.A)
    def solve():
        alpha = 0.1 * numpy.abs(A.T @ task.y).max() / len(task.y)
        return Lasso(alpha=alpha, fit_intercept=False, tol=GAP).fit(A, task.y).coef_
    return solve

@peer("scikit-learn")
def _(task):
    from sklearn.linear_model import Lasso
    A = fortran(task.A)
    def solve():
        alpha = 0.1 * numpy.abs(A.T @ task.y).max() / len(task.y)
        return Lasso(alpha=alpha, fit_intercept=False, tol=GAP, max_iter=100000).fit(A, task.y).coef_
    return solve

@peer("skglm")
def _(task):
    from skglm import Lasso
    A = fortran(task.A)
    def solve():
        alpha = 0.1 * numpy.abs(A.T @ task.y).max() / len(task.y)
        # Its tolerance is on the subgradient: this one makes the gap as small as the others'.
        return Lasso(alpha=alpha, fit_intercept=False, tol=SKGLM).fit(A, task.y).coef_
    # The first call compiles, for ten seconds.
    solve()
    return solve

@peer("adelie")
def _(task):
    import adelie
    A = fortran(task.A)
    def solve():
        alpha = 0.1 * numpy.abs(A.T @ task.y).max() / len(task.y)
        path = adelie.grpnet(
            A, adelie.glm.gaussian(task.y), lmda_path=[alpha], intercept=False, early_exit=False,
            tol=ADELIE, progress_bar=False, n_threads=1)
        return path.betas.toarray()[-1]
    return solve

@peer("SPAMS LARS")
def _(task):
    import spams
    A, y = fortran(task.A), fortran(task.y[:, None])
    def solve():
        penalty = 0.1 * numpy.abs(A.T @ task.y).max()
        return spams.lasso(y, A, lambda1=penalty, mode=2, numThreads=1).toarray()[:, 0]
    return solve

def relative_gap(task, x):
    penalty = 0.1 * numpy.abs(task.A.T @ task.y).max()
    left = task.y - task.A @ x
    shrink = min(1.0, penalty / numpy.abs(task.A.T @ left).max())
    primal = 0.5 * left @ left + penalty * numpy.abs(x).sum()
    off = task.y - shrink * left
    dual = 0.5 * task.y @ task.y - 0.5 * off @ off
    return (primal - dual) / (0.5 * task.y @ task.y)

def gate(task, ours, theirs):
    gap = relative_gap(task, ours)
    if not gap <= 1e-10:
        raise Failed(f"gap {gap:.1e}")
    return f"gap {max(gap, 0):.0e}, theirs {max(relative_gap(task, theirs), 0):.0e}"
`,
};
