"""Student's t: how far an average of few may lie from the truth."""

from math import atan, cos, exp, inf, lgamma, pi, sqrt, tan
from statistics import NormalDist

import numpy as np

POINTS, WEIGHTS = np.polynomial.legendre.leggauss(64)


def quantile(probability, freedom):
    """The value that Student's t stays below with a ``probability`` above one half; ``freedom``: degrees, 1 or more.

    They need not be whole. With t = √freedom · tan θ the density is that of a power of cos θ, which Gauss's rule
    integrates as exactly as floats are.

    >>> from fiscal.rules.student import quantile
    >>> f"{quantile(0.975, 1):.4f} {quantile(0.975, 10):.4f} {quantile(0.975, 10.5):.4f}"
    '12.7062 2.2281 2.2137'
    """
    most = exp(lgamma((freedom + 1) / 2) - lgamma(freedom / 2)) / sqrt(pi)
    angle, step = atan(NormalDist().inv_cdf(probability) / sqrt(freedom)), inf
    # The normal quantile lies below, and each of Newton's steps ends below too, since the density falls.
    while step > 1e-15 * angle:
        below = most * angle / 2 * float(WEIGHTS @ np.cos(angle / 2 * (POINTS + 1)) ** (freedom - 1))
        step = (probability - 0.5 - below) / (most * cos(angle) ** (freedom - 1))
        angle += step
    return sqrt(freedom) * tan(angle)
