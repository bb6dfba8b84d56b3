"""What skglm, celer and SPAMS make of small regressions, written to lasso_libraries.json.

skglm and celer divide the squares by 2 m, so their alpha is lambda / m. SPAMS takes lambda as it is.
Run: pip install skglm celer spams-bin numpy; python lasso_libraries.py; npm run format
"""

import json
from pathlib import Path

import celer
import numpy
import spams
from instances import noisy, versions
from skglm import GeneralizedLinearEstimator
from skglm.datafits import Quadratic
from skglm.penalties import L1, L1_plus_L2
from skglm.solvers import AndersonCD

SHAPES = [(8, 12), (15, 30), (20, 10)]
RATIOS = [0.5, 0.1, 0.02]
GROUP = 3


def skglm_answer(matrix, measurements, penalty):
    solver = AndersonCD(tol=1e-14, max_iter=10_000, fit_intercept=False)
    model = GeneralizedLinearEstimator(Quadratic(), penalty, solver)
    return model.fit(matrix, measurements).coef_.ravel().tolist()


def celer_group(matrix, measurements, alpha):
    weights = numpy.full(matrix.shape[1] // GROUP, numpy.sqrt(GROUP))
    model = celer.GroupLasso(
        groups=GROUP, alpha=alpha, weights=weights, fit_intercept=False, tol=1e-14, max_iter=10_000
    )
    return model.fit(matrix, measurements).coef_.tolist()


def spams_lasso(matrix, measurements, penalty):
    unit = numpy.asfortranarray(matrix)
    found = spams.lasso(
        numpy.asfortranarray(measurements[:, None]), unit, lambda1=penalty, mode=2, numThreads=1, return_reg_path=False
    )
    return found.toarray()[:, 0].tolist()


def spams_elastic_net(matrix, measurements, penalty, ridge):
    unit = numpy.asfortranarray(matrix)
    found = spams.lasso(
        numpy.asfortranarray(measurements[:, None]),
        unit,
        lambda1=penalty,
        lambda2=ridge,
        mode=2,
        numThreads=1,
        return_reg_path=False,
    )
    return found.toarray()[:, 0].tolist()


def answers(matrix, measurements):
    rows, cols = matrix.shape
    peak = float(numpy.abs(matrix.T @ measurements).max())
    for ratio in RATIOS:
        scale = ratio * peak
        alpha = scale / rows
        fitted = celer.Lasso(alpha=alpha, fit_intercept=False, tol=1e-14, max_iter=10_000).fit(matrix, measurements)
        ridge = 0.5
        # skglm: alpha (share |x|_1 + (1 - share) / 2 |x|^2); ours: lambda |x|_1 + ridge / 2 |x|^2.
        net = L1_plus_L2((scale + ridge) / rows, scale / (scale + ridge))
        yield {"library": "celer", "penalty": {"id": "l1"}, "lambda": scale, "x": fitted.coef_.tolist()}
        yield {
            "library": "skglm",
            "penalty": {"id": "l1"},
            "lambda": scale,
            "x": skglm_answer(matrix, measurements, L1(alpha)),
        }
        yield {
            "library": "skglm",
            "penalty": {"id": "elastic-net", "ridge": ridge},
            "lambda": scale,
            "x": skglm_answer(matrix, measurements, net),
        }
        if cols % GROUP == 0:
            yield {
                "library": "celer",
                "penalty": {"id": "group", "size": GROUP},
                "lambda": scale,
                "x": celer_group(matrix, measurements, alpha),
            }
        yield {
            "library": "SPAMS",
            "penalty": {"id": "l1"},
            "lambda": scale,
            "x": spams_lasso(matrix, measurements, scale),
        }
        yield {
            "library": "SPAMS",
            "penalty": {"id": "elastic-net", "ridge": ridge},
            "lambda": scale,
            "x": spams_elastic_net(matrix, measurements, scale, ridge),
        }


def cases():
    for seed, (rows, cols) in enumerate(SHAPES):
        matrix, measurements = noisy(seed, rows, cols)
        yield {
            "matrix": matrix.tolist(),
            "measurements": measurements.tolist(),
            "answers": list(answers(matrix, measurements)),
        }


names = ("skglm", "celer", "spams-bin", "numpy")
Path(__file__).with_suffix(".json").write_text(
    json.dumps({"versions": versions(*names), "cases": list(cases())}) + "\n"
)
