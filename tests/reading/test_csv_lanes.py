"""CSV to text: what every kind of file gives, and that both parsers give the same."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from retention_cli.errors import DataRefusedError
from retention_cli.reading import read, read_bytes
from retention_cli.reading.delimited import body
from retention_cli.reading.delimited.csv import read_csv
from retention_cli.reading.tables.footers import is_footer
from retention_cli.reading.text import WHITE_SPACE


def rows_of(sheet):
    return [
        (number, tuple(cell.as_py() or "" for cell in cells))
        for batch in sheet.batches
        for number, cells in zip(
            batch.rows.to_pylist(), zip(*batch.columns.columns, strict=True), strict=True
        )
    ]


def text(data, **options):
    return read_csv(data, file="a.csv", **options)


@pytest.mark.parametrize(
    ("data", "rows"),
    [
        pytest.param(b"a,b\n1,2\n", [(2, ("1", "2"))], id="plain"),
        pytest.param(b"a,b\n1,2", [(2, ("1", "2"))], id="no final line end"),
        pytest.param(b"\xef\xbb\xbfa,b\n1,2\n", [(2, ("1", "2"))], id="a mark of the encoding"),
        pytest.param("a;b\n1;ü\n".encode("utf-16"), [(2, ("1", "ü"))], id="UTF-16 with its mark"),
        pytest.param("a;b\n1;ü\n".encode("cp1252"), [(2, ("1", "ü"))], id="Windows-1252"),
        pytest.param(
            b"a;b\n1,5;2\n3,5;4\n", [(2, ("1,5", "2")), (3, ("3,5", "4"))], id="semicolons"
        ),
        pytest.param(b"a\tb\n1\t2\n", [(2, ("1", "2"))], id="tabs"),
        pytest.param(b"a|b\n1|2\n", [(2, ("1", "2"))], id="bars"),
        pytest.param(b" a  b\n 01 2\n 02   3\n", [(2, ("01", "2")), (3, ("02", "3"))], id="blanks"),
        pytest.param(b"sep=;\na;b\n1;2\n", [(3, ("1", "2"))], id="a line that names the mark"),
        pytest.param(b"a,b\r1,2\r", [(2, ("1", "2"))], id="lone carriage returns"),
        pytest.param(
            b"a,b\r\n1,2\n3,4\r\n", [(2, ("1", "2")), (3, ("3", "4"))], id="mixed line ends"
        ),
        pytest.param(b"\n\na,b\n1,2\n", [(4, ("1", "2"))], id="blank lines above the header"),
        pytest.param(b"a,b\n\n1,2\n,\n3,4\n", [(3, ("1", "2")), (5, ("3", "4"))], id="blank rows"),
        pytest.param(
            b'a,b\n"1\n1",2\n3,4\n',
            [(2, ("1\n1", "2")), (3, ("3", "4"))],
            id="a line break in a cell",
        ),
        pytest.param(
            b'a,b\n"x;y;z",2\n"p;q;r",3\n',
            [(2, ("x;y;z", "2")), (3, ("p;q;r", "3"))],
            id="marks in quotes",
        ),
        pytest.param(b'a,b\n"1""2",3\n', [(2, ('1"2', "3"))], id="a doubled quote"),
        pytest.param(b"a,b\n", [], id="a header and no more"),
    ],
)
def test_rows_have_the_numbers_a_spreadsheet_shows(data, rows):
    assert rows_of(text(data)) == rows


@pytest.mark.parametrize(
    ("data", "torn", "kept"),
    [
        pytest.param(b"a,b\n1\n2,3\n", [(2, "wrong-width", ("1",))], [3], id="a short row"),
        pytest.param(
            b"a,b\n2,3\n1,2,3\n", [(3, "wrong-width", ("1", "2", "3"))], [2], id="a long row"
        ),
        pytest.param(
            b'a,b\n"1"x,2\n3,4\n', [(2, "bad-quotes", ('"1"x,2',))], [3], id="text after a quote"
        ),
    ],
)
def test_torn_rows_are_given_apart_verbatim(data, torn, kept):
    sheet = text(data)
    assert [(row.row, row.code, row.raw) for row in sheet.torn] == torn
    assert [number for number, _ in rows_of(sheet)] == kept
    assert sheet.rows == len(torn) + len(kept)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        pytest.param(b"", "0 bytes", id="nothing"),
        pytest.param(b"\n \n", "blank", id="blank lines"),
        pytest.param(b'a,b\n1,2\n"3,4\n5\n6\n', "row 3", id="a quote that never closes"),
        pytest.param(b"a,b\n1,2,3\n4,5,6\n", "every row", id="every row long by one"),
        pytest.param(",".join(f"c{n}" for n in range(1001)).encode(), "1,001", id="1,001 columns"),
        pytest.param(b'a,b\n"' + b"x" * (1 << 20) + b'x",1\n', "mebibyte", id="a huge field"),
        pytest.param(b"a,b\n\x81\x8d\n", "neither UTF-8 nor", id="bytes in no encoding"),
        pytest.param(b"PK\x03\x04rest", "zip", id="a zip"),
        pytest.param(b"%PDF-1.7", "PDF", id="a PDF"),
        pytest.param(b"<!DOCTYPE html><html>", "HTML", id="a page"),
        pytest.param(b'{"a": 1}', "JSON", id="JSON"),
    ],
)
def test_what_cannot_be_read_says_why(data, said):
    with pytest.raises(DataRefusedError) as refused:
        read_bytes(data, name="a.csv")
    assert said in refused.value.message
    assert refused.value.message.startswith("a.csv")


def test_two_delimiters_that_fit_equally_are_refused_with_the_option():
    with pytest.raises(DataRefusedError) as refused:
        text(b"a,b;c\n1,2;3\n4,5;6\n")
    assert "--delimiter" in refused.value.hint
    assert text(b"a,b;c\n1,2;3\n4,5;6\n", delimiter=";").headers == ("a,b", "c")


def test_windows_text_is_said_with_its_first_word():
    note = text("a,b\n1,2\n3,Grünwald\n".encode("cp1252")).doubt
    assert "line 3" in note
    assert "0xFC" in note
    assert "Grünwald" in note


def test_ids_stay_text():
    sheet = text(b"id,amt,name\n007,1e400,NA\n")
    assert rows_of(sheet) == [(2, ("007", "1e400", "NA"))]


def test_a_missing_file_is_answered_with_the_nearest(tmp_path):
    (tmp_path / "customers.csv").write_text("a,b\n1,2\n", "utf-8")
    with pytest.raises(Exception, match="no such file") as refused:
        read(tmp_path / "customer.csv", name="customer.csv")
    assert "customers.csv" in refused.value.hint


CELL = st.text(
    st.characters(codec="utf-8", exclude_characters='"\r\n,\0', exclude_categories=["Cs"]),
    max_size=5,
)
ROW = st.lists(CELL, min_size=1, max_size=4).map(",".join)
BODY = st.lists(st.one_of(ROW, st.just(""), st.just(" "), st.just(",,")), max_size=12)


@settings(max_examples=50, deadline=None)
@given(lines=BODY)
def test_both_parsers_read_the_same_rows(lines):
    data = "\n".join(["a,b,c", *lines]).encode()
    found = []
    for lane in ("either", "tolerant"):
        with pytest.MonkeyPatch.context() as patch:
            if lane == "tolerant":
                patch.setattr(body, "_plain", lambda *_: None)
            try:
                sheet = text(data, delimiter=",")
            except DataRefusedError as refused:
                found.append(refused.message)
            else:
                torn = [(row.row, row.code, row.raw) for row in sheet.torn]
                found.append((rows_of(sheet), torn, sheet.rows, sheet.blank))
    assert found[0] == found[1]


ANY_CELL = st.text(
    st.characters(codec="utf-8", exclude_characters="\r\0", exclude_categories=["Cs"]), max_size=6
)


@settings(max_examples=50, deadline=None)
@given(
    table=st.lists(st.tuples(ANY_CELL, ANY_CELL, ANY_CELL), min_size=1, max_size=8),
    mark=st.sampled_from([",", ";", "\t", "|"]),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_what_a_csv_writer_wrote_is_read_back(table, mark, end):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=mark, lineterminator=end)
    writer.writerows([("first", "second", "third"), *table])
    data = out.getvalue().encode()
    assume(b"\r\n" not in data.replace(end.encode(), b""))
    sheet = text(data, delimiter=mark)
    filled = [row for row in table if any(cell.strip(WHITE_SPACE) for cell in row)]
    aside = {row.row: row.raw for row in sheet.aside if is_footer(row.raw, set_apart=True)}
    assert [row for _, row in sorted([*rows_of(sheet), *aside.items()])] == filled
    assert sheet.rows == len(table)
    assert all(sheet.raw(number) == row for number, row in rows_of(sheet))
