"""Columns that change what rows are: asked about, and the lines that are proposed settle it."""

from __future__ import annotations

import pytest

from money_exports import HEAD, RULE, asked, lines, read

VERSIONS = ["1,2025-06-13,A,100,{}", "1,2025-06-14,A,120,{}", "2,2025-06-14,B,10,{}"]


def settled(*rows):
    """The amounts after the lines of the question were pasted, and after the other answer."""
    said = asked(*rows)
    text, _, snippet = said.partition("[[export]]")
    other = text.partition("amount = ")[2].partition(" }; ")[0] + " }"
    return (
        read(*rows, toml="[[export]]" + snippet),
        read(*rows, toml=f"{RULE}[export.columns]\namount = {other}\n"),
    )


@pytest.mark.parametrize(
    "header", ["Probability", "Win %", "Wahrscheinlichkeit", "Probabilité", "Probabilidad", "Kans"]
)
@pytest.mark.parametrize(("won", "open_"), [("100%", "40%"), ("100", "7,5"), ("1", "0.4")])
def test_deals_that_are_not_won_are_asked_about(header, won, open_):
    rows = lines(header, f"100,{won}", f'50,"{open_}"')
    assert "'50" not in asked(rows)
    pasted, whole = settled(rows)
    assert pasted.amounts == [100]
    assert whole.amounts == [100, 50]


def test_deals_that_are_all_won_are_not():
    assert read(lines("Probability", "100,100%", "50,100 %")).amounts == [100, 50]
    assert read(lines("Probability", "100,high", "50,low")).amounts == [100, 50]


@pytest.mark.parametrize(
    ("header", "first", "second"),
    [
        ("Version", "1", "2"),
        ("Revision No", "9", "10"),
        ("Rev", "A", "B"),
        ("Fassung", "v1.9", "v1.10"),
        ("Versie", "", "1"),
    ],
)
def test_only_the_last_version_of_an_invoice_counts_where_that_is_told(header, first, second):
    cells = (first, second, second)
    rows = [
        f"{HEAD},{header}",
        *(row.format(cell) for row, cell in zip(VERSIONS, cells, strict=True)),
    ]
    rows[1] = rows[1].replace("06-13", "06-14")
    pasted, whole = settled(rows)
    assert pasted.amounts == [120, 10]
    assert whole.amounts == [100, 120, 10]


def test_versions_of_other_days_are_no_lines_that_disagree():
    rows = [f"{HEAD},Version", *(row.format(n % 3 + 1) for n, row in enumerate(VERSIONS))]
    told = f'{RULE}[export.columns]\namount = {{ from = "Amount", last = "Version" }}\n'
    assert read(rows, toml=told).amounts == [120, 10]


def test_lines_of_one_version_are_not_asked_about():
    rows = [f"{HEAD},Version", *(row.replace("06-14", "06-13").format(1) for row in VERSIONS)]
    assert read(rows).amounts == [100, 120, 10]


@pytest.mark.parametrize(
    ("header", "yes", "no"), [("Storno", "X", ""), ("Annulation", "oui", "non")]
)
def test_a_flag_of_reversals_is_asked_about(header, yes, no):
    rows = lines(header, f"100,{no}", f"50,{yes}")
    pasted, turned = settled(rows)
    assert pasted.amounts == [100]
    assert turned.amounts == [100, -50]


@pytest.mark.parametrize("header", ["Exchange Rate", "Kurs", "Taux de change", "Tipo de cambio"])
def test_amounts_of_several_rates_without_a_currency_are_asked_about(header):
    rows = lines(header, "100,0.9", "50,1.0")
    pasted, whole = settled(rows)
    assert pasted.amounts == [90, 50]
    assert whole.amounts == [100, 50]
    assert read(lines(header, "100,0.9", "50,0.9")).amounts == [100, 50]
    assert read(lines(f"{header},Currency", "100,0.9,USD", "50,1,EUR")).amounts == [100, 50]


