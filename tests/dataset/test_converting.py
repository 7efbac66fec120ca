"""Amounts in the currency of the reports: exact, and only at a rate that there is."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention_cli.dataset.converting import _shown, converted
from retention_cli.errors import DataRefusedError
from retention_cli.values.rates import Rate, Rates, contradicting

DAYS = [date(2025, 6, day) for day in (1, 2, 9, 30)]


def invoices(*rows):
    days, amounts, currencies = zip(*rows, strict=True)
    return pa.table(
        {
            "_row": range(2, len(rows) + 2),
            "invoice_date": pa.array(days, pa.date32()),
            "amount": pa.array(amounts, pa.int64()),
            "cost": pa.array([amount and amount // 2 for amount in amounts], pa.int64()),
            "currency": pa.array(currencies, pa.string()),
        }
    )


def place(kind, table, at):
    return f"{kind} row {table['_row'][at].as_py()}"


def rates(*told, age=7):
    return Rates(
        [Rate(day, of, "EUR", Fraction(rate), "ECB") for day, of, rate in told],
        to="EUR",
        max_age=age,
    )


@given(
    st.lists(
        st.tuples(
            st.sampled_from(DAYS),
            st.integers(-(10**9), 10**9) | st.none(),
            st.sampled_from(["EUR", "USD", "GBP"]),
        ),
        min_size=1,
    ),
    st.lists(st.decimals("0.0001", "200", places=4).map(Fraction), min_size=8, max_size=8),
)
def test_each_amount_is_converted_exactly_at_the_rate_of_its_day(rows, drawn):
    pairs = [(day, of) for of in ("USD", "GBP") for day in DAYS]
    known = dict(zip(pairs, drawn, strict=True))
    table = invoices(*rows)
    found, parts, used = converted(
        {"invoices": table}, rates(*((d, of, r) for (d, of), r in known.items())), place
    )
    for name in ("amount", "cost"):
        before, after = table[name].to_pylist(), found["invoices"][name].to_pylist()
        for (day, _, of), was, now in zip(rows, before, after, strict=True):
            rate = 1 if of == "EUR" else known[day, of]
            assert (now is None) == (was is None)
            assert Fraction(now or 0, parts) == (was or 0) * rate
    assert {*found["invoices"]["currency"].to_pylist()} <= {"EUR"}
    assert {one.of for one in used} == {of for _, amount, of in rows if amount and of != "EUR"}


def test_the_unit_is_as_large_as_exactness_allows():
    table = invoices((DAYS[0], 1_000_000, "USD"), (DAYS[0], 1_230_000, "EUR"))
    assert converted({"invoices": table}, rates((DAYS[0], "USD", "0.9231")), place)[1] == 1
    cents = invoices((DAYS[0], 100, "USD"))
    assert converted({"invoices": cents}, rates((DAYS[0], "USD", "0.923"), age=0), place)[1] == 20


def test_a_rate_is_of_its_day_or_of_the_latest_that_is_not_too_old():
    known = rates((DAYS[0], "USD", 1), (DAYS[2], "USD", 2))
    assert [one and one.rate for one in (known.on("USD", day) for day in DAYS)] == [1, 1, 2, None]
    assert rates((DAYS[0], "USD", 1), age=29).on("USD", DAYS[3]).rate == 1
    assert known.on("USD", date(2025, 5, 31)) is None


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ((DAYS[3], 5, "USD"), "row 2: no rate from USD to EUR for 2025-06-30, nor for the 7 days"),
        ((DAYS[0], 5, None), "row 2: no currency is named (1 amount of the invoices like it)"),
        ((DAYS[0], 2**62, "USD"), "too large"),
    ],
)
def test_what_cannot_be_converted_stops_the_run(row, said):
    with pytest.raises(DataRefusedError) as error:
        converted({"invoices": invoices(row)}, rates((DAYS[0], "USD", "12.5")), place)
    assert said in error.value.message


def test_a_rate_is_never_inverted_or_chained():
    back = Rates([Rate(DAYS[0], "EUR", "USD", Fraction(2))], to="EUR", max_age=7)
    chain = [Rate(DAYS[0], "GBP", "USD", Fraction(2)), Rate(DAYS[0], "USD", "EUR", Fraction(2))]
    assert back.on("USD", DAYS[0]) is None
    assert Rates(chain, to="EUR", max_age=7).on("GBP", DAYS[0]) is None


def test_nothing_and_drafts_need_no_rate():
    table = invoices((DAYS[0], 0, "USD"), (DAYS[0], 5, "GBP"))
    table = table.append_column("status", pa.array([None, "draft"]))
    found, parts, used = converted({"invoices": table}, rates((DAYS[3], "USD", 1)), place)
    assert (parts, used, found["invoices"]["amount"].to_pylist()) == (1, (), [0, 5])
    assert found["invoices"]["currency"].to_pylist() == ["EUR", "EUR"]


def test_costs_without_a_day_are_asked_about():
    table = pa.table({"_row": [2], "amount": [5], "currency": ["USD"]})
    with pytest.raises(DataRefusedError, match="has no cost_date"):
        converted({"costs": table}, rates((DAYS[0], "USD", 1)), place)


def test_two_rates_of_one_day_and_pair_contradict_each_other():
    one, same, other = (Rate(DAYS[0], "USD", "EUR", Fraction(rate)) for rate in (1, 1, 2))
    assert contradicting([one, same]) is None
    assert contradicting([one, same, other]) == (one, other)


@pytest.mark.parametrize("written", ["0.9231", "1", "200.5", "0.00012"])
def test_a_rate_is_shown_as_it_was_written(written):
    assert _shown(Rate(DAYS[0], "USD", "EUR", Fraction(written))) == written
