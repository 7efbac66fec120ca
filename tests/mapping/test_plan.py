from __future__ import annotations

import re
import tomllib

import pytest

from retention_cli.errors import AmbiguousColumnError, UnknownNameError, UnrecognisedFileError
from retention_cli.mapping.kinds import recognise
from retention_cli.mapping.plan import lay_out
from retention_cli.settings import ExportRule


def headers_of(text):
    return [header.strip() for header in text.split(",")]


RECOGNISED = [
    ("customers", "customer_id, start_date, end_date"),
    ("customers", "Account ID, Account Name, Customer Since, Churn Date, Segment"),
    ("customers", "Kundennummer, Kundenname, Vertragsbeginn, Vertragsende"),
    ("customers", "N° client, Nom du client, Date de début, Date de résiliation, Statut"),
    ("customers", "ID cliente, Fecha de inicio, Fecha de fin, Estado"),
    ("invoices", "Invoice No, Invoice Date, Customer ID, Net Amount, Currency"),
    ("invoices", "Rechnungsnummer, Rechnungsdatum, Kundennummer, Nettobetrag, Währung"),
    ("invoices", "N° facture, Date de facture, Code client, Montant HT, Devise"),
    ("invoices", "Número de factura, Fecha de factura, ID cliente, Base imponible, Moneda"),
    ("surveys", "Response ID, Customer ID, NPS, Submitted at, Comment"),
    ("surveys", "Antwortdatum, Kundennummer, Bewertung, Kommentar"),
    ("tickets", "Ticket ID, Created at, First response at, Resolved at, Priority"),
    ("tickets", "Ticketnummer, Erstellt am, Erste Antwort am, Geschlossen am, Bearbeiter"),
    ("costs", "cost_date, customer_id, hours, role, hourly rate"),
    ("costs", "Expense date, Account ID, Cost amount, Cost category"),
]


@pytest.mark.parametrize(("kind", "headers"), RECOGNISED)
def test_real_headers_are_recognised_in_four_languages(kind, headers):
    assert recognise(headers_of(headers), file="a.csv") == kind


@pytest.mark.parametrize(
    ("headers", "nearest", "missing"),
    [
        ("Invoice No, Invoice Date, Due date", "invoices", "amount"),
        ("Customer name, Start date, End date", "customers", "customer_id"),
        ("Response ID, Sent at, Survey type", "surveys", "score"),
    ],
)
def test_a_file_that_lacks_a_column_is_told_the_nearest_kind_and_what_it_lacks(
    headers, nearest, missing
):
    with pytest.raises(UnrecognisedFileError) as caught:
        recognise(headers_of(headers), file="a.csv")
    assert f"looks most like {nearest}, but has no column for {missing}" in caught.value.message
    assert caught.value.hint.endswith("in retention.toml:")
    (told,) = tomllib.loads("\n".join(caught.value.snippet))["export"]
    assert (told["kind"], list(told["columns"])) == (nearest, [missing])


@pytest.mark.parametrize("kinds", [["customers", "invoices", "surveys"]])
@pytest.mark.parametrize(
    "headers",
    [
        pytest.param("Ticket ID, Created at, First response at, Subject", id="tickets"),
        pytest.param("Order line, Sku, Quantity, Unit price", id="order lines"),
        pytest.param("Stunden, Mitarbeiter, Stundensatz", id="costs"),
    ],
)
def test_a_file_of_another_kind_is_not_taken_for_one_of_those_asked_for(headers, kinds):
    with pytest.raises(UnrecognisedFileError):
        recognise(headers_of(headers), file="a.csv", kinds=kinds)


def test_a_file_of_foreign_columns_lists_them_and_the_kinds():
    with pytest.raises(UnrecognisedFileError, match="'foo', 'bar', and 2 without a name") as caught:
        recognise(["foo", "", "bar"], file="a.csv")
    assert "customers" in caught.value.hint


def rule(**given):
    return ExportRule.model_validate({"file": "a.csv", "kind": "invoices"} | given)


INVOICE = ["Date", "Net", "Gross"]


