"""Small instances that several scripts solve by their libraries."""

import importlib.metadata

import numpy


def noisy(seed, rows, cols):
    """Three spikes and some noise; columns of odd seeds lean on their neighbours."""
    random = numpy.random.default_rng(seed)
    matrix = random.standard_normal((rows, cols))
    if seed % 2:
        matrix[:, 1:] += 0.8 * matrix[:, :-1]
    truth = numpy.zeros(cols)
    truth[random.choice(cols, 3, replace=False)] = [1.0, -2.0, 0.5]
    measurements = matrix @ truth + 0.1 * random.standard_normal(rows)
    # Few digits, so that files stay short and both sides read the same numbers.
    return matrix.round(4), measurements.round(4)


def versions(*names):
    return {name: importlib.metadata.version(name) for name in names}
