from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest

from retention_cli.findings.across_files import Together, findings
from retention_cli.findings.file_report import Export
from retention_cli.findings.problems import Notice, Outcome, Tally
from retention_cli.loading.notices import notices, of_joined, of_sheets
from retention_cli.reading.text import TextSheet
from retention_cli.settling.spells import joined
from retention_cli.testing import table

SALES = "invoice_date,amount,customer_id,status"


def remarks(exports=(), as_of=None, **tables):
    before = dict(tables)
    found = Tally()
    found.say(*notices(tables, exports))
    found.say(*findings(Together(tables, exports, as_of=as_of), always=True))
    said = found.problems().notices
    assert all(one.outcome is Outcome.WARNING for one in said)
    assert all(tables[kind] is table for kind, table in before.items())
    return {one.code: one for one in said}


def customers(*ids):
    return table("customers", "customer_id,start_date,end_date", *(f"{i},2025-01-01," for i in ids))


def invoices(*rows):
    return table("invoices", SALES, *(f"2025-06-01,10,{row}" for row in rows))


def export(file, accepted, kind="invoices"):
    return Export(file, kind, rows=accepted, accepted=accepted, rejected=0, skipped=0)


def test_rows_that_need_no_remark_get_none():
    found = remarks([export("a.csv", 1)], customers=customers("ann"), invoices=invoices("ann,paid"))
    assert found == {}


def test_rows_of_nobody_are_counted():
    found = remarks(invoices=invoices(",", ",", "ann,"))
    issue = found["no-customer"]
    assert (issue.count, issue.file, issue.column) == (2, "invoices", "customer_id")
    assert issue.message == (
        "2 of 3 rows have no customer: these rows count in totals, but in no figure per customer"
    )


def test_one_row_of_nobody_is_one_row():
    found = remarks(invoices=invoices(","))
    assert found["no-customer"].message.startswith("1 of 1 row has no customer")


def test_customers_that_the_export_lacks_are_named_by_their_rows():
    rows = ("zoe,", "ann,", "dee,", "cy,", "cy,", "bob,", ",")
    found = remarks(customers=customers("ann"), invoices=invoices(*rows))
    issue = found["unknown-customer"]
    assert issue.count == 5
    assert issue.message == (
        "5 rows of 7 (71.4 %, 71.4 % of revenue) name 4 customers that the customer export does"
        " not have (bob, cy, dee …): these rows count in totals, but in no figure per customer"
    )


def test_one_unknown_customer_in_one_row():
    found = remarks(customers=customers("ann"), invoices=invoices("bob,"))
    assert found["unknown-customer"].message == (
        "1 row of 1 (100.0 %, 100.0 % of revenue) names 1 customer that the customer export does"
        " not have (bob): these rows count in totals, but in no figure per customer"
    )


def test_three_unknown_customers_are_all_named():
    found = remarks(customers=customers("ann"), invoices=invoices("d,", "c,", "b,"))
    assert "(b, c, d)" in found["unknown-customer"].message


def test_without_a_customer_export_no_customer_is_unknown():
    found = remarks(invoices=invoices("ann,"))
    assert found == {}


def test_rows_without_a_column_of_customers_are_not_counted():
    found = remarks(
        customers=customers("ann"),
        invoices=table("invoices", "invoice_date,amount", "2025-06-01,1"),
    )
    assert found == {}


def test_every_kind_is_held_against_the_customers():
    answers = table("surveys", "score,customer_id,scale_min,scale_max,kind", "5,bob,1,5,csat")
    found = remarks(customers=customers("ann"), surveys=answers)
    assert (found["unknown-customer"].kind, found["unknown-customer"].count) == ("surveys", 1)


def test_drafts_and_voided_invoices_are_said_apart():
    found = remarks(invoices=invoices("ann,draft", "ann,void", "ann,void", "ann,paid", "ann,"))
    assert found["left-out-draft"].message == "1 draft invoice is excluded from all figures"
    assert found["left-out-void"].message == "2 voided invoices are excluded from all figures"
    assert (found["left-out-draft"].count, found["left-out-void"].count) == (1, 2)


def test_invoices_without_a_status_are_all_invoices():
    found = remarks(invoices=table("invoices", "invoice_date,amount", "2025-06-01,1"))
    assert found == {}


