from __future__ import annotations

from fractions import Fraction

import pytest

from invoice_worlds import PLAIN, SEEDS, World, median_gap
from retention_cli.dataset.membership import by_dates
from retention_cli.frames.frames import from_arrow
from retention_cli.kpis.ingredients.billing_gaps import BillingGaps, billing_gaps
from retention_cli.kpis.ingredients.cohort import cohort as cohort_of
from retention_cli.kpis.ingredients.purchase_days import purchase_days
from retention_cli.testing import frame, membership
from retention_cli.values.periods import Period

JUNE = Period.parse("2025-06")


def gaps(people, rows, backend="pandas", header=PLAIN):
    invoices = frame("invoices", header, *rows, backend=backend)
    return billing_gaps(
        cohort=people, purchase_days=purchase_days(invoices=invoices, period=JUNE), period=JUNE
    )


@pytest.mark.parametrize(
    ("rows", "median"),
    [
        pytest.param([], None, id="no purchases"),
        pytest.param(["a,2025-05-02,1"], None, id="one purchase"),
        pytest.param(["a,2025-05-02,1", "a,2025-05-02,2"], None, id="two on one day"),
        pytest.param(["a,2025-05-02,1", "b,2025-05-09,1"], None, id="one each"),
        pytest.param(["a,2025-05-02,1", "a,2025-05-09,1"], 7, id="a week"),
        pytest.param(["a,2025-05-09,1", "a,2025-05-02,1", "a,2025-05-03,1", "a,2025-05-08,1"], 1, id="gaps of 1, 5 and 1 in any order"),
        pytest.param(["a,2025-05-01,1", "a,2025-05-02,1", "b,2025-05-01,1", "b,2025-05-05,1"], Fraction(5, 2), id="between 1 and 4"),
        pytest.param(["a,2025-05-01,1", "a,2025-05-02,1", "new,2025-05-01,1", "new,2025-05-09,1"], 1, id="customers at the start only"),
        pytest.param(["a,2025-05-01,1", "a,2025-05-02,1", "zz,2025-05-01,1", "zz,2025-05-09,1"], 1, id="no strangers"),
        pytest.param(["a,2025-05-01,1", "a,2025-05-02,1", ",2025-05-01,1", ",2025-05-09,1"], 1, id="no nobodies"),
        pytest.param(["a,2025-05-01,1", "a,2025-06-30,1", "a,2025-07-01,1"], 60, id="up to the period's last day"),
        pytest.param(["a,2025-05-01,1", "a,2025-05-03,-1", "a,2025-05-09,1"], 8, id="a credit note is not a purchase"),
        pytest.param(["a,2025-05-01,1", "a,2025-05-03,0", "a,2025-05-09,1"], 4, id="an invoice of 0 is"),
        pytest.param(["a,1969-12-31,1", "a,1970-01-02,1"], 2, id="on both sides of the epoch"),
    ],
)  # fmt: skip
def test_billing_gaps(rows, median, backend):
    spells = ("a 2024-01-01", "b 2024-01-01", "new 2025-06-02")
    people = cohort_of(membership=membership(*spells, backend=backend), period=JUNE)
    assert gaps(people, rows, backend).median == median


@pytest.mark.parametrize(
    ("median", "days", "too_long"),
    [
        pytest.param(None, 30, False, id="no gaps"),
        pytest.param(Fraction(45), 30, False, id="on the line"),
        pytest.param(Fraction(91, 2), 30, True, id="half a day above it"),
        pytest.param(Fraction(93, 2), 31, False, id="on the line of 31 days"),
        pytest.param(Fraction(1), 1, False, id="every day"),
        pytest.param(Fraction(2), 1, True, id="every other day"),
    ],
)
def test_above_one_and_a_half_periods_is_too_long(median, days, too_long):
    assert (BillingGaps(median, days).reason is not None) == too_long


@pytest.mark.parametrize("seed", SEEDS)
def test_agrees_with_listing_all_gaps(seed, backend):
    world = World(seed)
    found = billing_gaps(
        cohort=cohort_of(
            membership=by_dates(world.tables["customers"], backend=backend), period=world.period
        ),
        purchase_days=purchase_days(
            invoices=from_arrow(world.valid_invoices, backend), period=world.period
        ),
        period=world.period,
    )
    assert found.median == median_gap(world)
