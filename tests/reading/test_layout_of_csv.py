from __future__ import annotations

import pytest

from retention_cli.errors import DataRefusedError
from retention_cli.mapping.presets.shapes import KNOWN
from retention_cli.reading.delimited.csv import read_csv


def read(text, **told):
    return read_csv(text.encode(), file="a.csv", known=KNOWN, **told)


def cells(sheet):
    return [batch.raw(i) for batch in sheet.batches for i in range(len(batch.rows))]


def counts_add_up(sheet):
    whole = len(cells(sheet))
    return whole + len(sheet.torn) + len(sheet.aside) + sheet.blank == sheet.rows


def test_a_title_above_the_header_is_passed_over_and_said():
    sheet = read("Acme\nJune, 2025\n\nid;Invoice Date;Amount\n1;2025-01-02;5,50\n")
    assert (sheet.headers, sheet.header_row, sheet.delimiter) == (
        ("id", "Invoice Date", "Amount"),
        4,
        ";",
    )
    assert (cells(sheet), sheet.rows, sheet.numbers.to_pylist()) == (
        [("1", "2025-01-02", "5,50")],
        1,
        [5],
    )
    (note,) = sheet.notes
    assert note == (
        "header found in row 4, since columns are known by its names;"
        " the rows above, from 'Acme' on, are ignored"
    )


def test_a_line_that_names_the_delimiter_stands_above_a_title():
    sheet = read("sep=;\nAcme\nDate;Amount\n2025-01-02;1\n")
    assert (sheet.header_row, sheet.headers, cells(sheet)) == (
        3,
        ("Date", "Amount"),
        [("2025-01-02", "1")],
    )
    assert sheet.metadata == ("Acme",)


def test_a_plain_file_has_nothing_to_say():
    sheet = read("a,b\n1,2\n")
    assert (sheet.notes, sheet.aside, sheet.header_row) == ((), (), 1)


def test_a_header_inside_the_table_is_set_aside():
    sheet = read("a,b\n1,2\na,b\n3,4\na,c\n")
    assert cells(sheet) == [("1", "2"), ("3", "4"), ("a", "c")]
    assert [(row.row, row.code, row.raw) for row in sheet.aside] == [
        (3, "repeated-header", ("a", "b"))
    ]
    assert counts_add_up(sheet)


def test_a_header_is_found_again_among_texts_that_repeat():
    row = "x,y\n"
    sheet = read("a,b\n" + row * 9000 + "a,b\n" + row * 9000 + "a,y\n")
    assert [one.row for one in sheet.aside] == [9002]
    assert (len(cells(sheet)), counts_add_up(sheet)) == (18_001, True)


def test_a_header_with_a_nameless_column_is_known_again():
    sheet = read("a,\n1,2\na,\n3,4\n")
    assert [row.row for row in sheet.aside] == [3]


@pytest.mark.parametrize(
    ("text", "footers", "torn"),
    [
        pytest.param(
            "a,b\n1,2\n\nGrand Totals (1 records)\nAcme Ltd\n", [4, 5], [], id="two lines"
        ),
        pytest.param("a,b\n1,2\nCopyright 2025\n", [3], [], id="says that it is one"),
        pytest.param("a,b\n1,2\nCopyright 2025,\n", [3], [], id="padded"),
        pytest.param("a,b\n1,2\n\n\nMonday 4 May\n", [5], [], id="set apart"),
        pytest.param("a,b\n1,2\n3\n", [], [3], id="a row that lost its cells"),
        pytest.param("a,b\n1,2\n\nC17\n", [], [4], id="an id alone"),
        pytest.param("a,b\n1,2\nAcme Ltd\n", [], [3], id="words not set apart"),
        pytest.param("a,b\n1,2\n\nAcme Ltd\n3,4\n", [], [4], id="words inside the table"),
    ],
)
def test_what_stands_below_the_table_is_set_aside(text, footers, torn):
    sheet = read(text)
    assert [(row.row, row.code) for row in sheet.aside] == [(row, "footer") for row in footers]
    assert [row.row for row in sheet.torn] == torn
    assert counts_add_up(sheet)


