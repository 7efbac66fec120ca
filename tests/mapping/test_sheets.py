from __future__ import annotations

from dataclasses import replace

import pytest

from retention_cli.errors import RetentionError, UnknownNameError, UnrecognisedFileError
from retention_cli.mapping.sheets import assign
from retention_cli.reading.delimited.csv import read_csv
from retention_cli.reading.text import TextSheet
from retention_cli.settings import ExportRule

CUSTOMERS = ("customer_id", "start_date")
INVOICES = ("invoice_id", "invoice_date", "amount", "customer_id")
NOTES = ("Read me", "Please")


def page(name, headers):
    return TextSheet(file="b.xlsx", sheet=name, headers=headers, header_row=1, batches=[], rows=1)


def rule(kind, sheet=None, **also):
    return ExportRule.model_validate({"file": "b.xlsx", "kind": kind, "sheet": sheet} | also)


def assigned(*sheets, **told):
    found = assign([page(*one) for one in sheets], **told)
    return [(one.sheet.sheet, one.layout.kind) for one in found]


def passed_over(*sheets, **told):
    found = assign([page(*one) for one in sheets], **told)
    return [remark.message for one in found for remark in one.sheet.remarks]


def refused(*sheets, **told):
    with pytest.raises(RetentionError) as error:
        assigned(*sheets, **told)
    return error.value


BOTH = (("Clients", CUSTOMERS), ("Bills", INVOICES))


def test_each_sheet_is_recognised_by_itself():
    assert assigned(*BOTH) == [("Clients", "customers"), ("Bills", "invoices")]
    assert passed_over(*BOTH) == []


def test_a_sheet_with_no_column_of_any_kind_is_passed_over_and_named():
    assert assigned(("Info", NOTES), *BOTH) == assigned(*BOTH)
    assert passed_over(("Info", NOTES), ("More", NOTES), BOTH[0]) == [
        "sheets 'Info' and 'More' are not read: they are of no kind of export"
    ]


@pytest.mark.parametrize(
    ("name", "headers", "rows"),
    [
        ("Suppliers", ("Name", "Phone", "Account no"), 1),
        ("sessions", ("id", "user_id", "created_at"), 1),
        ("Prices", ("Name", "Rate"), 1),
        ("log", ("id", "happened"), 0),
    ],
)
def test_a_sheet_of_something_else_is_passed_over_beside_others(name, headers, rows):
    other = replace(page(name, headers), rows=rows)
    first, *_ = found = assign([page(*BOTH[0]), other, page(*BOTH[1])])
    assert [one.sheet.sheet for one in found] == ["Clients", "Bills"]
    assert (
        first.sheet.remarks[0].message == f"sheet '{name}' is not read: it is of no kind of export"
    )


def test_a_sheet_that_lacks_a_column_of_what_it_looks_like_is_an_error():
    error = refused(("Clients", CUSTOMERS), ("Bills", ("invoice_id", "invoice_date")))
    assert isinstance(error, UnrecognisedFileError)
    assert error.message.startswith(
        "b.xlsx sheet 'Bills': looks most like invoices, but has no column for amount"
    )
    assert error.snippet[1:4] == ('file = "b.xlsx"', 'sheet = "Bills"', 'kind = "invoices"')


@pytest.mark.parametrize("name", ["Summary", "Umsatz-Übersicht 2025", "Resumen", "Pivot", "Totals"])
def test_a_summary_that_lacks_a_column_is_passed_over_beside_others(name):
    headers = ("Month", "Revenue", "Invoices")
    first, *_ = found = assign([page(*BOTH[0]), page(name, headers), page(*BOTH[1])])
    assert [one.sheet.sheet for one in found] == ["Clients", "Bills"]
    assert f"'{name}' is not read" in first.sheet.remarks[0].message
    assert refused((name, headers)).message.startswith("b.xlsx")


@pytest.mark.parametrize("name", ["Invoice overview", "Rechnungsübersicht", "2025"])
def test_a_sheet_that_is_called_by_its_rows_is_no_summary(name):
    error = refused(BOTH[0], (name, ("Month", "Revenue", "Invoices")))
    assert error.message.startswith(f"b.xlsx sheet {name!r}")


def test_sheets_of_which_none_is_anything_are_an_error():
    error = refused(("Info", NOTES), ("More", NOTES))
    assert error.message == (
        "b.xlsx: no kind of export has the columns of its sheets 'Info', 'More'"
    )
    assert "no kind of export has its columns" in refused(("Info", NOTES)).message


def test_a_kind_that_was_asked_for_takes_the_sheets_that_fit_it():
    assert assigned(*BOTH, ("Old", CUSTOMERS), kind="customers") == [
        ("Clients", "customers"),
        ("Old", "customers"),
    ]
    assert passed_over(*BOTH, kind="customers") == [
        "sheet 'Bills' is not read: it does not fit customers"
    ]


def test_a_kind_that_no_sheet_fits_is_the_error_of_the_nearest():
    error = refused(("Info", NOTES), ("Bills", INVOICES[:2]), kind="invoices")
    assert error.message.startswith("b.xlsx sheet 'Bills': looks most like invoices")


def test_a_rule_for_one_sheet_leaves_the_others_to_be_recognised():
    told = rule("surveys", "clients", columns={"score": "start_date"})
    assert assigned(*BOTH, rules=[told]) == [("Clients", "surveys"), ("Bills", "invoices")]


def test_one_sheet_may_be_two_kinds():
    rules = [rule("customers"), rule("surveys", columns={"score": "start_date"})]
    assert assigned(BOTH[0], rules=rules) == [("Clients", "customers"), ("Clients", "surveys")]


def test_a_rule_for_all_sheets_takes_those_that_have_its_columns():
    told = rule("invoices", columns={"amount": "Net"})
    sheets = (("Info", NOTES), ("Jan", ("invoice_date", "Net")), ("Feb", ("invoice_date", "Net")))
    assert assigned(*sheets, rules=[told]) == [("Jan", "invoices"), ("Feb", "invoices")]


def test_a_sheet_of_the_settings_that_is_not_there_is_answered_with_the_nearest():
    error = refused(*BOTH, rules=[rule("customers", "Client")])
    assert isinstance(error, UnknownNameError)
    assert error.message == "b.xlsx: unknown sheet 'Client'"
    assert error.hint == "did you mean 'Clients'?"


def test_a_csv_file_has_no_sheets_to_choose():
    error = refused((None, CUSTOMERS), rules=[rule("customers", "Clients")])
    assert error.message == "b.xlsx: is not a workbook or a database, so it has no sheet 'Clients'"
    assert error.exit_code == 2


def test_a_preset_that_the_settings_name_has_to_fit():
    told = rule("invoices", preset="stripe-invoices")
    error = refused((None, ("invoice_id", "invoice_date", "amount")), rules=[told])
    assert error.exit_code == 3
    assert error.message == (
        "b.xlsx: does not fit the preset stripe-invoices, which its [[export]] names:"
        " it has no column 'id'"
    )
    assert error.hint == "export it as before, or remove the key from the [[export]]"


def test_a_sheet_that_only_words_tell_is_read_beside_one_that_names_tell():
    clients = read_csv(
        b"Cod.,Ragione sociale,Cliente dal,Chiuso il\n1,A,2024-01-02,\n2,B,2024-02-02,\n",
        file="b.xlsx",
    )
    clients = replace(clients, sheet="Clienti")
    assert [one.layout.kind for one in assign([clients, page("Bills", INVOICES)])] == [
        "customers",
        "invoices",
    ]
