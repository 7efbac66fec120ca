from __future__ import annotations

import pytest

from retention_cli.mapping.presets.shapes import KNOWN
from retention_cli.reading.delimited.csv import read_csv
from retention_cli.reading.tables.find_header import Known, Shape

REPORT = Known(
    lambda _: False,
    lambda cells: (
        Shape(group="Customer", totals=("Total for ", "TOTAL"), footer=("Basis",))
        if "Day" in cells
        else None
    ),
)


def read(text):
    return read_csv(text.encode(), file="a.csv", known=REPORT)


def cells(sheet):
    return [batch.raw(i) for batch in sheet.batches for i in range(len(batch.rows))]


GROUPED = """,Day,Paid
Ann,,
,1 May,5
,2 May,6
Total for Ann,,11
Bob,,
,3 May,7
Total for Bob,,7
TOTAL,,18
"""


def test_each_row_gets_the_group_that_it_stands_in():
    sheet = read(GROUPED)
    assert sheet.headers == ("", "Day", "Paid", "Customer")
    assert cells(sheet) == [
        ("", "1 May", "5", "Ann"),
        ("", "2 May", "6", "Ann"),
        ("", "3 May", "7", "Bob"),
    ]
    assert sheet.numbers.to_pylist() == [3, 4, 7]
    assert [(row.row, row.code) for row in sheet.aside] == [
        (2, "group-row"),
        (5, "totals-row"),
        (6, "group-row"),
        (8, "totals-row"),
        (9, "totals-row"),
    ]
    assert sheet.rows == len(cells(sheet)) + len(sheet.aside)


def test_a_row_is_kept_as_it_stood_without_the_name_of_its_group():
    assert read(GROUPED).raw(3) == ("", "1 May", "5")


def test_groups_inside_of_groups_end_with_their_totals():
    sheet = read(
        ",Day,Paid\nNorth,,\n,1 May,1\nSite,,\n,2 May,2\nTotal for Site,,2\n,3 May,3\n"
        "Total for North with sub-customers,,6\n,4 May,4\n"
    )
    assert [row[3] for row in cells(sheet)] == ["North", "Site", "North", ""]


def test_a_total_of_another_group_ends_none():
    sheet = read(",Day,Paid\nNorth,,\n,1 May,1\nTotal for South,,2\n,3 May,3\nTOTAL,,6\n,4 May,4\n")
    assert [row[3] for row in cells(sheet)] == ["North", "North", ""]


def test_rows_above_the_first_group_have_none():
    assert cells(read(",Day,Paid\n,1 May,1\nAnn,,\n,2 May,2\n")) == [
        ("", "1 May", "1", ""),
        ("", "2 May", "2", "Ann"),
    ]


def test_a_row_with_a_first_cell_of_its_own_is_of_that_group():
    assert cells(read(",Day,Paid\nAnn,,\nBob,1 May,1\n")) == [("Bob", "1 May", "1", "Bob")]


def test_the_name_of_a_group_may_begin_as_a_total_does():
    assert cells(read(",Day,Paid\nTOTAL Wine,,\n,1 May,1\n")) == [("", "1 May", "1", "TOTAL Wine")]


def test_a_group_row_may_have_lost_its_blank_cells():
    sheet = read(",Day,Paid\nAnn\n,1 May,1\n,2 May\n")
    assert cells(sheet) == [("", "1 May", "1", "Ann")]
    assert [row.row for row in sheet.torn] == [4]


def test_a_first_column_with_a_name_holds_no_groups():
    sheet = read("Name,Day,Paid\nAnn,,\n,1 May,1\n")
    assert sheet.headers == ("Name", "Day", "Paid")
    assert cells(sheet) == [("Ann", "", ""), ("", "1 May", "1")]


def test_a_footer_that_the_report_is_known_for_is_no_group():
    sheet = read(",Day,Paid\nAnn,,\n,1 May,1\nBasis of cash\n")
    assert [(row.row, row.code) for row in sheet.aside] == [(2, "group-row"), (4, "footer")]


def test_groups_go_on_over_batches(monkeypatch):
    monkeypatch.setattr("retention_cli.reading.delimited.blocks.BLOCK_BYTES", 30)
    lines = "".join(f",{day} May,1\n" for day in range(1, 29))
    sheet = read(f",Day,Paid\nAnn,,\n{lines}")
    assert len(sheet.batches) > 3
    assert {row[3] for row in cells(sheet)} == {"Ann"}


@pytest.mark.parametrize("ends", ["", "Total for Ann,,"])
def test_a_report_without_a_row_of_data_is_read(ends):
    sheet = read(f",Day,Paid\nAnn,,\n{ends}")
    assert cells(sheet) == []


def test_reports_of_systems_are_known_by_their_headers():
    shape = KNOWN.shape_of(["", "Date", "Transaction type", "Num", "Term", "Open balance"])
    assert (shape.group, shape.totals) == ("Customer", ("Total for ", "TOTAL"))
    assert KNOWN.shape_of(["Date", "Amount"]) is None


def test_a_row_that_a_user_filled_in_is_no_total_though_its_customer_is_called_so():
    sheet = read(",Day,Paid\nTOTAL Oil,1 May,5\nTOTAL Oil,2 May,6\nTOTAL,,11\n")
    assert [row[-1] for row in cells(sheet)] == ["TOTAL Oil", "TOTAL Oil"]
    assert [(row.row, row.code) for row in sheet.aside] == [(4, "totals-row")]


def test_the_total_of_a_group_ends_those_inside_of_it():
    sheet = read(",Day,Paid\nNorth,,\nSite,,\n,1 May,1\nTotal for North,,1\n,2 May,2\n")
    assert [row[3] for row in cells(sheet)] == ["Site", ""]


def test_a_torn_row_with_more_than_a_first_cell_names_no_group():
    sheet = read(",Day,Paid\nAnn,,\nBob,1 May\n,2 May,2\n")
    assert [row.row for row in sheet.torn] == [3]
    assert [row[3] for row in cells(sheet)] == ["Ann"]
