// W3: 500 iterations of FISTA as Beck and Teboulle wrote it: no restart, no early end. The iterates must be the plain method's.
//
// Peers are given the squared norm of A that ours computes within the time.

export default {
  order: 4,
  name: ({ rows, cols }) => `FISTA 500 (${rows}, ${cols})`,
  sizes: [
    { rows: 256, cols: 1024, sparsity: 30, quick: true },
    { rows: 1024, cols: 4096, sparsity: 100 },
    { rows: 200, cols: 10000, sparsity: 20 },
  ],
  goals: {
    "FISTA 500 (256, 1024)": { SPAMS: 0.1, "tfjs-wasm": 0.125, "plain JavaScript": 0.1 },
    "FISTA 500 (1024, 4096)": { SPAMS: 0.015 },
    "FISTA 500 (200, 10000)": { SPAMS: 0.06 },
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
      methods: [{ id: "fista", lambda_ratio: 0.1, restart: false, tolerance: 0, max_steps: 500 }],
    },
  }),
  python: `
def fista(A, y, penalty, L):
    x = old = numpy.zeros(A.shape[1])
    t, transposed = 1.0, A.T
    for _ in range(500):
        t_next = (1 + (1 + 4 * t * t) ** 0.5) / 2
        z = x + (t - 1) / t_next * (x - old)
        z += transposed @ (y - A @ z) / L
        old, x = x, numpy.sign(z) * numpy.maximum(numpy.abs(z) - penalty / L, 0)
        t = t_next
    return x

def prepared(task):
    if not hasattr(task, "L"):
        # The step is part of the method: the iterates of another are others.
        task.L = float(task.squared_norm[0])
        task.penalty = 0.1 * numpy.abs(task.A.T @ task.y).max()
        task.plain = fista(task.A, task.y, task.penalty, task.L)
    return task

@peer("SPAMS")
def _(task):
    import spams
    prepared(task)
    A, y = fortran(task.A), fortran(task.y[:, None])
    zero = fortran(numpy.zeros((A.shape[1], 1)))
    return lambda: spams.fistaFlat(
        y, A, zero, False, loss="square", regul="l1", lambda1=task.penalty, L0=task.L, max_it=500, it0=10000,
        tol=1e-300, numThreads=1)

@peer("numpy")
def _(task):
    prepared(task)
    return lambda: fista(task.A, task.y, task.penalty, task.L)

def gate(task, ours, theirs):
    off = numpy.linalg.norm(ours - prepared(task).plain) / numpy.linalg.norm(task.plain)
    if not off <= 1e-10:
        raise Failed(f"{off:.1e} from the plain iterate")
    if not hasattr(task, "exact"):
        task.exact = numpy.linalg.eigvalsh(task.A @ task.A.T)[-1]
    if not task.L >= task.exact:
        raise Failed(f"the step is too long: L is {task.L / task.exact:.5f} of the squared norm")
    return f"{off:.0e} from the plain iterate"
`,
  rivals: {
    "plain JavaScript": (input) => {
      const { columns, measurements, rows, cols, squaredNorm, penalty } = prepare(input);
      return () => fista(columns, measurements, rows, cols, penalty, squaredNorm);
    },
    "tfjs-wasm": (input, { tf }) => {
      const { columns, measurements, rows, cols, squaredNorm, penalty } = prepare(input);
      // Column by column is the transpose, row by row.
      const transposed = tf.tensor2d(new Float32Array(columns), [cols, rows]);
      const y = tf.tensor2d(new Float32Array(measurements), [rows, 1]);
      return () => tensorFista(tf, transposed, y, penalty, squaredNorm);
    },
  },
};

function multiply(a, x, m, n, out) {
  out.fill(0);
  for (let j = 0, at = 0; j < n; j += 1) {
    const value = x[j];
    if (value === 0) at += m;
    else for (let i = 0; i < m; i += 1, at += 1) out[i] += a[at] * value;
  }
}

function multiplyTransposed(a, y, m, n, out) {
  for (let j = 0, at = 0; j < n; j += 1) {
    let sum = 0;
    for (let i = 0; i < m; i += 1, at += 1) sum += a[at] * y[i];
    out[j] = sum;
  }
}

function prepare(input) {
  const { columns, measurements, rows, cols } = input;
  let x = new Float64Array(cols).fill(1);
  const image = new Float64Array(rows);
  const next = new Float64Array(cols);
  let squaredNorm = 0;
  for (let i = 0; i < 200; i += 1) {
    multiply(columns, x, rows, cols, image);
    multiplyTransposed(columns, image, rows, cols, next);
    squaredNorm = Math.hypot(...next) / Math.hypot(...x);
    x = next.map((value) => value / squaredNorm);
  }
  multiplyTransposed(columns, measurements, rows, cols, next);
  const penalty = 0.1 * next.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return { ...input, squaredNorm, penalty };
}

function fista(a, y, m, n, penalty, L) {
  let x = new Float64Array(n);
  let old = new Float64Array(n);
  const z = new Float64Array(n);
  const residual = new Float64Array(m);
  const gradient = new Float64Array(n);
  let t = 1;
  for (let iteration = 0; iteration < 500; iteration += 1) {
    const next = (1 + Math.sqrt(1 + 4 * t * t)) / 2;
    const beta = (t - 1) / next;
    for (let j = 0; j < n; j += 1) z[j] = x[j] + beta * (x[j] - old[j]);
    multiply(a, z, m, n, residual);
    for (let i = 0; i < m; i += 1) residual[i] = y[i] - residual[i];
    multiplyTransposed(a, residual, m, n, gradient);
    [old, x] = [x, old];
    for (let j = 0; j < n; j += 1) {
      const value = z[j] + gradient[j] / L;
      x[j] = Math.sign(value) * Math.max(Math.abs(value) - penalty / L, 0);
    }
    t = next;
  }
  return x;
}

/** By functions, as the methods of tensors are not in this bundle. */
function tensorFista(tf, transposed, y, penalty, L) {
  const answer = tf.tidy(() => {
    let x = tf.zeros([transposed.shape[0], 1]);
    let old = x;
    let t = 1;
    for (let iteration = 0; iteration < 500; iteration += 1) {
      const next = (1 + Math.sqrt(1 + 4 * t * t)) / 2;
      const [now, before, beta] = [x, old, (t - 1) / next];
      old = x;
      x = tf.tidy(() => {
        const z = tf.add(now, tf.mul(tf.sub(now, before), beta));
        const residual = tf.sub(y, tf.matMul(transposed, z, true));
        const ahead = tf.add(z, tf.div(tf.matMul(transposed, residual), L));
        return tf.mul(tf.sign(ahead), tf.relu(tf.sub(tf.abs(ahead), penalty / L)));
      });
      // What was before the last iterate is of no more use.
      if (before !== old) before.dispose();
      t = next;
    }
    return x;
  });
  const values = answer.dataSync();
  answer.dispose();
  return Float64Array.from(values);
}
