from __future__ import annotations

import pytest

from retention_cli.errors import AmbiguousColumnError, RetentionError
from retention_cli.mapping.canonical import canonical
from retention_cli.mapping.plan import lay_out
from retention_cli.reading import read_bytes
from retention_cli.settings import ExportRule, Settings

YES_AND_NO = [
    *("Yes", "JA", "oui", "sí", "x", "wahr", "VRAI", "verdadero"),
    *("No", "nein", "Non", "n", "FALSCH", "faux", "falso", "false", "N/A"),
]


def read(text, kind="invoices", *, told=None, **settings):
    rule = ExportRule.model_validate({"file": "a.csv", "kind": kind} | told) if told else None
    (sheet,) = read_bytes(text.encode(), name="a.csv")
    layout = lay_out(sheet.headers, kind=kind, file="a.csv", rule=rule)
    return canonical(sheet, layout, settings=Settings(**settings), rule=rule)


def columns(*args, **kwargs):
    (batch,) = read(*args, **kwargs).batches
    return batch.columns.to_pydict()


def test_columns_get_their_names_and_the_rest_stays():
    found = columns("Region;Rechnungsdatum;Netto\nNord;31.12.2025;1.234,50\n")
    assert found == {"invoice_date": ["2025-12-31"], "amount": ["1234.50"], "Region": ["Nord"]}


def test_a_date_column_without_proof_follows_its_neighbour():
    text = "customer_id,start_date,end_date\n1,03/04/2025,25/12/2025\n"
    assert columns(text, "customers")["start_date"] == ["2025-04-03"]
    found = read(text, "customers")
    because = {plan.column: plan.because for plan in found.plans}
    assert because["start_date"] == "as in 'end_date': '25/12/2025' has its day first"


def test_an_order_that_nothing_proves_is_refused_with_the_option():
    with pytest.raises(AmbiguousColumnError, match="2025-04-03 or 2025-03-04") as caught:
        read("customer_id,start_date\n1,03/04/2025\n", "customers")
    assert "--date-order dmy" in caught.value.hint


def test_neighbours_that_disagree_settle_nothing():
    text = "customer_id,start_date,end_date,X\n1,03/04/2025,25/12/2025,\n2,04/05/2025,12/25/2025,\n"
    with pytest.raises(AmbiguousColumnError):
        read(text, "customers")


def test_cells_that_prove_both_orders_are_named_one_for_each():
    with pytest.raises(AmbiguousColumnError) as caught:
        read("customer_id,start_date\n1,25/12/2025\n2,12/26/2025\n", "customers")
    assert "'25/12/2025' has its day first, '12/26/2025' its month" in caught.value.message


def test_cells_that_prove_both_marks_are_named_one_for_each():
    with pytest.raises(
        AmbiguousColumnError, match=r"'1\.50' reads only .* point, '2,50' only"
    ) as caught:
        read("date;amount\n2025-01-01;1.50\n2025-01-01;2,50\n")
    assert "--decimal" in caught.value.hint


def test_what_was_told_needs_no_proof_and_a_cell_against_it_is_marked():
    found = columns("date;amount\n2025-01-01;1.234\n2025-01-01;12.50\n", decimal=",")
    assert found["amount"] == ["1234", "?12.50"]


@pytest.mark.parametrize(
    ("header", "row", "currencies"),
    [
        pytest.param("date;amount", "2025-01-01;$5", ["USD"], id="a sign"),
        pytest.param("date;amount", "2025-01-01;5,00 EUR", ["EUR"], id="a code"),
        pytest.param("date;amount", "2025-01-01;5", ["CHF"], id="the settings"),
        pytest.param("date;amount;currency", "2025-01-01;5;gbp", ["GBP"], id="its column"),
        pytest.param("date;amount;currency", "2025-01-01;5;£", ["GBP"], id="signs in its column"),
    ],
)
def test_the_currency_comes_from_the_file_and_then_from_the_settings(header, row, currencies):
    assert columns(f"{header}\n{row}\n", currency="CHF")["currency"] == currencies


