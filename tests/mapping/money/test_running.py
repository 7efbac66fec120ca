"""Running totals are asked about: amounts that grow with the days."""

from __future__ import annotations

import pytest

from money_exports import HEAD, asked, read

PARTS = [40, 75, 20, 110, 65, 90, 30, 55, 80, 45, 95, 60]


def sold(amounts, customers):
    rows = zip(range(1, len(amounts) + 1), customers, amounts, strict=True)
    return [HEAD, *(f"R{nth},2025-06-{nth:02},{one},{amount}" for nth, one, amount in rows)]


def up_to(parts, customers):
    sums = {}
    for part, one in zip(parts, customers, strict=True):
        sums[one] = sums.get(one, 0) + part
        yield sums[one]


@pytest.mark.parametrize(
    ("customers", "of"), [("AAAAAAAAAAAA", "all rows"), ("ABABABABABAB", "a customer")]
)
def test_amounts_that_grow_with_the_days_may_be_running_totals(customers, of):
    rows = sold(list(up_to(PARTS, customers)), customers)
    said = asked(rows)
    assert f"it grows in every row of {of}, in the order of 'Date'" in said
    toml = "[[export]]" + said.partition("[[export]]")[2]
    assert len(read(rows, toml=toml).amounts) == len(PARTS)


@pytest.mark.parametrize(
    "amounts", [PARTS, [100 + nth for nth in range(12)], [50] * 12, range(100, 1300, 100)]
)
def test_amounts_that_do_not_and_prices_that_rise_slowly_count(amounts):
    assert len(read(sold(amounts, "ABABABABABAB")).amounts) == len(amounts)