def test_rivals_that_a_figure_rests_on_are_refused_with_a_snippet():
    with pytest.raises(AmbiguousColumnError, match="'Net' and 'Net total' could each") as caught:
        lay_out(["Date", "Net", "Net total"], kind="invoices", file="a.csv")
    assert caught.value.hint == "choose one in retention.toml:"
    assert caught.value.snippet == (
        "[[export]]",
        'file = "a.csv"',
        'kind = "invoices"',
        "[export.columns]",
        'amount = "Net"',
    )


def test_the_settings_settle_rivals():
    told = rule(columns={"amount": "Net total"})
    layout = lay_out(["Date", "Net", "Net total"], kind="invoices", file="a.csv", rule=told)
    assert layout.sources["amount"] == 2
    assert layout.others == {"Net": 1}


def test_rivals_for_a_comment_are_no_reason_to_stop():
    headers = ["customer_id", "start_date", "Account name", "Client name"]
    layout = lay_out(headers, kind="customers", file="a.csv")
    assert layout.rivals == {"customer_name": (2, 3)}
    assert "customer_name" not in layout.sources


def test_a_header_of_the_settings_that_is_not_there_is_answered_with_the_nearest():
    with pytest.raises(UnknownNameError, match="unknown column 'Gros'") as caught:
        lay_out(INVOICE, kind="invoices", file="a.csv", rule=rule(columns={"amount": "Gros"}))
    assert caught.value.hint == "did you mean 'Gross'?"


def test_a_column_of_the_settings_that_no_kind_has_is_answered_with_the_nearest():
    with pytest.raises(UnknownNameError, match="unknown column 'amout'") as caught:
        lay_out(INVOICE, kind="invoices", file="a.csv", rule=rule(columns={"amout": "Net"}))
    assert caught.value.hint == "did you mean 'amount'?"


def test_a_header_that_stands_twice_cannot_be_named():
    with pytest.raises(AmbiguousColumnError, match="stands 2 times"):
        lay_out(
            ["Date", "X", "X"], kind="invoices", file="a.csv", rule=rule(columns={"amount": "X"})
        )


def test_a_constant_takes_the_place_of_a_column():
    told = rule(constants={"currency": "EUR"})
    layout = lay_out([*INVOICE, "Currency"], kind="invoices", file="a.csv", rule=told)
    assert layout.constants == {"currency": "EUR"}
    assert "currency" not in layout.sources


def test_a_recipe_makes_a_required_column_and_its_headers_must_be_there():
    headers = ["Date", "Quantity", "Price"]
    recipe = {"amount": {"multiply": ["Quantity", "Price"]}}
    layout = lay_out(headers, kind="invoices", file="a.csv", rule=rule(columns=recipe))
    assert layout.sources["amount"].multiply == ("Quantity", "Price")
    with pytest.raises(UnknownNameError, match="'Price'"):
        lay_out(headers[:2], kind="invoices", file="a.csv", rule=rule(columns=recipe))


def test_names_in_a_snippet_are_written_as_toml_has_them():
    with pytest.raises(AmbiguousColumnError) as caught:
        lay_out(["Date", 'net\n"', "Net total"], kind="invoices", file='a"\x7f.csv')
    (told,) = tomllib.loads("\n".join(caught.value.snippet))["export"]
    assert told == {"file": 'a"\x7f.csv', "kind": "invoices", "columns": {"amount": 'net\n"'}}


DOUBTFUL = [
    ("Id, Task, Client, Start date, End date", "'Task' is a column of something else"),
    ("Requester, Id, Status, Created", "'Requester' is a column of something else"),
    ("Record ID, Deal name, Amount, Close date", "'Deal name' is a column of something else"),
    ("Opportunity ID, Account ID, Amount, Order date", "'Opportunity ID' is a column of"),
    ("ID, frequency, recency", "looks most like customers, but no column name is theirs alone"),
    ("date, id", "looks most like tickets, but no column name is theirs alone"),
    ("Title, Created date", "looks most like tickets, but no column name is theirs alone"),
    (
        "Id, Type, Rating, AccountNumber",
        "looks most like surveys, but no column name is theirs alone",
    ),
]


