"""`retention compute --save` and `retention diff`: what was restated, and the rows that did it."""

from __future__ import annotations

import csv
import io
import json
import random
import shutil
import stat
from datetime import timedelta
from pathlib import Path

import pytest

from histories import PLANS, history, write
from retention_cli.text.outputs import DIFF, is_output

pytestmark = pytest.mark.sweep

KEPT = Path(__file__).parents[1] / "frozen-runs"
OPTIONS = ("--as-of", "2026-01-01")
ASKED = ("--period", "2025-Q2", *OPTIONS)
EDITS = ("plan", "end_date", "amount", "invoice_date", "customer_id")


@pytest.fixture
def exports(folder):
    people, billed = history(11)
    write(folder / "in", people, billed)
    return people, billed


def found_by(ran):
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def facts(figure):
    names = ("value", "parts", "reason", "verdict", "basis", "currency")
    return {name: figure[name] for name in names}


def by_place(card):
    return {(f["kpi"], json.dumps(f["group"])): facts(f) for f in card["figures"]}


def edited(draw, column, people, billed):
    """Change one cell of one row to another that is sound; give the kind and row number too."""
    people, billed = [dict(row) for row in people], [dict(row) for row in billed]
    kind, rows = ("customers", people) if column in {"plan", "end_date"} else ("invoices", billed)
    there = [at for at, row in enumerate(rows) if row[column] not in {None, ""}]
    at = draw.choice(there)
    row = rows[at]
    if column == "plan":
        row["plan"] = draw.choice([plan for plan in PLANS if plan != row["plan"]])
    elif column == "end_date":
        row["end_date"] += timedelta(1)
    elif column == "invoice_date":
        row["invoice_date"] += timedelta(draw.choice([-40, -3, 4, 30]))
    elif column == "amount":
        row["amount"] = round(row["amount"] + draw.choice([-1.5, 700.25]), 2)
    else:
        row["customer_id"] = draw.choice([f"c{n}" for n in range(12) if f"c{n}" != row[column]])
    return people, billed, kind, at + 2


@pytest.mark.parametrize(
    "seeds", [range(5), pytest.param(range(5, 40), marks=pytest.mark.slow)], ids=str
)
def test_a_cell_that_changed_is_named_with_the_figures_that_rest_on_it_and_no_other(
    retention, exports, folder, seeds
):
    frozen, named = {}, 0
    for seed in seeds:
        draw, column = random.Random(seed), EDITS[seed % len(EDITS)]  # noqa: S311  # rows of a test
        by = ("--by", "plan") if column == "plan" or seed >= len(EDITS) else ()
        asked = ("compute", "in", *ASKED, *by, "--format", "json", "--save")
        if by not in frozen:
            write(folder / "in", *exports)
            frozen[by] = by_place(found_by(retention(*asked, f"then{by}")))
        people, billed, kind, row = edited(draw, column, *exports)
        write(folder / "in", people, billed)
        then, now = frozen[by], by_place(found_by(retention(*asked, f"now{seed}")))
        found = found_by(retention("diff", f"then{by}", f"now{seed}", "--format", "json"))
        expected = {place for place in {*then, *now} if then.get(place) != now.get(place)}
        got = {(f["kpi"], json.dumps(f["group"])): f["because"] for f in found["figures"]}
        assert set(got) == expected
        assert found["unchanged"] == len({*then, *now}) - len(expected)
        assert [(one["kind"], one["row"]) for one in found["rows"]] == [(kind, row)]
        for because in got.values():
            assert [(c["what"], c["kind"], c["row"]) for c in because] == [("changed", kind, row)]
            named += 1
    assert named


def test_a_run_differs_from_itself_in_nothing(retention, exports):
    retention("compute", "in", *ASKED, "--save", "then")
    for other in ("then", "in"):
        found = found_by(retention("diff", "then", other, "--format", "json", *OPTIONS))
        assert found["schema"] == "retention-diff/1"
        assert (found["figures"], found["rows"]) == ([], [])
        assert found["unchanged"] > 30


