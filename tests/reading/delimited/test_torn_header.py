from __future__ import annotations

import pytest

from retention_cli.errors import DataRefusedError
from retention_cli.reading.delimited.csv import read_csv

ROWS = "1,2021-01-01,x\n2,2021-01-02,y\n"


def read(header, rows=ROWS):
    return read_csv(f"{header}\n{rows}".encode(), file="a.csv")


@pytest.mark.parametrize(
    ("header", "names", "how"),
    [
        ('id,"day,name', ("id", '"day', "name"), "with the quote before 'day' taken as text"),
        ('id,""day",name', ("id", '"day', "name"), "with the quote before 'day' taken as text"),
        ("id,,day,name", ("id", "day", "name"), "without the comma before 'day'"),
        ("id,day,name,", ("id", "day", "name"), "without the comma at its end"),
        ('id,"day""name"', ("id", "day", "name"), "with a comma between 'day' and 'name'"),
        ("id day name", ("id", "day", "name"), "split at its blanks"),
    ],
)
def test_a_torn_header_is_read_as_it_was_meant_and_it_is_said(header, names, how):
    sheet = read(header)
    assert (sheet.headers, sheet.header_row, sheet.rows) == (names, 1, 2)
    assert sheet.raw(3) == ("2", "2021-01-02", "y")
    assert sheet.notes == (f"its header is torn: it is read {how}",)


@pytest.mark.parametrize("header", ["id,day", "idday,name", "id,,,day"])
def test_a_header_of_another_width_that_nothing_mends_is_refused(header):
    with pytest.raises(DataRefusedError, match="every row has 3 fields"):
        read(header)


def test_a_title_with_as_many_words_as_columns_is_no_header():
    sheet = read("all our shops", "a,b,c\nd,e,f\n")
    assert sheet.headers == ("a", "b", "c")
    assert "torn" not in "".join(sheet.notes)
