"""A row that is the sum of the others of its invoice does not count beside them unasked."""

from __future__ import annotations

import pytest

from money_exports import HEAD, asked, read

ROWS = ["1,2025-06-03,A,100,{}", "1,2025-06-03,A,60,{}", "1,2025-06-03,A,40,{}"]
MORE = ["2,2025-06-04,B,90,{}", "2,2025-06-04,B,70,{}", "2,2025-06-04,B,20,{}"]
ONE = ["3,2025-06-05,C,30,{}", "3,2025-06-05,C,30,{}"]


def table(header, rows, cells):
    return [f"{HEAD},{header}", *(row.format(cell) for row, cell in zip(rows, cells, strict=True))]


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Row Type", ("Header", "Line", "Line")),
        ("Satzart", ("Kopf", "Position", "Position")),
        ("Line", ("", "1", "2")),
        ("Frob", ("x", "y", "z")),
    ],
)
def test_a_row_with_a_word_of_its_own_is_asked_about(header, cells):
    rows = table(header, [*ROWS, *MORE, *ONE], [*cells, *cells, cells[0], cells[1]])
    said = asked(rows)
    assert "is the sum of its others: 3 rows, 220.00" in said
    found = read(rows, toml="[[export]]" + said.partition("[[export]]")[2])
    assert found.amounts == [60, 40, 70, 20, 30]


def test_one_invoice_is_enough_where_the_word_says_it():
    assert "is the sum of its others" in asked(table("Row Type", ROWS, ("Header", "Line", "Line")))
    assert read(table("Frob", ROWS, ("x", "y", "z"))).amounts == [100, 60, 40]


def test_numbers_alone_prove_it_in_three_invoices():
    third = [row.replace("1,", "4,", 1) for row in ROWS]
    rows = [HEAD, *(row.removesuffix(",{}") for row in [*ROWS, *MORE, *third])]
    assert "out of a copy of the file" in asked(rows)
    assert len(read(rows[:7]).amounts) == 6


def test_an_invoice_whose_rows_do_not_add_up_so_settles_it():
    rows = table(
        "Row Type", [*ROWS, *ONE[:1], ONE[1].replace("30", "31")], [*("Header", "Line") * 2, "a"]
    )
    assert len(read(rows).amounts) == 5


def test_a_journal_is_asked_about():
    rows = [HEAD, "1,2025-06-03,A,119", "1,2025-06-03,A,-100", "1,2025-06-03,A,-19"]
    assert "both sides of a journal" in asked(rows)
    assert read([*rows, "2,2025-06-03,A,5"]).amounts == [119, -100, -19, 5]
