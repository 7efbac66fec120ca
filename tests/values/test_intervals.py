from __future__ import annotations

from math import isclose, sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retention_cli.values.intervals import Z_95, adjusted_wald_points, wilson

PROPORTIONS = st.integers(1, 10**7).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.parametrize(
    ("hits", "n", "interval"),
    [
        pytest.param(180, 200, (0.8506, 0.9343), id="180 of 200, as kpis.md has it"),
        pytest.param(81, 263, (0.2553, 0.3662), id="81 of 263, Newcombe 1998, table I"),
        pytest.param(15, 148, (0.0624, 0.1605), id="15 of 148, Newcombe 1998, table I"),
        pytest.param(0, 20, (0.0, 0.1611), id="0 of 20, Newcombe 1998, table I"),
        pytest.param(1, 29, (0.0061, 0.1718), id="1 of 29, Newcombe 1998, table I"),
        pytest.param(29, 29, (0.8830, 1.0), id="all of 29: the mirror of none"),
    ],
)
def test_published_wilson_intervals(hits, n, interval):
    assert wilson(hits, n) == pytest.approx(interval, abs=5.1e-5)


@given(PROPORTIONS)
@settings(max_examples=50)
def test_a_wilson_interval_holds_its_share_and_stays_in_bounds(proportion):
    hits, n = proportion
    low, high = wilson(hits, n)
    assert 0 <= low <= hits / n <= high <= 1
    assert (low == 0) == (hits == 0)
    assert (high == 1) == (hits == n)


@given(PROPORTIONS)
@settings(max_examples=50)
def test_the_ends_of_a_wilson_interval_are_z_standard_errors_away(proportion):
    """The interval is the set of shares that the z test does not refuse: invert it."""
    hits, n = proportion
    for end in wilson(hits, n):
        if 0 < end < 1:
            away = abs(hits / n - end) / sqrt(end * (1 - end) / n)
            assert isclose(away, Z_95, rel_tol=1e-4)


@given(PROPORTIONS)
@settings(max_examples=50)
def test_misses_have_the_mirrored_interval(proportion):
    hits, n = proportion
    low, high = wilson(hits, n)
    assert wilson(n - hits, n) == pytest.approx((1 - high, 1 - low), abs=1e-9)


@pytest.mark.parametrize(("hits", "n"), [(0, 0), (1, 0), (-1, 3), (4, 3), (0, -1)])
def test_what_is_no_proportion_is_refused(hits, n):
    with pytest.raises(ValueError, match="is not a proportion"):
        wilson(hits, n)


@pytest.mark.parametrize(
    ("promoters", "detractors", "n", "interval"),
    [
        pytest.param(50, 20, 100, (14.05, 44.20), id="50, 30 and 20, as kpis.md has it"),
        pytest.param(9, 0, 9, (43.4, 100.0), id="nine promoters are clipped at 100"),
        pytest.param(0, 9, 9, (-100.0, -43.4), id="nine detractors are clipped at -100"),
    ],
)
def test_published_adjusted_wald_intervals(promoters, detractors, n, interval):
    assert adjusted_wald_points(promoters, detractors, n) == pytest.approx(interval, abs=0.05)


@given(st.tuples(*[st.integers(0, 10**6)] * 3).filter(any))
@settings(max_examples=50)
def test_an_adjusted_wald_interval_holds_the_score_of_three_more_answers(heaps):
    promoters, _, detractors = heaps
    n = sum(heaps)
    low, high = adjusted_wald_points(promoters, detractors, n)
    assert -100 <= low < high <= 100
    assert low < 100 * (promoters - detractors) / (n + 3) < high
    assert adjusted_wald_points(detractors, promoters, n) == pytest.approx((-high, -low))


@pytest.mark.parametrize("counts", [(0, 0, 0), (2, 2, 3), (-1, 0, 3), (0, -1, 3), (4, 0, 3)])
def test_what_are_no_answers_is_refused(counts):
    with pytest.raises(ValueError, match="promoters and"):
        adjusted_wald_points(*counts)
