"""Functions with known Sobol indices, on points of the unit cube (points, dimensions)."""

import numpy as np

ISHIGAMI_FIRST = (0.3139, 0.4424, 0.0, 0.0)
ISHIGAMI_TOTAL = (0.5576, 0.4424, 0.2437, 0.0)
ISHIGAMI_SECOND = 0.2437
"""Of the first and the third dimension (a = 7, b = 0.1); the fourth does nothing."""

G_WEIGHTS = (0.0, 1.0, 4.5, 9.0, 99.0)


def ishigami(points):
    x = np.pi * (2 * points - 1)
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def sobol_g(points):
    a = np.array(G_WEIGHTS)
    return np.prod((np.abs(4 * points - 2) + a) / (1 + a), axis=1)


def sobol_g_indices():
    """Return first-order and total indices by their formulas."""
    variances = 1 / (3 * (1 + np.array(G_WEIGHTS)) ** 2)
    whole = np.prod(1 + variances) - 1
    total = [v * np.prod(1 + np.delete(variances, i)) / whole for i, v in enumerate(variances)]
    return variances / whole, np.array(total)


def linear(points):
    return points @ np.arange(1.0, points.shape[1] + 1)


def linear_indices(dimensions):
    squares = np.arange(1.0, dimensions + 1) ** 2
    return squares / squares.sum()
