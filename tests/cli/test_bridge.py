"""`retention bridge`: what scripts and people are given."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal

import pytest

from histories import history, write
from retention_cli.results.bridge import LINES
from retention_cli.text.outputs import BRIDGE, BRIDGE_ROWS, is_output

OPTIONS = ("--period", "2025-Q2", "--as-of", "2026-01-01")


@pytest.fixture
def exports(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "in", *history(11))
    return tmp_path / "in"


def as_json(ran):
    assert ran.code == 0
    return json.loads(ran.out)


def test_json_has_the_lines_as_they_are_fixed(retention, exports):
    found = as_json(retention("bridge", exports, *OPTIONS, "--format", "json", "--members"))
    assert found["schema"] == "retention-bridge/1"
    assert list(found["customers"]) == [
        *("start", "lost", "acquired", "acquired_and_lost", "reactivated", "end")
    ]
    assert [line["line"] for line in found["money"]] == list(LINES)
    amount = {line["line"]: Decimal(line["amount"]) for line in found["money"]}
    assert (
        amount["before"] - amount["lost"] - amount["contraction"] + amount["expansion"]
        == (amount["kept"])
    )
    assert sum(Decimal(line["amount"]) for line in found["others"]) == amount["others"]
    for line in found["money"]:
        rows = [row for row in found["rows"] if row["line"] == line["line"]]
        assert sum(row["customer_id"] is not None for row in rows) == line["n"]
    assert {row["customer_id"] for row in found["rows"] if row["line"] == "others"} >= {None}
    assert found["members"]["lost"]
    assert found["groups"] == []


def test_groups_have_the_same_lines_and_add_up(retention, exports):
    found = as_json(retention("bridge", exports, *OPTIONS, "--format", "json", "--by", "plan"))
    for name, total in found["customers"].items():
        assert sum(group["customers"][name] for group in found["groups"]) == total
    for place, line in enumerate(found["money"]):
        amounts = [Decimal(group["money"][place]["amount"]) for group in found["groups"]]
        assert sum(amounts) == Decimal(line["amount"])
    assert found["groups"][-1]["group"] == {"by": "plan", "value": None}


@pytest.mark.parametrize(("more", "columns"), [((), BRIDGE), (("--members",), BRIDGE_ROWS)])
def test_csv_has_a_row_a_line_and_is_known_again(retention, exports, more, columns):
    ran = retention("bridge", exports, *OPTIONS, "--format", "csv", *more)
    rows = list(csv.DictReader(io.StringIO(ran.out)))
    assert tuple(rows[0]) == columns
    assert is_output(ran.out.encode())
    assert {row["line"] for row in rows} >= {"before", "lost", "revenue"}


def test_the_table_says_each_line_and_fits_its_width(retention, exports, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    (exports / "retention.toml").write_text('voluntary = "price"\n', "utf-8")
    ran = retention("bridge", exports, *OPTIONS, "--members")
    for said in ("billed before leaving", "rows without an id", "Front door", "voluntary)"):
        assert said in ran.out
    assert max(map(len, ran.out.splitlines())) <= 80


def test_markdown_has_a_table_for_each_bridge(retention, exports):
    out = retention("bridge", exports, *OPTIONS, "--format", "markdown", "--members").out
    assert out.count("\n| ---") == 3
    assert "| = | Revenue of the period |" in out


def test_a_period_without_data_has_no_bridge(retention, exports):
    ran = retention("bridge", exports, "--period", "2031", "--format", "json")
    found = as_json(ran)
    assert (found["customers"], found["money"]) == (None, [])
    assert found["customers_reason"].startswith("no data in the period")
    assert "the period has no data" in ran.err


def test_a_word_that_no_reason_has_is_said(retention, exports):
    (exports / "retention.toml").write_text('voluntary = ["price", "Preis"]\n', "utf-8")
    ran = retention("bridge", exports, *OPTIONS)
    assert "voluntary: no end_reason is 'Preis'" in ran.err


def test_a_group_of_invoices_is_refused(retention, exports):
    ran = retention("bridge", exports, *OPTIONS, "--by", "amount")
    assert ran.code == 2
    assert "a bridge is of customers" in ran.err


def test_an_unfinished_period_is_said_in_every_output(retention, exports):
    options = ("bridge", exports, "--period", "2025-Q3", "--as-of", "2025-08-01")
    found = as_json(retention(*options, "--format", "json"))
    said = "the period is unfinished"
    assert any(note.startswith(said) for note in found["notes"])
    rows = list(csv.DictReader(io.StringIO(retention(*options, "--format", "csv").out)))
    assert all(row["reason"].startswith(said) for row in rows)
    for form in ("table", "markdown"):
        assert retention(*options, "--format", form).out.count(said) == 1
