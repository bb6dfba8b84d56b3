// W1: orthogonal matching pursuit, from the matrix to k coefficients.
//
// `spams.omp` is orthogonal least squares (see ols.mjs), so it is a rival in time only: our answer is held against
// scikit-learn's, which runs the same algorithm.

export default {
  order: 1,
  name: ({ rows, cols, sparsity }) => `OMP (${rows}, ${cols}, ${sparsity})`,
  sizes: [
    { rows: 256, cols: 1024, sparsity: 30, quick: true },
    { rows: 1024, cols: 4096, sparsity: 100, quick: true },
  ],
  goals: {
    "OMP (256, 1024, 30)": { SPAMS: 0.25, "scikit-learn": 0.1, "plain JavaScript": 0.1 },
    "OMP (1024, 4096, 100)": { SPAMS: 0.08, "scikit-learn": 0.08, "plain JavaScript": 0.1 },
  },
  task: ({ rows, cols, sparsity }) => ({
    spec: {
      v: 1,
      problem: { id: "linear", rows, cols, signal: { id: "sparse", sparsity } },
      methods: [{ id: "omp", tolerance: 0 }],
    },
  }),
  python: `
from sklearn.linear_model import orthogonal_mp

@peer("scikit-learn")
def _(task):
    A = fortran(task.A)
    return lambda: orthogonal_mp(A, task.y, n_nonzero_coefs=task.sparsity)

@peer("SPAMS")
def _(task):
    import spams
    A, y = fortran(task.A), fortran(task.y[:, None])
    return lambda: spams.omp(y, A, L=task.sparsity, eps=0.0, numThreads=1)

def gate(task, ours, theirs):
    reference = orthogonal_mp(task.A, task.y, n_nonzero_coefs=task.sparsity)
    left = lambda x: numpy.linalg.norm(task.y - task.A @ x)
    same = numpy.array_equal(numpy.flatnonzero(ours), numpy.flatnonzero(reference))
    # Where both have explained all of y, what is left is rounding.
    floor = 1e-12 * numpy.linalg.norm(task.y)
    if not same and left(ours) > max(left(reference) * (1 + 1e-9), floor):
        raise Failed(f"residual {left(ours):.3e}, scikit-learn's {left(reference):.3e}")
    return "same support" if same else f"residual {left(ours):.1e} <= {max(left(reference), floor):.1e}"
`,
  rivals: {
    "plain JavaScript": ({ columns, measurements, rows, cols, sparsity }) => {
      return () => omp(columns, measurements, rows, cols, sparsity);
    },
  },
};

/** As a careful programmer writes it: typed arrays, columns in one piece, Gram-Schmidt that grows. */
function omp(a, y, m, n, k) {
  const residual = y.slice();
  const basis = [];
  const upper = [];
  const support = [];
  const free = new Uint8Array(n).fill(1);
  const along = [];
  for (let step = 0; step < k; step += 1) {
    let best = -1;
    let pick = -1;
    for (let j = 0; j < n; j += 1) {
      if (!free[j]) continue;
      let sum = 0;
      for (let i = 0, at = j * m; i < m; i += 1, at += 1) sum += a[at] * residual[i];
      if (Math.abs(sum) > best) [best, pick] = [Math.abs(sum), j];
    }
    free[pick] = 0;
    const q = a.slice(pick * m, (pick + 1) * m);
    const coefficients = new Float64Array(step + 1);
    for (let s = 0; s < step; s += 1) {
      const b = basis[s];
      let sum = 0;
      for (let i = 0; i < m; i += 1) sum += b[i] * q[i];
      for (let i = 0; i < m; i += 1) q[i] -= sum * b[i];
      coefficients[s] = sum;
    }
    let length = 0;
    for (let i = 0; i < m; i += 1) length += q[i] * q[i];
    length = Math.sqrt(length);
    let part = 0;
    for (let i = 0; i < m; i += 1) {
      q[i] /= length;
      part += q[i] * residual[i];
    }
    for (let i = 0; i < m; i += 1) residual[i] -= part * q[i];
    coefficients[step] = length;
    basis.push(q);
    upper.push(coefficients);
    support.push(pick);
    along.push(part);
  }
  const x = new Float64Array(n);
  for (let s = k - 1; s >= 0; s -= 1) {
    let value = along[s];
    for (let t = s + 1; t < k; t += 1) value -= upper[t][s] * x[support[t]];
    x[support[s]] = value / upper[s][s];
  }
  return x;
}
