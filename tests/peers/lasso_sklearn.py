"""Small LASSO problems and scikit-learn's answers, written to lasso_sklearn.json.

scikit-learn minimizes |y - A x|^2 / (2 m) + alpha |x|_1, so alpha = lambda / m.
Run: pip install scikit-learn numpy; python lasso_sklearn.py; npm run format
"""

import json
from pathlib import Path

import numpy
from instances import noisy, versions
from sklearn.linear_model import Lasso, lars_path

SHAPES = [(8, 12), (15, 30), (20, 10), (12, 40)]
RATIOS = [0.5, 0.1, 0.02]


def lasso(matrix, measurements, penalty):
    model = Lasso(alpha=penalty / len(measurements), fit_intercept=False, tol=1e-15, max_iter=10_000_000)
    return model.fit(matrix, measurements).coef_


def cases():
    for seed, (rows, cols) in enumerate(SHAPES):
        matrix, measurements = noisy(seed, rows, cols)
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


text = json.dumps({"versions": versions("scikit-learn", "numpy"), "cases": list(cases())})
Path(__file__).with_suffix(".json").write_text(text + "\n")
