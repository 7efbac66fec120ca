from __future__ import annotations

import csv
import hashlib
import io
import time

import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from retention_cli.errors import DataRefusedError, RetentionError
from retention_cli.reading.coding import coded
from retention_cli.reading.delimited import blocks, body
from retention_cli.reading.delimited import csv as reader
from retention_cli.reading.delimited.csv import read_csv
from retention_cli.reading.delimited.lines import Rest
from retention_cli.reading.tables.blank_rows import without_blank_rows
from retention_cli.reading.text import WHITE_SPACE

MEBIBYTE = 1 << 20


def read(text, **told):
    return read_csv(text if isinstance(text, bytes) else text.encode(), file="a.csv", **told)


def cells(sheet):
    """All rows that have their cells, by their number."""
    return {
        number.as_py(): batch.raw(index)
        for batch in sheet.batches
        for index, number in enumerate(batch.rows)
    }


def refusal(text, **told):
    with pytest.raises(RetentionError) as caught:
        read(text, **told)
    return caught.value.message, caught.value.hint


# What becomes of a row


def test_an_empty_cell_is_null_and_other_white_space_stays():
    (batch,) = read("a,b\n, x \n").batches
    assert batch.columns.to_pydict() == {"0": [None], "1": [" x "]}


def test_words_for_nothing_are_text():
    assert cells(read("a,b\nNA,NULL\nnan,None\n")) == {2: ("NA", "NULL"), 3: ("nan", "None")}


def test_leading_zeros_and_long_numbers_stay():
    assert cells(read("a,b\n007,99999999999999999999\n")) == {2: ("007", "99999999999999999999")}


@pytest.mark.parametrize("quote", ["", '"'], ids=["plain", "quoted"])
def test_a_short_row_and_a_long_row_are_torn_and_the_rest_keeps_its_numbers(quote):
    sheet = read(f"a,b,c\n{quote}1{quote},2,3\n4,5\n6,7,8,9\n1,2,3\n")
    assert cells(sheet) == {2: ("1", "2", "3"), 5: ("1", "2", "3")}
    assert [(row.row, row.code, row.message, row.raw) for row in sheet.torn] == [
        (3, "wrong-width", "has 2 of 3 fields", ("4", "5")),
        (4, "wrong-width", "has 4 of 3 fields", ("6", "7", "8", "9")),
    ]
    assert sheet.rows == 4


@pytest.mark.parametrize("quote", ["", '"'], ids=["plain", "quoted"])
def test_blank_lines_and_empty_cells_are_counted_and_numbering_is_kept(quote):
    sheet = read(f"a,b\n{quote}1{quote},2\n\n,\n , \n,,\n3,4\n\n")
    assert cells(sheet) == {2: ("1", "2"), 7: ("3", "4")}
    assert (sheet.rows, sheet.blank, sheet.torn) == (7, 5, ())


def test_a_blank_line_in_a_file_of_one_column_is_blank():
    sheet = read("a\n1\n\n2\n")
    assert cells(sheet) == {2: ("1",), 4: ("2",)}
    assert (sheet.rows, sheet.blank) == (3, 1)


def test_text_after_a_closing_quote_tears_its_row_only():
    sheet = read('a,b\n"1"x,2\n"3",4\n')
    assert cells(sheet) == {3: ("3", "4")}
    (torn,) = sheet.torn
    assert (torn.row, torn.code) == (2, "bad-quotes")
    assert torn.raw == ('"1"x,2',)


def test_a_quote_inside_an_unquoted_cell_is_text():
    assert cells(read('a,b\n5" pipe,2\n')) == {2: ('5" pipe', "2")}


def test_newlines_inside_quotes_do_not_count_as_rows():
    sheet = read('a,b\n"one\ntwo\n\nthree",1\n2,3\n4\n')
    assert cells(sheet) == {2: ("one\ntwo\n\nthree", "1"), 3: ("2", "3")}
    assert [row.row for row in sheet.torn] == [4]
    assert sheet.rows == 3


def test_newlines_inside_quotes_above_wrong_quotes_do_not_count_either():
    sheet = read('a,b\n"one\ntwo",1\n"x"y,3\n"4\n",5\n')
    assert cells(sheet) == {2: ("one\ntwo", "1"), 4: ("4\n", "5")}
    assert [(row.row, row.code) for row in sheet.torn] == [(3, "bad-quotes")]


