"""Every rule flags whom its definition flags, and what happens later changes no flag."""

# ruff: noqa: S311  # worlds are drawn, and secret to nobody

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

import slow_signals as slow
from retention_cli.signs.rule import rules

pytestmark = pytest.mark.sweep

SEEDS = range(8)
CLOSES = [date(2024, 10, 1), date(2025, 2, 1), date(2025, 6, 1)]


@pytest.fixture(scope="module", params=SEEDS)
def rows(request):
    return slow.world(request.param)


@pytest.mark.parametrize("close", CLOSES, ids=str)
def test_each_rule_flags_whom_its_definition_flags(rows, close):
    found = {name: set(ids) for name, ids in slow.flags(slow.history(rows), close).items() if ids}
    assert found == slow.slow_flags(rows, close)


def test_each_rule_flags_somebody_in_some_world_and_has_an_oracle():
    assert set(slow.RULES) == {rule.name for rule in rules()}
    flagged = set()
    for seed in SEEDS:
        for close in CLOSES:
            flagged |= set(slow.slow_flags(slow.world(seed), close))
    assert flagged == set(slow.RULES)


def perturbed(rows, close, draw):
    """The same rows up to a close; after it rows are gone, changed or new, and ends are others."""
    moved = close + timedelta(days=draw.randrange(60))
    at = slow.stamp(close)
    changed = {kind: [] for kind in rows}
    for row in rows["customers"]:
        secret = row["end_date"] and row["end_date"] >= close
        secret = secret and not (row["notice_date"] and row["notice_date"] < close)
        told = {
            **row,
            "notice_date": row["notice_date"] if (row["notice_date"] or close) < close else None,
        }
        if row["start_date"] < close:
            changed["customers"].append(
                {**told, "end_date": draw.choice((None, moved))} if secret else told
            )
    for row in rows["invoices"]:
        if row["invoice_date"] < close:
            later = (row["paid_date"] or "") >= str(close)
            changed["invoices"].append(
                {**row, "paid_date": draw.choice((None, str(moved)))} if later else row
            )
    for row in rows["tickets"]:
        if row["created_at"] < at:
            later = {
                n: draw.choice((None, at + 5))
                for n, c in row.items()
                if n.endswith("_at") and (c or 0) >= at
            }
            changed["tickets"].append({**row, **later})
    changed["surveys"] = [row for row in rows["surveys"] if row["responded_at"] < close]
    for id_ in slow.IDS[:8]:
        changed["invoices"].append(
            {**rows["invoices"][0], "customer_id": id_, "invoice_date": moved}
        )
        changed["tickets"].append(
            {
                **slow.ticket(draw, id_, 99),
                "created_at": slow.stamp(moved),
                "first_response_at": None,
                "resolved_at": None,
            }
        )
        changed["surveys"] += [
            {**row, "customer_id": id_, "responded_at": moved} for row in rows["surveys"][:1]
        ]
    return changed


@pytest.mark.parametrize("close", CLOSES[:2], ids=str)
def test_nothing_after_a_close_changes_a_flag_of_it(rows, close):
    half = slow.Settings(contract_term="6 months")
    before = slow.flags(slow.history(rows, half), close)
    assert before["contract_ends"]
    other = perturbed(rows, close, random.Random(close.toordinal()))
    assert slow.flags(slow.history(other, half), close) == before


def test_nothing_after_a_close_changes_a_flag_where_purchases_make_customers(rows):
    close = date(2025, 2, 1)
    only = {**rows, "customers": []}
    later = [row for row in only["invoices"] if row["invoice_date"] < close]

    def flags(some):
        data = slow.dataset({**only, "invoices": some})
        tables = {kind: table for kind, table in data.tables.items() if kind != "customers"}
        data = slow.Dataset(tables, window=data.window)
        history = slow.History.of(
            data, data.membership(slow.Period.parse("2025-06")), slow.Settings()
        )
        return slow.flags(history, close)

    assert flags(later) == flags(only["invoices"])
