from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from fractions import Fraction
from importlib.metadata import version
from typing import Annotated, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, Field, PlainValidator, ValidationError
from pydantic_core import PydanticCustomError

from retention_cli.errors import BadConfigError
from retention_cli.text.toml_source import TomlSource, read
from retention_cli.text.toml_values import (
    SECONDS,
    Count,
    Day,
    Text,
    currency_code,
    number,
    quantity,
    shown,
    unquoted,
)


@pytest.fixture
def source(tmp_path):
    def from_text(content):
        path = tmp_path / "some.toml"
        path.write_text(content, encoding="utf-8", newline="")
        return read(path)

    return from_text


@pytest.fixture
def refusal(source, tmp_path):
    def of(content):
        with pytest.raises(BadConfigError) as caught:
            source(content)
        return caught.value.message.removeprefix(f"{tmp_path}/"), caught.value.hint

    return of


PAGE = """\
# a comment with = and [brackets]
plain = 1
"quoted key" = '''
not = "a key"
[nor a table]
'''
'raw' = "# = [ ' "
list = [
  1, # ]
  { inner = 2 },
]
dotted.way = 3

[people] # Ada = 1
"Grace Hopper" = "48.50"

[[export]]
file = "a"
[export.columns]
amount = { from = "b", unit = "c" }
[[export]]
file = "\\" [["
  [ export . columns ]
  amount = \"\"\"
= \"\"\"\"
kind = 4
[[export.deep]]
x = 1
[[export.deep]]
x = 2
"""


LINES = {
    "a key at the top": (("plain",), 2),
    "a key in quotes with text over several lines": (("quoted key",), 3),
    "a key after text that looks like keys": (("raw",), 7),
    "a list over several lines": (("list",), 8),
    "inside a list, the line of the list": (("list", 1, "inner"), 8),
    "the first part of a dotted key": (("dotted",), 12),
    "a dotted key": (("dotted", "way"), 12),
    "a table": (("people",), 14),
    "a quoted key of a table": (("people", "Grace Hopper"), 15),
    "a key that is not there, the line of its table": (("people", "Ada"), 14),
    "an array of tables": (("export",), 17),
    "its first table": (("export", 0), 17),
    "a key of its sub-table": (("export", 0, "columns", "amount"), 20),
    "a key of an inline table": (("export", 0, "columns", "amount", "unit"), 20),
    "its second table": (("export", 1), 21),
    "a key of the second table": (("export", 1, "file"), 22),
    "the sub-table of the second table": (("export", 1, "columns"), 23),
    "a key of that sub-table": (("export", 1, "columns", "amount"), 24),
    "a key after a long text": (("export", 1, "columns", "kind"), 26),
    "an array of tables in another": (("export", 1, "deep", 1, "x"), 30),
    "a key that is nowhere": (("nowhere",), None),
    "the file as a whole": ((), None),
}


@pytest.mark.parametrize(("where", "line"), LINES.values(), ids=LINES)
def test_the_line_of_a_key_is_found(source, where, line):
    assert source(PAGE).line(where) == line


def test_lines_are_the_same_with_the_line_ends_of_windows_and_a_byte_order_mark(source):
    plain, other = source(PAGE), source("\ufeff" + PAGE.replace("\n", "\r\n"))
    assert (other.values, other.lines) == (plain.values, plain.lines)


def test_numbers_are_read_as_they_are_written(source):
    found = source("a = 0.1\nb = 1_000.50\nc = 3").values
    assert found == {"a": Decimal("0.1"), "b": Decimal("1000.50"), "c": 3}
    assert isinstance(found["a"], Decimal)


def test_an_empty_file_says_nothing(source):
    assert source("").values == {}


