"""A view of a database beside a table of the same kind: never both in silence."""

from __future__ import annotations

import json

import pyarrow as pa
import pytest

from typed_files import sqlite

INVOICES = pa.table({"invoice_date": ["2025-06-02", "2025-06-03"], "amount": [20.0, 5.5]})
VIEW = "CREATE VIEW june AS SELECT * FROM invoices"


@pytest.fixture
def base(folder):
    def write(*statements, **tables):
        (folder / "a.db").write_bytes(sqlite(tables or {"invoices": INVOICES}, *statements))

    return write


def revenue(ran):
    assert ran.code == 0, ran.err
    result = json.loads(ran.out)
    (value,) = [one["value"] for one in result["figures"] if one["kpi"] == "revenue"]
    return value, [one["sheet"] for one in result["data"]["files"]]


ASKED = ("a.db", "--period", "2025-06", "--format", "json")


@pytest.mark.parametrize("more", [[], ["--invoices"]], ids=["recognised", "named"])
def test_it_is_asked_which_to_read(retention, base, more):
    base(VIEW)
    ran = retention("compute", *more, *ASKED)
    assert ran.code == 3
    assert "a.db: table 'invoices' and view 'june' both look like invoices" in ran.err
    assert 'sheet = "invoices"' in ran.err


def test_two_views_are_asked_about_too(retention, base):
    named = "SELECT x AS invoice_date, y AS amount FROM raw"
    views = [f"CREATE VIEW {name} AS {named}" for name in ("june", "july")]
    base(*views, raw=INVOICES.rename_columns(["x", "y"]))
    ran = retention("compute", *ASKED)
    assert ran.code == 3
    assert "view 'july' and view 'june' both look like invoices" in ran.err


def test_the_answer_on_the_command_line_is_taken(retention, base):
    base(VIEW)
    assert revenue(retention("compute", *ASKED, "--sheet", "June")) == ("25.50", ["june"])


@pytest.mark.parametrize(("sheet", "other"), [("invoices", "june"), ("june", "invoices")])
def test_the_answer_in_the_settings_is_taken_and_said(retention, base, folder, sheet, other):
    base(VIEW)
    rule = f'[[export]]\nfile = "a.db"\nsheet = "{sheet}"\nkind = "invoices"\n'
    (folder / "retention.toml").write_text(rule, "utf-8")
    ran = retention("compute", *ASKED)
    assert revenue(ran) == ("25.50", [sheet])
    assert f"'{other}' is not read: retention.toml names '{sheet}' for invoices" in ran.err


def test_a_view_of_another_kind_is_read_as_a_table_is(retention, base):
    base(
        "CREATE VIEW customers AS SELECT 'C1' AS customer_id, '2024-01-01' AS start_date",
        "CREATE TABLE notes (txt)",
    )
    ran = retention("compute", *ASKED)
    assert revenue(ran) == ("25.50", ["invoices", "customers"])
    assert "sheet 'notes' is not read: it is of no kind of export" in ran.err


def test_a_view_without_days_is_no_double_of_rows_that_have_them(base, retention):
    view = "CREATE VIEW each AS SELECT customer_id, count(*) AS n FROM customers GROUP BY 1"
    base(view, customers=pa.table({"customer_id": ["a", "b"], "start_date": ["2024-01-01"] * 2}))
    ran = retention("compute", "a.db", "--period", "2025-06")
    assert ran.code == 0, ran.err
    assert "view 'each' is not read: its rows have no days" in " ".join(ran.out.split())