@pytest.mark.parametrize(("price", "quantity"), [("Price", "Qty"), ("Verkaufspreis", "Menge")])
def test_a_price_beside_a_quantity_is_asked_about(price, quantity):
    rows = [row.replace("Amount", price) for row in lines(quantity, "50,2", "30,1")]
    if price == "Price":
        pasted, whole = settled(rows)
        assert pasted.amounts == [100, 30]
        assert whole.amounts == [50, 30]
    assert read(
        [row.replace(",2", ",1") for row in rows] if price == "Price" else lines("a", "80,")
    ).amounts


def test_a_cost_of_one_piece_is_asked_about():
    rows = lines("Aantal,Kostprijs", "100,2,30", "50,1,30")
    said = asked(rows)
    assert 'cost = { multiply = ["Aantal", "Kostprijs"] }' in said


def test_an_amount_that_fees_were_taken_off_is_asked_about():
    head = "Booking,Date,Guest,Total,Commission,Net Amount"
    rows = [head, "1,2025-06-03,A,100,15,85", "2,2025-06-04,B,60,9,51"]
    pasted, whole = settled(rows)
    assert pasted.amounts == [100, 60]
    assert whole.amounts == [85, 51]


def test_what_was_captured_of_an_amount_is_asked_about():
    pasted, whole = settled(lines("Amount Captured", "100,100", "50,20"))
    assert (pasted.amounts, whole.amounts) == ([100, 20], [100, 50])
    assert read(lines("Amount Captured", "100,100", "50,50")).assumed == []


def test_shares_of_an_amount_are_asked_about():
    pasted, whole = settled(lines("Rep Share", "100,100%", "50,40%"))
    assert (pasted.amounts, whole.amounts) == ([100, 20], [100, 50])


def test_a_title_may_say_the_unit():
    rows = ["Alle Angaben in TEUR", "", *lines("Note", "1.5,a", "2,b")]
    assert "the row above the header says thousands" in asked(rows)
    assert read(["Sales of Filiale K", "", *lines("Note", "1.5,a", "2,b")]).amounts[1] == 2


@pytest.mark.parametrize(
    ("header", "cells", "said"),
    [
        ("Frobbed", ("yes", "no"), "every row counts, whatever 'Frobbed' says"),
        ("Frobbed", ("Yes", ""), "every row counts, whatever 'Frobbed' says"),
        ("Unit", ("kEUR", "EUR"), "is taken as it is written, whatever its unit"),
    ],
)
def test_what_is_beside_amounts_and_not_read_is_said(header, cells, said):
    found = read(lines(header, *(f"100,{cell}" for cell in cells)))
    assert found.amounts == [100, 100]
    assert any(said in one for one in found.assumed)


@pytest.mark.parametrize("cells", [("yes", "yes"), ("1", ""), ("Ja", "vielleicht")])
def test_a_flag_that_says_nothing_of_rows_is_not_spoken_of(cells):
    assert read(lines("Frobbed", *(f"100,{cell}" for cell in cells))).assumed == []
    assert read(lines("Newsletter", "100,yes", "100,no")).assumed == []


def test_what_failed_is_void_and_said():
    found = read(lines("Captured,Error Message", "100,true,", "80,false,", "60,true,refused"))
    assert found.amounts == [100]
    assert len(found.assumed) == 2


def test_a_fee_beside_what_it_is_of_is_asked_about():
    rows = ["Order,Date,Customer,Gross,Fees,Payout", "1,2025-06-03,A,100,3,97"]
    pasted, whole = settled(rows)
    assert pasted.amounts == [100]
    assert whole.amounts == [3]


def test_versions_of_rows_without_a_number_are_said():
    rows = ["Date,Customer,Amount,Version", "2025-06-01,A,100,1", "2025-06-02,A,120,2"]
    assert any("over every version" in said for said in read(rows).assumed)


def test_a_void_line_that_disagrees_is_a_line_that_disagrees():
    rows = [
        "Invoice No,Invoice Date,Customer,Amount,Status",
        "1,2025-06-03,A,50,paid",
        "1,2025-06-03,B,60,void",
        "2,2025-06-04,A,70,paid",
    ]
    found = read(rows)
    assert found.amounts == [70]


