"""The band of a row of values, and what a change is made of."""

from __future__ import annotations

import itertools
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from retention_cli.values.series import band, mixed

VALUES = st.lists(st.none() | st.fractions(0, 9, max_denominator=9), max_size=14)
SUMS = st.integers(0, 9).map(Fraction)
GROUPS = st.dictionaries(st.sampled_from(["a", "b", "c", None]), st.tuples(SUMS, SUMS), max_size=4)


@given(VALUES)
def test_the_band_is_the_mean_with_2_66_moving_ranges_on_each_side(values):
    there = [one for one in values if one is not None]
    neighbours = itertools.pairwise(values)
    ranges = [abs(b - a) for a, b in neighbours if a is not None and b is not None]
    found = band(values)
    if len(there) < 8 or not ranges:
        assert found is None
        return
    mean, distance = sum(there) / len(there), sum(ranges) / len(ranges)
    assert found == (mean - Fraction("2.66") * distance, mean + Fraction("2.66") * distance)


def whole(side):
    return sum(above for above, _ in side.values()) / sum(below for _, below in side.values())


@given(GROUPS, GROUPS)
def test_the_summands_are_the_change_exactly(before, now):
    found = mixed(before, now)
    if not all(sum(below for _, below in side.values()) for side in (before, now)):
        assert found is None
        return
    assert found.change == whole(now) - whole(before)
    assert found.rates + found.mix + found.both + sum(found.apart.values()) == found.change


@given(st.lists(st.tuples(SUMS, st.integers(1, 9), SUMS), min_size=1, max_size=4))
def test_equal_shares_have_no_mix_and_no_both(groups):
    before = {str(n): (above, Fraction(below)) for n, (above, below, _) in enumerate(groups)}
    now = {str(n): (above * 3, Fraction(below * 3)) for n, (_, below, above) in enumerate(groups)}
    found = mixed(before, now)
    assert (found.mix, found.both) == (0, 0)
    assert found.rates == found.change


@given(st.lists(st.tuples(SUMS, st.integers(1, 9), st.integers(0, 9)), min_size=1, max_size=4))
def test_equal_rates_are_all_mix(groups):
    before = {str(n): (rate * below, Fraction(below)) for n, (rate, below, _) in enumerate(groups)}
    now = {str(n): (rate * share, Fraction(share)) for n, (rate, _, share) in enumerate(groups)}
    found = mixed(before, now)
    if found is not None:
        assert (found.rates, found.both) == (0, 0)
        assert found.mix == found.change


def test_a_group_that_one_side_lacks_has_there_the_rate_of_the_other():
    one = Fraction(1)
    found = mixed({"a": (one, 2 * one)}, {"a": (one, 2 * one), "b": (2 * one, 2 * one)})
    assert (found.rates, found.both, found.change) == (0, 0, Fraction(1, 4))


def test_a_sum_that_nothing_divides_is_a_line_of_its_own():
    one = Fraction(1)
    found = mixed({"a": (one, 2 * one)}, {"a": (one, 2 * one), "b": (one, 0 * one)})
    assert found.apart == {"b": Fraction(1, 2)}
    assert (found.rates, found.mix, found.both) == (0, 0, 0)
