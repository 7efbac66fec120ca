"""Cohorts: each cell is a slow count over all rows, and sizes add up to all customers ever."""

from __future__ import annotations

from collections import Counter
from datetime import date
from fractions import Fraction

import pytest

from histories import history, loaded
from retention_cli.scoring.cohorts import EVERY, cohort_table
from retention_cli.values.periods import Period, add_months

AS_OF = date(2026, 1, 1)
LAST = date(2025, 9, 3)


def table(people, billed, *, every="month", last=LAST, min_n=2, as_of=AS_OF):
    days = sorted({row["invoice_date"] for row in billed} | {last})
    days = [day for day in days if day <= last]
    return cohort_table(loaded(people, billed), days, as_of=as_of, every=every, min_n=min_n)


def unit_of(day, every):
    months = EVERY[every]
    start = date(day.year, (day.month - 1) // months * months + 1, 1)
    return Period(start, add_months(start, months))


def slow_cells(spells, billed, every, last):
    """Count row by row: size, active and revenue, by cohort and age."""
    found = {}
    for id_, ours in spells.items():
        first = min(start for start, _ in ours)
        if unit_of(first, every).start > last:
            continue
        cohort = unit_of(first, every)
        size, cells = found.setdefault(cohort.label, (Counter(), {}))
        size["size"] += 1
        at, age = cohort, 0
        while at.start <= last:
            cell = cells.setdefault(age, Counter())
            cell["active"] += any(s < at.end and (e is None or e >= at.end) for s, e in ours)
            cell["revenue"] += sum(
                round(row["amount"] * 100) * 100
                for row in billed
                if row["customer_id"] == id_ and at.start <= row["invoice_date"] < at.end
            )
            at, age = unit_of(at.end, every), age + 1
    return {
        name: (
            size["size"],
            [(cells[age]["active"], cells[age]["revenue"]) for age in sorted(cells)],
        )
        for name, (size, cells) in sorted(found.items())
    }


def as_found(found):
    return {
        one.period.label: (one.size, [(cell.active, cell.revenue) for cell in one.cells])
        for one in found.cohorts
    }


def spells_of(people):
    spells = {}
    for row in people:
        spells.setdefault(row["customer_id"], []).append((row["start_date"], row["end_date"]))
    return spells


def spells_by_activity(billed):
    spells = {}
    for row in billed:
        if row["customer_id"] and row["amount"] >= 0:
            day = row["invoice_date"]
            spells.setdefault(row["customer_id"], []).append((day, add_months(day, 2)))
    return spells


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("every", EVERY)
def test_cells_are_a_slow_count_over_all_rows(seed, every):
    people, billed = history(seed, customers=25)
    found = table(people, billed, every=every)
    assert as_found(found) == slow_cells(spells_of(people), billed, every, LAST)
    begun = {key for key, ours in spells_of(people).items() if min(ours)[0] <= unit_end(every)}
    assert sum(one.size for one in found.cohorts) == len(begun)


def unit_end(every):
    return unit_of(LAST, every).last_day


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("every", EVERY)
def test_by_activity_a_cohort_is_that_of_the_first_purchase(seed, every):
    _, billed = history(seed, invoices=40)
    found = table([], billed, every=every, last=date(2025, 12, 1))
    assert found.basis == "activity"
    assert as_found(found) == slow_cells(
        spells_by_activity(billed), billed, every, date(2025, 12, 1)
    )


@pytest.mark.parametrize("seed", range(6))
def test_the_average_is_a_ratio_of_sums_over_cohorts_that_have_the_cell(seed):
    found = table(*history(seed, customers=40), min_n=3)
    assert any(one.size < 3 for one in found.cohorts)
    for line in found.average:
        ours = [
            one
            for one in found.cohorts
            if one.size >= 3 and len(one.cells) > line.age and not one.cells[line.age].unfinished
        ]
        active = sum(one.cells[line.age].active for one in ours)
        assert line.cohorts == len(ours)
        assert line.share == (Fraction(active, sum(one.size for one in ours)) if ours else None)


def test_cells_of_the_month_that_is_not_over_are_marked():
    people, billed = history(1, customers=25)
    found = table(people, billed, as_of=date(2025, 9, 29))
    for one in found.cohorts:
        months = [add_months(one.period.start, cell.age) for cell in one.cells]
        assert [cell.unfinished for cell in one.cells] == [m == date(2025, 9, 1) for m in months]


def who(id_, start, end=""):
    return {"customer_id": id_, "start_date": start, "end_date": end}


def bill(id_, day, amount, **more):
    return {"customer_id": id_, "invoice_date": date.fromisoformat(day), "amount": amount, **more}


def test_cohorts_from_before_the_invoices_are_in_no_average_of_revenue():
    people = [who("a", "2024-01-01"), who("b", "2025-01-01")]
    billed = [bill("b", "2025-01-01", 10), bill("a", "2025-02-01", 90), bill("b", "2025-02-01", 5)]
    found = table(people, billed, last=date(2025, 2, 1), min_n=1)
    assert [line.revenue_share for line in found.average[:2]] == [1, Fraction(1, 2)]
    assert any("in no average of revenue" in note for note in found.notes)


def test_revenue_from_before_the_start_is_in_no_cell_and_is_said():
    people = [who("a", "2025-02-01")]
    billed = [bill("a", "2025-01-01", 10), bill("a", "2025-02-02", 5), bill("", "2025-02-02", 1)]
    found = table(people, billed, last=date(2025, 2, 2))
    assert [cell.revenue for cell in found.cohorts[0].cells] == [50_000]
    assert [note.partition(",")[0] for note in found.notes if "invoice row" in note] == [
        "1 invoice row is of nobody",
        "1 invoice row is from before the customer's first start",
    ]


@pytest.mark.parametrize(
    ("people", "billed", "reasons"),
    [
        pytest.param(
            [who("a", "2025-01-01")], [], (None, None, "not-loaded"), id="without invoices"
        ),
        pytest.param(
            [], [bill("", "2025-02-01", 1)], ("no-customers", None, None), id="rows of nobody"
        ),
        pytest.param(
            [{"customer_id": "a", "start_date": "2025-01-01"}],
            [],
            (None, "no-end-dates", "not-loaded"),
            id="starts alone",
        ),
        pytest.param(
            [{"customer_id": "a", "status": "active"}],
            [],
            ("no-start-dates", None, None),
            id="a flag",
        ),
        pytest.param(
            [who("a", "2025-01-01")],
            [
                bill("a", "2025-02-01", 1, currency="EUR"),
                bill("a", "2025-02-02", 1, currency="USD"),
            ],
            (None, None, "several-currencies"),
            id="two currencies",
        ),
    ],
)
def test_what_cohorts_lack_is_their_reason(people, billed, reasons):
    found = table(people, billed)
    given = (found.reason, found.active_reason, found.revenue_reason)
    assert tuple(one and one.code for one in given) == reasons
