"""Losses and penalties of `admm` and `primal-dual`, and what CVXPY with Clarabel makes of them, written to convex_cvxpy.json.

`asks` is what the method is told. lambda stands before the penalty, whatever the loss, but not before the elastic net's squares.
Run: pip install cvxpy clarabel numpy; python convex_cvxpy.py; npm run format
"""

import json
from pathlib import Path

import cvxpy
import numpy
from cvxpy import abs as modulus
from cvxpy import diff, huber, norm, norm1, norm2, sum_largest, sum_squares
from instances import noisy, versions

SHAPES = [(8, 12), (15, 30), (20, 10)]
GROUP = 3
TIGHT = {"tol_gap_abs": 1e-10, "tol_gap_rel": 1e-10, "tol_feas": 1e-10, "max_iter": 500}


def groups(x):
    return sum(
        numpy.sqrt(GROUP if i + GROUP <= x.size else x.size - i) * norm2(x[i : i + GROUP])
        for i in range(0, x.size, GROUP)
    )


def slope(x, fall):
    """sum w_i |x|_(i), as a sum of sums of the k largest."""
    weights = 1.0 - fall * numpy.arange(x.size) / (x.size - 1)
    steps = numpy.append(weights[:-1] - weights[1:], weights[-1])
    return sum(step * sum_largest(modulus(x), k + 1) for k, step in enumerate(steps) if step > 0)


PENALTIES = [
    ({"id": "l1"}, norm1),
    (
        {"id": "weighted-l1", "weights": [1.0, 0.5, 2.0]},
        lambda x: norm1(cvxpy.multiply(numpy.resize([1.0, 0.5, 2.0], x.size), x)),
    ),
    ({"id": "elastic-net", "ridge": 0.3}, norm1),
    ({"id": "group", "size": GROUP}, groups),
    ({"id": "sparse-group", "size": GROUP, "share": 0.4}, lambda x: 0.4 * norm1(x) + 0.6 * groups(x)),
    ({"id": "slope", "fall": 0.8}, lambda x: slope(x, 0.8)),
    ({"id": "fused", "variation": 0.5}, lambda x: norm1(x) + 0.5 * norm1(diff(x))),
    ({"id": "total-variation"}, lambda x: norm1(diff(x))),
]


def solved(x, objective, constraints=()):
    problem = cvxpy.Problem(cvxpy.Minimize(objective), list(constraints))
    problem.solve(solver=cvxpy.CLARABEL, **TIGHT)
    assert problem.status == "optimal", problem.status
    return {"objective": float(problem.value), "x": x.value.tolist()}


def lasso_like(matrix, measurements):
    """Least squares with each penalty, with and without signs."""
    peak = numpy.abs(matrix.T @ measurements).max()
    for told, penalty in PENALTIES:
        for nonnegative in (False, True):
            x = cvxpy.Variable(matrix.shape[1])
            scale = 0.1 * float(peak)
            objective = 0.5 * sum_squares(measurements - matrix @ x) + scale * penalty(x)
            if told["id"] == "elastic-net":
                objective += 0.5 * told["ridge"] * sum_squares(x)
            asks = {"fit": {"id": "least-squares"}, "penalty": told, "lambda": scale, "nonnegative": nonnegative}
            yield {"asks": asks, **solved(x, objective, [x >= 0] if nonnegative else [])}


def other_losses(matrix, measurements):
    """Other losses, with the l1 norm."""
    residual = lambda x: measurements - matrix @ x
    cut = 0.1 * numpy.abs(measurements).max()
    losses = [
        ({"id": "square-root"}, 0.3, lambda x: norm2(residual(x))),
        ({"id": "absolute"}, 0.6, lambda x: norm1(residual(x))),
        ({"id": "huber", "cut": 0.1}, 0.5, lambda x: 0.5 * cvxpy.sum(huber(residual(x), float(cut)))),
    ]
    for fit, scale, loss in losses:
        x = cvxpy.Variable(matrix.shape[1])
        yield {"asks": {"fit": fit, "lambda": scale}, **solved(x, loss(x) + scale * norm1(x))}


def constrained(matrix, measurements):
    """The least l1 norm near the measurements."""
    length = 0.2 * float(norm(measurements).value)
    each = 0.2 * float(numpy.abs(measurements).max())
    ways = [
        ({"id": "within", "noise": length}, lambda r: norm2(r) <= length),
        ({"id": "within-each", "bound": each}, lambda r: modulus(r) <= each),
    ]
    if matrix.shape[0] < matrix.shape[1]:
        ways.append(({"id": "exact"}, lambda r: r == 0))
    for fit, near in ways:
        x = cvxpy.Variable(matrix.shape[1])
        yield {"asks": {"fit": fit}, **solved(x, norm1(x), [near(measurements - matrix @ x)])}


def dantzig(matrix, measurements):
    x = cvxpy.Variable(matrix.shape[1])
    most = 0.2 * float(numpy.abs(matrix.T @ measurements).max())
    return {"lambda": most, **solved(x, norm1(x), [modulus(matrix.T @ (measurements - matrix @ x)) <= most])}


def cases():
    for seed, (rows, cols) in enumerate(SHAPES):
        matrix, measurements = noisy(seed, rows, cols)
        answers = [answer for kind in (lasso_like, other_losses, constrained) for answer in kind(matrix, measurements)]
        yield {
            "matrix": matrix.tolist(),
            "measurements": measurements.tolist(),
            "answers": answers,
            "dantzig": dantzig(matrix, measurements),
        }


text = json.dumps({"versions": versions("cvxpy", "clarabel", "numpy"), "cases": list(cases())})
Path(__file__).with_suffix(".json").write_text(text + "\n")
