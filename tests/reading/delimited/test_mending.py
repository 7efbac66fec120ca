"""Rows that are torn in one way each: the others stay, and the best reading is the row it was."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pollutions
from retention_cli.reading.delimited.csv import read_csv

pytestmark = pytest.mark.sweep

TABLE = pollutions.invented_table()
ANSWER = pollutions.answer(TABLE)
# These have their cells by accident: a field in quotes with one comma, opened inside another field.
BY_ACCIDENT = {5, 6}


def read(data):
    return read_csv(data if isinstance(data, bytes) else data.encode(), file="a.csv")


def cells(sheet):
    return {number: sheet.raw(number) for number in sheet.numbers.to_pylist()}


def as_read(sheet):
    """The rows of a sheet, torn ones by their best reading, header first."""
    rows = cells(sheet) | {row.row: row.best for row in sheet.torn}
    return [sheet.headers, *(rows[number] for number in sorted(rows))]


def polluted(kind, rows):
    return [
        one for row in rows for one in pollutions.row_pollutions(TABLE, [row]) if one.kind == kind
    ]


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("row_more_sep", {"wrong-width"}),
        ("row_extra_quote", {"bad-quotes", "unclosed-quote"}),
        ("row_field_delimiter", {"wrong-width"}),
    ],
)
def test_a_row_torn_in_one_way_is_torn_and_its_best_reading_is_what_it_was(kind, code):
    for one in polluted(kind, (1, 2, 3, 4, 19, len(TABLE) - 1)):
        sheet = read(one.data)
        (torn,) = sheet.torn
        assert torn.code in code, one.name
        assert "; it reads well " in torn.message
        assert as_read(sheet) == one.answer, one.name
        assert sheet.rows == len(TABLE) - 1


def test_a_row_that_lost_a_delimiter_reads_well_with_it():
    for one in polluted("row_less_sep", (1, 2, 3, 4, 19, len(TABLE) - 1)):
        sheet = read(one.data)
        if not sheet.torn:
            assert int(one.name[-1]) in BY_ACCIDENT, one.name
            continue
        (torn,) = sheet.torn
        assert as_read(sheet) == one.answer, one.name
        assert "with a comma" in torn.message


def test_the_message_says_what_mends_the_row():
    rows = [f"{n:02}/03/2021,AB-{n}00,${n}.50,Lamp" for n in range(10, 30)]
    for text, said in {
        ",15/03/2021,AB-1500,$15.50,Lamp": "has 5 of 4 fields; it reads well without the comma"
        " before '15/03/2021'",
        "15/03/2021,AB-1500$15.50,Lamp": "has 3 of 4 fields; it reads well with a comma between"
        " 'AB-1500' and '$15.50'",
        "15/03/2021,AB-1500,$1,500.50,Lamp": "has 5 of 4 fields; it reads well with '$1,500.50'"
        " as one field",
        '15/03/2021,"AB-1500,"$15.50",Lamp': "has text after a closing quote; it reads well with"
        " the quote before 'AB-1500' taken as text",
        "15/03/2021 AB-1500 $15.50 Lamp": "has 1 of 4 fields; it reads well split at its blanks",
    }.items():
        (torn,) = read("\n".join(["day,item,price,name", *rows, text, ""])).torn
        assert torn.message == said
        assert torn.text == text


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a,b,c\n" + "1,2,3\n" * 20 + "4,5\n", id="any cell may be missing"),
        pytest.param("a,b,c\n" + "1,2,3\n" * 4 + "4,,5,6\n", id="few rows to learn from"),
        pytest.param(
            "a,b\n" + "some text,more text\n" * 20 + "where is it cut\n", id="texts alike"
        ),
        pytest.param("a\n" + "1\n" * 20 + '"1"x\n', id="one column"),
        pytest.param("a,b,c\n" + "1,x,$2\n" * 20 + "?!,!?\n", id="nothing fits"),
    ],
)
def test_no_reading_is_best_where_several_are_as_good_or_none_is_good(text):
    (torn,) = read(text).torn
    assert torn.best is None
    assert "reads well" not in torn.message


def test_files_polluted_as_a_whole_are_read():
    found = {one.kind.removeprefix("file_"): one for one in pollutions.file_pollutions(TABLE)}
    for kind in (
        "no_trailing_newline", "double_trailing_newline", "record_delimiter_0xD",
        "record_delimiter_0xD_0xA", "field_delimiter_0x3B", "field_delimiter_0x9",
        "field_delimiter_0x2C_0x20", "field_delimiter_0x20", "field_delimiter_0x20_quoted",
        "quotation_char_0x27", "quotation_char_0x27_undoubled", "escape_char_0x5C",
        "escape_char_0x00", "header_only", "one_data_row",
    ):  # fmt: skip
        one = found[kind]
        assert as_read(read(one.data)) == one.answer, kind


def test_what_was_taken_of_how_a_file_is_written_is_said():
    found = {one.kind.removeprefix("file_"): one for one in pollutions.file_pollutions(TABLE)}
    for kind, said in {
        "field_delimiter_0x2C_0x20": "each delimiter is followed by a blank",
        "quotation_char_0x27": "its fields are quoted by apostrophes",
        "escape_char_0x5C": "its quotes are escaped by backslashes",
        "escape_char_0x00": "the quotes inside its quoted fields are not doubled",
    }.items():
        (note,) = read(found[kind].data).notes
        assert said in note
    assert read(found["record_delimiter_0xA"].data).notes == ()


def test_quotes_that_are_doubled_somewhere_are_not_read_as_if_they_never_were():
    wrong = '"10" boots",1\n' * 3
    sheet = read('a,b\n"say ""hi"" to",2\n' + wrong)
    assert [row.code for row in sheet.torn] == ["bad-quotes"] * 3
    assert read("a,b\n" + wrong).torn == ()
    assert len(read('a,b\n"10" boots",1\n"8" boots",1\n').torn) == 2


DAYS = st.dates().map(lambda day: day.strftime("%d/%m/1%y9"))
PRICES = st.integers(100, 99999).map(lambda cents: f"${cents / 100:.2f}")
TEXTS = st.text("ab ',\"é\n;", max_size=6).map(lambda text: f"T{text}t")
ROWS = st.lists(st.tuples(DAYS, PRICES, TEXTS, st.just("x-1")), min_size=8, max_size=14)


def lines_of(rows):
    found = []
    for row in rows:
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerow(row)
        found.append(out.getvalue())
    return found


@settings(max_examples=50)
@given(rows=ROWS, place=st.integers(0, 99), how=st.sampled_from(["less", "more", "quote", "blank"]))
def test_a_torn_row_changes_no_other_and_its_best_is_what_it_was(rows, place, how):
    place %= len(rows)
    row = rows[place] = (*rows[place][:2], "Tt", "x-1")
    day, price, *rest = row
    rest = ",".join(rest)
    torn = {
        "less": f"{day}{price},{rest}",
        "more": f"{day},,{price},{rest}",
        "quote": f'{day},"{price},{rest}',
        "blank": " ".join(row),
    }[how]
    lines = lines_of(rows)
    lines[place] = torn + "\n"
    try:
        data = ("day,price,text,code\n" + "".join(lines)).encode()
        sheet = read_csv(data, file="a.csv", delimiter=",")
    except Exception as refused:  # noqa: BLE001
        assert how == "quote", refused
        assert f"row {place + 2}:" in str(refused)
        return
    numbered = dict(enumerate(rows, start=2))
    assert sheet.rows == len(cells(sheet)) + len(sheet.torn) + sheet.blank
    assert [one.row for one in sheet.torn] == [place + 2]
    del numbered[place + 2]
    assert cells(sheet) == numbered
    best = sheet.torn[0].best
    wanted = (day, '"' + price, "Tt", "x-1") if how == "quote" else row
    assert best in {None, wanted}
