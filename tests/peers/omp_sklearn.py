"""Orthogonal matching pursuit by scikit-learn, as reference values for tests/greedy.rs.

    pip install scikit-learn numpy
    python tests/peers/omp_sklearn.py

writes omp_sklearn.json beside this file. All inputs are whole numbers, so that both sides start from the same
bits. scikit-learn compares columns as they are; where ours divides correlations by the columns' norms
("normalize"), it is given unit columns and its coefficients are scaled back.
"""

import json
import pathlib

import numpy
import sklearn
from sklearn.linear_model import orthogonal_mp


def spikes(random, n, k):
    x = numpy.zeros(n)
    x[random.choice(n, k, replace=False)] = random.choice([-1, 1], k) * random.integers(2, 30, k)
    return x


def solve(matrix, y, k, normalize):
    norms = numpy.linalg.norm(matrix, axis=0) if normalize else numpy.ones(matrix.shape[1])
    path = orthogonal_mp(matrix / norms, y, n_nonzero_coefs=k, precompute=False, return_path=True)
    held = [set(numpy.flatnonzero(step)) for step in path.T]
    # One column enters at each step.
    picks = [int((after - before).pop()) for before, after in zip([set(), *held], held, strict=False)]
    coefficients = (path[:, -1] / norms)[picks]
    return {"sparsity": k, "normalize": normalize, "picks": picks, "coefficients": coefficients.tolist()}


def instance(seed, m, n, k, noise, lengths, solves):
    random = numpy.random.default_rng(seed)
    matrix = numpy.rint(random.normal(size=(m, n)) * random.uniform(*lengths, n))
    y = matrix @ spikes(random, n, k) + numpy.rint(noise * random.normal(size=m))
    whole = lambda array: array.astype(int).tolist()
    return {"matrix": whole(matrix), "measurements": whole(y), "solves": [solve(matrix, y, k, s) for s in solves]}


result = {
    "versions": {"scikit-learn": sklearn.__version__, "numpy": numpy.__version__},
    "instances": [
        instance(1, 64, 128, 8, 0, (60, 60), [True]),
        instance(2, 40, 100, 12, 150, (60, 60), [True]),
        instance(3, 40, 80, 10, 20, (5, 90), [False, True]),
    ],
}
target = pathlib.Path(__file__).with_suffix(".json")
target.write_text(json.dumps(result, separators=(",", ":")) + "\n")
