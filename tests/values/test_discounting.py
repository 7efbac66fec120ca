"""What money that comes later is worth: published examples."""

from __future__ import annotations

import pytest

from retention_cli.values.discounting import monthly, present_value


def test_a_rate_a_month_makes_the_rate_a_year():
    assert (1 + monthly(0.12)) ** 12 == pytest.approx(1.12)
    assert monthly(0) == 0


def test_margins_of_a_customer_over_five_years_are_worth_what_is_published():
    """mbm-book.com, fig. 1.15: 91.17 with factors of three digits."""
    margins = (30, 42, 44, 49, 55)
    worth = [present_value([0] * at + [one], 0.15) for at, one in enumerate(margins)]
    # Published with factors of three digits: 26.10, 31.75, 28.95, 28.03 and 27.34.
    assert worth == pytest.approx([26.10, 31.75, 28.95, 28.03, 27.34], abs=0.03)
    assert -51 + present_value(margins, 0.15) == pytest.approx(91.14, abs=0.005)


def test_60000_a_year_for_four_years_at_7_percent_are_worth_what_is_published():
    assert present_value([60_000] * 4, 0.07) == pytest.approx(203_232.68, abs=0.005)