@pytest.mark.parametrize(
    ("text", "footers"),
    [
        pytest.param("who,plan\nAnn Ash,Pro\nBo Bee,\n\nCy Young,\n", [], id="others are alone"),
        pytest.param("who,plan\nAnn Ash,Pro\n\nCy Young,\n", [], id="a name among names"),
        pytest.param("who,plan\n\nAnn Ash,\n\nBo Bee,\n", [], id="blank rows between all"),
        pytest.param(
            "who,plan\nAnn,\nCopyright 5 Court,\n", [], id="others are alone, words say so"
        ),
        pytest.param("who,plan\nAnn,Pro\nCreated by Ann,\n", [3], id="it says so"),
        pytest.param("who,plan\nAnn,\n\nCreated by Ann,\n", [4], id="so it does, set apart"),
        pytest.param("id,plan\n1,Pro\n2,Pro\n\nas of June,\n", [5], id="words among digits"),
        pytest.param("who,plan,at\nAnn,Pro,x\n\nAs of June,,\n", [4], id="others have three"),
        pytest.param("who,plan\nAnn,\n\nAs of June\n", [4], id="torn"),
    ],
)
def test_a_lone_cell_that_may_be_a_row_of_the_table_stays(text, footers):
    sheet = read(text)
    assert [row.row for row in sheet.aside] == footers
    assert counts_add_up(sheet)


def test_it_is_said_that_a_lone_cell_is_read():
    (remark,) = read("who,plan\nAnn,Pro\n\nCy Young,\n").remarks
    assert (remark.code, remark.message) == (
        "lone-cell",
        "row 4 has a single cell, and is read as a row of the table: delete it if it is a footer",
    )


def test_words_alone_in_one_column_are_no_footer():
    assert read("a\nx y\n\nCopyright 2025\n").aside == ()


def test_rows_that_all_end_in_a_delimiter_have_a_column_without_a_name():
    sheet = read("a,b\n1,2,\n3,4,\n")
    assert (sheet.headers, cells(sheet), sheet.torn) == (
        ("a", "b", ""),
        [("1", "2", ""), ("3", "4", "")],
        (),
    )
    assert sheet.notes == ("each row ends in a delimiter that the header does not have",)


def test_rows_with_something_in_a_column_without_a_name_are_refused():
    with pytest.raises(DataRefusedError, match="every row has 3 fields, the header has 2"):
        read("a,b\n1,2,\n3,4,x\n")


def test_names_over_several_rows_are_joined_and_said():
    sheet = read(
        "Invoice,,Customer,\nNumber,Date,Name,Amount\nI1,2025-01-01,Ann,10\nI2,2025-01-02,Bob,20\n"
    )
    assert sheet.headers == ("Invoice Number", "Invoice Date", "Customer Name", "Amount")
    assert (sheet.header_row, sheet.rows, len(cells(sheet))) == (2, 2, 2)
    assert sheet.header_rows == (
        ("Invoice", "", "Customer", ""),
        ("Number", "Date", "Name", "Amount"),
    )
    assert sheet.notes == ("its header has 2 rows, 1 to 2: names are read over all of them",)


def test_a_title_in_cells_names_no_column_that_the_row_below_names():
    sheet = read("Customer,North,Date,x\nAmount,Name,Customer,Invoice Date\n" + "5,a,b,6\n" * 2)
    assert sheet.headers == ("Amount", "Name", "Customer", "Invoice Date")
    sheet = read("Amount,Date,Customer\nhours,UTC,Name\n" + "5,6,b\n" * 2)
    assert sheet.headers == ("Amount", "Date", "Customer Name")


def test_a_band_of_names_tells_names_apart_that_repeat():
    sheet = read("Kunde,,Rechnung,\nNr,Name,Nr,Betrag\n7,Ann,R1,10.00\n8,Bob,R2,20.00\n")
    assert sheet.headers == ("Kunde Nr", "Name", "Rechnung Nr", "Betrag")
    assert sheet.header_row == 2


def test_a_blank_row_parts_a_header_from_what_stands_below():
    sheet = read("day,who,paid\n\nUTC,,EUR\n2025-01-02,Ann,5\n2025-01-03,Bob,7\n")
    assert (sheet.headers, sheet.header_row) == (("day", "who", "paid"), 1)


