"""Lines 45 to 58e of the list of bad inputs, each under its number, and what else workbooks hold."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from retention_cli.cli import run
from retention_cli.errors import DataRefusedError, UnknownNameError
from retention_cli.reading import read_bytes
from retention_cli.reading.workbooks.xlsx import read_workbook
from workbooks import book, book_of, cell, letters, parts, rows, sheet, texts, zipped

CUSTOMERS = ["customer_id", "start_date", "end_date"]
DAY, MOMENT, ELAPSED, CLOCK = 1, 2, 3, 4
FORMATS = ("yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss", "[h]:mm:ss", "h:mm:ss")


def read(data, **how):
    return read_workbook(data, file="book.xlsx", **how)


def the(data, **how):
    (found,) = read(data, **how)
    return found


def refusal(data):
    with pytest.raises(DataRefusedError) as refused:
        read(data)
    assert refused.value.hint
    assert refused.value.exit_code == 3
    return refused.value.message


@pytest.fixture
def checked(tmp_path, monkeypatch, capsys):
    """Check one workbook, and give what is said of it as JSON."""

    def check(data, *options, name="book.xlsx", code=0):
        (tmp_path / name).write_bytes(data)
        monkeypatch.chdir(tmp_path)
        capsys.readouterr()
        assert run(["check", name, "--format", "json", *options]) == code
        return json.loads(capsys.readouterr().out)

    return check


def said(result):
    return {one["code"]: one["message"] for one in result["data"]["warnings"]}


def test_45_error_cells_in_a_column_that_is_needed_refuse_their_row(checked):
    table = [
        CUSTOMERS,
        ["ann", "2025-01-01", ""],
        ["bob", ("e", "<v>#N/A</v>"), ""],
        ["cy", ("e", "<f>1/0</f><v>#DIV/0!</v>"), ("e", "<v>#REF!</v>")],
    ]
    result = checked(book(*table), "--max-rejects", "2")
    assert [
        (p["row"], p["column"], p["value"], p["code"], p["sheet"], p["message"])
        for p in result["data"]["problems"]
    ] == [
        (
            *(3, "start_date", "#N/A", "excel-error", "Data"),
            "book.xlsx sheet 'Data' row 3: Excel error #N/A in B3",
        ),
        (
            *(4, "start_date", "#DIV/0!", "excel-error", "Data"),
            "book.xlsx sheet 'Data' row 4: Excel error #DIV/0! in B4",
        ),
    ]
    (file,) = result["data"]["files"]
    assert (file["rows"], file["accepted"], file["rejected"], file["sheet"]) == (3, 1, 2, "Data")


def test_45_error_cells_in_another_column_are_only_said(checked):
    fault = ("e", "<v>#N/A</v>")
    table = [[*CUSTOMERS, "Note"], *([f"c{n}", "2025-01-01", "", fault] for n in range(3))]
    result = checked(book(*table))
    assert result["data"]["files"][0]["accepted"] == 3
    assert said(result)["idle-fault"] == (
        "Excel error #N/A in D2 and 2 more like it, in 'Note', which is kept as it is"
    )


def test_45_the_rejects_file_has_the_row_and_its_sheet(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "b.xlsx").write_bytes(book(CUSTOMERS, ["ann", ("e", "<v>#N/A</v>"), "x"]))
    run(["check", "b.xlsx", "--rejects", "out.csv", "--max-rejects", "1"])
    _, line = (tmp_path / "out.csv").read_text("utf-8").splitlines()
    assert line.startswith("b.xlsx,Data,2,start_date,excel-error,")
    assert line.endswith('#N/A,"[""ann"", ""#N/A"", ""x""]"')


def test_46_a_wrong_dimension_hides_no_row():
    table = rows(*(["a", "b"] for _ in range(100)))
    data = zipped(parts({"Data": sheet(table, before='<dimension ref="A1:B10"/>')}))
    for quick in (True, False):
        assert the(data, quick=quick).rows == 99


def test_47_one_far_cell_is_refused_before_any_library_reads_it(monkeypatch):
    def never(*_):
        raise AssertionError("a library was called")

    monkeypatch.setattr("retention_cli.reading.workbooks.xlsx.quick_book", never)
    monkeypatch.setattr("retention_cli.reading.workbooks.xlsx.careful_book", never)
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    message = refusal(zipped(parts({"Data": sheet(rows(["a"], ["b"]) + far)})))
    assert message == "book.xlsx: sheet 'Data' reaches to XFD1048576, far from any table"


@pytest.mark.sweep
@pytest.mark.parametrize(
    "far",
    [
        pytest.param('<row r="1048576"><c r="ALL1048576"><v>1</v></c></row>', id="within columns"),
        pytest.param('<row r="9"><c r="XFD1048576"><v>1</v></c></row>', id="under a near row"),
        pytest.param(
            "<row r='9'><c r='XFD9'><v>1</v></c></row>",
            id="in single quotes",
            marks=pytest.mark.slow,
        ),
        pytest.param(
            '<row  r="9"><c  r="XFD1048576"><v>1</v></c></row>',
            id="after two blanks",
            marks=pytest.mark.slow,
        ),
        pytest.param('<row r="9"><c r="&#88;FD1048576"><v>1</v></c></row>', id="escaped"),
    ],
)
def test_47_no_spelling_of_a_far_cell_ends_the_process(far, tmp_path):
    data = zipped(parts({"Data": sheet(rows(["customer_id", "start_date"], ["a", "b"]) + far)}))
    (tmp_path / "b.xlsx").write_bytes(data)
    command = [sys.executable, "-m", "retention_cli", "check", "b.xlsx"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode in {0, 3}
    assert "Traceback" not in done.stderr


def test_47_far_cells_that_only_have_a_format_do_no_harm():
    far = '<row r="1048576"><c r="XFD1048576" s="0"/></row>'
    table = the(zipped(parts({"Data": sheet(rows(["a"], ["b"]) + far)})))
    assert texts(table) == {2: ("b",)}


def test_48_a_zip_bomb_is_refused_by_its_directory():
    bomb = zipped(parts({"Data": sheet("<!-- " + " " * 60_000_000 + "-->")}))
    assert "inflates to " in refusal(bomb)
    assert "like a zip bomb" in refusal(bomb)


def test_48_a_directory_that_lies_is_found_out_while_inflating():
    data = bytearray(zipped(parts({"Data": sheet(rows(["a" * 5000]))})))
    size = len(sheet(rows(["a" * 5000]))).to_bytes(4, "little")
    data = bytes(data).replace(size, (100).to_bytes(4, "little"))
    assert "holds more than it declares" in refusal(data)


@pytest.mark.sweep
def test_49_more_rows_than_excel_has_are_refused():
    many = "<row/>" * 1_048_577
    assert refusal(zipped(parts({"Data": sheet(many)}), stored=True)) == (
        "book.xlsx: has more rows than Excel's 1,048,576"
    )


def test_49_a_row_number_that_no_sheet_has_is_refused():
    far = '<row r="99999999"><c r="A99999999"><v>1</v></c></row>'
    assert "more rows than" in refusal(zipped(parts({"Data": sheet(rows(["a"]) + far)})))


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "docProps/x.xml"]
)
def test_50_a_dtd_in_any_part_is_refused(part):
    found = parts({"Data": sheet(rows(["a"]))})
    dtd = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]>'
    found[part] = dtd + found.get(part, "<x/>").removeprefix(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
    )
    assert "holds a DTD" in refusal(zipped(found))


def test_51_a_workbook_with_a_password_says_so():
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(DataRefusedError, match="password-protected") as refused:
        read_bytes(ole, name="b.xlsx")
    assert refused.value.hint == "save a copy without password"


def test_51_an_old_file_that_is_cut_off_says_what_to_do():
    with pytest.raises(DataRefusedError, match="damaged or half-copied") as refused:
        read_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), name="b.xls")
    assert ".xlsx" in refused.value.hint


def test_52_a_csv_named_as_a_workbook_is_read_and_said():
    (table,) = read_bytes(b"a,b\n1,2\n", name="b.xlsx")
    assert (table.rows, table.sheet) == (1, None)
    (remark,) = table.remarks
    assert remark.message == "is a CSV file, though its name ends in .xlsx: it is read as one"


def test_52_a_workbook_named_as_a_csv_is_read_and_said():
    (table,) = read_bytes(book(["a"], ["b"]), name="b.csv")
    assert (table.rows, table.sheet) == (1, "Data")
    assert "is a workbook, though" in table.remarks[0].message


def test_52_html_without_a_table_that_is_named_as_a_workbook_is_refused():
    with pytest.raises(DataRefusedError, match="this is HTML without a table") as refused:
        read_bytes(b"<html><table><tr><td>Please log in</table>", name="b.xls")
    assert refused.value.hint == "is it a login page? export the table again, as CSV"


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_53_a_truncated_workbook_is_refused(share):
    data = book(CUSTOMERS, ["ann", "2025-01-01"])
    assert "damaged or half-copied" in refusal(data[: int(len(data) * share)])


def test_53_a_workbook_with_a_hole_is_refused():
    data = bytearray(book(*([f"c{n}" * 20, "x"] for n in range(500))))
    middle = len(data) // 2
    data[middle : middle + 40] = bytes(40)
    assert refusal(bytes(data)).startswith("book.xlsx: ")


def test_54_values_of_a_workbook_with_macros_are_read_and_they_are_said(checked):
    table = [CUSTOMERS, ["ann", "2025-01-01"]]
    data = book(*table, more={"xl/vbaProject.bin": b"macro"}.items())
    result = checked(data, name="book.xlsm")
    assert result["data"]["files"][0]["accepted"] == 1
    assert said(result)["macros"] == "macros of the workbook are ignored"


@pytest.mark.parametrize(
    "formula",
    [
        pytest.param(("", "<f>A1+1</f>"), id="no value"),
        pytest.param(("", "<f>A1+1</f><v/>"), id="an empty value"),
        pytest.param(("", "<f>A1+1</f><v></v>"), id="an empty value of two tags"),
        pytest.param(("", '<f t="shared" ref="B2:B3" si="0">A1+1</f><v></v>'), id="shared"),
    ],
)
def test_55_a_formula_that_was_never_calculated_refuses_its_row(checked, formula):
    data = book(CUSTOMERS, ["ann", formula], ["bob", "2025-01-01"])
    result = checked(data, "--max-rejects", "1")
    (problem,) = result["data"]["problems"]
    assert (problem["row"], problem["column"], problem["code"]) == (
        *(2, "start_date"),
        "not-calculated",
    )
    assert problem["message"].endswith("row 2: formula not calculated in B2")


def test_55_a_formula_whose_result_is_empty_text_is_a_blank_cell():
    table = the(book(["a", "b"], ["x", ("str", '<f>IF(1,"","")</f><v></v>')]))
    assert (table.faults, texts(table)) == ((), {2: ("x", "")})


def test_56_hidden_sheets_and_rows_are_read_and_said(checked):
    table = rows(CUSTOMERS, ["ann", "2025-01-01"], ["bob", "2025-02-01"])
    table = table.replace('<row r="3"', '<row r="3" hidden="1"')
    filtered = '<autoFilter ref="A1:C3"><filterColumn colId="0"/></autoFilter>'
    data = zipped(parts({"Data": sheet(table, after=filtered)}, hidden=["Data"]))
    result = checked(data)
    assert result["data"]["files"][0]["accepted"] == 2
    assert said(result) == {
        "hidden-rows": "1 row is hidden by a filter, and is read like the others; hidden_rows ="
        ' "leave-out" in their [[export]] leaves them out',
        "hidden-sheet": "the sheet is hidden, and is read like the others",
    }


def test_56_several_sheets_of_one_kind_are_appended_and_several_kinds_told_apart(checked):
    invoices = ["invoice_id", "invoice_date", "amount", "customer_id"]
    data = book_of(
        {
            "Read me": [["These are our figures"], ["Ask Ada"]],
            "Jan": [invoices, ["1", "2025-01-31", 10, "ann"]],
            "Feb": [invoices, ["2", "2025-02-28", 20, "ann"], ["3", "2025-02-28", 30, "ann"]],
            "Clients": [CUSTOMERS, ["ann", "2025-01-01"]],
        }
    )
    result = checked(data)
    assert [(f["sheet"], f["kind"], f["accepted"]) for f in result["data"]["files"]] == [
        ("Jan", "invoices", 1),
        ("Feb", "invoices", 2),
        ("Clients", "customers", 1),
    ]
    assert said(result)["sheet-not-read"] == (
        "sheet 'Read me' is not read: it is of no kind of export"
    )
    one = checked(data, "--sheet", "feb")
    assert [(f["sheet"], f["accepted"]) for f in one["data"]["files"]] == [("Feb", 2)]


def test_56_a_sheet_that_is_not_there_is_answered_with_the_nearest():
    with pytest.raises(UnknownNameError) as refused:
        read(book_of({"Orders": [["a"]], "Notes": [["a"]]}), sheet="Order")
    assert refused.value.message == "book.xlsx: unknown sheet 'Order'"
    assert refused.value.hint == "did you mean 'Orders'?"
    assert refused.value.exit_code == 2


def test_57_a_table_may_start_anywhere_and_keeps_the_numbers_of_its_sheet():
    table = rows(["id", None, "b"], ["x", None, 2], [], ["y", None, 3], first=7, column=4)
    for quick in (True, False):
        found = the(zipped(parts({"Data": sheet(table)})), quick=quick)
        assert (found.headers, found.header_row, found.first_column) == (("id", "", "b"), 7, 4)
        assert texts(found) == {8: ("x", "", "2"), 10: ("y", "", "3")}
        assert (found.rows, found.blank) == (3, 1)


def test_57_an_error_is_told_by_its_own_address():
    table = rows(CUSTOMERS, ["ann", ("e", "<v>#N/A</v>")], first=7, column=4)
    (fault,) = the(zipped(parts({"Data": sheet(table)}))).faults
    assert (fault.row, fault.place, fault.message) == (8, 1, "Excel error #N/A in E8")


def test_57_merged_cells_have_their_value_in_the_first_and_are_said():
    merged = '<mergeCells><mergeCell ref="B1:C1"/><mergeCell ref="A2:A3"/></mergeCells>'
    table = rows(["id", "Period", None], ["ann", "x", "y"], [None, "z", None])
    found = the(zipped(parts({"Data": sheet(table, after=merged)})))
    assert texts(found) == {2: ("ann", "x", "y"), 3: ("", "z", "")}
    assert [remark.message for remark in found.remarks] == [
        "header cells are merged (B1:C1): only the first column of each has the name",
        "cells are merged (A2:A3): only the first cell of each has the value",
        "column C: cells without a header above are not read",
    ]


def test_merged_cells_of_a_title_are_not_worth_a_word():
    merged = '<mergeCells><mergeCell ref="A1:C1"/></mergeCells>'
    table = rows(["Our list"], ["id", "Period", "Sum"], ["ann", "x", "y"], ["bo", "z", "y"])
    found = the(zipped(parts({"Data": sheet(table, after=merged)})))
    assert found.headers == ("id", "Period", "Sum")
    assert [one.code for one in found.remarks if "merged" in one.code] == []


@pytest.mark.parametrize("from_1904", [False, True])
def test_58a_both_date_systems_are_read(from_1904):
    data = book(["a"], [45292], formats=FORMATS, columns=[DAY], from_1904=from_1904)
    assert texts(the(data)) == {2: ("2028-01-02" if from_1904 else "2024-01-01",)}


@pytest.mark.parametrize("name", ["b.xlsx", "b.csv"])
def test_58b_a_date_that_lost_its_format_is_refused_with_the_day_it_looks_like(checked, name):
    data = (
        book(CUSTOMERS, ["ann", 45292])
        if name == "b.xlsx"
        else b"customer_id,start_date\nann,45292\n"
    )
    result = checked(data, "--max-rejects", "1", name=name)
    (problem,) = result["data"]["problems"]
    assert problem["code"] == "excel-date"
    said = (
        "start_date '45292' looks like an Excel date (2024-01-01);"
        ' unit = "excel-days" in a recipe of its column under [export.columns] reads it'
    )
    assert problem["message"].endswith(said)


def test_58b_what_to_do_about_it_is_said(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.csv").write_text("customer_id,start_date\nann,45292.5\n", "utf-8")
    run(["check", "a.csv"])
    out = " ".join(capsys.readouterr().out.split())
    said = 'read the column with { from = "Start", unit = "excel-days" } under [export.columns]'
    assert said in out


@pytest.mark.parametrize(
    ("value", "style", "text"),
    [
        (60, DAY, "1900-02-29"),
        (60.5, MOMENT, "1900-02-29 12:00:00"),
        (59, DAY, "1900-02-28"),
        (61, DAY, "1900-03-01"),
        (1, DAY, "1900-01-01"),
        (0.5, CLOCK, "12:00:00"),
        (0.25, MOMENT, "6:00:00"),
        (1.25, ELAPSED, "30:00:00"),
        (1.25, CLOCK, "30:00:00"),
        (45811.586805555555, MOMENT, "2025-06-03 14:05:00"),
        (45811, MOMENT, "2025-06-03"),
        (45811.5, CLOCK, "2025-06-03 12:00:00"),
        (-0.25, CLOCK, "-0.25"),
        (2958466, DAY, "2958466"),
        (2958465, DAY, "9999-12-31"),
    ],
)
def test_58c_serials_are_days_times_and_spans_as_their_format_says(value, style, text):
    data = book(["a"], [value], formats=FORMATS, columns=[style])
    assert [texts(the(data, quick=quick)) for quick in (True, False)] == [{2: (text,)}] * 2


def test_58c_the_day_that_never_was_is_refused_as_a_date(checked):
    data = book(CUSTOMERS, ["ann", 60], formats=FORMATS, columns=[0, DAY])
    (problem,) = checked(data, "--max-rejects", "1")["data"]["problems"]
    assert (problem["code"], problem["value"]) == ("bad-date", "1900-02-29")


def test_58d_numbers_stored_as_text_are_read_as_numbers(checked):
    data = book(["invoice_date", "amount"], ["2025-01-01", "12.50"], ["2025-01-02", 7.5])
    assert checked(data)["data"]["files"][0]["accepted"] == 2


def test_58e_ids_are_text_and_both_7_and_007_are_said(checked):
    data = book(CUSTOMERS, ["007", "2025-01-01"], [7, "2025-01-01"], [1001.0, "2025-01-01"])
    assert [row[0] for row in texts(the(data)).values()] == ["007", "7", "1001"]
    assert said(checked(data))["ids-alike"] == (
        "1 id is another id except for leading zeros, such as '7' and '007':"
        " they count as different customers"
    )


def test_a_workbook_without_a_cell_is_refused():
    assert refusal(book()) == "book.xlsx: none of its sheets holds a cell"


def test_a_title_alone_has_no_rows():
    table = the(book(["customer_id"]))
    assert (table.headers, table.rows, table.batches) == (("customer_id",), 0, [])


def test_truths_are_words():
    assert texts(the(book(["a", "b"], [True, False]))) == {2: ("TRUE", "FALSE")}


def test_a_workbook_that_openpyxl_cannot_take_apart_is_refused():
    found = parts({"Data": sheet(rows(["a"], [("e", "<v>#N/A</v>")]))})
    found["xl/styles.xml"] = found["xl/styles.xml"].replace("<patternFill/>", "")
    assert "its parts do not fit together" in refusal(zipped(found))


def test_openpyxl_is_given_the_careful_parser():
    from openpyxl.xml import DEFUSEDXML  # noqa: PLC0415

    assert DEFUSEDXML


def test_a_run_without_it_is_refused_at_once():
    environment = {**os.environ, "OPENPYXL_DEFUSEDXML": "False"}
    command = [sys.executable, "-c", "import retention_cli.reading.workbooks.xlsx"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert "openpyxl does not see defusedxml" in done.stderr


def test_reading_a_large_sheet_takes_memory_only_for_its_text():
    """The quick reader's own cells are gone when a batch is text."""
    wide = "".join(cell(f"{letters(i + 1)}1", f"h{i}") for i in range(20))
    body = "".join(
        f'<row r="{n}">'
        + "".join(f'<c r="{letters(i + 1)}{n}"><v>{n}</v></c>' for i in range(20))
        + "</row>"
        for n in range(2, 5_001)
    )
    table = the(zipped(parts({"Data": sheet(f'<row r="1">{wide}</row>{body}')})))
    held = sum(batch.columns.nbytes for batch in table.batches)
    assert table.rows == 4_999
    assert held < 20 * 5_000 * 12


