"""Confidence intervals, from whole counts. Sources are in docs/definitions.md, "Intervals"."""

from __future__ import annotations

from math import sqrt

Z_95 = 1.959964
"""The 97.5th percentile of the standard normal distribution."""


def wilson(hits: int, n: int) -> tuple[float, float]:
    """Give the Wilson 95 % interval of a proportion.

    Shape: two floats in 0 to 1, low then high.
    Undefined: `n` must be at least 1; ValueError otherwise.
    Source: Wilson 1927; docs/definitions.md, "Intervals".
    Example:
        >>> low, high = wilson(180, 200)
        >>> round(low, 4), round(high, 4)
        (0.8506, 0.9343)
    """
    if n < 1 or not 0 <= hits <= n:
        raise ValueError(f"{hits} of {n} is not a proportion")
    share = hits / n
    spread = Z_95 * Z_95 / n
    centre = share + spread / 2
    margin = Z_95 * sqrt((share * (1 - share) + spread / 4) / n)
    low = max(0.0, (centre - margin) / (1 + spread)) if hits else 0.0
    high = min(1.0, (centre + margin) / (1 + spread)) if hits < n else 1.0
    return low, high


def adjusted_wald_points(promoters: int, detractors: int, n: int) -> tuple[float, float]:
    """Give the adjusted Wald 95 % interval of a Net Promoter Score.

    Shape: two floats in points, low then high, clipped to -100 and 100.
    Undefined: `n` must be at least 1; ValueError otherwise.
    Source: measuringu.com, "Confidence intervals for NPS": three answers are added, three
        quarters of one to the promoters and to the detractors each.
    Example:
        >>> low, high = adjusted_wald_points(50, 20, 100)
        >>> round(low, 2), round(high, 2)
        (14.05, 44.2)
    """
    if n < 1 or promoters < 0 or detractors < 0 or promoters + detractors > n:
        raise ValueError(f"{promoters} promoters and {detractors} detractors of {n}")
    up, down = (promoters + 0.75) / (n + 3), (detractors + 0.75) / (n + 3)
    score = up - down
    margin = 1.96 * sqrt((up + down - score * score) / (n + 3))
    return max(-100.0, (score - margin) * 100), min(100.0, (score + margin) * 100)
