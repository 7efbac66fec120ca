"""Readings of churn against a slow count, day by day and id by id, over random spells."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pyarrow as pa
import pytest

import worlds
from retention_cli import readings
from retention_cli.kpis import computing
from retention_cli.readings.churn import KPIS
from retention_cli.settings import Settings
from seeded import seeds

DAY = timedelta(days=1)
START, END = worlds.PERIOD.start, worlds.PERIOD.end
RENEWALS = "due-for-renewal"


def read(tables, *, period=worlds.PERIOD, **settings):
    functions = {name: function for name, (_, function) in readings.of_kpi("churn_rate").items()}
    told = {**dict(Settings()), **settings}
    return computing.call(functions, dataset=worlds.dataset(tables), period=period, settings=told)


def of_people(rows):
    return read(worlds.of_customers(rows))


def facts(rows):
    """S, E, A and everybody, by looking at each spell."""
    starts = {}
    for row in rows:
        starts.setdefault(row["customer_id"], []).append(row["start_date"])
    acquired = {key for key, days in starts.items() if START <= min(days) < END}
    ever = {key for key, days in starts.items() if min(days) < END}
    return worlds.there(rows, START), worlds.there(rows, END), acquired, ever


@pytest.mark.parametrize("seed", seeds(6, 12))
def test_readings_are_those_of_a_slow_count(seed):
    rows = worlds.spells(seed)
    first, last, acquired, ever = facts(rows)
    found = of_people(rows)
    expected = {
        "ours": Fraction(len(first - last), len(first)),
        "standard": Fraction(len(first - last), len(first)),
        "headcount-acquired": 1 - Fraction(len(last) - len(acquired), len(first)),
        "headcount-still-there": 1 - Fraction(len(last) - len(acquired & last), len(first)),
        "start-plus-new": Fraction(len((first | acquired) - last), len(first | acquired)),
        "of-everyone": Fraction(len(ever - last), len(ever)),
        "sum-of-days": sum(daily(rows), Fraction(0)),
        "rolling-30": rolling(rows, last),
    }
    assert {name: found[name].measure.value for name in expected} == expected
    new = found["headcount-acquired"].differences()
    assert set(new.only_here) == acquired - (last - first)
    assert set(new.only_in_ours) == (last - first) - acquired
    lost = found["start-plus-new"].differences()
    assert set(lost.only_here) == (first | acquired) - last - (first - last)


def daily(rows):
    day = START
    while day < END:
        there, after = worlds.there(rows, day), worlds.there(rows, day + DAY)
        yield Fraction(len(there - after), len(there))
        day += DAY


def rolling(rows, last):
    before = END - 30 * DAY
    base = worlds.there(rows, before)
    starts = {}
    for row in rows:
        starts.setdefault(row["customer_id"], []).append(row["start_date"])
    since = {key for key, days in starts.items() if before <= min(days) < END}
    return Fraction(len((base | since) - last), len(base))


@pytest.mark.parametrize("seed", range(6))
def test_a_renewal_is_kept_by_who_is_there_after_its_day(seed):
    rows = worlds.spells(seed)
    table = worlds.table("customers", rows, without=("status",))
    days = [START + timedelta(days=7 * place % 120 - 10) for place in range(len(rows))]
    table = table.append_column("renewal_date", pa.array(days, pa.date32()))
    due = {}
    for row, day in zip(rows, days, strict=True):
        if START <= day < END:
            due[row["customer_id"]] = max(day, due.get(row["customer_id"], date.min))
    for grace in (0, 14):
        gone = {k for k, day in due.items() if k not in worlds.there(rows, day + (grace + 1) * DAY)}
        found = read({"customers": table}, renewal_grace=grace)[RENEWALS]
        assert found.measure.value == Fraction(len(gone), len(due))


def test_all_due_at_the_last_day_is_ours():
    rows = worlds.people("a 2024-01-01", "b 2024-01-01 2025-02-01", "c 2024-05-05 2025-03-31")
    table = worlds.table("customers", rows, without=("status",))
    table = table.append_column("renewal_date", pa.array([END - DAY] * 3, pa.date32()))
    found = read({"customers": table})
    assert found[RENEWALS].measure.value == found["ours"].measure.value == Fraction(2, 3)


def test_readings_agree_where_nobody_comes_and_goes():
    rows = worlds.people(
        "a 2024-01-01", "b 2024-01-01 2025-02-10", "c 2024-03-01", "d 2025-01-20", "e 2025-03-30"
    )
    found = of_people(rows)
    for name in ("ours", "standard", "headcount-acquired", "headcount-still-there"):
        assert found[name].measure.value == Fraction(1, 3), name
        assert found[name].differences().only_here == (), name
    assert found["start-plus-new"].measure.value == Fraction(1, 5)


def test_the_headcount_may_pass_its_bounds_and_says_so():
    rows = worlds.people("a 2024-01-01", *(f"n{one} 2025-01-10 2025-02-10" for one in range(3)))
    found = of_people(rows)["headcount-acquired"]
    assert found.measure.value == 3
    assert "not between 0 and 100 %" in found.measure.notes[0]
    assert found.differences().only_here == ("n0", "n1", "n2")


def test_nobody_is_no_reading():
    for name, found in of_people([]).items():
        measure = getattr(found, "measure", found)
        assert measure.value is None, name
        assert measure.reason.message


def test_a_day_without_anybody_has_no_sum_of_days():
    rows = worlds.people("a 2024-01-01 2025-01-10", "b 2025-02-01")
    found = of_people(rows)["sum-of-days"]
    assert "2025-01-11" in found.measure.reason.message


def test_windows_of_activity_that_overlap_are_one_span():
    world = worlds.world(3, basis="activity")
    window = worlds.Window(months=2)
    dataset = worlds.dataset(world, window=window)
    functions = {name: function for name, (_, function) in readings.of_kpi("churn_rate").items()}
    told = dict(Settings())
    found = computing.call(functions, dataset=dataset, period=worlds.PERIOD, settings=told)
    spells = dataset.membership(worlds.PERIOD).spells.collect().to_pandas().to_dict("records")
    rows = [{**row, "end_date": row["end_date"] or None} for row in spells]
    assert found["sum-of-days"].measure.value == sum(daily(rows), Fraction(0))


def test_customers_without_dates_have_no_days():
    found = read(worlds.world(0, basis="flag"))
    assert found["sum-of-days"].measure.reason.code == "no-period"
    assert found["ours"].measure.value is not None


@pytest.mark.parametrize("kpi", KPIS)
def test_ours_is_the_figure_itself(kpi):
    assert next(iter(readings.of_kpi(kpi))) == "ours"
