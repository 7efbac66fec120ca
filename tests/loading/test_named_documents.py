"""What a file or its numbers are called may say that its rows are no sales; then it is asked."""

from __future__ import annotations

import pytest

from retention_cli.errors import DataRefusedError
from retention_cli.findings.file_report import RejectLimit
from retention_cli.findings.rejects import RejectsFile
from retention_cli.loading.all_files import load
from retention_cli.loading.one_file import read_parts
from retention_cli.settings import Settings
from retention_cli.sources.locating import Located

HEAD = "Invoice ID,Invoice Date,Customer ID,Amount"


@pytest.fixture
def revenue(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def of(files, toml=""):
        (tmp_path / "retention.toml").write_text(toml, "utf-8")
        settings = Settings.load(tmp_path / "retention.toml")
        parts = []
        for number, (name, rows) in enumerate(files.items()):
            head, amounts = rows if isinstance(rows, tuple) else (HEAD, rows)
            lines = [f"{number}-{at},2025-06-03,A,{net}" for at, net in enumerate(amounts)]
            (tmp_path / name).write_text("\n".join([head, *lines]) + "\n", "utf-8")
            parts += read_parts(Located(tmp_path / name, kind="invoices"), settings)
        with RejectsFile(None) as rejects:
            loaded = load(parts, settings=settings, limit=RejectLimit(percent=0), rejects=rejects)
        total = sum(loaded.dataset.rows("invoices")["amount"].to_pylist()) / 10_000
        return total, [said for one in loaded.exports for said in one.assumed]

    return of


@pytest.mark.parametrize(
    "name",
    [
        *("refunds.csv", "Gutschriften 2025-06.csv", "avoirs.csv", "credit_notes.csv"),
        *("quotes.csv", "Angebote.csv", "draft invoices.csv", "supplier-invoices.csv"),
    ],
)
def test_a_file_that_is_named_as_no_sales_is_asked_about(revenue, name):
    with pytest.raises(DataRefusedError, match=f"{name}: .* says that its rows are"):
        revenue({"sales.csv": [100], name: [10]})
    with pytest.raises(DataRefusedError):
        revenue({name: [10]})


@pytest.mark.parametrize(("name", "other"), [("orders.csv", "invoices.csv"),
                                             ("payments.csv", "orders.csv")])  # fmt: skip
def test_what_may_be_the_same_sales_as_another_file_is_asked_about(revenue, name, other):
    head = "Number,Date,Customer ID,Amount"
    with pytest.raises(DataRefusedError, match="both may hold the same sales"):
        revenue({name: (head, [100]), other: (head, [100])})


def test_a_header_may_say_it_too(revenue):
    head = HEAD.replace("Invoice", "Payment")
    with pytest.raises(DataRefusedError, match=r"'Payment .*' says that its rows are payments"):
        revenue({"june.csv": (head, [100]), "invoices.csv": [100]})


def test_the_proposed_lines_settle_it(revenue):
    files = {"sales.csv": [100], "refunds.csv": [10]}
    with pytest.raises(DataRefusedError) as asked:
        revenue(files)
    told = "\n".join(line for line in asked.value.snippet if not line.startswith("#"))
    assert revenue(files, told)[0] == 90


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"sales.csv": [100], "refunds.csv": [-10]}, id="credits with their sign"),
        pytest.param({"orders-05.csv": [100], "orders-06.csv": [10]}, id="orders alone"),
        pytest.param({"invoices.csv": [100], "Rechnungen.csv": [10]}, id="invoices"),
        pytest.param({"north.csv": [100], "bills.csv": [10]}, id="names that tell nothing"),
        pytest.param({"invoices.csv": [100], "orders.csv": [10]}, id="orders with invoice numbers"),
    ],
)
def test_other_files_are_added_up(revenue, files):
    total, said = revenue(files)
    assert total == sum(sum(amounts) for amounts in files.values())
    assert not any("says that its rows are" in one for one in said)


def test_payments_alone_are_the_purchases_and_are_said(revenue):
    total, said = revenue({"payments.csv": (HEAD.replace("Invoice", "Payment"), [100])})
    assert total == 100
    assert "'payments' says that its rows are payments: they are taken as the purchases" in said[0]