def test_a_table_without_a_header_is_rows_alone():
    sheet = read("2025-01-02,Ann,5.00\n2025-01-03,Bob,7.00\n2025-01-04,Cy,8.00\n")
    assert (sheet.headers, sheet.header_row, sheet.header_rows) == (("", "", ""), 0, ())
    assert cells(sheet)[0] == ("2025-01-02", "Ann", "5.00")
    assert sheet.numbers.to_pylist() == [1, 2, 3]


def test_a_row_of_known_names_that_no_cell_proves_is_asked_about():
    with pytest.raises(DataRefusedError) as caught:
        read("who,what\nCustomer Name,Start Date\nAnn,soon\nBob,later\n")
    assert caught.value.message == (
        "a.csv: row 2 looks like a second header ('Customer Name', 'Start Date'), and no cell"
        " below settles it"
    )


@pytest.mark.parametrize("first", ["Total,,,,", "Acme,,,,", ",,Acme,,"])
def test_a_first_row_with_only_its_key_is_a_row(first):
    rows = "F1,2025-06-01,K1,5.00,a\nF2,2025-06-02,K2,6.00,b\n"
    sheet = read(f"invoice_id,invoice_date,customer_id,amount,note\n{first}\n{rows}")
    assert (sheet.header_row, sheet.rows, len(cells(sheet)), sheet.refusal) == (1, 3, 3, None)


def test_a_first_row_of_an_id_and_words_is_not_taken_for_names():
    first = "ACME,Acme Ltd,unlisted"
    rows = "C1,Ann,0301\nC2,Bob,0302\nC3,Cy,0303\n"
    with pytest.raises(DataRefusedError) as caught:
        read(f"customer_id,name,phone\n{first}\n{rows}")
    assert "row 2 looks like a second header ('ACME'" in caught.value.message
    assert "move it down" in caught.value.hint
    assert len(cells(read(f"customer_id,name,phone\nC0,Di,0300\n{first}\n{rows}"))) == 5
    assert len(cells(read(f"customer_id,name,phone\n\n{first}\n{rows}"))) == 4


def test_one_known_name_twice_is_no_second_header():
    assert len(cells(read("who,what\nTotal,TOTAL\nAnn,soon\n"))) == 2


ANSWERS = (
    "Respondent ID,Collector ID,Start Date,End Date,Would you recommend us?,Which do you use?,\n"
    ",,,,Response,One,Two\n"
)


def test_the_header_of_a_known_report_has_the_rows_that_such_reports_have():
    sheet = read(ANSWERS + "1,2,2025-01-01,2025-01-02,9,One,\n")
    assert sheet.headers[3:] == (
        *("End Date", "Would you recommend us? Response"),
        *("Which do you use? One", "Which do you use? Two"),
    )
    assert (sheet.header_row, len(cells(sheet))) == (2, 1)


def test_users_delete_header_rows_of_reports():
    sheet = read(ANSWERS.splitlines()[0] + "\n1,2,2025-01-01,2025-01-02,9,One,\n")
    assert (sheet.header_row, len(cells(sheet))) == (1, 1)


def test_a_known_report_is_found_below_a_wider_row():
    sheet = read("a,b,c,d,e,f,g,h\n\n" + ANSWERS + "1,2,2025-01-01,2025-01-02,9,One,\n")
    assert (sheet.header_row, sheet.metadata) == (4, tuple("abcdefgh"))
    assert "a report is known by its names" in sheet.notes[0]


def test_titles_of_pages_are_set_aside_with_the_headers_below_them():
    page = "3.6.2025 List of invoices page {}\nid,at,paid\n{},2025-06-03,5\n{},2025-06-04,6\n"
    sheet = read(page.format(1, 1, 2) + page.format(2, 3, 4) + "7,8\n")
    assert [(row.row, row.code) for row in sheet.aside] == [
        (5, "repeated-title"),
        (6, "repeated-header"),
    ]
    assert ([row.row for row in sheet.torn], len(cells(sheet))) == ([9], 4)
    assert counts_add_up(sheet)