@pytest.mark.parametrize(("headers", "why"), DOUBTFUL)
def test_what_may_be_something_else_is_not_guessed(headers, why):
    with pytest.raises(UnrecognisedFileError) as caught:
        recognise(headers_of(headers), file="a.csv")
    assert why in caught.value.message
    assert re.fullmatch(r"if it is, name the kind: --[a-z]+ a\.csv", caught.value.hint)


@pytest.mark.parametrize("day", ["Date Ordered", "Versanddatum", "Fecha de entrega"])
def test_amounts_of_a_day_that_is_not_known_are_not_taken_for_costs(day):
    with pytest.raises(UnrecognisedFileError, match=f"'{day}' may be the day of something else"):
        recognise(["Nr", day, "Customer ID", "Amount"], file="a.csv")
    assert recognise(["Customer ID", "Amount", "Updated By"], file="a.csv") == "costs"
    assert lay_out([day, "Amount"], kind="costs", file="a.csv").others == {day: 0}


def test_an_id_of_a_customer_does_not_tell_costs():
    with pytest.raises(UnrecognisedFileError, match="looks most like costs"):
        recognise(["Kundennr", "Betrag"], file="a.csv")
    assert recognise(["Kundennr", "Kosten"], file="a.csv") == "costs"


def test_what_may_be_something_else_is_read_as_what_it_was_said_to_be():
    headers = headers_of("Task, Client, Start date, End date")
    assert lay_out(headers, kind="customers", file="a.csv").sources["start_date"] == 2


def test_a_tie_names_the_option_of_each_kind():
    with pytest.raises(UnrecognisedFileError, match="costs and invoices equally well") as caught:
        recognise(["Amount", "Currency", "Date"], file="a.csv")
    assert caught.value.hint == "choose one: --costs a.csv or --invoices a.csv"


def test_two_weak_names_are_enough_where_a_kind_needs_both():
    assert recognise(["Datum", "Umsatz"], file="a.csv") == "invoices"


def test_a_header_in_another_script_is_found_as_it_stands_and_by_nothing_else():
    headers = ["Дата", "Сумма", "Валюта"]
    told = rule(columns={"invoice_date": "Дата", "amount": "Сумма"})
    assert lay_out(headers, kind="invoices", file="a.csv", rule=told).sources["amount"] == 1
    told = rule(columns={"invoice_date": "Дата", "amount": "Цена"})
    with pytest.raises(UnknownNameError, match="'Цена'"):
        lay_out(headers, kind="invoices", file="a.csv", rule=told)


def test_columns_that_bear_our_own_names_are_left_out():
    headers = ["Date", "Net", "_row", "_file", "Region"]
    assert lay_out(headers, kind="invoices", file="a.csv").others == {"Region": 4}


def test_a_header_that_the_settings_give_away_is_nothing_else_by_its_name():
    told = rule(columns={"product": "Customer"})
    layout = lay_out(["Date", "Net", "Customer"], kind="invoices", file="a.csv", rule=told)
    assert layout.sources == {"invoice_date": 0, "amount": 1, "product": 2}


def test_a_kind_that_was_said_is_told_what_it_lacks():
    headers = ["Loyalty_Number", "Country", "Enrollment Year"]
    with pytest.raises(UnrecognisedFileError) as caught:
        lay_out(headers, kind="customers", file="members.csv")
    assert caught.value.message.startswith(
        "members.csv: is to be read as customers, but has no column for customer_id"
    )
    assert 'customer_id = "…"' in caught.value.snippet


@pytest.mark.parametrize(
    ("headers", "kinds"),
    [
        (["customer_id", "name", "city", "created_at"], ["customers", "tickets"]),
        (["Customer", "Name", "Created At", "avg_ticket"], ["customers", "tickets"]),
    ],
)
def test_what_may_be_two_kinds_is_asked(headers, kinds):
    with pytest.raises(UnrecognisedFileError) as caught:
        recognise(headers, file="a.csv")
    assert f"may be {' or '.join(kinds)}" in caught.value.message
    assert all(f"--{kind} a.csv" in caught.value.hint for kind in kinds)
