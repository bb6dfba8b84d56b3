// W5: a phase diagram at n = 256, drawing of instances included. Both sides draw their own trials of the same cells,
// so what is compared is the share of successes.
//
// Slow peers would take the whole time of a bench for 4000 trials: sizes say how many of them are run, on both sides.

const STEPS = 20;
const AXES = { delta: [0.1, 0.9], rho: [0.05, 0.95] };

const methods = {
  OMP: { id: "omp" },
  NIHT: { id: "niht", max_steps: 300 },
  BP: { id: "basis-pursuit" },
};

const axis = (param, [from, to]) => ({ param, from, to, steps: STEPS });

export default {
  order: 6,
  name: ({ method, trials, every }) => {
    const share = every > 1 ? `, 1 cell of ${every}` : "";
    return `Sweep ${method} n=256, ${STEPS}x${STEPS}x${trials}${share}`;
  },
  sizes: [
    { method: "OMP", trials: 1, every: 4, quick: true, only: "quick" },
    { method: "BP", trials: 1, every: 23, quick: true, only: "quick" },
    { method: "OMP", trials: 10, every: 1, peers: ["SPAMS"] },
    { method: "NIHT", trials: 1, every: 1 },
    { method: "BP", trials: 1, every: 1, peers: ["SPAMS LARS"] },
    { method: "BP", trials: 1, every: 7 },
  ],
  goals: {
    [`Sweep OMP n=256, ${STEPS}x${STEPS}x10`]: { SPAMS: 0.3 },
    [`Sweep NIHT n=256, ${STEPS}x${STEPS}x1`]: { numpy: 0.07 },
    [`Sweep BP n=256, ${STEPS}x${STEPS}x1, 1 cell of 7`]: { HiGHS: 0.015, "SPAMS LARS": 0.4 },
    [`Sweep BP n=256, ${STEPS}x${STEPS}x1`]: { "SPAMS LARS": 0.4 },
  },
  task: ({ method, trials, every }) => ({
    every,
    sweep: {
      v: 1,
      spec: { v: 1, problem: { id: "linear", cols: 256 }, methods: [methods[method]] },
      x: axis("problem.delta", AXES.delta),
      y: axis("problem.rho", AXES.rho),
      trials,
    },
  }),
  python: `
STEPS, N = ${STEPS}, 256
random = numpy.random.default_rng(1)

def cells(task):
    """Numbers of measurements and spikes of each trial, as the sweep's own cells have them."""
    for i in range(0, STEPS * STEPS * task.trials, task.every):
        row, column = divmod(i // task.trials, STEPS)
        delta = ${AXES.delta[0]} + column * (${AXES.delta[1]} - ${AXES.delta[0]}) / (STEPS - 1)
        rho = ${AXES.rho[0]} + row * (${AXES.rho[1]} - ${AXES.rho[0]}) / (STEPS - 1)
        m = max(1, round(delta * N))
        yield m, max(1, round(rho * m))

def swept(task, solve):
    def run():
        successes = trials = 0
        for m, k in cells(task):
            A = random.standard_normal((N, m)).T
            A /= numpy.sqrt((A * A).sum(axis=0))
            x = numpy.zeros(N)
            x[random.choice(N, k, replace=False)] = random.standard_normal(k)
            y = A @ x
            try:
                error = numpy.linalg.norm(solve(A, y, k) - x) / numpy.linalg.norm(x)
            except Exception:
                error = numpy.inf
            successes += error <= 1e-3
            trials += 1
        return successes / trials, trials
    return run

def niht(A, y, k):
    """Blumensath and Davies 2010: normalized steps, halved until the support's step is safe."""
    x = numpy.zeros(N)
    S = numpy.argpartition(-numpy.abs(A.T @ y), k - 1)[:k]
    size = numpy.linalg.norm(y)
    for _ in range(300):
        g = A.T @ (y - A @ x)
        gS = g[S]
        mu = (gS @ gS) / max(numpy.linalg.norm(A[:, S] @ gS) ** 2, 1e-300)
        while True:
            z = x + mu * g
            T = numpy.argpartition(-numpy.abs(z), k - 1)[:k]
            new = numpy.zeros(N)
            new[T] = z[T]
            if set(T) == set(S):
                break
            d = new - x
            if mu <= 0.99 * (d @ d) / max(numpy.linalg.norm(A @ d) ** 2, 1e-300):
                break
            mu /= 2
        x, S = new, T
        if numpy.linalg.norm(y - A @ x) <= 1e-6 * size:
            break
    return x

def wanted(name):
    return name in getattr(TASK, "peers", [name])

if TASK.method == "OMP" and wanted("SPAMS"):
    @peer("SPAMS")
    def _(task):
        import spams
        return swept(task, lambda A, y, k: spams.omp(
            fortran(y[:, None]), A, L=k, eps=0.0, numThreads=1).toarray()[:, 0])

if TASK.method == "OMP" and wanted("scikit-learn"):
    @peer("scikit-learn")
    def _(task):
        from sklearn.linear_model import orthogonal_mp
        return swept(task, lambda A, y, k: orthogonal_mp(A, y, n_nonzero_coefs=k))

if TASK.method == "NIHT":
    @peer("numpy")
    def _(task):
        return swept(task, niht)

if TASK.method == "BP" and wanted("SPAMS LARS"):
    @peer("SPAMS LARS")
    def _(task):
        import spams
        return swept(task, lambda A, y, k: spams.lasso(
            fortran(y[:, None]), A, lambda1=1e-9, mode=2, numThreads=1).toarray()[:, 0])

if TASK.method == "BP" and wanted("HiGHS"):
    @peer("HiGHS")
    def _(task):
        from scipy.optimize import linprog
        def solve(A, y, k):
            answer = linprog(numpy.ones(2 * N), A_eq=numpy.hstack([A, -A]), b_eq=y, method="highs")
            return answer.x[:N] - answer.x[N:]
        return swept(task, solve)

def gate(task, ours, theirs):
    rate, trials = theirs
    mean = (ours[0] + rate) / 2
    # Four standard errors of a difference, were trials alike; cells differ, which only makes the error smaller.
    most = 4 * (2 * mean * (1 - mean) / trials) ** 0.5
    if not abs(ours[0] - rate) <= most:
        raise Failed(f"successes {ours[0]:.3f}, theirs {rate:.3f}")
    return f"successes {ours[0]:.3f}, theirs {rate:.3f} of {trials}"
`,
};