def test_a_run_frozen_by_the_first_version_is_still_read(retention, folder):
    shutil.copytree(KEPT / "1", folder / "kept")
    found = found_by(retention("diff", "kept/run", "kept/exports", *OPTIONS, "--format", "json"))
    assert [one for one in found["figures"] if one["then"] is not None] == []
    assert found["rows"] == []
    assert found["unchanged"] >= 96


@pytest.mark.parametrize(
    "told", ["", "[" * 100_000, "[]", '"figures": 1', '"figures": [{"cells": 1}]']
)
def test_a_run_that_is_damaged_is_refused_by_name(retention, folder, told):
    shutil.copytree(KEPT / "1", folder / "kept")
    file = folder / "kept" / "run" / "run.json"
    left = file.read_text("utf-8").rpartition("}")[0]
    file.write_text(f"{left}, {told}}}" if told.startswith('"') else told, "utf-8")
    ran = retention("diff", "kept/run", "kept/exports", *OPTIONS)
    assert ran.code == 3
    assert ran.err.startswith("error: kept/run: is not a whole frozen run: ")


def test_what_is_saved_is_for_its_owner_only_and_never_written_over(retention, exports, folder):
    assert retention("compute", "in", *ASKED, "--save", "then").code == 0
    assert stat.S_IMODE((folder / "then").stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in (folder / "then").iterdir()} == {0o600}
    again = retention("compute", "in", *ASKED, "--save", "then")
    assert (again.code, again.out) == (2, "")
    assert "then is there already" in again.err
    assert retention("compute", "in", *ASKED, "--save", "no/such").code == 4
    assert not [file for file in folder.iterdir() if file.name.startswith(".")]


def test_rows_that_came_went_and_moved_are_told_apart(retention, exports, folder):
    people, billed = exports
    retention("compute", "in", *ASKED, "--save", "then")
    new = {**billed[0], "customer_id": "c1", "amount": 12.34}
    write(folder / "in", people, [*billed[1:5], new, *billed[5:]])
    found = found_by(retention("diff", "then", "in", *OPTIONS, "--format", "json"))
    assert found["row_counts"] == {
        "customers": {"came": 0, "went": 0, "changed": 0},
        "invoices": {"came": 1, "went": 1, "changed": 0},
    }
    rows = {one["what"]: one["row"] for one in found["rows"]}
    assert rows == {"went": 2, "came": 6}


def test_a_setting_is_named_for_the_figures_that_rest_on_it_alone(retention, exports, folder):
    retention("compute", "in", *ASKED, "--save", "then")
    (folder / "in" / "retention.toml").write_text("lifespan_years = 3\ncsat_top = [5]\n", "utf-8")
    found = found_by(retention("diff", "then", "in", *OPTIONS, "--format", "json"))
    assert {f["kpi"] for f in found["figures"]} == {"clv", "clv_margin", "customer_lifespan"}
    for figure in found["figures"]:
        assert [(c["what"], c["key"], c["then"], c["now"]) for c in figure["because"]] == [
            ("setting", "lifespan_years", None, 3)
        ]


def test_accounts_are_compared_each_by_its_own_rows(retention, exports, folder):
    people, billed = exports
    billed = [{**row, "cost": 1.0} for row in billed]
    write(folder / "in", people, billed)
    retention("accounts", "in", "--period", "2025", *OPTIONS, "--by", "plan", "--save", "then")
    at = next(
        n
        for n, row in enumerate(billed)
        if row["customer_id"] == "c3" and row["invoice_date"].year == 2025
    )
    other = next(
        n
        for n, row in enumerate(billed)
        if row["customer_id"] == "c5" and row["invoice_date"].year == 2025
    )
    billed[at]["amount"], billed[other]["amount"] = 7.77, 8.88
    write(folder / "in", people, billed)
    found = found_by(retention("diff", "then", "in", *OPTIONS, "--format", "json"))
    rows = {
        (f["group"] or {}).get("value", "all"): [c["row"] for c in f["because"]]
        for f in found["figures"]
    }
    assert sorted(rows["all"]) == sorted([at + 2, other + 2])
    assert (rows["c3"], rows["c5"]) == ([at + 2], [other + 2])
    assert {kpi["kpi"] for kpi in found["figures"]} == {"profit"}


