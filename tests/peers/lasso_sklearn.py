"""Small LASSO problems and scikit-learn's answers, written to lasso_sklearn.json.

scikit-learn minimizes |y - A x|^2 / (2 m) + alpha |x|_1, so alpha = lambda / m.
Run: pip install scikit-learn numpy; python lasso_sklearn.py; npm run format
"""

import json
from pathlib import Path

import numpy
import sklearn
from sklearn.linear_model import Lasso, lars_path

SHAPES = [(8, 12), (15, 30), (20, 10), (12, 40)]
RATIOS = [0.5, 0.1, 0.02]


def instance(seed, rows, cols):
    random = numpy.random.default_rng(seed)
    matrix = random.standard_normal((rows, cols))
    if seed % 2:
        matrix[:, 1:] += 0.8 * matrix[:, :-1]
    truth = numpy.zeros(cols)
    truth[random.choice(cols, 3, replace=False)] = [1.0, -2.0, 0.5]
    measurements = matrix @ truth + 0.1 * random.standard_normal(rows)
    # Few digits, so that the file stays short and both sides read the same numbers.
    return matrix.round(4), measurements.round(4)


def lasso(matrix, measurements, penalty):
    model = Lasso(alpha=penalty / len(measurements), fit_intercept=False, tol=1e-15, max_iter=10_000_000)
    return model.fit(matrix, measurements).coef_


def cases():
    for seed, (rows, cols) in enumerate(SHAPES):
        matrix, measurements = instance(seed, rows, cols)
        peak = numpy.abs(matrix.T @ measurements).max()
        solutions = [
            {"lambda": float(ratio * peak), "x": lasso(matrix, measurements, ratio * peak).tolist()} for ratio in RATIOS
        ]
        case = {"matrix": matrix.tolist(), "measurements": measurements.tolist(), "lasso": solutions}
        if rows < cols:
            # The end of the path is the solution of basis pursuit.
            _, _, path = lars_path(matrix, measurements, method="lasso", alpha_min=0.0)
            case["basis_pursuit"] = path[:, -1].tolist()
        yield case


versions = {"scikit-learn": sklearn.__version__, "numpy": numpy.__version__}
text = json.dumps({"versions": versions, "cases": list(cases())})
Path(__file__).with_suffix(".json").write_text(text + "\n")
