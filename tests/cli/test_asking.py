"""`retention init` and `compute` at a terminal: what is open is asked, and written down."""

from __future__ import annotations

import io
import tomllib

import pytest

from retention_cli.cli import _asking

PEOPLE = "customer_id,start_date,end_date\nA1,{},\nA2,02/05/2024,03/04/2025\nA3,03/05/2024,\n"
ANSWERS = "Ticket,Score,Date\nT1,3,2025-03-01\nT2,4,2025-03-01\n"
ORDERS = "Order,Zzz,Account,Net\nO1,2025-0{0}-02,A1,100.00\nO2,2025-0{0}-05,A2,50.00\n"
SIDES = "Invoice Date,Invoice Number,Soll,Haben\n2025-03-01,I1,100.00,\n2025-03-02,I2,,20.00\n"
TOTALS = (
    "Invoice Date,Invoice Number,Customer ID,Amount,Item\n2025-03-01,I1,A1,30.00,a\n"
    "2025-03-01,I1,A1,30.00,b\n2025-03-02,I2,A2,70.00,a\n2025-03-02,I2,A2,70.00,b\n"
    "2025-03-02,I3,A2,10.00,a\n"
)
LEDGER = "Invoice Date,Customer ID,Amount\n2025-03-01,A1,-30.00\n2025-03-02,A2,-70.00\n"
STATES = "Invoice Date,Customer ID,Amount,Status\n2025-03-01,A1,30.00,Blorbed\n2025-03-02,A2,70.00,Paid\n"


@pytest.fixture
def typed(retention, monkeypatch):
    """Run a command at a terminal, and type these lines."""

    def call(command, *lines):
        monkeypatch.setattr(_asking, "can_ask", lambda: True)
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        return retention(*command.split())

    return call


def written(folder):
    return tomllib.loads((folder / "retention.toml").read_text("utf-8"))


def rules(folder):
    return {rule["file"]: rule for rule in written(folder)["export"]}


def test_the_order_of_dates_is_asked_once(folder, typed):
    for name in ("a", "b"):
        (folder / f"{name}.csv").write_text(PEOPLE.format("01/05/2024"), "utf-8")
    ran = typed("init", "1", "x", "x")
    assert ran.err.count("the day stands first") == 1
    assert written(folder)["date_order"] == "dmy"


def test_a_column_is_asked_for_once_for_all_months(folder, typed, retention):
    for month in (2, 3):
        (folder / f"orders-2025-0{month}.csv").write_text(ORDERS.format(month), "utf-8")
    ran = typed("init", "Zzz")
    assert ran.code == 0
    assert ran.err.count("Which column is the invoice date?") == 1
    assert rules(folder)["orders-2025-*.csv"]["columns"]["invoice_date"] == "Zzz"
    assert retention("compute", ".").code == 0


def test_a_value_is_asked_for_and_then_what_it_leaves_open(folder, typed, retention):
    (folder / "answers.csv").write_text(ANSWERS, "utf-8")
    ran = typed("init", "1", "2")
    assert ran.code == 0
    assert rules(folder)["answers.csv"]["constants"] == {"kind": "csat", "scale_max": "7"}
    assert retention("compute", ".").code == 0


@pytest.mark.parametrize(
    ("table", "choice", "told"),
    [
        (SIDES, "1", {"amount": {"debit": "Soll", "credit": "Haben"}}),
        (TOTALS, "1", {"amount": {"from": "Amount", "once_per": "Invoice Number"}}),
        (TOTALS, "2", {"amount": "Amount"}),
        (LEDGER, "1", {"amount": {"from": "Amount", "negate": True}}),
    ],
    ids=["two sides", "a total repeated", "amounts of rows", "income below zero"],
)
def test_a_recipe_is_written_down(folder, typed, table, choice, told):
    (folder / "invoices.csv").write_text(table, "utf-8")
    ran = typed("init", choice)
    assert ran.code == 0
    columns = rules(folder)["invoices.csv"]["columns"]
    assert {name: columns[name] for name in told} == told
    assert typed("compute .").code == 0


def test_words_are_asked_for_one_by_one(folder, typed, retention):
    (folder / "invoices.csv").write_text(STATES, "utf-8")
    ran = typed("init", "1", "void")
    assert ran.code == 0
    assert rules(folder)["invoices.csv"]["values"] == {"status": {"Blorbed": "void"}}
    assert retention("compute", ".").code == 0


def test_a_file_is_left_out_for_good(folder, typed, customers, retention):
    (folder / "orders.csv").write_text(ORDERS.format(3), "utf-8")
    assert typed("init", "x").code == 0
    assert rules(folder)["orders.csv"] == {"file": "orders.csv", "ignore": True}
    assert retention("compute", ".").code == 0


def test_what_is_not_answered_stays_open(folder, typed):
    (folder / "orders.csv").write_text(ORDERS.format(3), "utf-8")
    for lines in (["?"], []):
        ran = typed("init", *lines)
        assert ran.code == 0
        assert "open: orders.csv: " in ran.err
        for name in ("retention.toml", "benchmarks.toml"):
            (folder / name).unlink()


def test_what_cannot_be_followed_is_said_and_asked_again(folder, typed):
    (folder / "orders.csv").write_text(ORDERS.format(3), "utf-8")
    ran = typed("init", "9", "Zzy")
    assert "'9' is not one of them" in ran.err
    assert rules(folder)["orders.csv"]["columns"]["invoice_date"] == "Zzz"


def test_no_input_asks_nothing(folder, typed):
    (folder / "orders.csv").write_text(ORDERS.format(3), "utf-8")
    ran = typed("init --no-input", "2")
    assert "Which column" not in ran.err
    assert "open: orders.csv: " in ran.err


@pytest.mark.parametrize("command", ["check", "compute", "accounts", "explain revenue"])
def test_compute_offers_to_answer_and_goes_on(folder, typed, command):
    (folder / "orders.csv").write_text(ORDERS.format(3), "utf-8")
    ran = typed(f"{command} .", "", "Zzz")
    assert (ran.code, "Answer now? [Y/n]" in ran.err) == (0, True)
    assert [path.name for path in sorted(folder.iterdir())] == ["orders.csv", "retention.toml"]


def test_compute_stops_where_nobody_wants_to_answer(folder, typed):
    (folder / "orders.csv").write_text(ORDERS.format(3), "utf-8")
    ran = typed("compute .", "n")
    assert (ran.code, "error: orders.csv: " in ran.err) == (3, True)
    assert not (folder / "retention.toml").exists()


def test_compute_offers_nothing_where_there_are_settings(folder, typed):
    (folder / "orders.csv").write_text(ORDERS.format(3), "utf-8")
    (folder / "retention.toml").write_text("", "utf-8")
    ran = typed("compute .", "")
    assert (ran.code, "Answer now?" in ran.err) == (3, False)


def test_without_a_terminal_nothing_is_asked(folder, retention):
    (folder / "orders.csv").write_text(ORDERS.format(3), "utf-8")
    assert "Answer now?" not in retention("compute", ".").err