def test_a_nul_in_a_cell_is_kept_for_the_model_to_refuse():
    assert cells(read("a,b\n1\0,2\n")) == {2: ("1\0", "2")}
    assert cells(read('a,b\n"1\0",2\n')) == {2: ("1\0", "2")}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("last", [True, False], ids=["a final end", "no final end"])
def test_any_line_end_will_do(end, last):
    sheet = read(end.join(["a,b", "1,2", "3,4"]) + (end if last else ""))
    assert cells(sheet) == {2: ("1", "2"), 3: ("3", "4")}
    assert sheet.rows == 2


def test_line_ends_may_be_mixed():
    assert cells(read("a,b\r\n1,2\n3,4\r5,6\n")) == {2: ("1", "2"), 3: ("3", "4"), 4: ("5", "6")}


def test_a_truncated_last_line_is_torn_unless_it_has_its_cells():
    assert [row.row for row in read("a,b\n1,2\n3").torn] == [3]
    assert cells(read("a,b\n1,2\n3,4")) == {2: ("1", "2"), 3: ("3", "4")}


def test_a_mark_of_the_encoding_inside_the_text_stays_on_its_cell():
    assert cells(read("a,b\n\ufeff1,2\n")) == {2: ("\ufeff1", "2")}


def test_any_row_can_be_asked_for_by_its_number(monkeypatch):
    monkeypatch.setattr(blocks, "BLOCK_BYTES", 20)
    lines = [f'"{n}",x' if n % 4 else "" for n in range(2, 30)]
    sheet = read("a,b\n" + "\n".join(lines))
    assert len(sheet.batches) > 3
    for number in range(2, 30):
        if number % 4:
            assert sheet.raw(number) == (str(number), "x")
        else:
            with pytest.raises(KeyError):
                sheet.raw(number)
    for outside in (0, 1, 30, 10**9):
        with pytest.raises(KeyError):
            sheet.raw(outside)


def test_batches_of_a_plain_file_go_on_counting(monkeypatch):
    monkeypatch.setattr(blocks, "BLOCK_BYTES", 64)
    sheet = read("a,b\n" + "".join(f"{n},x\n" for n in range(2, 200)))
    assert len(sheet.batches) > 2
    assert [sheet.raw(n) for n in range(2, 200)] == [(str(n), "x") for n in range(2, 200)]
    assert sheet.numbers.to_pylist() == list(range(2, 200))
    assert sheet.column(0).to_pylist() == [str(n) for n in range(2, 200)]


# The header


def test_blank_lines_above_the_header_count():
    sheet = read("\n , \n a ,b\n1,2\n")
    assert sheet.headers == ("a", "b")
    assert sheet.header_row == 3
    assert cells(sheet) == {4: ("1", "2")}


def test_a_header_may_be_quoted_and_hold_a_newline_and_a_delimiter():
    sheet = read('"Net\namount","Id, old"\n1,2\n')
    assert sheet.headers == ("Net\namount", "Id, old")
    assert sheet.header_row == 1
    assert cells(sheet) == {2: ("1", "2")}


def test_a_header_alone_is_a_file_without_rows():
    for text in ("a,b", "a,b\n", '"a","b"\n', "sep=;\na;b\n"):
        sheet = read(text)
        assert (sheet.headers, sheet.rows, sheet.batches, sheet.torn) == (("a", "b"), 0, [], ())
        assert sheet.column(0).to_pylist() == []
        assert sheet.numbers.to_pylist() == []


def test_a_header_with_wrong_quotes_is_refused():
    message, hint = refusal('"a"x,b\n1,2\n')
    assert "a.csv row 1" in message
    assert "double a quote" in hint


def test_a_thousand_columns_are_read_and_one_more_is_not():
    assert len(read(",".join(f"c{n}" for n in range(1000)) + "\n").headers) == 1000
    message, hint = refusal(",".join(f"c{n}" for n in range(1001)) + "\n")
    assert message == "a.csv: has 1,001 columns, more than 1,000"
    assert "--delimiter" in hint