def test_settings_choose_a_sheet_for_each_kind(checked, tmp_path):
    (tmp_path / "retention.toml").write_text(
        """
        [[export]]
        file = "book.xlsx"
        sheet = "kunden"
        kind = "customers"
        [export.columns]
        start_date = "Seit"
        [[export]]
        file = "book.xlsx"
        sheet = "Old"
        kind = "customers"
        [export.columns]
        start_date = "Since"
        """,
        "utf-8",
    )
    data = book_of(
        {
            "Kunden": [["customer_id", "Seit"], ["ann", "2025-01-01"]],
            "Old": [["customer_id", "Since"], ["bob", "2024-01-01"]],
            "Bills": [["invoice_date", "amount"], ["2025-01-01", 1]],
        }
    )
    result = checked(data)
    assert [(f["sheet"], f["kind"], f["accepted"]) for f in result["data"]["files"]] == [
        ("Kunden", "customers", 1),
        ("Old", "customers", 1),
        ("Bills", "invoices", 1),
    ]
    assert [f["sheet"] for f in checked(data, "--sheet", "old")["data"]["files"]] == ["Old"]


def test_two_rules_for_one_sheet_and_kind_are_refused(tmp_path, monkeypatch, capsys):
    rule = '[[export]]\nfile = "b.xlsx"\nkind = "customers"\n'
    (tmp_path / "retention.toml").write_text(f'{rule}{rule}sheet = "A"\n', "utf-8")
    (tmp_path / "b.xlsx").write_bytes(book_of({"A": [CUSTOMERS, ["ann", "2025-01-01"]]}))
    monkeypatch.chdir(tmp_path)
    assert run(["check", "b.xlsx"]) == 2
    assert "two [[export]] of retention.toml cover it" in capsys.readouterr().err


