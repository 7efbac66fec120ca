"""`-` among the exports."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from datetime import date

import pyarrow as pa
import pytest

from typed_files import parquet

INVOICES = "Invoice Date,Amount,Customer ID\n2025-06-02,20.00,007\n2025-06-03,5.50,008\n"
COMMAND = (sys.executable, "-m", "retention_cli")


@pytest.fixture
def sent(monkeypatch):
    def send(text):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode("utf-8"))))

    send(INVOICES)
    return send


def computed(ran):
    assert ran.code == 0
    result = json.loads(ran.out)
    values = {line["kpi"]: line["value"] for line in result["figures"]}
    return values, {file["file"]: file["kind"] for file in result["data"]["files"]}


@pytest.mark.parametrize("arguments", [["--invoices", "-"], ["-"]], ids=["named", "recognised"])
def test_it_is_one_export_among_others(retention, customers, sent, arguments):
    del customers, sent
    asked = ("compute", *arguments, "customers.csv", "--period", "2025-06", "--format", "json")
    values, files = computed(retention(*asked))
    assert values["revenue"] == "25.50"
    assert files == {"customers.csv": "customers", "standard input": "invoices"}


def test_it_gives_the_figures_that_a_file_gives(retention, customers, sent, folder):
    del customers, sent
    options = ("--period", "2025-06", "--format", "json")
    piped, _ = computed(retention("compute", "-", "customers.csv", *options))
    (folder / "invoices.csv").write_text(INVOICES, "utf-8")
    filed, _ = computed(retention("compute", "invoices.csv", "customers.csv", *options))
    assert piped == filed


@pytest.mark.parametrize(
    "arguments",
    [["-", "-"], ["--invoices", "-", "-"], ["--invoices", "-", "--costs", "-"]],
    ids=["bare twice", "named and bare", "as two kinds"],
)
def test_twice_is_a_mistake(retention, sent, arguments):
    del sent
    ran = retention("compute", *arguments)
    assert ran.code == 2
    assert "standard input: given twice, and can be read only once" in ran.err


def test_a_rejected_row_is_named(retention, sent):
    sent(INVOICES + "2025-06-31,1.00,009\n")
    ran = retention("check", "-", "--max-rejects", "50%")
    assert "standard input row 4: invoice_date" in ran.out


def test_settings_speak_of_it_by_its_mark(retention, sent, folder):
    sent(INVOICES.replace("Amount", "Kolumne"))
    (folder / "retention.toml").write_text(
        '[[export]]\nfile = "-"\nkind = "invoices"\n[export.columns]\namount = "Kolumne"\n',
        "utf-8",
    )
    values, _ = computed(retention("compute", "-", "--period", "2025-06", "--format", "json"))
    assert values["revenue"] == "25.50"


def test_settings_that_say_two_kinds_are_refused(retention, sent, folder):
    del sent
    rule = '[[export]]\nfile = "-"\nkind = "{}"\n'
    (folder / "retention.toml").write_text(rule.format("invoices") + rule.format("costs"), "utf-8")
    ran = retention("compute", "-")
    assert ran.code == 2
    assert "can be read as one kind only" in ran.err
    assert "--invoices -" in ran.err
    assert retention("compute", "--invoices", "-", "--period", "2025-06").code == 0


def test_a_terminal_is_not_waited_for(folder):
    ours, theirs = os.openpty()
    done = subprocess.run(
        [*COMMAND, "compute", "-"],
        cwd=folder,
        stdin=theirs,
        capture_output=True,
        encoding="utf-8",
        timeout=30,
        check=False,
    )
    os.close(ours)
    os.close(theirs)
    assert (done.returncode, done.stdout) == (2, "")
    assert "nothing was piped in" in done.stderr


def test_a_name_says_what_it_is_called_and_which_settings_cover_it(retention, sent, folder):
    sent(INVOICES.replace("Amount", "Kolumne"))
    (folder / "retention.toml").write_text(
        '[[export]]\nfile = "shop-*.csv"\nkind = "invoices"\n[export.columns]\namount = "Kolumne"\n',
        "utf-8",
    )
    asked = ("compute", "-", "--stdin-name", "shop-06.csv", "--period", "2025-06")
    values, files = computed(retention(*asked, "--format", "json"))
    assert (values["revenue"], files) == ("25.50", {"shop-06.csv": "invoices"})


def test_a_file_with_typed_columns_comes_through_it(retention, folder, monkeypatch):
    del folder
    table = pa.table({"invoice_date": [date(2025, 6, 2)], "amount": [1.234]})
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(parquet(table))))
    asked = ("compute", "-", "--stdin-name", "june.parquet", "--period", "2025-06")
    values, files = computed(retention(*asked, "--format", "json"))
    assert (values["revenue"], files) == ("1.234", {"june.parquet": "invoices"})


def test_a_name_without_it_is_a_mistake(retention, customers):
    del customers
    ran = retention("compute", "customers.csv", "--stdin-name", "a.csv")
    assert ran.code == 2
    assert "--stdin-name names what comes through -, and no - was given" in ran.err
    assert "hint: read it: retention compute - --stdin-name a.csv" in ran.err
