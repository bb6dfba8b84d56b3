"""What PyLops' sparse solvers make of small problems, written to sparsity_pylops.json.

Its ISTA and FISTA minimize |y - A x|^2 + eps |x|_1, so eps is 2 lambda. Its OMP scales columns where it is asked to.
Run: pip install pylops numpy; python sparsity_pylops.py; npm run format
"""

import json
from pathlib import Path

import numpy
from instances import noisy, versions
from pylops import MatrixMult
from pylops.optimization.sparsity import fista, ista, omp

SHAPES = [(8, 12), (15, 30), (20, 10)]
RATIOS = [0.5, 0.1]
PICKS = 4


def proximal(solver, matrix, measurements, scale):
    step = 1.0 / numpy.linalg.norm(matrix, 2) ** 2
    found = solver(MatrixMult(matrix), measurements, niter=200_000, eps=2.0 * scale, alpha=step, tol=1e-15)
    return {"solver": solver.__name__, "lambda": scale, "x": found[0].tolist()}


def cases():
    for seed, (rows, cols) in enumerate(SHAPES):
        matrix, measurements = noisy(seed, rows, cols)
        peak = float(numpy.abs(matrix.T @ measurements).max())
        picked = omp(
            MatrixMult(matrix), measurements, niter_outer=PICKS, niter_inner=1000, sigma=0.0, normalizecols=True
        )
        yield {
            "matrix": matrix.tolist(),
            "measurements": measurements.tolist(),
            "lasso": [
                proximal(solver, matrix, measurements, ratio * peak) for ratio in RATIOS for solver in (ista, fista)
            ],
            "omp": picked[0].tolist(),
        }


text = json.dumps({"versions": versions("pylops", "numpy"), "cases": list(cases())})
Path(__file__).with_suffix(".json").write_text(text + "\n")
