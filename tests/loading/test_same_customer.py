"""Ids that settings join are of one customer in all files, and are said to be."""

from __future__ import annotations

import json

import pytest

from retention_cli.cli import run
from retention_cli.errors import BadConfigError
from retention_cli.settings import Settings

PERIOD = ("--period", "2025-06")


def write(folder, name, *lines):
    (folder / name).write_text("\n".join([*lines, ""]), "utf-8")


def told(capsys, *arguments):
    assert run([*arguments, "--format", "json"]) == 0
    return json.loads(capsys.readouterr().out)


SPELLS = (
    "customer_id,start_date,end_date",
    "C1,2024-01-01,2025-06-10",
    "C2,2024-03-01,2024-09-01",
    "C2,2025-06-10,",
    "D1,2024-01-01,",
    "D2,2024-01-01,2025-06-02",
)


def churned(capsys, folder):
    return told(capsys, "explain", "churn", folder.as_posix(), *PERIOD)


def test_spells_of_joined_ids_may_overlap_and_are_one(tmp_path, capsys):
    write(tmp_path, "customers.csv", *SPELLS)
    write(tmp_path, "retention.toml", "[same_customer]", 'C2 = "C1"', 'D2 = "D1"')
    found = churned(capsys, tmp_path)
    assert (found["figure"]["value"], found["figure"]["n"]) == (0.0, 2)
    assert [one["rejected"] for one in found["data"]["files"]] == [0]
    assert [(one["id"], 1 + len(one["also"])) for one in found["members"]["CS"]] == [
        ("C1", 3),
        ("D1", 2),
    ]
    (said,) = found["data"]["assumed"]
    assert "3 rows under another id, as same_customer says: 'C2' as 'C1', 'D2' as 'D1'" in said


def test_a_later_list_with_the_new_id_is_a_later_version(tmp_path, capsys):
    write(tmp_path, "customers-2025-05.csv", SPELLS[0], "C1,2024-01-01,", "E,2024-01-01,")
    write(tmp_path, "customers-2025-06.csv", SPELLS[0], "C2,2024-01-01,2025-06-05", "E,2024-01-01,")
    write(tmp_path, "retention.toml", 'same_customer = "merged.txt"')
    write(tmp_path, "merged.txt", "new;old", "C2;C1")
    found = churned(capsys, tmp_path)
    assert [one["id"] for one in found["members"]["lost"]] == ["C2"]
    assert found["figure"]["parts"] == {"CS": 2, "lost": 1}


def test_one_invoice_under_both_ids_in_two_files_counts_once(tmp_path, capsys):
    lines = ("invoice_id,customer_id,invoice_date,amount", "I1,C1,2025-06-01,10")
    write(tmp_path, "invoices-05.csv", *lines)
    write(tmp_path, "invoices-06.csv", lines[0], "I1,C2,2025-06-01,10", "I2,C2,2025-06-02,1")
    write(tmp_path, "retention.toml", "[same_customer]", 'C1 = "C2"')
    found = told(capsys, "explain", "revenue", tmp_path.as_posix(), *PERIOD)
    assert found["figure"]["value"] == "11.00"
    assert {one["cells"]["customer_id"] for one in found["members"]["revenue"]} == {"C2"}


def test_the_file_of_a_customer_says_which_ids_it_has(tmp_path, capsys):
    write(tmp_path, "customers.csv", *SPELLS, "c1,2024-01-01,", "C2,2025-02-31,")
    write(tmp_path, "retention.toml", "[same_customer]", 'C2 = "C1"', 'Z = "C1"')
    options = (*PERIOD, "--max-rejects", "50%")
    for asked in ("C1", "C2"):
        found = told(capsys, "explain", "churn", tmp_path.as_posix(), "--id", asked, *options)
        one = found["customer"]
        assert (one["id"], one["joined"], one["alike"]) == ("C1", ["C2", "Z"], ["c1"])
        assert [row["row"] for row in one["rows"]] == [2, 3, 4]
        assert [row["row"] for row in one["left_out"]] == [8]
    assert [one["code"] for one in found["data"]["warnings"]].count("same-customer-unused") == 1


@pytest.mark.parametrize(
    ("settings", "table", "said"),
    [
        ('same_customer = "gone.csv"', "", "gone.csv: no such file"),
        ('same_customer = "a.csv"', "one,two\na,b\n", "a.csv:1: is not a table of old and new ids"),
        ('same_customer = "a.csv"', "old,new\na,b\na,c\n", "a.csv:3: 'a' is 'b' and 'c'"),
        ('same_customer = "a.csv"', "old,new\na,\n", "a.csv:2: an id is blank"),
        ('same_customer = "a.csv"', "old,new\na,b,c\n", "a.csv:2: has 3 cells, not two"),
        ('same_customer = "a.csv"', "old,new\na,b\nb,a\n", "leads back to itself: a = b = a"),
        ("same_customer = 5", "", ":1: same_customer: neither old ids"),
        ('[same_customer]\na = "b"\nb = "a"', "", "'a' leads back to itself: a = b = a"),
        ('[same_customer]\na = " "', "", "neither old ids"),
    ],
)
def test_what_cannot_be_joined_is_refused(tmp_path, settings, table, said):
    write(tmp_path, "retention.toml", settings)
    (tmp_path / "a.csv").write_text(table, "utf-8")
    with pytest.raises(BadConfigError) as raised:
        Settings.load(tmp_path / "retention.toml")
    assert said in str(raised.value)
