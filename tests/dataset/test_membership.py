from __future__ import annotations

import random
from calendar import monthrange
from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta

import pytest

import worlds
from retention_cli.dataset.membership import by_activity, by_dates, by_flag
from retention_cli.kpis.ingredients.cohort import cohort
from retention_cli.settings import Window
from retention_cli.values.periods import Period
from seeded import seeds

Q1 = worlds.PERIOD


def active(membership, day):
    """Who is there at the start of a period that starts on a day."""
    known = replace(membership, history=None, unseen=None)
    found = cohort(membership=known, period=Period(day, day + timedelta(days=1)))
    return set(found.parts["CS"].ids())


def bought(*lines):
    """Invoices written `id day [amount [invoice]]`; a dash stands for nobody."""
    rows = []
    for line in lines:
        key, day, amount, invoice = [*line.split(), *["1", ""][len(line.split()) - 2 :]][:4]
        rows.append(
            {
                "customer_id": None if key == "-" else key,
                "invoice_date": date.fromisoformat(day),
                "amount": int(amount) * 10_000,
                "invoice_id": invoice or None,
            }
        )
    return worlds.table("invoices", rows)


def test_dates_are_taken_as_they_are(backend):
    rows = worlds.people("a 2024-01-01", "b 2024-01-01 2025-01-01", "a 2023-01-01 2023-06-01")
    found = by_dates(worlds.table("customers", rows), backend=backend)
    assert (found.basis, found.as_exported, found.notes) == ("dates", False, ())
    assert (found.history, found.unseen, found.without_day, found.contradicted) == (None,) * 4
    assert active(found, Q1.start) == {"a", "b"}
    assert active(found, Q1.end) == {"a"}


def test_without_end_dates_everybody_stays(backend):
    rows = worlds.people("a 2024-01-01", "b 2025-02-01")
    customers = worlds.table("customers", rows, without=("end_date", "status"))
    found = by_dates(customers, backend=backend)
    assert active(found, Q1.start) == {"a"}
    assert active(found, date(2099, 1, 1)) == {"a", "b"}


def test_start_dates_beside_a_blank_status_tell_nobody_who_left(backend):
    rows = [
        {**row, "status": status}
        for row, status in zip(
            worlds.people("a 2024-01-01", "b 2024-02-01"), ("active", None), strict=True
        )
    ]
    found = by_dates(worlds.table("customers", rows, without=("end_date",)), backend=backend)
    assert found.unseen.code == "unknown-status"
    assert by_dates(worlds.table("customers", rows), backend=backend).unseen is None


@pytest.mark.parametrize("seed", seeds(6, 20))
def test_the_oracle_of_dates_asks_each_day(seed, backend):
    rows = worlds.spells(seed)
    found = by_dates(worlds.table("customers", rows), backend=backend)
    for day in random.Random(seed).sample(worlds.EDGES, 4):  # noqa: S311  # no secret
        assert active(found, day) == worlds.there(rows, day)


def flags(*statuses):
    rows = [{"customer_id": f"c{n}", "status": status} for n, status in enumerate(statuses)]
    return worlds.table("customers", rows, without=("start_date", "end_date"))


def test_flagged_customers_left_and_nobody_came(backend):
    found = by_flag(flags("active", "ended", "active"), period=Q1, backend=backend)
    assert (found.basis, found.as_exported, found.unseen, found.notes) == ("flag", True, None, ())
    assert active(found, Q1.start) == {"c0", "c1", "c2"}
    assert active(found, Q1.end) == {"c0", "c2"}


def test_a_blank_status_is_no_flag_and_is_said(backend):
    found = by_flag(flags(None, "ended", None), period=Q1, backend=backend)
    assert active(found, Q1.end) == {"c0", "c2"}
    assert found.unseen is None
    assert found.notes == ("customers with a blank status, who count as not flagged: 2",)


def test_a_blank_status_where_no_other_says_ended_is_doubt(backend):
    found = by_flag(flags("active", None, "active"), period=Q1, backend=backend)
    assert found.unseen.code == "unknown-status"
    assert '"" = "ended" or "active"' in found.unseen.hint
    assert by_flag(flags(None, None), period=Q1, backend=backend).unseen is None


def test_a_status_of_neither_sort_is_doubt(backend):
    found = by_flag(flags("active", "paused", "paused", None), period=Q1, backend=backend)
    assert found.unseen.message == "status 'paused' is neither active nor ended (2 rows like it)"


def test_no_customers_are_no_doubt(backend):
    found = by_flag(flags(), period=Q1, backend=backend)
    assert found.unseen is None
    assert active(found, Q1.start) == set()


@pytest.mark.parametrize("seed", seeds(6, 20))
def test_the_oracle_of_flags_reads_the_column(seed, backend):
    rows = worlds.flagged(worlds.spells(seed))
    found = by_flag(flags(*(row["status"] for row in rows)), period=Q1, backend=backend)
    kept = {f"c{n}" for n, row in enumerate(rows) if row["status"] == "active"}
    assert active(found, Q1.start) == {f"c{n}" for n in range(len(rows))}
    assert active(found, Q1.end) == kept


