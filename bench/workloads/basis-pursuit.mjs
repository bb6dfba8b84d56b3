// W4: basis pursuit, min |x|_1 subject to A x = y. Ours follows the LASSO's path to its end and proves it.

export default {
  order: 5,
  name: ({ rows, cols, sparsity }) => `Basis pursuit (${rows}, ${cols}, ${sparsity})`,
  sizes: [
    { rows: 128, cols: 512, sparsity: 20, quick: true },
    { rows: 256, cols: 1024, sparsity: 40 },
  ],
  goals: {
    "Basis pursuit (256, 1024, 40)": { "cvxpy + Clarabel": 0.002, "scikit-learn lars_path": 0.2 },
  },
  task: ({ rows, cols, sparsity }) => ({
    spec: {
      v: 1,
      problem: { id: "linear", rows, cols, signal: { id: "sparse", sparsity } },
      methods: [{ id: "basis-pursuit" }],
    },
  }),
  python: `
@peer("scikit-learn lars_path")
def _(task):
    from sklearn.linear_model import lars_path
    A = fortran(task.A)
    return lambda: lars_path(A, task.y, method="lasso", alpha_min=0.0)[2][:, -1]

@peer("SPAMS LARS")
def _(task):
    import spams
    A, y = fortran(task.A), fortran(task.y[:, None])
    return lambda: spams.lasso(y, A, lambda1=1e-9, mode=2, numThreads=1).toarray()[:, 0]

@peer("spgl1")
def _(task):
    from spgl1 import spg_bp
    return lambda: spg_bp(task.A, task.y, opt_tol=1e-8, bp_tol=1e-8, iter_lim=100000)[0]

@peer("cvxpy + Clarabel")
def _(task):
    import cvxpy
    def solve():
        x = cvxpy.Variable(task.A.shape[1])
        cvxpy.Problem(cvxpy.Minimize(cvxpy.norm1(x)), [task.A @ x == task.y]).solve(solver=cvxpy.CLARABEL, max_threads=1)
        return x.value
    return solve

@peer("scipy HiGHS")
def _(task):
    from scipy.optimize import linprog
    def solve():
        n = task.A.shape[1]
        answer = linprog(numpy.ones(2 * n), A_eq=numpy.hstack([task.A, -task.A]), b_eq=task.y, method="highs")
        return answer.x[:n] - answer.x[n:]
    return solve

def optimum(task):
    """A dual vector, from HiGHS: whatever its accuracy, scaled into the feasible set it bounds the optimum from below."""
    if not hasattr(task, "bound"):
        from scipy.optimize import linprog
        n = task.A.shape[1]
        answer = linprog(numpy.ones(2 * n), A_eq=numpy.hstack([task.A, -task.A]), b_eq=task.y, method="highs")
        dual = answer.eqlin.marginals
        task.bound = task.y @ dual / max(1.0, numpy.abs(task.A.T @ dual).max())
    return task.bound

def gate(task, ours, theirs):
    misses = lambda x: numpy.linalg.norm(task.A @ x - task.y) / numpy.linalg.norm(task.y)
    off = misses(ours)
    gap = numpy.abs(ours).sum() / optimum(task) - 1
    theirs_gap = abs(numpy.abs(theirs).sum() / optimum(task) - 1)
    if not off <= 1e-8:
        raise Failed(f"residual {off:.1e} of y")
    if not gap <= 1e-8:
        raise Failed(f"gap {gap:.1e}")
    return f"residual {off:.0e}, gap {max(gap, 0):.0e}; theirs {misses(theirs):.0e}, {theirs_gap:.0e}"
`,
};
