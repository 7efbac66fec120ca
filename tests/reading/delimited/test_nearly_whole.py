from __future__ import annotations

import pytest

from retention_cli.reading.delimited.csv import read_csv

HEADER = "id;name;amount;note\n"


def read(rows, header=HEADER):
    sheet = read_csv((header + rows).encode(), file="a.csv")
    whole = {
        batch.rows[place].as_py(): batch.raw(place)[:4]
        for batch in sheet.batches
        for place in range(len(batch.rows))
    }
    return whole, [row.row for row in sheet.torn]


def test_delimiters_at_the_end_of_most_rows_are_left_out():
    rows = "1;Ann;5;x;\n2;Bo;6;y\n3;Cy;7;z;;\n"
    assert read(rows) == (
        {2: ("1", "Ann", "5", "x"), 3: ("2", "Bo", "6", "y"), 4: ("3", "Cy", "7", "z")},
        [],
    )


def test_one_at_the_end_of_a_few_rows_may_belong_before_the_last_cell():
    rows = "1;Ann;5;x\n2;Bo;6;y\n3;Cy; Inc;7;\n"
    assert read(rows)[1] == [4]


def test_rows_with_more_beyond_the_header_are_torn():
    assert read("1;Ann;5;x;\n2;Bo;6;y;\n3;Cy;7;z;?\n4;Di;8;z\n")[1] == [2, 3, 4]


@pytest.mark.parametrize("end", ["", ";"], ids=["filled", "blank"])
def test_an_entity_that_holds_the_delimiter_goes_before_a_blank_end(end):
    rows = "".join(f"{i};A &amp; B;5;{'' if end else 'x'}\n" for i in range(3))
    whole, torn = read(rows)
    assert ({cells[1] for cells in whole.values()}, torn) == ({"A & B"}, [])


def test_what_only_looks_like_an_entity_is_none():
    assert read("1;R&D;5;x\n2;H&M;6;y\n")[1] == []
