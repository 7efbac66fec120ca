"""The back-test counts as a loop over customers and months does, and finds no signal in noise."""

# ruff: noqa: S311  # worlds are drawn, and secret to nobody

from __future__ import annotations

import random
from datetime import date, timedelta
from fractions import Fraction
from statistics import median

import pyarrow as pa
import pytest

import slow_signals as slow
from retention_cli.dataset.dataset import Dataset
from retention_cli.settings import Settings, Window
from retention_cli.signs.backtest import backtest
from retention_cli.signs.history import History
from retention_cli.signs.told import told
from retention_cli.values.periods import Period, add_months

HORIZON = 90


def run(rows, **signals):
    return backtest(slow.history(rows), slow.LAST, told(Settings(signals=signals)))


def slow_counts(rows):
    """Count by rule: flagged, leavers flagged, leavers missed and the days until they left."""
    counts = {}
    for months in range(12):
        close = add_months(date(2025, 4, 1), -months)  # 2025-05-01 has 61 days after it
        later = close + timedelta(days=HORIZON)
        there, flags = slow.there(rows, close), slow.slow_flags(rows, close)
        ends = {row["customer_id"]: row["end_date"] for row in rows["customers"]}
        left = there - slow.there(rows, later)
        flags |= {"any": set().union(*flags.values()) if flags else set(), "everyone": there}
        for rule in (*slow.RULES, "any", "everyone"):
            hit = flags.get(rule, set()) & left
            flagged, found, missed, leads, chance = counts.get(rule, (0, 0, 0, [], 0))
            leads = [*leads, *((ends[id_] - close).days for id_ in hit)]
            counts[rule] = (
                flagged + len(flags.get(rule, ())),
                found + len(hit),
                missed + len(left - hit),
                leads,
                chance + Fraction(len(flags.get(rule, ())) * len(left), len(there)),
            )
    return counts


@pytest.mark.parametrize("seed", range(4))
def test_counts_are_those_of_a_loop_over_customers_and_months(seed):
    rows = slow.world(seed)
    found = run(rows)
    slowly = slow_counts(rows)
    assert {one.rule for one in found.scores} == set(slowly)
    for one in found.scores:
        flagged, hits, missed, leads, chance = slowly[one.rule]
        assert (one.flagged, one.leavers_flagged, one.leavers_missed) == (flagged, hits, missed)
        assert one.false_alarms == flagged - hits
        assert one.lift == (hits / chance if chance else None)
        assert one.lead_days_median == (median(leads) if leads else None)
        assert one.precision == (pytest.approx(hits / flagged) if flagged else None)
    assert found.score("everyone").lift == 1
    assert found.pairs == slowly["everyone"][0]


def test_a_horizon_of_more_than_the_data_leaves_nothing_to_test():
    assert run(slow.world(0), horizon=900).reason.code == "no-past-month"


def test_a_month_is_tested_only_when_its_horizon_is_over():
    closes = run(slow.world(0)).closes
    assert closes[-1] == date(2025, 3, 31)
    assert len(run(slow.world(0), backtest_months=2).closes) == 2


def noise(seed, customers=400):
    """Purchases and ends that know nothing of each other."""
    draw = random.Random(seed)
    people = {"customer_id": [], "start_date": [], "end_date": []}
    bills = {"customer_id": [], "invoice_date": [], "amount": []}
    for number in range(customers):
        end = slow.FIRST + timedelta(days=draw.randrange(300, 900))
        people["customer_id"].append(f"c{number}")
        people["start_date"].append(slow.FIRST)
        people["end_date"].append(end if end <= slow.LAST else None)
        for _ in range(30):
            bills["customer_id"].append(f"c{number}")
            bills["invoice_date"].append(slow.drawn(draw))
            bills["amount"].append(10_000 * draw.randrange(1, 9))
    tables = {"customers": pa.table(people), "invoices": pa.table(bills)}
    data = Dataset(tables, window=Window(months=12))
    history = History.of(data, data.membership(Period.parse("2025-06")), Settings())
    return backtest(history, slow.LAST, told(Settings()))


def test_noise_has_a_lift_of_one_within_its_interval():
    inside, outside = 0, []
    for seed in range(12):
        for one in noise(seed).scores:
            if (
                one.rule in {"silence", "falling_revenue", "fewer_purchases", "any"}
                and one.lift_interval
            ):
                low, high = one.lift_interval
                inside += low <= 1 <= high
                outside += [] if low <= 1 <= high else [(seed, one.rule, low, high)]
    # Of 48 intervals of 95 % two or three miss 1; seven or more would be one chance in a hundred.
    assert inside >= 30
    assert len(outside) <= 6, outside


def test_a_rule_that_tells_beats_silence_and_one_that_does_not_is_marked():
    rows = slow.world(1)
    rows["tickets"] = []
    for row in rows["customers"]:
        if row["end_date"] and row["end_date"] <= slow.LAST:
            for days in (5, 35, 65):
                day = row["end_date"] - timedelta(days=days)
                ticket = slow.ticket(random.Random(days), row["customer_id"], days)
                told_ = {"created_at": slow.stamp(max(day, slow.FIRST)), "first_response_at": None}
                rows["tickets"].append(
                    {**ticket, **told_, "resolved_at": None, "subject": slow.TEXTS[1]}
                )
    found = run(rows)
    assert found.score("leaving_words").beats is True
    assert found.score("late_payment").beats is False