def test_a_constant_currency_is_that_of_every_row():
    told = {"constants": {"currency": "EUR"}}
    found = columns("date,amount\n2025-01-01,1\n2025-01-02,2\n", told=told)
    assert found["currency"] == ["EUR", "EUR"]


def test_ids_are_composed_and_trimmed_and_keep_their_zeros():
    text = "customer_id,start_date\n\u00a0e\u0301\u200b ,2025-01-01\n\ufeff007,2025-01-01\n"
    assert columns(text, "customers")["customer_id"] == ["\u00e9", "007"]


@pytest.mark.parametrize("space", ["\u2003", "\u3000", "\u2060", "\x85", "\u200d"])
def test_whatever_is_not_seen_around_a_cell_is_trimmed(space):
    text = f"customer_id,start_date,end_date\n{space}1{space},2025-01-01,{space}\n"
    found = columns(text, "customers")
    assert found["customer_id"] == ["1"]
    assert found["end_date"] == [None]


def test_recipes_make_a_column_of_others():
    told = {"columns": {"amount": {"multiply": ["Quantity", "Price"]}}}
    found = columns("date;Quantity;Price\n2025-01-01;3;1,25\n", told=told)
    assert found["amount"] == ["3.75"]
    told = {"columns": {"amount": {"from": "Cents", "unit": "cents"}}}
    assert columns("date;Cents\n2025-01-01;1999\n", told=told)["amount"] == ["19.99"]


def test_the_settings_may_say_what_a_blank_means():
    told = {"kind": "customers", "values": {"status": {"": "ended"}}}
    found = columns("customer_id;aktiv\n1;x\n2;\n", "customers", told=told)
    assert found["status"] == ["active", "ended"]


def test_words_of_the_settings_are_put_for_cells():
    told = {"kind": "customers", "values": {"status": {"Weg": "ended"}}}
    assert columns("customer_id;status\n1;weg\n2;aktiv\n", "customers", told=told)["status"] == [
        "ended",
        "active",
    ]


def test_a_file_of_a_header_alone_keeps_its_columns():
    assert columns("invoice_date,amount,Region\n") == {
        "invoice_date": [],
        "amount": [],
        "Region": [],
    }


def test_the_currency_may_stand_at_any_part_of_a_recipe():
    told = {"columns": {"amount": {"multiply": ["Quantity", "Price"]}}}
    found = columns("date;Quantity;Price\n2025-01-01;3;1,25 €\n", told=told)
    assert (found["amount"], found["currency"]) == (["3.75"], ["EUR"])


def test_a_currency_that_only_some_amounts_name_is_filled_in_from_the_settings():
    text = "date;amount\n2025-01-01;$5\n2025-01-02;6\n"
    assert columns(text, currency="CHF")["currency"] == ["USD", "CHF"]
    assert columns(text)["currency"] == ["USD", None]


@pytest.mark.parametrize(
    ("kind", "text", "constants", "column", "value"),
    [
        ("invoices", "date,amount\n2025-01-01,1\n", {"currency": " eur"}, "currency", "EUR"),
        ("invoices", "date,amount\n2025-01-01,1\n", {"status": "Storno"}, "status", "void"),
        ("surveys", "score\n5\n", {"kind": "CSAT"}, "kind", "csat"),
    ],
)
def test_a_constant_is_read_as_a_cell_would_be(kind, text, constants, column, value):
    found = columns(text, kind, told={"kind": kind, "constants": constants})
    assert found[column] == [value]


def test_a_factor_too_long_to_multiply_never_passes_for_the_product():
    told = {"columns": {"amount": {"multiply": ["Quantity", "Price"]}}}
    text = "date;Quantity;Price\n2025-01-01;1.00000000;650.00\n2025-01-01;123456789012;2.00\n"
    assert columns(text, told=told)["amount"] == ["650", "?123456789012"]


def test_a_unit_that_money_is_not_written_in_is_refused():
    told = {"columns": {"amount": {"from": "Betrag", "unit": "minutes"}}}
    with pytest.raises(RetentionError, match="'minutes' is not a unit") as caught:
        read("date;Betrag\n2025-01-01;1\n", told=told)
    assert "cents" in caught.value.hint


