from __future__ import annotations

from retention_cli.reading.workbooks.faults import without_faults
from retention_cli.reading.workbooks.xlsx import read_workbook
from workbooks import book, texts

WRONG = ("e", "<v>#N/A</v>")


def table():
    data = book(["id", "day", "note"], ["a", WRONG, WRONG], ["b", "x", WRONG], ["c", "y", "z"])
    (found,) = read_workbook(data, file="b.xlsx")
    return found


def test_a_row_with_a_fault_where_it_counts_is_taken_out_once():
    found = without_faults(table(), {0, 1, 2})
    assert texts(found) == {4: ("c", "y", "z")}
    assert [(torn.row, torn.place, torn.code, torn.raw) for torn in found.torn] == [
        (2, 1, "excel-error", ("a", "#N/A", "#N/A")),
        (3, 2, "excel-error", ("b", "x", "#N/A")),
    ]
    assert found.remarks == ()
    assert len(found.numbers) + len(found.torn) + found.blank == found.rows


def test_a_fault_elsewhere_is_said_with_how_many_there_are():
    found = without_faults(table(), {0, 1})
    assert [torn.row for torn in found.torn] == [2]
    assert texts(found) == {3: ("b", "x", "#N/A"), 4: ("c", "y", "z")}
    (remark,) = found.remarks
    assert (remark.code, remark.column, remark.count) == ("idle-fault", "note", 2)
    assert remark.message.startswith("Excel error #N/A in C2 and 1 more like it, in 'note'")


def test_a_sheet_of_which_no_row_is_left_has_no_batch():
    (found,) = read_workbook(book(["id"], [WRONG]), file="b.xlsx")
    assert without_faults(found, {0}).batches == []


def test_a_sheet_without_faults_is_left_alone():
    (found,) = read_workbook(book(["id"], ["a"]), file="b.xlsx")
    assert without_faults(found, {0}) is found
