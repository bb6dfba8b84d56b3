// W6: a dense matrix times a vector, both ways, in f64.

const TIMES = (rows, cols) => Math.max(1, Math.round(3e7 / (rows * cols)));

export default {
  order: 7,
  name: ({ rows, cols, product }) =>
    `${product === "adjoint" ? "Aᵀy" : "A x"} f64 (${rows}, ${cols})`,
  sizes: [
    { rows: 256, cols: 1024, product: "adjoint", quick: true },
    { rows: 256, cols: 1024, product: "apply", quick: true },
    { rows: 1024, cols: 4096, product: "adjoint" },
    { rows: 1024, cols: 4096, product: "apply" },
  ],
  goals: {
    "Aᵀy f64 (256, 1024)": {
      numpy: 1,
      "tfjs-wasm": 0.125,
      "ml-matrix": 0.1,
      "plain JavaScript": 0.1,
    },
    "Aᵀy f64 (1024, 4096)": { numpy: 1 },
    "A x f64 (256, 1024)": { numpy: 1 },
    "A x f64 (1024, 4096)": { numpy: 1 },
  },
  /** A run is so many products: Chromium's clock has steps. Times in the table are of one. */
  times: ({ rows, cols }) => TIMES(rows, cols),
  task: ({ rows, cols, product }) => ({
    product,
    times: TIMES(rows, cols),
    spec: { v: 1, problem: { id: "linear", rows, cols }, methods: [{ id: "omp" }] },
  }),
  python: `
@peer("numpy")
def _(task):
    # The better of the two layouts, in an array that is there already.
    A = fortran(task.A)
    x = A.T @ task.y
    out = numpy.empty(A.shape[1] if task.product == "adjoint" else A.shape[0])
    def best(matrices, vector):
        import time
        def rate(matrix):
            numpy.matmul(matrix, vector, out=out)
            start = time.perf_counter()
            for _ in range(max(3, task.times // 4)):
                numpy.matmul(matrix, vector, out=out)
            return time.perf_counter() - start
        return min(matrices, key=rate)
    if task.product == "adjoint":
        matrix, vector = best([task.A.T, A.T], task.y), task.y
    else:
        matrix, vector = best([task.A, A], x), x
    def run():
        for _ in range(task.times):
            numpy.matmul(matrix, vector, out=out)
        return out
    return run

def gate(task, ours, theirs):
    off = numpy.abs(ours - theirs).max() / numpy.abs(theirs).max()
    if not off <= 1e-13:
        raise Failed(f"differs by {off:.1e}")
    return f"differs by {off:.0e}"
`,
  rivals: {
    "plain JavaScript": (input) => {
      const { columns, rows, cols, product, times } = input;
      const vector = vectorOf(input);
      const out = new Float64Array(product === "adjoint" ? cols : rows);
      const multiply = product === "adjoint" ? adjoint : apply;
      return () => {
        for (let i = 0; i < times; i += 1) multiply(columns, vector, rows, cols, out);
        return out;
      };
    },
    "ml-matrix": (input, { mlMatrix }) => {
      const { columns, rows, cols, product, times } = input;
      const transposed = mlMatrix.Matrix.from1DArray(cols, rows, columns);
      const matrix = product === "adjoint" ? transposed : transposed.transpose();
      const vector = mlMatrix.Matrix.columnVector(vectorOf(input));
      return () => {
        let out;
        for (let i = 0; i < times; i += 1) out = matrix.mmul(vector);
        return Float64Array.from(out.to1DArray());
      };
    },
    "tfjs-wasm": (input, { tf }) => {
      const { columns, rows, cols, product, times } = input;
      const transposed = tf.tensor2d(new Float32Array(columns), [cols, rows]);
      const matrix = product === "adjoint" ? transposed : tf.transpose(transposed);
      const vector = tf.tensor2d(new Float32Array(vectorOf(input)), [vectorOf(input).length, 1]);
      return () => {
        let out;
        for (let i = 0; i < times; i += 1) {
          out?.dispose();
          out = tf.matMul(matrix, vector);
        }
        const values = Float64Array.from(out.dataSync());
        out.dispose();
        return values;
      };
    },
  },
};

function vectorOf({ columns, measurements, rows, cols, product }) {
  if (product === "adjoint") return measurements;
  const x = new Float64Array(cols);
  adjoint(columns, measurements, rows, cols, x);
  return x;
}

function adjoint(a, y, m, n, out) {
  for (let j = 0, at = 0; j < n; j += 1) {
    let sum = 0;
    for (let i = 0; i < m; i += 1, at += 1) sum += a[at] * y[i];
    out[j] = sum;
  }
}

function apply(a, x, m, n, out) {
  out.fill(0);
  for (let j = 0, at = 0; j < n; j += 1) {
    const value = x[j];
    for (let i = 0; i < m; i += 1, at += 1) out[i] += a[at] * value;
  }
}
