"""Lists of customers at both ends: their figures are those of the dates that they were made from."""

from __future__ import annotations

import csv
from datetime import date

import pytest

import worlds
from export_worlds import exports
from retention_cli.errors import RetentionError
from retention_cli.kpis import registry
from retention_cli.runs.explain import Asked, explain
from retention_cli.runs.options import Options
from retention_cli.runs.score import score

START, END = worlds.PERIOD.start, worlds.PERIOD.end
STARTS = ("customers_acquired", "customers_reactivated", "acquired_and_lost")


def write(folder, name, *lines):
    (folder / name).write_text("\n".join([*lines, ""]), "utf-8")
    return folder / name


def lists(folder, *, starts):
    """Write who was there at each end, by looking at each spell."""
    with (folder / "customers.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["customer_id"] != "bad"]
    for name, day in (("first.csv", START), ("last.csv", END)):
        there = {}
        for row in rows:
            start = date.fromisoformat(row["start_date"])
            if start < day and (not row["end_date"] or date.fromisoformat(row["end_date"]) >= day):
                first = min(r["start_date"] for r in rows if r["customer_id"] == row["customer_id"])
                there[row["customer_id"]] = f"{row['customer_id']},Name {first}" + (
                    f",{first}" if starts else ""
                )
        header = "customer_id,customer_name" + (",start_date" if starts else "")
        write(folder, name, header, *sorted(there.values()))


def told(folder, **given):
    period = {"period": worlds.PERIOD.label, "as_of": "2026-07-01", "max_rejects": "90%"}
    return Options(paths=[folder], **period, **given).request()


def figures(asked):
    found = {}
    for line in score(asked).lines:
        parts = {name: part.total for name, part in line.measure.parts.items()}
        found[line.kpi.name] = (line.measure.value, parts)
    return found


def test_figures_are_those_of_the_dates_that_lists_were_made_from(tmp_path):
    exports(tmp_path, 4)
    by_dates = figures(told(tmp_path))
    lists(tmp_path, starts=False)
    asked = {"start": tmp_path / "first.csv", "end": tmp_path / "last.csv"}
    with_both = figures(told(tmp_path, **asked))
    lists(tmp_path, starts=True)
    (tmp_path / "customers.csv").unlink()
    alone = figures(told(tmp_path, **asked))
    rests = {kpi.name for kpi in registry.every() if "customers" in registry.needs(kpi.name)}
    same = rests - {*STARTS, "purchase_frequency", "clv", "clv_margin"}
    assert {name: alone[name] for name in same} == {name: by_dates[name] for name in same}
    assert {name: with_both[name] for name in same} == {name: by_dates[name] for name in same}
    came_and_gone = by_dates["acquired_and_lost"][0]
    assert alone["customers_acquired"][0] == by_dates["customers_acquired"][0] - came_and_gone
    assert alone["customers_reactivated"] == by_dates["customers_reactivated"]
    assert {with_both[name][0] for name in STARTS} == {None}


MAY = ("id,Name,Plan,status", "C1,Ann,A,active", "C2,Bob,B,active", "C3,Cy,B,active")
JUNE = ("id,Name,Plan,status", "C1,Ann,A,active", "C3,Cy,B,churned", "C4,Di,B,active")


def opened(folder, kpi, *, customers=None, **given):
    edges = {"start": write(folder, "a.csv", *MAY), "end": write(folder, "b.csv", *JUNE)}
    if customers:
        edges["named"] = {"customers": [write(folder, "c.csv", *customers)]}
    mapped = ("customer_id=id", "customer_name=Name")
    asked = {"period": "2025-06", "map": mapped} | given
    return explain(Asked(kpi), Options(**edges, **asked).request())


def members(found, part):
    (opened_,) = (one for one in found.figures[0].parts if one.name == part)
    return [
        (one.id, [(p.file[-5:], p.row) for p in (one.place, *one.also)]) for one in opened_.find()
    ]


def test_members_are_the_rows_of_the_lists(tmp_path):
    found = opened(tmp_path, "churn")
    assert members(found, "CS") == [
        ("C1", [("a.csv", 2), ("b.csv", 2)]),
        ("C2", [("a.csv", 3)]),
        ("C3", [("a.csv", 4), ("b.csv", 3)]),
    ]
    assert [id_ for id_, _ in members(found, "lost")] == ["C2", "C3"]
    measure = found.figures[0].line.measure
    assert (measure.basis, measure.as_exported) == ("snapshots", False)
    assert "1 row of" in measure.notes[1]
    assert measure.notes[1].endswith(
        "had left by an end date or a status, and counts as not listed"
    )


def test_without_a_period_nobody_knows_which_one_it_is(tmp_path):
    line = opened(tmp_path, "churn", period=None).figures[0].line
    assert (line.measure.as_exported, line.period) == (True, None)


def test_groups_are_those_of_the_list_at_the_end(tmp_path):
    total, *groups = opened(tmp_path, "churn", by="Plan").figures
    assert [(one.line.group[1], one.line.measure.value) for one in groups] == [("A", 0), ("B", 1)]
    assert total.line.measure.sample_size == 3


def test_those_whom_the_customers_lack_are_of_no_group(tmp_path):
    rows = (
        "id,Plan,start_date,end_date",
        "C1,A,2024-01-01,",
        "C2,B,2024-01-01,",
        "C9,B,2024-01-01,",
    )
    found = opened(tmp_path, "churn", customers=rows, by="Plan")
    sizes = {one.line.group[1]: one.line.measure.sample_size for one in found.figures[1:]}
    assert sizes == {"A": 1, "B": 1, None: 1}


def test_another_period_is_undefined(tmp_path):
    found = score(
        Options(
            start=write(tmp_path, "a.csv", *MAY),
            end=write(tmp_path, "b.csv", *JUNE),
            period="2025-06",
            map=("customer_id=id", "customer_name=Name"),
        ).request()
    )
    churn = next(line for line in found.lines if line.kpi.name == "churn_rate")
    assert churn.previous.reason.code == "other-period"


def test_one_list_is_not_enough(tmp_path):
    path = write(tmp_path, "a.csv", *MAY)
    with pytest.raises(RetentionError, match="--end needs --start"):
        Options(end=path).request()


def test_equal_lists_lose_nobody(tmp_path):
    for name in ("a.csv", "b.csv"):
        write(tmp_path, name, *MAY)
    edges = {"start": tmp_path / "a.csv", "end": tmp_path / "b.csv"}
    mapped = ("customer_id=id", "customer_name=Name")
    found = explain(Asked("churn"), Options(**edges, period="2025-06", map=mapped).request())
    assert found.figures[0].line.measure.value == 0
