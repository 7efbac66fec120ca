from __future__ import annotations

import pytest

from retention_cli.errors import DataRefusedError
from retention_cli.reading.delimited.csv import read_csv
from retention_cli.reading.tables.find_header import Known

TABLE = "day,customer,paid\n2025-01-02,Ann,5\n2025-01-03,Bob,7\n2025-01-04,Cy,8\n"


def read(text):
    known = Known(lambda name: name in {"date", "sum"})
    return read_csv(text.encode(), file="a.csv", delimiter=",", known=known)


def cells(sheet):
    return [batch.raw(i) for batch in sheet.batches for i in range(len(batch.rows))]


@pytest.mark.parametrize(
    ("below", "rows"),
    [
        pytest.param("\nwho,count,of\nAnn,1,x\nBo,2,y\n", [6, 7, 8], id="below a blank row"),
        pytest.param("\ndate,name,sum\n2025-01-02,x,5\n", [6, 7], id="names that are known"),
        pytest.param("\nRefunds\nwho,count,of\nAnn,1,x\n", [6, 7, 8], id="below a title"),
        pytest.param("\nRefunds,,\n\nwho,count,of\nAnn,1,x\n", [6, 8, 9], id="titles, padded"),
        pytest.param("who,count\nAnn,1\nBob,2\n", [5, 6, 7], id="narrower, at once"),
        pytest.param(
            "\nRefunds,,\nwho,count,\nAnn,1,\nBo,2,\n", [6, 7, 8, 9], id="narrower, padded"
        ),
        pytest.param("who,count,of,at\nAnn,1,x,y\n", [5, 6], id="wider, at once"),
        pytest.param("\nwho,count,of,at\nAnn,1,x,y\nBob,2,x,y\n", [6, 7, 8], id="wider, apart"),
        pytest.param(
            "\nwho,count\nAnn,1\n\nplace,size\nRome,7\n", [6, 7, 9, 10], id="three tables"
        ),
    ],
)
def test_of_several_tables_the_first_is_read(below, rows):
    sheet = read(TABLE + below)
    assert len(cells(sheet)) == 3
    assert [row.row for row in sheet.aside] == rows
    assert {row.code for row in sheet.aside} == {"other-table"}
    assert sheet.torn == ()
    assert sheet.rows == 3 + len(sheet.aside) + sheet.blank


def test_it_is_said_where_the_other_table_begins():
    row = read(TABLE + "\nwho,count\nAnn,1\n").aside[1]
    assert (row.row, row.raw) == (7, ("Ann", "1"))
    assert row.message == (
        "belongs to another table, which begins in row 6 and is not read: save it as a file of its own"
    )


@pytest.mark.parametrize(
    ("below", "whole", "torn"),
    [
        pytest.param("\n2025-01-05,Dan,9\n", 4, 0, id="the table goes on below a blank row"),
        pytest.param("\nsoon,Dan,9\n", 4, 0, id="with a bad cell"),
        pytest.param("\nsoon,Dan,much\n", 4, 0, id="nothing is below those words"),
        pytest.param("\nsoon,Dan,much\n2025-01-05,Dan,9\n", 5, 0, id="it goes on as above"),
        pytest.param("\nsoon,Dan,much\n2025-01-05,Dan,9\n2025-01-06,Eve,9\n", 6, 0, id="so do two"),
        pytest.param("\nwho,count,of\nAnn,1,x\n", 5, 0, id="one row below proves nothing"),
        pytest.param("\nwho,of,at\nAnn,x,y\nBo,x,y\n", 6, 0, id="words alone below words"),
        pytest.param("\nsoon,Q1,much\nAnn,1,x\nBo,2,y\n", 6, 0, id="a cell with a digit"),
        pytest.param("\nnote\n1\n2\n", 3, 3, id="one name alone"),
        pytest.param("\nwho,of,\nAnn,1,\nBo,2,\n", 6, 0, id="padded, below no title"),
        pytest.param("2025-01-05,Dan\n2025-01-06,Eve\n", 3, 2, id="torn rows of data"),
        pytest.param("who,count\n2025-01-05,Eve,9\n", 4, 1, id="a torn row inside"),
        pytest.param("who,count\nAnn,1\nBob\n", 3, 3, id="torn rows of several widths"),
        pytest.param("who,what\nAnn,x\nBob,y\n", 3, 3, id="nothing proves names"),
    ],
)
def test_rows_that_are_no_other_table_stay_with_the_first(below, whole, torn):
    sheet = read(TABLE + below)
    assert (len(cells(sheet)), len(sheet.torn), sheet.aside) == (whole, torn, ())