@pytest.mark.parametrize("width", [80, 120])
def test_the_table_names_the_row_and_fits_its_width(retention, exports, folder, monkeypatch, width):
    monkeypatch.setenv("COLUMNS", str(width))
    retention("compute", "in", *ASKED, "--save", "then")
    people, billed = exports
    at = next(n for n, one in enumerate(billed) if str(one["invoice_date"])[:7] == "2025-05")
    billed[at]["amount"], row = 777.77, at + 2
    write(folder / "in", people, billed)
    ran = retention("diff", "then", "in", *OPTIONS)
    assert f"invoices.csv row {row} (" in ran.out
    assert "changed in amount" in ran.out
    assert max(map(len, ran.out.splitlines())) <= width
    markdown = retention("diff", "then", "in", *OPTIONS, "--format", "markdown").out
    assert f"row {row}" in markdown
    told = retention("diff", "then", "in", *OPTIONS, "--format", "csv").out
    assert is_output(told.encode())
    rows = list(csv.DictReader(io.StringIO(told)))
    assert tuple(rows[0]) == DIFF
    assert {(one["row"], one["columns"]) for one in rows} == {(str(row), "amount")}


def test_what_cannot_be_compared_is_refused(retention, exports, folder):
    retention("compute", "in", *ASKED, "--save", "then")
    retention("compute", "in", "--period", "2025-Q1", *OPTIONS, "--save", "other")
    for arguments, code, said in (
        (("then", "other"), 2, "different runs: period 2025-Q2 and 2025-Q1"),
        (("in", "then"), 2, "name the frozen run first: retention diff then in"),
        ((), 2, "no frozen run was given"),
    ):
        ran = retention("diff", *arguments)
        assert (ran.code, said in ran.err) == (code, True), ran.err
    (folder / "then" / "behind.arrow").write_bytes(b"torn")
    assert retention("diff", "then", "in").code == 3
    run = json.loads((folder / "other" / "run.json").read_text("utf-8"))
    (folder / "other" / "run.json").write_text(json.dumps({**run, "schema": "retention-run/9"}))
    later = retention("diff", "other", "in")
    assert (later.code, "retention-run/9" in later.err) == (3, True)


def test_a_kind_that_only_one_run_has_is_of_rows_that_came(retention, exports, folder):
    invoices = folder / "in" / "invoices.csv"
    invoices.rename(folder / "later.csv")
    retention("compute", "in", *ASKED, "--save", "then")
    (folder / "later.csv").rename(invoices)
    told = found_by(retention("diff", "then", "in", *OPTIONS, "--format", "json"))
    assert set(told["row_counts"]["invoices"]) == {"came", "went", "changed"}
    assert told["row_counts"]["invoices"]["came"] == len(exports[1])
    assert "revenue" in {one["kpi"] for one in told["figures"]}


def test_lists_of_both_ends_are_compared_row_by_row(retention, folder):
    lists = ("--start", "first.csv", "--end", "last.csv")
    (folder / "first.csv").write_text("customer_id,name\na,A\nb,B\nc,C\n", "utf-8")
    (folder / "last.csv").write_text("customer_id,name\na,A\nd,D\n", "utf-8")
    ran = retention("compute", *lists, "--period", "2025-05", *OPTIONS, "--save", "then")
    assert ran.code == 0
    asked = (*lists, *OPTIONS, "--format", "json")
    assert found_by(retention("diff", "then", *asked))["figures"] == []
    assert "two lists" in retention("diff", "then", "first.csv").err
    (folder / "last.csv").write_text("customer_id,name\na,A\nd,D\nc,C\n", "utf-8")
    told = found_by(retention("diff", "then", *asked))
    lost = next(one for one in told["figures"] if one["kpi"] == "customers_lost")
    assert (lost["then"], lost["now"]) == (2, 1)
    because = [(one["what"], one["file"], one["row"], one["key"]) for one in lost["because"]]
    assert because == [("came", "last.csv", 4, "c")]