HINTS = {
    "no digit before the point": ("b = .9", "write 0.9"),
    "a negative one": ("b = -.95 # x", "write -0.95"),
    "a decimal comma": ("b = 0,9", "write 0.9"),
    "a decimal comma before a comment": ("b = 0,9 # so", "write 0.9"),
    "a comma that may be either": ("b = 1,500", "write 1.500, or 1500 if that is meant"),
    "thousands separated": ("b = 1,500.00", "write numbers without thousands separators"),
    "no digit after the point": ("b = 1.", "write 1.0"),
    "a percentage": ("b = 92%", 'write "92%"'),
    "a percentage with a space": ("b = 0.5 %", 'write "0.5 %"'),
    "a duration": ("b = 4h", 'write "4h"'),
    "money": ("b = 1500.00 EUR # x", 'write "1500.00 EUR"'),
    "a capital True": ("b = True", "write true or false in small letters"),
    "a bare word": ("b = yes", 'put text in quotes: "yes"'),
    "a bare word before a comment": ("b = nps_x # x", 'put text in quotes: "nps_x"'),
    "curly quotes": ("b = “EUR”", 'write straight quotes: "…"'),
    "backslashes": ('b = "c:\\data"', "write / for a folder, or put the text in '…'"),
    "a colon": ("b: 3", "write b = 3"),
    "a name with an umlaut": ("Straße = 3", 'put the name in quotes: "Straße" = …'),
    "a name of two words": ("a b = 3", 'put the name in quotes: "a b" = …'),
    "a name with signs": ("N°/client = 3", 'put the name in quotes: "N°/client" = …'),
    "two keys on a line": ("b = 1 c = 2", None),
    "no name": ("= 3", None),
}


@pytest.mark.parametrize(("line", "hint"), HINTS.values(), ids=HINTS)
def test_a_slip_is_told_with_its_line_and_what_to_write(refusal, line, hint):
    message, found = refusal(f"a = 1\n{line}\nc = 2")
    assert message.startswith(f"some.toml:2: '{line}' is not TOML: ")
    assert found == hint


PLACES = {
    "an invalid value": ("a = 1\nb = .9", "2: 'b = .9' is not TOML: invalid value"),
    "no such day": ("b = 2025-02-30", "1: 'b = 2025-02-30' is not TOML: invalid date or datetime"),
    "an open text": ('a = 1\nb = "x\nc = 2', "2: 'b = \"x' is not TOML: "),
    "an open list": ("a = 1\nb = [1,\n2\n\n", "2: 'b = [1,' is not TOML: unclosed array"),
    "an open long text": ('a = 1\nb = """\nc = 3\n', '2: \'b = """\' is not TOML: unterminated'),
    "an open header": ("a = 1\n[b", "2: '[b' is not TOML: "),
    "a closed table again": ("b = { c = 1 }\nb.d = 2", "2: 'b.d = 2' is not TOML: cannot"),
    "a dotted key, then a table": ("b.c = 1\n[b]\nd = 1\n[b.c]", "2: '[b]' is not TOML: cannot"),
}


@pytest.mark.parametrize(("content", "message"), PLACES.values(), ids=PLACES)
def test_what_is_not_toml_is_told_with_the_line_where_it_begins(refusal, content, message):
    assert refusal(content)[0].startswith(f"some.toml:{message}")


REPEATS = {
    "a key": ("a = 1\n\na = 2\nb = 3", "3: 'a' is given twice, first in line 1"),
    "a table": ("[b]\nc = 1\n[d]\n[b]", "4: 'b' is given twice, first in line 1"),
    "a key and a table": ("b = 1\n[b]", "2: 'b' is given twice, first in line 1"),
    "several tables and one": ("[[b]]\n[b]", "2: 'b' is given twice, first in line 1"),
    "in one of several": (
        "[[b]]\nc = 1\n[[b]]\nc = 1\nc = 2",
        "5: 'b.c' is given twice, first in line 4",
    ),
}


@pytest.mark.parametrize(("content", "message"), REPEATS.values(), ids=REPEATS)
def test_what_is_given_twice_is_told_with_both_lines(refusal, content, message):
    assert refusal(content) == (f"some.toml:{message}", "keep one of the two")


@pytest.mark.parametrize(
    "content",
    ["a = " + "[" * 40_000, "a = " + "1" * 5_000, "a = 1e" + "9" * 30],
    ids=["deep", "long", "far"],
)
def test_what_would_break_the_parser_is_a_mistake_in_the_file(refusal, content):
    assert refusal(content) == (
        "some.toml: a number is too long, or a list is nested too deep",
        None,
    )