# Files that are refused


def test_a_file_of_no_bytes_is_refused():
    assert refusal(b"")[0] == "a.csv is empty (0 bytes)"


@pytest.mark.parametrize("text", ["\n\n", " \n,,\n", "\ufeff", "\r\n"])
def test_a_file_of_blank_lines_is_refused(text):
    assert refusal(text)[0] == "a.csv has only blank lines"


def test_a_file_whose_rows_are_all_long_by_one_is_refused():
    message, hint = refusal("a,b,c\n1,2,3,4\n5,6,7,8\n")
    assert message == "a.csv: every row has 4 fields, the header has 3"
    assert "--delimiter" in hint


def test_rows_of_different_wrong_widths_are_torn_each_by_itself():
    assert [row.row for row in read("a,b,c\n1,2,3,4\n5\n").torn] == [2, 3]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        pytest.param('a,b\n1,2\n"3,4\nfive\nsix\n', 3, id="lines below that are not rows"),
        pytest.param('a,b\n1,2\n3,4,"5\n6,7\n', 3, id="a line that is not a row without it"),
        pytest.param('a\n1\n"2\n3\n', 3, id="in a file of one column"),
        pytest.param('\n"a,b\n1,2\n', 2, id="in the header"),
    ],
)
def test_a_quote_that_never_closes_is_refused_with_the_row_where_it_opened(text, row):
    message, hint = refusal(text)
    assert message.startswith(f"a.csv row {row}: a quote opens there and never closes")
    assert "close the quote" in hint


@pytest.mark.parametrize(
    ("text", "row", "said", "kept"),
    [
        pytest.param('a,b\n1,2\n"3,4\n5,6\n', 3, "never closes: '\"3,4'", [2, 4], id="to the end"),
        pytest.param('a,b\n1,2\n3,"\n5,"6"\n', 3, "where the next one stands", [2, 4], id="on"),
        pytest.param('a,b\n"x"y,2\n1,"2', 3, "never closes: '1,\"2'", [], id="at the last byte"),
    ],
)
def test_a_stray_quote_swallows_no_rows(text, row, said, kept):
    sheet = read(text)
    torn = next(torn for torn in sheet.torn if torn.row == row)
    assert (torn.code, torn.raw) == ("unclosed-quote", (text.split("\n")[row - 1],))
    assert said in torn.message
    assert torn.hint.startswith("close the quote, or double it inside a quoted field")
    assert sorted(cells(sheet)) == kept
    assert sheet.rows == len(kept) + len(sheet.torn)


def test_stray_quotes_by_the_thousand_take_seconds_at_most():
    stray = "".join(f'"x{n},b,{n}\n' for n in range(20_000))
    start = time.process_time()
    sheet = read(f"id,b,c\n1,2,3\n{stray}4,5,6\n")
    assert time.process_time() - start < 8
    assert (sheet.rows, len(sheet.torn), sorted(cells(sheet))) == (20_002, 20_000, [2, 20_003])


@pytest.mark.parametrize("quote", ["", '"'], ids=["plain", "quoted"])
def test_a_field_of_more_than_a_mebibyte_is_refused(quote):
    assert (
        "row 3: a field is longer than a mebibyte"
        in (refusal(f"a,b\n1,2\n{quote}{'x' * (MEBIBYTE + 1)}{quote},2\n")[0])
    )
    fits = read(f"a,b\n1,2\n{quote}{'x' * MEBIBYTE}{quote},2\n")
    assert len(fits.raw(3)[0]) == MEBIBYTE


# How the file was read


def test_a_sheet_says_how_it_was_read():
    data = "a;b\nGrün;2\n".encode("cp1252")
    sheet = read(data)
    assert (sheet.file, sheet.sheet, sheet.encoding, sheet.delimiter) == (
        "a.csv",
        None,
        "cp1252",
        ";",
    )
    assert sheet.sha256 == hashlib.sha256(data).hexdigest()
    assert "line 2" in sheet.doubt


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"], ids=["comma", "semicolon", "tab", "bar"])
def test_the_delimiter_is_found(mark):
    assert cells(read(f"a{mark}b\n1{mark}2\n")) == {2: ("1", "2")}


