"""What a folder holds that is an export, and what is passed over."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from retention_cli.cli import run
from retention_cli.sources.folders import fits, idle, listing

CUSTOMERS = "customer_id,start_date\nann,2024-01-01\nbob,2024-01-01\n"
INVOICES = "customer_id,invoice_date,amount,cost\nann,2025-06-03,9,1\nbob,2025-06-04,x,1\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (tmp_path / "customers.csv").write_text(CUSTOMERS, "utf-8")
    (tmp_path / "invoices.csv").write_text(INVOICES, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def seen(folder, *patterns):
    found = listing(folder, patterns)
    return [one.name for one in found.tables], {one.name: why for one, why in found.passed_over}


def test_what_is_passed_over_has_a_reason(folder):
    for name in ("notes.docx", ".hidden.csv", "~$book.xlsx", "retention.toml"):
        (folder / name).write_text("x", "utf-8")
    (folder / "older").mkdir()
    assert seen(folder) == (
        ["customers.csv", "invoices.csv"],
        {
            ".hidden.csv": "hidden",
            "notes.docx": "not named as a table",
            "older": "a folder",
            "~$book.xlsx": "hidden",
        },
    )


def test_a_file_that_the_settings_name_is_an_export_whatever_its_name(folder):
    (folder / "orders.dat").write_text("x", "utf-8")
    assert seen(folder, "orders.*")[0] == ["customers.csv", "invoices.csv", "orders.dat"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("compute", "--format", "csv", "--output", "june.csv"),
        ("accounts", "--output", "accounts.csv"),
        ("accounts", "--by", "status", "--output", "accounts.csv"),
    ],
    ids=" ".join,
)
def test_a_run_whose_output_is_in_the_folder_can_be_run_again(folder, capsys, arguments):
    command, *options = arguments
    text = CUSTOMERS.replace("start_date", "start_date,status").replace("-01\n", "-01,active\n")
    (folder / "customers.csv").write_text(text, "utf-8")
    options += ["--period", "2025-06", "--max-rejects", "1", "--rejects", "lost.csv"]
    assert run([command, ".", *options]) == 0
    first = Path(options[options.index("--output") + 1]).read_bytes()
    capsys.readouterr()
    assert run([command, ".", *options, "--verbose"]) == 0
    assert Path(options[options.index("--output") + 1]).read_bytes() == first
    said = capsys.readouterr().err.splitlines()
    assert "ignored: lost.csv (written by retention)" in said


@pytest.mark.parametrize("command", ["compute", "accounts", "check"])
def test_a_rule_that_speaks_of_no_file_is_said(folder, capsys, command):
    rule = '[[export]]\nfile = "{}"\nkind = "invoices"\n'
    (folder / "retention.toml").write_text(
        rule.format("orders-*.csv") + rule.format("invoices.csv"), "utf-8"
    )
    assert run([command, ".", "--max-rejects", "1"]) == 0
    assert (
        "no file matches [[export]] file = 'orders-*.csv'" in capsys.readouterr().err.splitlines()
    )
    assert run([command, "invoices.csv", "--max-rejects", "1"]) == 0
    assert "no file fits" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("path", "pattern", "expected"),
    [
        ("a/orders-1.csv", "orders-*.csv", True),
        ("a/orders-1.csv", "a/orders-1.csv", True),
        ("a/orders-1.csv", "b/*", False),
        ("a/list[1].csv", "list[1].csv", True),
        ("a/orders.csv", "", False),
    ],
)
def test_patterns_hold_the_end_of_a_path(path, pattern, expected):
    assert fits(Path(path), pattern) is expected


def test_patterns_that_no_file_fits_are_idle():
    assert idle(["a.csv", "b*", "b*"], [Path("x/a.csv")]) == ["b*"]


@pytest.mark.parametrize("kept", [("--manifest", "run.json"), ("--save", "june")])
def test_what_a_manifest_lists_as_written_is_no_export(folder, kept, capsys):
    told = ("compute", str(folder), "--period", "2025-06", "--max-rejects", "50%", "-o", "june.txt")
    assert run([*told, *kept, "-q"]) == 0
    name = "run.json" if kept[0] == "--manifest" else "manifest.json"
    assert seen(folder)[1]["june.txt"] == f"written by retention, says {name}"
    assert run([*told[:-2], "--verbose"]) == 0
    assert "june.txt (written by retention, says " in capsys.readouterr().err


DEEP = '{"schema": "retention-manifest/1", "outputs": ' + "[" * 100_000


def test_what_was_changed_since_a_manifest_is_read(folder):
    listed = {"file": "else/customers.csv", "size": len(CUSTOMERS), "sha256": "0" * 64}
    odd = [{**listed, "size": float("inf")}, {**listed, "file": 1}, 2]
    told = {"schema": "retention-manifest/1", "outputs": [listed, *odd]}
    for text in (json.dumps(told), '{"schema": "retention-manifest/1", "outputs": 3}', "{", DEEP):
        (folder / "run.json").write_text(text, "utf-8")
        assert seen(folder)[0] == ["customers.csv", "invoices.csv"]
    listed["sha256"] = hashlib.sha256(CUSTOMERS.encode()).hexdigest()
    (folder / "run.json").write_text(json.dumps(told | {"outputs": [listed]}), "utf-8")
    assert seen(folder)[0] == ["invoices.csv"]