@pytest.mark.parametrize(
    "key",
    [*(".".join(["a"] * 20_000), " . ".join(['"a"'] * 3_000)), ".".join(["'a b'"] * 21)],
    ids=["bare", "quoted", "spaced"],
)
@pytest.mark.parametrize("around", ["{} = 1", "[{}]", "[[{}]]", "x = {{ {} = 1 }}"])
def test_a_key_within_very_many_tables_is_refused_at_once(refusal, around, key):
    content = f"a = 1\n{around.format(key)}\n"
    assert refusal(content) == ("some.toml:2: a key is nested too deep", "is it the right file?")


def test_decimals_and_addresses_are_not_deep(source):
    found = source(f"a = [{', '.join(['1.5'] * 50)}]\nb = 'https://a.b.c/d.e.f'\n")
    assert len(found.values["a"]) == 50


def test_a_file_of_more_than_a_mebibyte_holds_no_settings(refusal):
    content = "".join(f"k{number} = 1\n" for number in range(120_000))
    assert refusal(content) == (
        "some.toml: holds more than 1,048,576 bytes",
        "is it the right file?",
    )


@pytest.mark.parametrize(
    ("content", "line"),
    [(b"a = 1\nb = '\xfc'\n", 2), ("a = 1".encode("utf-16"), 1)],
    ids=["cp1252", "utf-16"],
)
def test_a_file_in_another_encoding_is_said_to_be_one(tmp_path, content, line):
    path = tmp_path / "some.toml"
    path.write_bytes(content)
    with pytest.raises(BadConfigError) as caught:
        read(path)
    assert caught.value.message == f"{path}:{line}: not UTF-8 text"
    assert caught.value.hint == "save the file as UTF-8"


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(BadConfigError) as caught:
        read(tmp_path / "none.toml")
    assert caught.value.message == f"{tmp_path}/none.toml: no such file"


