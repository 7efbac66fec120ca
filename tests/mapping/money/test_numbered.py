"""Numbers of credit notes among those of invoices are asked about; nothing is turned by itself."""

from __future__ import annotations

import pytest

from money_exports import HEAD, RULE, asked, read


def lines(*numbers, amounts=None):
    worth = amounts or [100, 80, 30][: len(numbers)]
    rows = zip(numbers, worth, strict=True)
    return [HEAD, *(f"{number},2025-06-03,C1,{amount}" for number, amount in rows)]


@pytest.mark.parametrize(
    ("invoice", "credit"),
    [
        ("INV-", "CN-"),
        ("RE2025-", "GS2025-"),
        ("FA ", "AV "),
        ("F/", "NC/"),
        ("R", "ST"),
        ("F", "C"),
        ("F-", "R-"),
    ],
)
def test_a_number_of_a_credit_note_is_asked_about(invoice, credit):
    said = asked(lines(f"{invoice}1", f"{invoice}2", f"{credit}3"))
    assert "1 row, 30.00" in said
    assert f"'{credit}3' in 'Invoice'" in said


def test_the_proposed_lines_take_them_off_and_others_do_not():
    said = asked(lines("INV-1", "INV-2", "CN-3"))
    told = said[said.index("[[export]]") :]
    assert read(lines("INV-1", "INV-2", "CN-3"), toml=told).amounts == [100, 80, -30]
    other = f'{RULE}[export.columns]\namount = {{ from = "Amount", negative = {{}} }}\n'
    assert read(lines("INV-1", "INV-2", "CN-3"), toml=other).amounts == [100, 80, 30]


@pytest.mark.parametrize(
    ("numbers", "amounts"),
    [
        pytest.param(("CN-1", "CN-2", "CN-3"), None, id="all alike"),
        pytest.param(("INV-1", "XY-2", "QA-3"), None, id="letters of something else"),
        pytest.param(("INV-1", "INV-2", "CN-3"), [100, 80, -30], id="signed already"),
        pytest.param(("HH-1", "CN-2", "MUC-3"), None, id="places"),
        pytest.param(("A-1", "B-2", "C-3"), None, id="shops"),
        pytest.param(("1", "2", "3"), None, id="plain numbers"),
    ],
)
def test_other_numbers_say_nothing(numbers, amounts):
    assert read(lines(*numbers, amounts=amounts)).amounts == (amounts or [100, 80, 30])


@pytest.mark.parametrize(("number", "begins"), [("EST-2", "EST"), ("AN 7", "AN"), ("PRO-1", "PRO")])
def test_numbers_of_quotes_count_and_that_is_said(number, begins):
    rows = [HEAD, "INV-1,2025-06-01,C1,100", f"{number},2025-06-02,C2,50"]
    key = f'leave_out = {{ "Invoice" = ["{begins}*"] }}'
    found = read(rows)
    assert found.amounts == [100, 50]
    assert any(key in said for said in found.assumed)
    assert read(rows, toml=f"{RULE}{key}\n").amounts == [100]


@pytest.mark.parametrize(
    ("header", "cells", "asks"),
    [
        ("Serie", "FFR", True),
        ("Type", "FFA", True),
        ("Klasse", "FFR", False),
        ("Serie", "FFF", False),
        ("Serie", "XXY", False),
    ],
)
def test_a_series_of_credit_notes_is_asked_about(header, cells, asks):
    first, *rest = lines("1", "2", "3")
    rows = [f"{first},{header}", *(f"{row},{cell}" for row, cell in zip(rest, cells, strict=True))]
    if asks:
        said = asked(rows)
        assert "1 row, 30.00" in said
        toml = "[[export]]" + said.partition("[[export]]")[2]
        assert read(rows, toml=toml).amounts == [100, 80, -30]
    else:
        assert read(rows).amounts == [100, 80, 30]


def test_numbers_are_looked_at_under_any_header_where_no_other_has_them():
    rows = ["Stück,Date,Customer,Amount", "INV-11,2025-06-03,A,100", "INV-12,2025-06-04,B,80"]
    assert "'Stück' has 'CN-13' in 1 row" in asked([*rows, "CN-13,2025-06-05,A,30"])
    assert any("'EST*'" in one for one in read([*rows, "EST-13,2025-06-05,A,30"]).assumed)


@pytest.mark.parametrize(
    ("last", "said"), [("1004V", True), ("X-1004", True), ("1004", False), ("RE/1004/25", False)]
)
def test_few_numbers_with_letters_among_others_without_are_said(last, said):
    table = lines("1001", "1002", "1003", last, amounts=[100, 80, 60, 30])
    found = read(table)
    assert found.amounts == [100, 80, 60, 30]
    assert any(f"rows with '{last}' as 'Invoice'" in one for one in found.assumed) == said