@pytest.mark.parametrize(
    ("header", "first", "second"),
    [
        ("Modified At", "2025-06-13 9:00", "2025-06-14 9:00"),
        ("Geändert am", "13.06.2025", "01.07.2025"),
        ("Last Updated", "6/14/2025 11:00 AM", "6/14/2025 2:00 PM"),
        ("Valid From", "2025-06-13", "2025-06-14"),
        ("Gültig bis", "13.06.2025", ""),
        ("Valid To", "2025-06-13", "9999-12-31"),
    ],
)
def test_only_the_row_that_was_changed_last_counts_where_that_is_told(header, first, second):
    rows = [f"{HEAD},{header}", *map(str.format, VERSIONS, (first, second, second))]
    rows[1] = rows[1].replace("06-13,A", "06-14,A")
    pasted, whole = settled(rows)
    assert pasted.amounts == [120, 10]
    assert len(whole.amounts) == 3


def test_lines_that_were_changed_at_other_times_are_lines():
    rows = [f"{HEAD},Product,Updated At", *map(str.format, VERSIONS, ("x,1", "y,2", "x,1"))]
    rows[1] = rows[1].replace("06-13", "06-14")
    assert read(rows).amounts == [100, 120, 10]


@pytest.mark.parametrize("numbers", ["INV-7-R1 INV-7-R2 INV-8", "2025-001 2025-001a 2025-002",
                                     "RE12_v1 RE12_v2 RE13_v1"])  # fmt: skip
def test_versions_may_stand_in_numbers(numbers):
    rows = [HEAD]
    for number, row in zip(numbers.split(), VERSIONS, strict=True):
        rows.append(f"{number}{row.removesuffix(',{}')[1:]}")
    pasted, whole = settled(rows)
    assert pasted.amounts == [120, 10]
    assert whole.amounts == [100, 120, 10]
    assert len(read([HEAD, *(row for row in rows[2:])]).amounts) == 2


@pytest.mark.parametrize(
    "header", ["Return Date", "Rückgabedatum", "Date de retour", "Fecha de devolución"]
)
def test_goods_that_came_back_on_a_day_are_asked_about(header):
    rows = lines(header, "100,", "30,2025-06-09")
    pasted, whole = settled(rows)
    assert pasted.amounts == [100, 0]
    assert whole.amounts == [100, 30]
    assert read(lines(header, "100,", "-30,2025-06-09")).amounts == [100, -30]


@pytest.mark.parametrize("header", ["Tag", "Payment Date", "Cost center"])
def test_one_amount_on_rows_of_one_invoice_that_are_no_lines_is_asked_about(header):
    rows = [
        f"{HEAD},{header}",
        "1,2025-06-13,A,100,x",
        "1,2025-06-13,A,100,y",
        "2,2025-06-14,B,7,x",
    ]
    assert "a total that is repeated" in asked(rows)
    assert len(read([rows[0].replace(header, "Product"), *rows[1:]]).amounts) == 3


def test_codes_of_currencies_under_another_name_are_asked_about():
    rows = lines("Asset", "100,USD", "0.015,BTC", "200,EUR")
    said = asked(rows)
    assert "'Asset' has 'BTC', 'EUR' and 'USD', which are currencies" in said
    toml = "[[export]]" + said.partition("[[export]]")[2]
    assert read(rows, toml=toml).loaded.dataset.rows("invoices")["currency"].to_pylist() == [
        *("USD", "BTC", "EUR"),
    ]
    assert len(read(rows, toml=f'{RULE}leave_out = {{ "Asset" = [] }}\n').amounts) == 3


@pytest.mark.parametrize("words", [("USD", "USD"), ("ALL", "TOP"), ("EUR", "Net")])
def test_words_that_are_not_several_currencies_are_not(words):
    assert len(read(lines("Asset", *(f"10,{word}" for word in words))).amounts) == 2
