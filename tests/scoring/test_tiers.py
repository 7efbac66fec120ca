"""Tiers, by each of the ways to cut."""

from __future__ import annotations

from fractions import Fraction

import pytest

from retention_cli.scoring.tiers import rule, tiers
from retention_cli.settings import Tiers


def test_a_is_up_to_80_percent_of_the_sum_before_a_customer():
    assert "".join(tiers([50, 30, 14, 1, 5])) == "AABBC"


def test_0_and_less_is_always_c():
    assert "".join(tiers([10, 0, -5])) == "ACC"
    assert "".join(tiers([0, 0])) == "CC"
    assert (
        "".join(tiers([5, 0, -1], Tiers(by="quantile", a=Fraction(1, 2), b=Fraction(1)))) == "ACC"
    )


def test_tiers_by_value_begin_at_their_least_value():
    cuts = Tiers(by="value", a=1000, b=200)
    assert "".join(tiers([10_000_000, 9_999_999, 2_000_000, 1_999_999], cuts)) == "ABBC"


def test_tiers_by_quantile_are_shares_of_the_customers():
    cuts = Tiers(by="quantile", a=Fraction(1, 10), b=Fraction(3, 10))
    assert "".join(tiers([*range(10, 0, -1)], cuts)) == "ABBCCCCCCC"


@pytest.mark.parametrize(
    ("cuts", "said"),
    [
        (Tiers(), "A up to 80 %"),
        (Tiers(by="value", a=1000, b=200), "A from 1,000.00"),
        (Tiers(by="quantile", a=Fraction(1, 10), b=Fraction(3, 10)), "the best 10 %"),
    ],
)
def test_the_rule_says_where_tiers_are_cut(cuts, said):
    assert said in rule(cuts, "expected value")