CUSTOMERS = "customer,name,phone,plan\nC1,Ann,0301,Pro\nC2,Bob,0302,Pro\nC3,Cy,0303,Pro\n"


@pytest.mark.parametrize(
    "below",
    [
        pytest.param("\nACME,Acme,unlisted,Pro\nROSE,Rose,secret,Pro\n", id="ids without digits"),
        pytest.param("\nACME,Acme,unlisted,Pro\nROSE,Rose,secret,Pro 2\n", id="a plan with one"),
        pytest.param("\nNorth,,,\nACME,Acme,unlisted,Pro\n", id="below a title"),
        pytest.param("\nNorth,,,\nACME,Acme,unlisted,\nROSE,Rose,secret,\n", id="title, padded"),
    ],
)
def test_rows_of_words_below_a_blank_row_are_no_header_where_no_digits_stand_below(below):
    sheet = read(CUSTOMERS + below)
    assert (len(cells(sheet)), sheet.aside) == (3 + below.count("\n") - 1, ())


@pytest.mark.parametrize(
    "below",
    [
        pytest.param("ACME,Acme,unlisted,Pro\nC4,Di,0304,Pro\n", id="as wide"),
        pytest.param("ACME,Acme,unlisted,\nC4,Di,0304,\nC5,Ed,0305,\n", id="padded"),
        pytest.param("ACME,Acme,,\nC4,Di,,\nC5,Ed,,\n", id="one column blank"),
    ],
)
def test_words_below_a_title_above_rows_that_go_on_are_asked_about(below):
    with pytest.raises(DataRefusedError, match="another table may begin in row 6, and no"):
        read(CUSTOMERS + "\nNorth,,,\n" + below)


def test_what_stands_above_is_known_though_a_blank_row_follows_the_first():
    sheet = read(
        "day,customer,paid\n2025-01-02,Ann,5\n\n2025-01-03,Bob,7\n\nRefunds,,\nwho,of,\nAnn,1,\n"
    )
    assert [row.row for row in sheet.aside] == [6, 7, 8]


def test_one_row_above_is_enough_to_tell_a_table_below_a_title():
    sheet = read("day,customer,paid\n2025-01-02,Ann,5\n\nRefunds,,\nwho,of,\nAnn,1,\n")
    assert [row.row for row in sheet.aside] == [4, 5, 6]


def test_a_table_that_stands_twice_is_read_once():
    sheet = read(TABLE + TABLE + TABLE)
    assert len(cells(sheet)) == 3
    assert [row.code for row in sheet.aside] == ["repeated-header", *["repeated-table"] * 3] * 2
    assert [row.row for row in sheet.aside] == list(range(5, 13))


def test_a_table_that_stands_twice_but_for_a_row_is_read_on():
    again = TABLE.replace("Cy,8", "Cy,9")
    assert len(cells(read(TABLE + again))) == 6
    assert len(cells(read(TABLE + TABLE + "2025-01-05,Dan,9\n"))) == 7


def test_torn_rows_are_compared_too():
    torn = "day,customer,paid\n2025-01-02,Ann,5\n2025-01-03,Bob,7\n4,Cy\n"
    assert (len(cells(read(torn + torn))), len(read(torn + torn).torn)) == (2, 1)
    other = torn.replace("4,Cy", "4,Di")
    assert (len(cells(read(torn + other))), len(read(torn + other).torn)) == (4, 2)


def test_exports_put_one_below_the_other_are_read_on_past_their_byte_order_marks():
    sheet = read(TABLE + "\ufeff" + TABLE.replace("2025-01", "2025-02"))
    assert (len(cells(sheet)), [row.code for row in sheet.aside]) == (6, ["repeated-header"])
