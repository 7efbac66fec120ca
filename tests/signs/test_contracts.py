"""Renewals as they were known at past closes: every term from the start, and none from a date of today's export."""

from __future__ import annotations

import random
from datetime import date, timedelta

import numpy as np
import pytest

import slow_signals as slow
from retention_cli.settings import Settings, Window
from retention_cli.signs.backtest import backtest
from retention_cli.signs.contracts import renewals_at
from retention_cli.signs.groups import NEVER, Sorted
from retention_cli.signs.history import day_of, number_of
from retention_cli.signs.told import told
from retention_cli.values.periods import add_months

CLOSE = date(2025, 3, 1)


def around(start, close, months, days):
    """The renewals before and from a close, term by term."""
    at, number = start, 0
    while True:
        number += 1
        later = add_months(start, months * number) if months else at + timedelta(days=days)
        if later >= close:
            return at, later
        at = later


@pytest.mark.parametrize("term", [Window(months=1), Window(months=12), Window(days=45)], ids=str)
def test_renewals_are_those_of_a_loop_over_terms(term):
    draw = random.Random(5)  # noqa: S311  # days, and secret to nobody
    starts = [CLOSE - timedelta(days=draw.randrange(1, 1500)) for _ in range(80)]
    starts += [date(2024, 2, 29), date(2024, 1, 31), date(2024, 3, 1), CLOSE - timedelta(days=1)]
    days = np.array([number_of(day) for day in starts])
    blank = {
        "renewal": np.full(len(days), number_of(CLOSE) + 5),
        "renewed": np.full(len(days), -NEVER),
    }
    rows = Sorted("customers", np.arange(len(days)), days, np.arange(len(days)), blank)
    found = renewals_at(rows, number_of(CLOSE), term, live=False).cells
    slowly = [around(day, CLOSE, term.months, term.days) for day in starts]
    assert [day_of(day) for day in found["renewed"]] == [one for one, _ in slowly]
    assert [day_of(day) for day in found["renewal"]] == [other for _, other in slowly]
    unknown = renewals_at(rows, number_of(CLOSE), None, live=False).cells["renewal"]
    assert set(unknown.tolist()) == {NEVER}
    exported = renewals_at(rows, number_of(CLOSE), term, live=True).cells["renewal"]
    assert set(exported.tolist()) == {number_of(CLOSE) + 5}


def run(**settings):
    """A world in which half of the customers leave at the end of a year, told nobody before."""
    rows = {**slow.world(1), "customers": []}
    for at, id_ in enumerate(slow.IDS):
        start = date(2024, 1, 15) + timedelta(days=at * 11)
        end = add_months(start, 12) if at % 2 else None
        rows["customers"].append(
            {"customer_id": id_, "start_date": start, "end_date": end, "notice_date": None}
        )
    own = Settings(**settings)
    return backtest(slow.history(rows, own), slow.LAST, told(own))


def test_contracts_that_end_soon_are_tested_where_a_term_is_set():
    score = run().score("contract_ends")
    assert (score.flagged, score.leavers_flagged) == (0, 0)
    yearly = run(contract_term="1 year")
    found = yearly.score("contract_ends")
    assert found.recall == 1  # all who leave do so at the end of a term
    assert found.lift > 1.5
    assert "computed from the start, every 12 months" in yearly.notes[0]


def test_a_term_that_is_always_about_to_end_tells_nothing():
    assert run(contract_term="1 month").score("contract_ends").flagged == 0
