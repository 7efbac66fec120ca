"""Seeds of worlds: a sample of them for CI, the many others for whoever has the time."""

from __future__ import annotations

import pytest


def seeds(sample, many):
    """Give the first few seeds as they are, and the others up to `many` marked slow."""
    slow = (pytest.param(seed, marks=pytest.mark.slow) for seed in range(sample, many))
    return [*range(sample), *slow]