def test_a_folder_of_workbooks_is_read_but_for_those_that_mark_an_open_one(
    tmp_path, monkeypatch, capsys
):
    (tmp_path / "a.xlsx").write_bytes(book(CUSTOMERS, ["ann", "2025-01-01"]))
    (tmp_path / "~$a.xlsx").write_bytes(b"\x05Ada")
    monkeypatch.chdir(tmp_path)
    assert run(["check", ".", "--format", "json"]) == 0
    assert [f["file"] for f in json.loads(capsys.readouterr().out)["files"]] == ["a.xlsx"]


def test_every_row_is_accounted_for_whatever_the_cells_hold(checked):
    table = [CUSTOMERS, ["ann", 45000], [], ["bob", "oops"], [("e", "<v>#REF!</v>"), 45000]]
    table += [["cy", ("", "<f>1</f>")], ["ann", 45000]]
    data = book(*table, formats=FORMATS, columns=[0, DAY])
    (file,) = checked(data, "--max-rejects", "9")["data"]["files"]
    assert (file["rows"], file["accepted"], file["rejected"], file["skipped"]) == (6, 1, 3, 2)


SALES = ["invoice_date", "amount"]


def test_number_cells_need_no_decimal_mark(checked):
    data = book(SALES, ["2025-06-01", 1.234], ["2025-06-02", 12.5])
    for options in ([], ["--decimal", ","]):
        (file,) = checked(data, *options)["files"]
        assert file["accepted"] == 2
        amount = next(one for one in file["columns"] if one["column"] == "amount")
        assert (amount["format"], amount["because"]) == ("numbers", "its cells are numbers")


def test_amounts_as_text_are_read_as_they_are_written_beside_number_cells(
    tmp_path, monkeypatch, capsys
):
    table = [["2025-06-01", 1.234], ["2025-06-02", "1.234,50"], ["2025-06-03", "7.500"]]
    (tmp_path / "b.xlsx").write_bytes(book(SALES, *table))
    monkeypatch.chdir(tmp_path)
    assert run(["compute", ".", "--period", "2025-06", "--format", "json", "--quiet"]) == 0
    figures = json.loads(capsys.readouterr().out)["figures"]
    (revenue,) = [one["value"] for one in figures if one["kpi"] == "revenue"]
    assert revenue == "8735.734"  # 1.234 + 1,234.50 + 7,500
