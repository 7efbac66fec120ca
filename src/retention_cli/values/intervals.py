"""Confidence intervals, from whole counts. Sources are in docs/definitions.md, "Intervals"."""

from __future__ import annotations

from math import hypot, sqrt

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
    return wilson_share(hits / n, n)


def wilson_share(share: float, n: float) -> tuple[float, float]:
    """Give the Wilson interval of a share of so many observations, which need not be whole.

    Source: docs/definitions.md, "Intervals"; observations that hang together count for fewer.
    Example:
        >>> wilson_share(0.9, 200) == wilson(180, 200)
        True
    """
    spread = Z_95 * Z_95 / n
    centre = share + spread / 2
    margin = Z_95 * sqrt((share * (1 - share) + spread / 4) / n)
    low = max(0.0, (centre - margin) / (1 + spread)) if share else 0.0
    high = min(1.0, (centre + margin) / (1 + spread)) if share < 1 else 1.0
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
    score, margin = _adjusted_wald(promoters, detractors, n)
    return max(-100.0, score - margin), min(100.0, score + margin)


def newcombe(before: tuple[int, int], now: tuple[int, int]) -> tuple[float, float]:
    """Give Newcombe's 95 % interval of the change of a proportion, each as hits and n.

    Shape: two floats in -1 to 1, low then high.
    Undefined: each `n` must be at least 1; ValueError otherwise.
    Source: Newcombe 1998, method 10: the Wilson intervals of both, put together.
    Example:
        >>> low, high = newcombe((48, 80), (56, 70))
        >>> round(low, 4), round(high, 4)
        (0.0524, 0.3339)
    """
    (low0, high0), (low1, high1) = wilson(*before), wilson(*now)
    share0, share1 = before[0] / before[1], now[0] / now[1]
    change = share1 - share0
    return (
        change - hypot(share1 - low1, high0 - share0),
        change + hypot(high1 - share1, share0 - low0),
    )


def points_change(before: tuple[int, int, int], now: tuple[int, int, int]) -> tuple[float, float]:
    """Give the 95 % interval of the change of a Net Promoter Score: promoters, detractors, n of each.

    Shape: two floats in points, low then high.
    Undefined: each `n` must be at least 1; ValueError otherwise.
    Source: docs/definitions.md, "Trend": the root of the summed squares of the two adjusted Wald
        half-widths, about the change as it was found.
    Example:
        >>> low, high = points_change((50, 20, 100), (60, 20, 100))
        >>> round(low, 2), round(high, 2)
        (-11.59, 31.59)
    """
    margin = hypot(_adjusted_wald(*before)[1], _adjusted_wald(*now)[1])
    score0, score1 = (100 * (up - down) / n for up, down, n in (before, now))
    return score1 - score0 - margin, score1 - score0 + margin


def _adjusted_wald(promoters: int, detractors: int, n: int) -> tuple[float, float]:
    """Give the adjusted score and its half-width, in points."""
    if n < 1 or promoters < 0 or detractors < 0 or promoters + detractors > n:
        raise ValueError(f"{promoters} promoters and {detractors} detractors of {n}")
    up, down = (promoters + 0.75) / (n + 3), (detractors + 0.75) / (n + 3)
    score = up - down
    return score * 100, 100 * 1.96 * sqrt((up + down - score * score) / (n + 3))
