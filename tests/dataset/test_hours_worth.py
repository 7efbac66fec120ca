"""What hours cost: exact products, whatever their size and sign."""

from __future__ import annotations

from fractions import Fraction

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retention_cli.dataset.hours_worth import with_worth
from retention_cli.errors import DataRefusedError
from retention_cli.records.hours import HOUR_PARTS

HOUR = st.one_of(
    st.integers(-40, 40).map(lambda n: n * HOUR_PARTS // 4),
    st.integers(0, 10**5).map(lambda n: n * HOUR_PARTS // 3_600),
    st.integers(-(10**5), 10**5).map(lambda n: n * HOUR_PARTS // 10**4),
)
RATE = st.one_of(st.integers(0, 200).map(lambda n: n * 5_000), st.integers(0, 2_000_000))
ROW = st.tuples(st.none() | st.integers(-(10**6), 10**6), HOUR, RATE)


def priced(rows, **others):
    names = ("amount", "hours", "rate")
    columns = zip(*rows, strict=True) if rows else ([], [], [])
    costs = pa.table(
        {
            n: pa.chunked_array([pa.array(c, pa.int64())])
            for n, c in zip(names, columns, strict=True)
        }
    )
    found, parts = with_worth({"costs": costs, **others})
    return [Fraction(n, parts) for n in found["costs"]["amount"].to_pylist()], parts, found


@settings(deadline=None, max_examples=50)
@given(st.lists(ROW, max_size=8))
def test_each_amount_is_the_exact_product(rows):
    expected = [
        Fraction(hours * rate, HOUR_PARTS) if amount is None else amount
        for amount, hours, rate in rows
    ]
    found, parts, _ = priced(rows)
    assert found == expected
    unwritten = [one.denominator for one in expected]
    assert parts == max(unwritten, default=1) or all(parts % one == 0 for one in unwritten)


def test_the_unit_is_no_smaller_than_it_has_to_be():
    assert priced([(None, HOUR_PARTS // 2, 485_000)])[1] == 1
    assert priced([(None, HOUR_PARTS // 3, 500_000)])[1] == 3
    assert priced([(7, None, None)])[1] == 1


def test_other_money_is_in_the_same_unit():
    invoices = pa.table({"amount": [100], "cost": [None]}).cast(
        pa.schema([("amount", pa.int64()), ("cost", pa.int64())])
    )
    _, parts, found = priced([(None, HOUR_PARTS // 3, 500_000)], invoices=invoices)
    assert (parts, found["invoices"].to_pydict()) == (3, {"amount": [300], "cost": [None]})


def test_a_rate_of_millions_is_multiplied_exactly():
    hours, rate = 7 * HOUR_PARTS // 9, 123_456_789_012_345
    assert priced([(None, hours, rate), (None, -hours, rate)])[0] == [
        Fraction(hours * rate, HOUR_PARTS),
        Fraction(-hours * rate, HOUR_PARTS),
    ]


def test_what_does_not_fit_is_refused_with_the_recipe_that_makes_it_fit():
    invoices = pa.table({"amount": [10**18]})
    with pytest.raises(DataRefusedError) as refused:
        priced([(None, 9, 1)], invoices=invoices)
    assert 'hours = { from = "…", round = 4 }' in refused.value.hint


def test_costs_without_hours_stay():
    costs = pa.table({"amount": [1]})
    assert with_worth({"costs": costs}) == ({"costs": costs}, 1)
    assert with_worth({}) == ({}, 1)
