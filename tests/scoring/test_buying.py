"""What models are told of customers, against slow and plain counting."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

import numpy as np
import pytest

from purchase_worlds import START, purchases
from retention_cli.dataset.dataset import Dataset
from retention_cli.scoring.buying import ledger, recent
from retention_cli.settings import Window
from retention_cli.testing import table
from retention_cli.values.periods import Period

PERIOD = Period(START + timedelta(30), START + timedelta(400))


def dataset(rows, people=()):
    lines = ["customer_id,invoice_date,amount", *(",".join(map(str, row)) for row in rows)]
    tables = {"invoices": table("invoices", *lines)}
    if people:
        tables["customers"] = table("customers", "customer_id,start_date,end_date", *people)
    return Dataset(tables, window=Window(months=12))


def slowly(rows, period):
    """Each customer's days of purchases in a period; a row without an id is its own invoice."""
    days = defaultdict(set)
    for id_, day, amount in rows:
        if id_ and amount >= 0 and period.start <= day < period.end:
            days[id_].add(day)
    found = {}
    for id_, its in days.items():
        first, last = min(its), max(its)
        end = period.end - timedelta(1)
        spent = sum(
            round(amount * 10_000)
            for other, day, amount in rows
            if other == id_ and first < day < period.end
        )
        found[id_] = (len(its) - 1, (last - first).days, (end - first).days, spent)
    return found


def test_histories_are_those_of_plain_counting():
    rows = purchases(60, 500)
    known = ledger(dataset(rows), None, PERIOD.end).window(PERIOD)
    places, histories, spending = known.histories()
    found = {
        known.ids[place]: (x, last, age, round(mean * max(x, 1)))
        for place, x, last, age, mean in zip(
            places,
            histories.repeats.tolist(),
            histories.last.tolist(),
            histories.age.tolist(),
            spending.mean.tolist(),
            strict=True,
        )
    }
    assert found == slowly(rows, PERIOD)
    assert spending.purchases.tolist() == histories.repeats.tolist()


def test_alike_histories_are_counted_once():
    rows = purchases(200, 500)
    known = ledger(dataset(rows), None, PERIOD.end).window(PERIOD)
    _, histories, _ = known.histories()
    alike, counts = histories.grouped()
    keys = sorted(zip(histories.repeats, histories.last, histories.age, strict=True))
    again = [
        key
        for key, count in zip(
            zip(alike.repeats, alike.last, alike.age, strict=True), counts, strict=True
        )
        for _ in range(int(count))
    ]
    assert sorted(again) == keys


def test_nothing_after_the_end_is_looked_at():
    rows = purchases(60, 500)
    cut = START + timedelta(250)
    early = [row for row in rows if row[1] < cut]
    changed = [(f"new{at}", day, 1.0) for at, (_, day, _) in enumerate(rows) if day >= cut]
    one, other = (ledger(dataset(some), None, cut) for some in (early, [*early, *changed]))
    assert one.ids == other.ids
    for name in ("who", "day", "amount", "bought"):
        assert (getattr(one, name) == getattr(other, name)).all()


def test_a_customer_who_bought_before_the_period_is_counted():
    rows = [("a", START, 1), ("a", START + timedelta(50), 1), ("b", START + timedelta(50), 1)]
    assert ledger(dataset(rows), None, PERIOD.end).bought_before(PERIOD.start) == 1


@pytest.mark.parametrize(
    ("start", "end", "lived", "ended"),
    [
        pytest.param("2025-01-01", "", 6, False, id="six months to the end of June"),
        pytest.param("2025-01-02", "", 5, False, id="one day short of six"),
        pytest.param("2025-06-15", "", 0, False, id="no term is over"),
        pytest.param("2025-01-01", "2025-01-31", 0, True, id="the first term, to its last day"),
        pytest.param("2025-01-01", "2025-02-01", 0, True, id="the first term, to the day after"),
        pytest.param("2025-01-01", "2025-02-02", 1, True, id="one day into the second"),
        pytest.param("2025-01-15", "2025-03-14", 1, True, id="two terms from the middle"),
        pytest.param("2025-01-15", "2025-03-15", 1, True, id="two terms, to the day after"),
        pytest.param("2025-01-15", "2025-01-20", 0, True, id="left inside the first term"),
        pytest.param("2025-01-15", "2025-07-01", 5, False, id="leaves later: nobody knows yet"),
    ],
)
def test_terms_of_contracts(start, end, lived, ended):
    data = dataset([("a", date(2025, 1, 1), 1)], [f"a,{start},{end}"])
    period = Period.parse("2025")
    known = ledger(data, data.membership(period), date(2025, 7, 1))
    _, contracts = known.contracts(Window(months=1))
    assert (contracts.lived.tolist(), contracts.ended.tolist()) == ([lived], [ended])


def test_terms_of_days_and_of_years():
    data = dataset([("a", date(2025, 1, 1), 1)], ["a,2023-05-01,2025-04-30", "b,2025-06-01,"])
    known = ledger(data, data.membership(Period.parse("2025")), date(2025, 7, 1))
    for term, lived in ((Window(months=12), [1, 0]), (Window(days=30), [24, 1])):
        assert known.contracts(term)[1].lived.tolist() == lived


def test_the_spell_that_started_last_is_the_contract():
    people = ["a,2024-01-01,2024-03-01", "a,2025-01-01,", "b,2025-08-01,"]
    data = dataset([("a", date(2025, 1, 1), 1)], people)
    known = ledger(data, data.membership(Period.parse("2025")), date(2025, 7, 1))
    places, contracts = known.contracts(Window(months=1))
    assert [known.ids[place] for place in places] == ["a"]
    assert (contracts.lived.tolist(), contracts.ended.tolist()) == ([6], [False])
    assert known.terms_begun(np.array([0]), date(2025, 3, 15), Window(months=1)).tolist() == [4]


def test_the_recent_past_is_a_year_at_most():
    assert recent(Period.parse("2025-06")).label == "2025-06"
    assert recent(Period(date(2022, 5, 9), date(2025, 7, 1))).label == "2024-07-01..2025-06-30"