@pytest.mark.parametrize(
    ("window", "last"),
    [
        pytest.param(Window(months=1), "2025-02-28", id="a month's last day where there is none"),
        pytest.param(Window(months=12), "2026-01-31", id="a year"),
        pytest.param(Window(days=30), "2025-03-02", id="30 days"),
    ],
)
def test_a_purchase_lasts_until_the_same_day_a_window_later(window, last, backend):
    found = by_activity(bought("a 2025-01-31"), window=window, backend=backend)
    end = date.fromisoformat(last)
    assert active(found, date(2025, 1, 31)) == set()
    assert active(found, date(2025, 2, 1)) == {"a"}
    assert active(found, end) == {"a"}
    assert active(found, end + timedelta(days=1)) == set()


@pytest.mark.parametrize(
    ("lines", "there"),
    [
        pytest.param(["a 2025-01-10 0"], {"a"}, id="a zero amount is a purchase"),
        pytest.param(["a 2025-01-10 -5"], set(), id="a credit note is none"),
        pytest.param(["- 2025-01-10"], set(), id="a purchase of nobody is nobody's"),
        pytest.param(
            ["a 2025-01-10 9 i1", "a 2025-01-10 -4 i1"], {"a"}, id="a discount leaves a purchase"
        ),
        pytest.param(
            ["a 2025-01-10 4 i1", "a 2025-01-10 -9 i1"], set(), id="a fee leaves a credit note"
        ),
        pytest.param(
            ["a 2025-01-10 4 i1", "a 2025-01-10 -4 i1"], {"a"}, id="lines that add up to 0 are one"
        ),
        pytest.param(
            ["a 2025-01-10 4", "b 2025-01-10 -9"],
            {"a"},
            id="rows without an id are not one invoice",
        ),
        pytest.param(["a 2025-01-10", "a 2025-01-10"], {"a"}, id="a day counts once"),
    ],
)
def test_what_is_a_purchase(lines, there, backend):
    found = by_activity(bought(*lines), window=Window(months=1), backend=backend)
    assert active(found, date(2025, 1, 20)) == there


def test_without_invoice_ids_each_row_is_an_invoice(backend):
    invoices = bought("a 2025-01-10", "a 2025-01-10 -9", "b 2025-01-10 -9")
    found = by_activity(
        invoices.drop_columns(["invoice_id"]), window=Window(months=1), backend=backend
    )
    assert active(found, date(2025, 1, 20)) == {"a"}


def test_who_was_silent_for_the_whole_window_was_lost(backend):
    """Even for a day: a purchase on the day after does not fill the gap."""
    lines = ("a 2025-01-10", "a 2025-02-11", "b 2025-01-10", "b 2025-02-12", "c 2025-02-11")
    found = by_activity(bought(*lines), window=Window(months=1), backend=backend)
    assert active(found, date(2025, 2, 11)) == set()
    assert active(found, date(2025, 2, 12)) == {"a", "c"}
    assert active(found, date(2025, 2, 13)) == {"a", "b", "c"}


@pytest.mark.parametrize(
    ("lines", "known_from"),
    [
        pytest.param(["a 2024-02-29"], date(2025, 2, 28), id="a year after the first invoice"),
        pytest.param(["a 2025-01-01", "- 2024-01-01 -5"], date(2025, 1, 1), id="whatever it is"),
        pytest.param([], None, id="nothing is known of no invoices"),
    ],
)
def test_from_when_on_the_start_is_known(lines, known_from, backend):
    found = by_activity(bought(*lines), window=Window(months=12), backend=backend)
    known = found.history and found.history.known_from(found.window)
    assert (found.basis, known) == ("activity", known_from)
    assert found.notes == ("a customer is lost after 12 months without a purchase",)


def a_window_later(day, window):
    if window.days:
        return day + timedelta(days=window.days)
    months = day.month - 1 + window.months
    year, month = day.year + months // 12, months % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


@pytest.mark.parametrize("seed", seeds(6, 20))
@pytest.mark.parametrize("window", [Window(months=1), Window(days=45)], ids=str)
def test_the_oracle_of_activity_follows_each_customer(seed, window, backend):
    rows = worlds.invoices(seed, worlds.spells(seed))
    totals, days = defaultdict(int), defaultdict(set)
    for row in rows:
        totals[row["invoice_id"]] += row["amount"]
    for row in rows:
        if row["customer_id"] is not None and totals[row["invoice_id"]] >= 0:
            days[row["customer_id"]].add(row["invoice_date"])
    found = by_activity(worlds.table("invoices", rows), window=window, backend=backend)
    for day in random.Random(seed).sample(worlds.EDGES, 3):  # noqa: S311  # no secret
        eve = day - timedelta(days=1)
        expected = set()
        for key, them in days.items():
            for one in them:
                if one <= eve < a_window_later(one, window):
                    expected.add(key)
        assert active(found, day) == expected