def test_spells_that_touch_are_joined_and_counted():
    rows = table(
        "customers",
        "customer_id,start_date,end_date",
        "ann,2025-01-01,2025-02-01",
        "ann,2025-02-01,2025-03-01",
        "ann,2025-03-02,",
        "bob,2025-01-01,",
    )
    tables, count = joined(rows)
    (found,) = of_joined(count, overlapping=False)
    assert (found.code, found.kind, found.count) == ("joined-spells", "customers", 2)
    assert found.message == (
        "2 rows continue an earlier row of the same customer, and are joined with it"
    )
    assert tables["start_date"].to_pylist() == [date(2025, 1, 1)] * 2
    assert tables["end_date"].to_pylist() == [None, None]


def test_one_joined_spell_is_one_row():
    (found,) = of_joined(1, overlapping=False)
    assert list(of_joined(0, overlapping=False)) == []
    assert found.message == (
        "1 row continues an earlier row of the same customer, and is joined with it"
    )


def test_a_file_without_rows_leaves_figures_undefined_only_where_it_is_alone():
    empty = [export("a.csv", 0)]
    alone = remarks(empty, invoices=invoices())
    beside = remarks([*empty, export("b.csv", 1)], invoices=invoices("ann,"))
    assert (alone["no-rows"].file, alone["no-rows"].count) == ("a.csv", 1)
    assert alone["no-rows"].message == "has no rows to use: its figures are undefined"
    assert beside["no-rows"].message == "has no rows to use"


@pytest.mark.parametrize("count", [1_000, 1_234_567])
def test_large_counts_have_their_thousands_set_apart(count):
    many = pa.table({"customer_id": pa.nulls(count, pa.string())})
    found = remarks(invoices=many)
    assert found["no-customer"].message.startswith(f"{count:,} of {count:,} rows have no customer")


def test_ids_with_zeros_in_front_and_without_are_said():
    found = remarks(customers=customers("007", "8"), invoices=invoices("7,", "0008,", "00x,"))
    issue = found["ids-alike"]
    assert (issue.count, issue.column, issue.kind) == (2, "customer_id", "invoices")
    assert issue.message.startswith(
        "2 ids are an id of the customers except for leading zeros, such as '0008' and '8'"
    )
    assert issue.hint.endswith('[export.values.customer_id] "0008" = "8"')


def test_zeros_in_front_alone_are_no_remark():
    found = remarks(customers=customers("007", "0"), invoices=invoices("007,", "ann,"))
    assert "ids-alike" not in found


def test_what_is_said_of_a_sheet_is_said_once_for_both_kinds_and_of_a_file_once_for_all_sheets():
    def page(name):
        remarks = (Notice("of-sheet", "a"), Notice("of-file", "b", of_file=True))
        return TextSheet("b.xlsx", ("id",), 1, [], 0, sheet=name, remarks=remarks)

    found = of_sheets([("customers", page("S")), ("surveys", page("S")), ("costs", page("T"))])
    assert [(one.sheet, one.code, one.kind, one.count) for one in found] == [
        ("S", "of-sheet", "customers", 1),
        (None, "of-file", "customers", 1),
        ("T", "of-sheet", "costs", 1),
    ]


def days(*starts):
    rows = (f"{n},{start},{end}" for n, (start, end) in enumerate(starts))
    return table("customers", "customer_id,start_date,end_date", *rows)


def test_days_up_to_1900_are_taken_for_blanks_and_those_after_are_not():
    found = remarks(customers=days(("1900-12-31", ""), ("1899-12-30", ""), ("1901-01-01", "")))
    issue = found["placeholder-date"]
    assert (issue.count, issue.column) == (2, "start_date")
    assert issue.message.startswith(
        "2 rows have start_date far from the rest, most often 1899-12-30"
    )


def test_days_after_the_one_it_is_are_said_but_for_ends():
    table = days(("2025-06-30", "2025-07-02"), ("2025-07-01", ""), ("2025-07-09", ""))
    found = remarks(customers=table, as_of=date(2025, 6, 30))
    issue = found["future-date"]
    assert (issue.count, issue.column) == (2, "start_date")
    assert issue.message.startswith("2 rows have start_date after 2025-06-30, up to 2025-07-09")
    assert remarks(customers=table) == {}


def test_ids_that_nearly_match_are_counted_apart_from_those_that_do_not():
    sales = invoices("ANN,", "a\u200bnn,", "ann,", "bob,", "Ann ,")
    found = remarks(customers=customers("ann", "ANNA"), invoices=sales)
    issue = found["ids-alike"]
    assert issue.count == 3
    assert issue.message.startswith(
        "3 ids are an id of the customers except for case or unseen marks or white space, such as"
        " 'ANN' and 'ann'"
    )
    assert found["unknown-customer"].count == 4
