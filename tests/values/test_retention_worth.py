from __future__ import annotations

from fractions import Fraction

import pytest

from retention_cli.values.retention_worth import factors, of_period

PROFITS = (30, 42, 44, 50, 56)


def changes(now, then, discount):
    before, after = (factors(Fraction(r, 100), Fraction(discount, 100)) for r in (now, then))
    return {name: round(float(after[name] / before[name] - 1) * 100, 1) for name in before}


@pytest.mark.parametrize(
    ("now", "then", "discount", "change"),
    [(90, 95, 10, 40.7), (90, 95, 15, 31.9), (80, 85, 10, 27.5), (90, 95, 0, 111.1)],
)
def test_the_published_changes_of_a_discounted_life(now, then, discount, change):
    assert changes(now, then, discount)["discounted"] == change


def test_the_four_readings_of_one_step_differ():
    assert changes(90, 95, 10) == {
        "undiscounted": 111.1,
        "discounted": 40.7,
        "per_life": 100.0,
        "margin_only": 5.6,
    }


def test_a_life_without_end_has_no_bound_and_a_discount_gives_it_one():
    found = factors(Fraction(1), Fraction(1, 10))
    assert (found["undiscounted"], found["per_life"], found["discounted"]) == (None, None, 10)
    assert factors(Fraction(1), Fraction(0))["discounted"] is None


def test_a_discount_of_a_month_compounds_to_that_of_a_year():
    month = of_period(Fraction(1, 10), Fraction(1, 12))
    assert float((1 + month) ** 12) == pytest.approx(1.1)