@settings(max_examples=50, deadline=None)
@given(st.text(alphabet="ab=.[]{}\"'#,\n\\ 1é%", max_size=30))
def test_any_text_is_read_as_tomllib_reads_it_or_refused(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_text(content, encoding="utf-8", newline="")
    try:
        expected = tomllib.loads(content, parse_float=Decimal)
    except ValueError:
        with pytest.raises(BadConfigError):
            read(path)
        return
    found = read(path)
    assert found.values == expected
    for key in expected:
        line = found.line((key,))
        assert line is None or line <= content.count("\n") + 1


KEYS = st.lists(st.sampled_from("abcde"), unique=True, max_size=4)


@settings(max_examples=50, deadline=None)
@given(tables=st.lists(st.tuples(KEYS, KEYS), max_size=4), gap=st.integers(0, 2))
def test_every_key_of_every_table_has_its_own_line(tmp_path_factory, tables, gap):
    lines, expected = [], {}
    for index, (keys, inner) in enumerate(tables):
        lines += [""] * gap + ["[[row]]"]
        expected["row", index] = len(lines)
        for key in keys:
            lines.append(f"{key} = [\n'#']")
            lines += lines.pop().split("\n")
            expected["row", index, key] = len(lines) - 1
        lines.append("  [row.in]")
        for key in inner:
            lines.append(f'"{key}" = 1 # {key} = 2')
            expected["row", index, "in", key] = len(lines)
    path = tmp_path_factory.getbasetemp() / "rows.toml"
    path.write_text("\n".join(lines), encoding="utf-8")
    found = read(path)
    assert {where: found.line(where) for where in expected} == expected


class Inner(BaseModel):
    model_config = {"extra": "forbid"}
    name: Text


class Page(BaseModel):
    model_config = {"extra": "forbid"}
    text: Text = "x"
    count: Count = 1
    day: Day = date(2025, 1, 1)
    code: Annotated[str, PlainValidator(currency_code)] = "EUR"
    size: Annotated[Fraction, PlainValidator(number), Field(gt=0)] = Fraction(1)
    rows: tuple[Inner, ...] = ()
    words: dict[str, Text] = {}
    inner: Inner | None = None
    few: Annotated[tuple[Count, ...], Field(min_length=1)] = (1,)
    pick: Literal["one", "two"] = "one"


def known(where):
    return list((Inner if len(where) > 1 else Page).model_fields)


WHYS = {
    "a number for text": ("text = 5", "1: text: 5 is not text", 'write "5"'),
    "a truth for text": ("text = false", "1: text: false is not text", 'write "false"'),
    "a list for text": ("text = [5]", "1: text: a list is not text", None),
    "blank text": ("text = ' '", "1: text: the text is empty", None),
    "a truth for a count": ("count = true", "1: count: true is not a whole number", None),
    "a decimal for a count": ("count = 1.0", "1: count: 1.0 is not a whole number", None),
    "a count of nothing": ("count = 0", "1: count: 0 is not above 0", None),
    "a time for a day": ("day = 2025-01-31T00:00:00", "1: day: 2025-01-31 00:00:00 is not a day", None),
    "small letters": ('code = "eur"', '1: code: "eur" is not a currency code', 'write three capitals: "EUR"'),
    "text for a number": ('size = "1.5"', '1: size: "1.5" is not a number', "write 1.5 without quotes"),
    "too small a number": ("size = 0", "1: size: 0 is not above 0", None),
    "one table for several": ("[rows]\nname = 'a'", "1: rows: a table is not a list", "write [[rows]]"),
    "text for several tables": ("rows = 'a'", '1: rows: "a" is not a list', None),
    "no rows": ("few = []", "1: few: the list is empty", None),
    "a number for a table": ("words = 1", "1: words: 1 is not a table", None),
    "a wrong word in a table": ("[words]\na = 'x'\nb = 2", "3: words.b: 2 is not text", 'write "2"'),
    "text for a table": ("inner = '5'", '1: inner: "5" is not a table', None),
    "no such choice": ("pick = 'on'", "1: pick: \"on\" is not 'one' or 'two'", "did you mean 'one'?"),
    "nothing like a choice": ("pick = 3", "1: pick: 3 is not 'one' or 'two'", None),
    "a missing key": ("[[rows]]\nname = 'a'\n[[rows]]", "3: rows: 'name' is missing", None),
    "an unknown key": ("inner = { nam = 'b' }", "1: inner: unknown key 'nam'", "did you mean 'name'?"),
    "the first mistake": ("\ntxet = 'a'\ncount = 0", "2: unknown key 'txet'", "did you mean 'text'?"),
    "the first mistake again": ("count = 0\ntxet = 'a'", "1: count: 0 is not above 0", None),
    "a key in the wrong table": ("[inner]\nname = 'a'\ncount = 3", "3: inner: unknown key 'count'", "write 'count' above the first [table]"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "message", "hint"), WHYS.values(), ids=WHYS)
def test_the_refusal_of_a_model_becomes_an_error_with_its_line(
    source, tmp_path, content, message, hint
):
    found = source(content)
    with pytest.raises(ValidationError) as caught:
        Page.model_validate(found.values)
    error = found.refusal(caught.value, known)
    assert (error.message, error.hint) == (f"{tmp_path}/some.toml:{message}", hint)


def test_the_code_of_a_currency_is_three_capitals():
    assert currency_code("CHF") == "CHF"


QUOTED = {"a count": "count = '5'", "a day": "day = '2025-01-31'"}


@pytest.mark.parametrize("content", QUOTED.values(), ids=QUOTED)
def test_what_must_not_be_text_is_told_to_lose_its_quotes(source, content):
    found = source(content)
    with pytest.raises(ValidationError) as caught:
        Page.model_validate(found.values)
    bare = content.split("'")[1]
    assert found.refusal(caught.value, known).hint == f"write {bare} without quotes"


def test_an_unknown_key_like_no_other_is_answered_with_those_there_are(source):
    error = source("zzz = 1").unknown_key(("zzz",), ["day", "count"])
    here = version("retention-cli")
    assert error.hint == (
        f"known: count, day; retention is {here} here: is the file for a newer one?"
    )
    error = source("[a]\nzzz = 1").unknown_key(("a", "zzz"), ["day", "count"])
    assert error.hint == "known: count, day"


def test_a_refusal_inside_a_table_is_told_with_the_line_of_that_table(source, tmp_path):
    found = source("[[row]]\nname = 'a'\n[[row]]\n\nname = ''")
    with pytest.raises(ValidationError) as caught:
        Inner.model_validate(found.values["row"][1])
    error = found.refusal(caught.value, known, at=("row", 1))
    assert error.message == f"{tmp_path}/some.toml:5: row.name: the text is empty"


def test_a_reason_that_begins_with_its_key_names_it_once():
    page = TomlSource("a.toml", {}, {("b",): 3, ("b", "c"): 4})
    assert page.fault(("b", "c"), "c 90 is outside").message == "a.toml:4: c 90 is outside"
    assert page.fault(("b", "c"), "cc is outside").message == "a.toml:4: b.c: cc is outside"
    assert page.fault(("b", 0, "d"), "is bad", "fix it").hint == "fix it"


EXACT = [
    (3, 3),
    (Decimal("0.1"), Fraction(1, 10)),
    (Fraction(1, 3), Fraction(1, 3)),
    (Decimal("1e30"), 10**30),
]


@pytest.mark.parametrize(("value", "exact"), EXACT, ids=["whole", "decimal", "fraction", "far"])
def test_a_number_is_taken_exactly(value, exact):
    assert number(value) == exact
    assert isinstance(number(value), Fraction)


NO_NUMBERS = {
    "truth": (True, "true is not a number"),
    "text": ("5", '"5" is not a number'),
    "float": (0.5, "0.5 is not a number"),
    "nan": (Decimal("nan"), "nan is not a number"),
    "inf": (Decimal("-inf"), "-inf is not a number"),
    "a day": (date(2025, 1, 1), "2025-01-01 is not a number"),
    "too large": (Decimal("1e31"), "1E+31 has more than 30 digits"),
    "too small": (Decimal("-1e-31"), "-1E-31 has more than 30 digits"),
}


@pytest.mark.parametrize(("value", "why"), NO_NUMBERS.values(), ids=NO_NUMBERS)
def test_what_is_no_number_is_refused(value, why):
    with pytest.raises(PydanticCustomError) as caught:
        number(value)
    assert caught.value.message() == why


QUANTITIES = {
    "percent": ("92%", (Fraction(92), "%")),
    "money with spaces": (" -1.50  EUR ", (Fraction(-3, 2), "EUR")),
    "no space": ("4h", (Fraction(4), "h")),
    "two words": ("12 per year", (Fraction(12), "per year")),
    "no unit": ("0.9", None),
    "no digit first": (".9%", None),
    "a comma": ("1,5%", None),
    "a digit of another script": ("\u0665%", None),
    "an exponent": ("1e3 h", None),
    "two numbers": ("4h 30", None),
    "empty": ("", None),
}


@pytest.mark.parametrize(("written", "parted"), QUANTITIES.values(), ids=QUANTITIES)
def test_a_quantity_is_a_number_with_a_unit(written, parted):
    assert quantity(written) == parted


def test_units_of_time_have_their_lengths():
    lengths = {1: ("s", "sec", "second", "seconds"), 60: ("m", "min", "minute", "minutes")}
    lengths |= {3_600: ("h", "hour", "hours"), 86_400: ("d", "day", "days")}
    assert {word: length for length, words in lengths.items() for word in words} == SECONDS


def test_values_are_shown_as_they_stand_in_the_file():
    values = ["5", True, 1, Decimal("0.90"), [1], {}, date(2025, 1, 2), Decimal("Infinity")]
    expected = ['"5"', "true", "1", "0.90", "a list", "a table", "2025-01-02", "inf"]
    assert [shown(value) for value in values] == expected


def test_only_numbers_and_days_are_told_to_lose_their_quotes():
    assert [unquoted(value) for value in ("5", "-0.5", "2025-01-02", "5h", "", 5)] == [
        "write 5 without quotes",
        "write -0.5 without quotes",
        "write 2025-01-02 without quotes",
        None,
        None,
        None,
    ]