def test_the_delimiter_that_was_told_counts():
    assert read("a;b,c\n1;2,3\n", delimiter=";").headers == ("a", "b,c")
    assert read("a;b\n1;2\n", delimiter=",").headers == ("a;b",)


@pytest.mark.parametrize("first", ["sep=;", '"sep=;"', "SEP=;"])
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_a_line_that_names_the_delimiter_is_honoured_and_counts_as_a_row(first, end):
    sheet = read(end.join([first, "a,1;b", "1;2", ""]))
    assert (sheet.headers, sheet.header_row) == (("a,1", "b"), 2)
    assert cells(sheet) == {3: ("1", "2")}


def test_columns_set_apart_by_runs_of_blanks_are_read():
    sheet = read(" id   date  cds\n 00001 19970101  1\n 00002  19970112 12  \n")
    assert sheet.headers == ("id", "date", "cds")
    assert cells(sheet) == {2: ("00001", "19970101", "1"), 3: ("00002", "19970112", "12")}


def test_blanks_inside_the_cells_of_a_file_with_a_delimiter_stay():
    assert cells(read("a,b\nx  y, z\n")) == {2: ("x  y", " z")}


def test_a_file_of_one_column_may_hold_blanks():
    assert cells(read("name\nAnn Lee\nBob\n")) == {2: ("Ann Lee",), 3: ("Bob",)}


def test_semicolons_inside_quotes_do_not_set_columns_apart():
    sheet = read('a,b\n1,"x; y; z"\n2,"u; v"\n')
    assert cells(sheet) == {2: ("1", "x; y; z"), 3: ("2", "u; v")}


# Both readers say the same


ODD = "ab1 \t;|,\u00e9\u00a0\u200b\ufeff\u3000\x1c\x85\u2028\0\U0001f600'\\"
LINE = st.lists(st.text(ODD, max_size=4), min_size=1, max_size=4).map(",".join)
WRITTEN = st.text('ab ,;"\n\u00e9', max_size=5).map(
    lambda text: f'"{text.replace(chr(34), chr(34) * 2)}"'
)
QUOTED_LINE = st.lists(WRITTEN | st.text("ab ;", max_size=3), min_size=2, max_size=2).map(",".join)
STRAY = st.text('a,"\n', max_size=8)


def _told(read_rows):
    """Everything that is to be said of a body, or why it is refused."""
    try:
        found = read_rows()
    except DataRefusedError as refused:
        return refused.message
    batches, blank = without_blank_rows(coded(found.batches))
    rows = {
        number.as_py(): batch.raw(index)
        for batch in batches
        for index, number in enumerate(batch.rows)
    }
    nulls = [column.null_count for batch in batches for column in batch.columns.columns]
    torn = [row for row in found.torn if not reader.is_blank(row.raw)]
    return rows, sum(nulls), blank + len(found.torn) - len(torn), torn, found.rows


@settings(max_examples=50, deadline=None)
@given(
    lines=st.lists(LINE | QUOTED_LINE, max_size=8) | st.lists(QUOTED_LINE | STRAY, max_size=8),
    last=st.sampled_from(["", "\n"]),
    size=st.integers(1, 60),
)
@example(lines=["1,2", "", "3,4"], last="", size=4)
@example(lines=["\ufeff1,2"], last="", size=4)
@example(lines=["\0,\0"], last="\n", size=4)
@example(lines=[",", "\ufeff1,"], last="", size=1)
@example(lines=['"1\n\n2",""', '"a""","""b"', "1"], last="", size=2)
@example(lines=['"1"2,3', "4,5"], last="\n", size=4)
@example(lines=['5" pipe,1', '6" pipe,2'], last="\n", size=4)
@example(lines=['"a\n","b', '"', "1,2"], last="", size=3)
def test_arrow_and_the_tolerant_reader_agree_wherever_blocks_are_cut(lines, last, size):
    rest = Rest(("\n".join(lines) + last).encode(), 0, above=1, mark=",", file="a.csv")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "BLOCK_BYTES", size)
        quick = _told(lambda: body.read_body(rest, 2))
    assert quick == _told(lambda: body._tolerant(rest, 2))