def test_words_for_nothing_are_said_and_ids_and_names_are_kept():
    text = "customer_id,customer_name,start_date,end_date\nNULL,None,2025-01-01,N/A\n2,-,2025-01-02,-\n"
    found = read(text, "customers")
    (batch,) = found.batches
    assert batch.columns.to_pydict() == {
        "customer_id": ["NULL", "2"],
        "customer_name": ["None", "-"],
        "start_date": ["2025-01-01", "2025-01-02"],
        "end_date": [None, None],
    }
    (remark,) = found.remarks
    assert remark.message == "2 cells of 'end_date' say '-', 'N/A', and count as blank"


def test_a_rule_says_the_century_and_the_order_is_decided_from_all_cells():
    told = {"kind": "customers", "two_digit_years": 1950}
    text = "customer_id,start_date,end_date\n1,3/4/98,25/12/99\n2,5-Jun-26,\n"
    found = columns(text, "customers", told=told)
    assert found["start_date"] == ["1998-04-03", "2026-06-05"]
    assert found["end_date"] == ["1999-12-25", None]
    assert columns(text, "customers", date_order="dmy")["start_date"][0] == "3/4/98"


def test_yes_and_no_are_read_in_four_languages():
    rows = "".join(f"{n},{word},{word}\n" for n, word in enumerate(YES_AND_NO))
    found = columns(f"ticket_id,fcr,reopened\n{rows}", "tickets")
    assert found["first_contact_resolved"] == ["yes"] * 8 + ["no"] * 8 + [None]
    assert found["reopened"] == ["1"] * 8 + ["0"] * 8 + [None]


def test_blank_currencies_take_the_default_and_it_is_said_how_many():
    text = "date;amount;Currency\n2025-01-01;5;usd\n2025-01-02;6;\n2025-01-03;7; \n2025-01-04;£8;\n"
    found = read(text, currency="CHF")
    (batch,) = found.batches
    assert batch.columns["currency"].to_pylist() == ["USD", "CHF", "CHF", "GBP"]
    assert found.assumed == ("2 blank cells of 'Currency' are taken as CHF, by the settings",)
    assert columns(text)["currency"] == ["USD", None, None, None]
    full = read("date;amount;Currency\n2025-01-01;5;usd\n", currency="CHF")
    assert full.assumed == ()


@pytest.mark.parametrize(
    "header", ["Betrag (EUR)", "Betrag [€]", "Net Amount EUR", "Netto in EUR", "montant_ht_eur"]
)
def test_a_currency_in_the_header_is_that_of_amounts_that_name_none(header):
    found = read(f"date;{header}\n2025-01-01;5\n2025-01-02;£6\n", currency="CHF")
    (batch,) = found.batches
    assert batch.columns["amount"].to_pylist() == ["5", "6"]
    assert batch.columns["currency"].to_pylist() == ["EUR", "GBP"]
    plain = read(f"date;{header}\n2025-01-01;5\n", currency="CHF")
    assert plain.batches[0].columns["currency"].to_pylist() == ["EUR"]
    assert plain.assumed == (f"amounts are taken as EUR, by its header '{header}'",)


def test_two_amounts_in_different_currencies_are_asked_about():
    with pytest.raises(AmbiguousColumnError, match=r"'Betrag \(EUR\)' and 'Betrag \(USD\)'"):
        read("date;Betrag (EUR);Betrag (USD)\n2025-01-01;5;6\n")


def test_a_currency_behind_what_is_no_amount_is_part_of_the_name():
    found = columns("date;amount;Kunde EUR;Total all\n2025-01-01;5;x;y\n")
    assert set(found) == {"invoice_date", "amount", "Kunde EUR", "Total all"}


def test_a_working_day_of_the_settings_is_not_said_to_be_assumed():
    text = "Ticket ID,Created,First Response Time\n1,2025-06-03 09:00,1d 2h\n"
    assert "a day is 24 hours" in read(text, "tickets").assumed[0]
    found = read(text, "tickets", working_day="8h")
    assert found.batches[0].columns["first_response_duration"].to_pylist() == ["36000"]
    assert found.assumed == ()
