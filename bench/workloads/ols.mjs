// Orthogonal least squares, which SPAMS calls OMP.

export default {
  order: 2,
  name: ({ rows, cols, sparsity }) => `OLS (${rows}, ${cols}, ${sparsity})`,
  sizes: [
    { rows: 256, cols: 1024, sparsity: 30, quick: true },
    { rows: 1024, cols: 4096, sparsity: 100 },
  ],
  task: ({ rows, cols, sparsity }) => ({
    spec: {
      v: 1,
      problem: { id: "linear", rows, cols, signal: { id: "sparse", sparsity } },
      methods: [{ id: "ols", tolerance: 0 }],
    },
  }),
  python: `
@peer("SPAMS")
def _(task):
    import spams
    A, y = fortran(task.A), fortran(task.y[:, None])
    return lambda: spams.omp(y, A, L=task.sparsity, eps=0.0, numThreads=1)

def gate(task, ours, theirs):
    theirs = numpy.asarray(theirs.todense())[:, 0]
    left = lambda x: numpy.linalg.norm(task.y - task.A @ x)
    same = numpy.array_equal(numpy.flatnonzero(ours), numpy.flatnonzero(theirs))
    floor = 1e-12 * numpy.linalg.norm(task.y)
    if not same and left(ours) > max(left(theirs) * (1 + 1e-9), floor):
        raise Failed(f"residual {left(ours):.3e}, SPAMS' {left(theirs):.3e}")
    return "same support" if same else f"residual {left(ours):.1e} <= {max(left(theirs), floor):.1e}"
`,
};
