"""Readings of first-contact resolution against a slow count over random tickets."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from fractions import Fraction
from functools import partial

import pytest

from retention_cli import readings
from retention_cli.dataset.dataset import Dataset
from retention_cli.dataset.ticket_times import timed
from retention_cli.kpis import computing
from retention_cli.settings import Settings
from retention_cli.testing import table
from retention_cli.values.periods import Period

JUNE = Period.parse("2025-06")
FIELDS = (
    *("ticket_id", "customer_id", "created_at", "resolved_at", "contacts", "reopened"),
    "category",
)


def tickets(seed):
    rng = random.Random(seed)  # noqa: S311  # draws rows, not secrets
    rows = []
    for number in range(80):
        created = datetime(2025, 5, 20) + timedelta(hours=rng.randrange(1000))
        resolved = created + timedelta(hours=rng.randrange(1, 200))
        rows.append(
            {
                "ticket_id": f"T{number:02}",
                "customer_id": f"c{rng.randrange(12)}" if rng.random() < 0.9 else "",
                "created_at": created.isoformat(),
                "resolved_at": resolved.isoformat() if rng.random() < 0.85 else "",
                "contacts": rng.choice(("", "0", "1", "1", "2")),
                "reopened": rng.choice(("0", "0", "1")),
                "category": rng.choice(("Hardware", "Login")),
            }
        )
    return rows


def read(rows, *, days=None, fields=FIELDS, **settings):
    lines = [",".join(fields), *(",".join(row[name] for name in fields) for row in rows)]
    made = timed(table("tickets", *lines))
    told = {**dict(Settings()), **settings}
    functions = {
        name: partial(function, days=days) if days and name.endswith("-in") else function
        for name, (_, function) in readings.of_kpi("first_contact_resolution").items()
    }
    dataset = Dataset({"tickets": made}, window=told["activity_window"])
    return computing.call(functions, dataset=dataset, period=JUNE, settings=told)


def moment(text):
    return datetime.fromisoformat(text)


def reopened(row, span):
    if row["reopened"] == "0":
        return False
    if not row.get("reopened_at"):
        return True
    done, again = moment(row["resolved_at"]), moment(row["reopened_at"])
    return done < again <= done + span


@pytest.mark.parametrize("days", [1, 7])
def test_the_day_of_a_reopening_decides_where_it_is_known(days):
    rng = random.Random(days)  # noqa: S311  # draws rows, not secrets
    rows = [row | {"reopened_at": ""} for row in tickets(9)]
    for row in rows:
        if row["resolved_at"] and row["reopened"] == "1" and rng.random() < 0.8:
            later = moment(row["resolved_at"]) + timedelta(hours=rng.choice((0, 24, 25, 168, 169)))
            row["reopened_at"] = later.isoformat()
    found = read(rows, days=days, fields=(*FIELDS, "reopened_at"))["no-reopen-in"]
    value, ids = slow(rows, days)["no-reopen-in"]
    assert (found.measure.value, set(found.counted.ids())) == (value, ids)
    if days == 1:
        assert [note.rpartition(":")[0] for note in found.measure.notes] == [
            "reopened tickets that count whenever that was, as no day says it",
            "tickets that count as not reopened, as that was before the resolution",
        ]


def test_a_category_that_no_ticket_has_is_said():
    rows = tickets(3)
    found = read(rows, not_first_level=("hardware", "Printer"))["net"]
    assert found.measure.value == slow(rows)["net"][0]
    assert found.measure.notes == ("no ticket is of the category 'Printer' of not_first_level",)


def slow(rows, days=7):
    done = [r for r in rows if r["resolved_at"] and moment(r["resolved_at"]).month == 6]
    known = [r for r in done if r["contacts"]]
    stamps = ("created_at", "resolved_at", "reopened_at")
    end = max(moment(r[name]) for r in rows for name in stamps if r.get(name))
    span = timedelta(days=days)
    settled = [r for r in done if moment(r["resolved_at"]) + span <= end]
    owned = [r for r in settled if r["customer_id"]]

    def share(base, hits):
        return Fraction(len(hits), len(base)), {r["ticket_id"] for r in hits}

    def comes_back(r):
        at = moment(r["resolved_at"])
        return any(
            o is not r
            and o["customer_id"] == r["customer_id"]
            and at < moment(o["created_at"]) <= at + span
            for o in rows
        )

    never = [r for r in known if r["reopened"] == "0"]
    soft = [r for r in known if r["category"] != "Hardware"]
    return {
        "by-contacts": share(known, [r for r in never if r["contacts"] == "1"]),
        "one-touch": share(known, [r for r in never if r["contacts"] in "01"]),
        "net": share(soft, [r for r in never if r["contacts"] == "1" and r in soft]),
        "no-reopen-in": share(settled, [r for r in settled if not reopened(r, span)]),
        "no-repeat-in": share(owned, [r for r in owned if not comes_back(r)]),
    }


@pytest.mark.parametrize("days", [1, 14])
def test_the_number_of_days_may_be_told(days):
    rows = tickets(5)
    found = read(rows, days=days)
    for name in ("no-reopen-in", "no-repeat-in"):
        assert found[name].measure.value == slow(rows, days)[name][0]


@pytest.mark.parametrize("seed", range(8))
def test_readings_are_those_of_a_slow_count(seed):
    rows = tickets(seed)
    found = read(rows, not_first_level=("Hardware",))
    for name, (value, ids) in slow(rows).items():
        assert found[name].measure.value == value, name
        assert set(found[name].counted.ids()) == ids, name
    assert found["ours"].measure.value == found["by-contacts"].measure.value
    assert found["ours"].differences() == found["by-contacts"].differences()


def test_what_is_not_there_says_so():
    found = read(tickets(1))
    assert "first_contact_resolved" in found["by-flag"].measure.reason.message
    assert "not_first_level" in found["net"].measure.reason.hint


def test_a_ticket_too_near_to_the_end_is_left_out_and_counted():
    rows = tickets(2)
    note = found = read(rows)["no-repeat-in"].measure.notes[0]
    assert note.startswith("tickets left out, resolved less than 7 days before the data end: ")
    late = int(found.rpartition(" ")[2])
    done = [r for r in rows if r["resolved_at"] and moment(r["resolved_at"]).month == 6]
    end = max(moment(r[name]) for r in rows for name in ("created_at", "resolved_at") if r[name])
    assert late == sum(moment(r["resolved_at"]) + timedelta(days=7) > end for r in done)
