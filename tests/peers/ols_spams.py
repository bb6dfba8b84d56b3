"""Orthogonal least squares by SPAMS, as reference values for tests/vocabulary/greedy.rs.

    pip install spams-bin numpy
    python tests/peers/ols_spams.py

writes ols_spams.json beside this file. `spams.omp` takes, at every step, the column that lowers the residual most
once all are fitted again: this is orthogonal least squares, whatever its name says. It asks for columns of unit norm;
columns here are whole numbers, scaled for SPAMS, and the coefficients are scaled back, so that both sides start from
the same bits.
"""

import importlib.metadata
import json
import pathlib

import numpy
import spams


def instance(seed, m, n, k, noise, mixing):
    random = numpy.random.default_rng(seed)
    plain = random.normal(size=(m, n))
    # Neighbours share a part, so that OLS and OMP part ways.
    matrix = numpy.rint(60 * (plain + mixing * numpy.roll(plain, 1, axis=1)))
    x = numpy.zeros(n)
    x[random.choice(n, k, replace=False)] = random.choice([-1, 1], k) * random.integers(2, 30, k)
    y = matrix @ x + numpy.rint(noise * random.normal(size=m))
    norms = numpy.linalg.norm(matrix, axis=0)
    unit = numpy.asfortranarray(matrix / norms)
    found = spams.omp(numpy.asfortranarray(y[:, None]), unit, L=k, eps=0.0, return_reg_path=False, numThreads=1)
    coefficients = numpy.asarray(found.todense())[:, 0] / norms
    whole = lambda array: array.astype(int).tolist()
    return {"matrix": whole(matrix), "measurements": whole(y), "sparsity": k, "coefficients": coefficients.tolist()}


result = {
    "versions": {name: importlib.metadata.version(name) for name in ("spams-bin", "numpy")},
    "instances": [
        instance(1, 48, 96, 8, 0, 0.0),
        instance(2, 40, 80, 12, 150, 0.8),
        instance(3, 30, 70, 12, 400, 0.9),
        instance(4, 30, 70, 15, 400, 0.7),
    ],
}
target = pathlib.Path(__file__).with_suffix(".json")
target.write_text(json.dumps(result, separators=(",", ":")) + "\n")
