"""Stored answers of POT (Python Optimal Transport) for tests/transport.rs.

    pip install POT
    python tests/peers/sinkhorn_pot.py > tests/peers/sinkhorn_pot.json

Three problems: random costs with even weights, points in the plane, and histograms of different lengths. The plans are those
of `ot.sinkhorn` in the log domain, run until the marginals are met to 1e-13; `emd` is the cost of the plan without entropy.
"""

import json

import numpy as np
import ot

rng = np.random.default_rng(67)


def case(name, cost, source, target, eps):
    cost = cost / cost.max()
    plan = ot.sinkhorn(source, target, cost, eps, method="sinkhorn_log", numItermax=1000000, stopThr=1e-13)
    return {
        "name": name,
        "eps": eps,
        "cost": cost.tolist(),
        "source": source.tolist(),
        "target": target.tolist(),
        "plan": plan.tolist(),
        "transport_cost": float((plan * cost).sum()),
        "emd": float(ot.emd2(source, target, cost)),
    }


def even(n):
    return np.full(n, 1.0 / n)


points = rng.normal(size=(10, 2)), rng.normal(size=(12, 2)) + 1.0
weights = rng.uniform(0.5, 1.5, 9), rng.uniform(0.5, 1.5, 7)
line = np.linspace(0, 1, 9)[:, None], np.linspace(0, 1, 7)[:, None]
cases = [
    case("assignment", rng.uniform(size=(12, 12)), even(12), even(12), 0.03),
    case("points", ot.dist(*points), even(10), even(12), 0.02),
    case("histograms", ot.dist(*line), weights[0] / weights[0].sum(), weights[1] / weights[1].sum(), 0.01),
]
print(json.dumps({"pot": ot.__version__, "numpy": np.__version__, "cases": cases}))
