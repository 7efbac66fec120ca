"""On which day customers are lost, and when one who comes back is new again."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pyarrow as pa
import pytest

from histories import history, loaded
from retention_cli.dataset.day_of_loss import FRESH, with_day_of_loss
from retention_cli.errors import DataRefusedError
from retention_cli.frames.frames import collect
from retention_cli.kpis.computing import compute
from retention_cli.settings import Settings, Window
from retention_cli.values.periods import Period, add_months

D = date
COUNTS = ("customers_acquired", "customers_reactivated", "acquired_and_lost", "customers_lost")


def customers(**columns):
    rows = {name: pa.array(cells, pa.date32()) for name, cells in columns.items()}
    ids = pa.array([f"c{n}" for n in range(len(next(iter(columns.values()))))])
    return pa.table({"customer_id": ids, **rows})


STARTS = [D(2025, 1, 1)] * 5
ENDS = [D(2025, 6, 30), D(2025, 6, 30), None, D(2025, 6, 30), D(2025, 1, 20)]


def test_a_customer_is_lost_on_notice_that_was_given_before_the_end():
    told = [D(2025, 5, 1), None, D(2025, 5, 2), D(2025, 7, 9), D(2024, 12, 1)]
    found, said = with_day_of_loss(
        customers(start_date=STARTS, end_date=ENDS, notice_date=told), "notice"
    )
    assert found["end_date"].to_pylist() == [
        D(2025, 5, 1),
        D(2025, 6, 30),
        D(2025, 5, 2),
        D(2025, 6, 30),
        D(2025, 1, 1),
    ]
    (one,) = said
    assert one.startswith("a customer is lost on the day of notice (lost_on); by their end_date")
    assert one.endswith("notice_date: 1")


def test_a_customer_is_lost_when_what_was_paid_for_ends():
    told = [D(2025, 8, 1), D(2025, 6, 1), D(2025, 9, 1), None, None]
    found, _ = with_day_of_loss(
        customers(start_date=STARTS, end_date=ENDS, renewal_date=told), "paid"
    )
    assert found["end_date"].to_pylist() == [D(2025, 7, 31), *ENDS[1:]]


def test_a_day_of_loss_that_no_column_has_is_asked_about_and_the_recorded_one_says_nothing():
    table = customers(start_date=STARTS, end_date=ENDS)
    with pytest.raises(DataRefusedError, match="the customers have no notice_date"):
        with_day_of_loss(table, "notice")
    assert with_day_of_loss(table, "recorded") == (table, ())


def slow_flags(people, period, months):
    """Say by hand who is acquired and who reactivated, customer by customer."""
    acquired, back = set(), set()
    for name in {one["customer_id"] for one in people}:
        spells = sorted(
            (one["start_date"], one["end_date"] or D.max)
            for one in people
            if one["customer_id"] == name
        )
        there = [
            any(start < day and end >= day for start, end in spells)
            for day in (period.start, period.end)
        ]
        inside = [one for one in spells if period.start <= one[0] < period.end]
        before = [one for one in spells if one[0] < period.start]
        fresh = any(
            one[0] > add_months(max(end for start, end in spells if start < one[0]), months)
            for one in inside
            if any(start < one[0] for start, _ in spells)
        )
        is_new = inside and not there[0] and (not before or fresh)
        if is_new:
            acquired.add(name)
        elif there[1] and not there[0]:
            back.add(name)
    return acquired, back


@pytest.mark.parametrize("months", [1, 2])
def test_who_was_away_for_long_is_new_again_and_the_bridge_closes(months):
    reactivated = 0
    for seed in range(12):
        people, billed = history(seed)
        dataset = loaded(people, billed)
        period = Period.parse("2025-Q2")
        again = type(dataset)(
            dataset.tables, window=Window(months=2), new_after=Window(months=months)
        )
        found = compute(COUNTS, dataset=again, period=period, settings=dict(Settings()))
        acquired, back = slow_flags(people, period, months)
        assert set(found["customers_acquired"].parts["acquired"].ids()) == acquired
        assert set(found["customers_reactivated"].parts["reactivated"].ids()) == back
        assert found["customers_acquired"].notes[-1].startswith("who comes back after more than")
        reactivated += len(back)
        never = compute(COUNTS, dataset=dataset, period=period, settings=dict(Settings()))
        assert never["customers_lost"] == found["customers_lost"]
        came = "customers_acquired", "customers_reactivated"
        lost = found["acquired_and_lost"].value - never["acquired_and_lost"].value
        assert sum(found[name].value - never[name].value for name in came) == lost
    assert reactivated


def test_spells_are_fresh_after_a_silence_that_is_longer_than_the_window():
    draw = random.Random(3)  # noqa: S311  # rows of a test
    starts = [D(2025, 1, 1) + timedelta(draw.randrange(200)) for _ in range(60)]
    rows = [
        {
            "customer_id": f"c{n % 7}",
            "start_date": day,
            "end_date": day + timedelta(draw.randrange(60)),
        }
        for n, day in enumerate(starts)
    ]
    spells = loaded(rows, []).membership(Period.parse("2025"))
    marked = collect(spells.new_after_a(Window(days=10), "arrow").spells).to_pylist()
    for one in marked:
        earlier = [
            other["end_date"]
            for other in marked
            if other["customer_id"] == one["customer_id"]
            and other["start_date"] < one["start_date"]
        ]
        late = bool(earlier) and one["start_date"] > max(earlier) + timedelta(10)
        same_day = [
            o
            for o in marked
            if o is not one
            and o["customer_id"] == one["customer_id"]
            and o["start_date"] == one["start_date"]
        ]
        if not same_day:
            assert one[FRESH] == late