def test_what_a_program_quoted_is_read_by_arrow_alone(monkeypatch):
    """Reading ten million rows one by one takes a minute; no time is looked at here."""
    monkeypatch.setattr(body, "_tolerant", lambda *_: pytest.fail("rows went one by one"))
    monkeypatch.setattr(blocks, "BLOCK_BYTES", 32)
    written = "".join(f'"{n}","line\nbreak, ""{n}"""\n' for n in range(2, 30))
    sheet = read("a,b\n" + written)
    assert sheet.rows == 28
    assert sheet.raw(29) == ("29", 'line\nbreak, "29"')
    assert len(sheet.batches) > 9


def test_only_the_block_of_a_torn_row_is_read_row_by_row(monkeypatch):
    monkeypatch.setattr(blocks, "BLOCK_BYTES", 40)
    looked_at = []
    tolerant = body._tolerant
    monkeypatch.setattr(
        body, "_tolerant", lambda rest, width: looked_at.append(rest) or tolerant(rest, width)
    )
    lines = [f"{n},x" for n in range(2, 100)]
    lines[50] = "torn"
    sheet = read("a,b\n" + "\n".join(lines))
    assert [(row.row, row.raw) for row in sheet.torn] == [(52, ("torn",))]
    assert sheet.raw(99) == ("99", "x")
    (block,) = looked_at
    assert len(block.data) < 60


QUOTABLE = st.text("ab \"',;|\t\n\u00e9\u00a0\u200b=", max_size=5).filter(
    lambda text: not text.startswith('="')  # how a spreadsheet holds text: test_plain_cells has it
)


@settings(max_examples=50, deadline=None)
@given(
    rows=st.lists(st.tuples(QUOTABLE, QUOTABLE, QUOTABLE), max_size=6),
    mark=st.sampled_from([",", ";", "\t", "|"]),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
@example(rows=[("a\nb", 'say "hi"', ";")], mark=";", end="\r", quoting=csv.QUOTE_ALL)
def test_what_a_program_wrote_reads_back_equal(rows, mark, end, quoting):
    file = io.StringIO(newline="")
    # With lone carriage returns Python does not quote a newline on its own.
    quoting = csv.QUOTE_ALL if end == "\r" else quoting
    writer = csv.writer(file, delimiter=mark, lineterminator=end, quoting=quoting)
    writer.writerows([("id", "name", "note"), *rows])
    sheet = read(file.getvalue(), delimiter=mark)
    blank = [not any(cell.strip(WHITE_SPACE) for cell in row) for row in rows]
    assert cells(sheet) == {
        number: row for number, row in enumerate(rows, start=2) if not blank[number - 2]
    }
    assert (sheet.rows, sheet.blank, sheet.torn) == (len(rows), sum(blank), ())


@settings(max_examples=50, deadline=None)
@given(data=st.binary(max_size=60).map(lambda tail: b"a,b\n" + tail))
@example(data=b'a,b\n"1"2",3\n')
@example(data=b"a,b\n1,\xff\xfe\n")
def test_any_bytes_are_read_or_refused_and_every_row_is_accounted_for(data):
    try:
        sheet = read(data)
    except DataRefusedError:
        return
    assert sheet.rows == len(cells(sheet)) + len(sheet.torn) + sheet.blank
    text = (pa.string(), pa.dictionary(pa.int32(), pa.string()))
    assert all(f.type in text for b in sheet.batches for f in b.columns.schema)


def test_one_row_of_the_wrong_width_alone_is_torn():
    sheet = read("a,b\n1,2,3\n")
    assert [(row.row, row.raw) for row in sheet.torn] == [(2, ("1", "2", "3"))]


@pytest.mark.parametrize("text", ["a\n\n \n", "a,b\n,\n , \n", 'a,b\n"",\n,\n'])
def test_a_file_of_blank_rows_has_no_batches(text):
    sheet = read(text)
    assert (sheet.batches, sheet.rows, sheet.blank, sheet.torn) == ([], 2, 2, ())
    with pytest.raises(KeyError):
        sheet.raw(2)


def test_a_line_cut_off_by_the_sample_says_nothing_of_the_delimiter():
    text = "a b\n" + ("x" * 1_000 + " y\n") * 100
    assert (read(text).delimiter, read(text).rows) == (" ", 100)
