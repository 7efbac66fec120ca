from __future__ import annotations

import re
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from retention_cli.mapping.cells import currencies, numbers
from retention_cli.mapping.cells.currencies import currency_of
from retention_cli.mapping.cells.numbers import (
    DecimalMark,
    NumberDecision,
    decide_mark,
    rewrite_numbers,
)

POINT, COMMA = DecimalMark.POINT, DecimalMark.COMMA
NBSP, NARROW, THIN, MINUS, QUOTE = "\u00a0", "\u202f", "\u2009", "\u2212", "\u2019"


def rewritten(*cells, mark=None):
    return rewrite_numbers(pa.array(cells, pa.string()), mark).to_pylist()


def decided(*cells, told=None):
    return decide_mark(pa.array(cells, pa.string()), told=told)


# What is left alone


LEFT_ALONE = {
    "a power of ten": "1E5",
    "a power of ten beyond floats": "1e400",
    "not a number": "nan",
    "infinity": "inf",
    "minus infinity": "-inf",
    "an underscore": "1_000",
    "a hexadecimal number": "0x10",
    "a truth": "True",
    "a share": "5%",
    "a word": "free",
    "full-width digits": "\uff15\uff10",
    "Arabic-Indic digits": "\u0665\u0660",
    "superscripts": "5\u00b2",
    "a mark behind": "5.",
    "a comma behind": "5,",
    "a mark alone": ".",
    "a minus alone": "-",
    "a currency alone": "€",
    "a currency and a minus": "-€",
    "brackets alone": "()",
    "groups of two": "1,23,4",
    "groups of two with points": "1.23.4",
    "a group of four": "1,2345,678",
    "a first group of four": "1234,567,890",
    "an empty group": "1,,234",
    "a group after the decimals": "1.234,567.8",
    "decimals in groups": "1.234 567",
    "a zero in front of groups": "0 123",
    "zeros in front of groups": "000'123",
    "two sorts of separator": f"1 234{NBSP}567",
    "two sorts of quote": f"1'234{QUOTE}567",
    "a space for a mark": "12 50",
    "two spaces in a row": "1  234",
    "two minuses": "--5",
    "a plus and a minus": "+-5",
    "a minus on both sides": "-5-",
    "a plus and a trailing minus": "+5-",
    "a trailing plus": "5+",
    "a minus in brackets": "(-5)",
    "a minus before brackets": "-(5)",
    "a minus after brackets": "(5)-",
    "double brackets": "((5))",
    "an open bracket": "(5",
    "a closed bracket": "5)",
    "a bracketed currency": "(€)5",
    "a space in brackets": "( 5)",
    "two currencies": "$5 USD",
    "the same currency twice": "€5€",
    "two signs around a currency": "-$-5",
    "two signs of currency": "$€5",
    "a currency in the middle": "5€50",
    "a code nobody has": "ABC 5",
    "a code and more": "EURX 5",
    "Indian groups that end in two": "12,34,56",
    "Indian groups with points": "12.34.567",
    "two spaces after the minus": "-  5",
    "a credit by its letters": "5 CR",
    "a dash behind no mark": "5--",
    "a Scandinavian point before the number": ".5 kr.kr",
    "two spaces after the currency": "€  5",
    "two spaces before the currency": "5  €",
    "a line break behind": "5\n",
    "a tab between groups": "1\t234",
    "an em dash": "\u20145",
    "nothing": "",
}


@pytest.mark.parametrize("mark", [None, POINT, COMMA], ids=["none", "point", "comma"])
@pytest.mark.parametrize("cell", LEFT_ALONE.values(), ids=LEFT_ALONE.keys())
def test_what_is_no_number_stays_as_it_was(cell, mark):
    assert rewritten(cell, "+5", mark=mark) == [cell, "5"]
    assert decided(cell) == NumberDecision(mark=None, because="no cell has a decimal mark")


@pytest.mark.parametrize(
    ("cell", "mark"),
    [
        ("1.234,50", POINT),
        ("1,234.50", COMMA),
        ("12,5", POINT),
        ("12.5 €", COMMA),
        ("0,123", POINT),
        ("0.123 €", COMMA),
        (",5", POINT),
        (".5", COMMA),
        ("1.234.567", POINT),
        ("1,234,567", COMMA),
        ("€1.234", None),
        ("1,234", None),
        (".5", None),
    ],
)
def test_a_cell_against_the_mark_stays_as_it_was(cell, mark):
    assert rewritten(cell, mark=mark) == [cell]


@pytest.mark.parametrize(
    ("cells", "mark"),
    [
        (["5", "-5.00", None, "0012", "1.234"], POINT),
        (["5", "-5.00", None], None),
        (["5", "-12", None], COMMA),
        ([None], COMMA),
        ([], POINT),
    ],
    ids=["a point", "no mark", "a comma and whole numbers", "only nulls", "no cells"],
)
def test_a_plain_column_comes_back_itself(cells, mark):
    column = pa.array(cells, pa.string())
    assert rewrite_numbers(column, mark) is column


def test_plain_looking_thousands_are_not_plain_beside_decimal_commas():
    assert rewritten("1.234", "-5.678", mark=COMMA) == ["1234", "-5678"]


# What is rewritten


WRITTEN = {
    "thousands with commas": ("1,234.50", POINT, "1234.50"),
    "thousands with points": ("1.234,50", COMMA, "1234.50"),
    "millions": ("1.234.567", COMMA, "1234567"),
    "a thousand, point": ("1,234", POINT, "1234"),
    "a thousand, comma": ("1.234", COMMA, "1234"),
    "three decimals, point": ("1.234 $", POINT, "1.234"),
    "three decimals, comma": ("1,234", COMMA, "1.234"),
    "spaces": ("1 234 567,50", COMMA, "1234567.50"),
    "no-break spaces": (f"1{NBSP}234,5", COMMA, "1234.5"),
    "narrow spaces": (f"1{NARROW}234,5", COMMA, "1234.5"),
    "thin spaces": (f"12{THIN}234.5", POINT, "12234.5"),
    "Swiss": ("1'234.50", POINT, "1234.50"),
    "Swiss with a printer's quote": (f"1{QUOTE}234.50", POINT, "1234.50"),
    "spaces need no mark": ("1 234", None, "1234"),
    "quotes need no mark": ("-1'234", None, "-1234"),
    "decimals without a whole": (".5", POINT, "0.5"),
    "negative decimals without a whole": ("-,50", COMMA, "-0.50"),
    "brackets": ("(5.00)", POINT, "-5.00"),
    "a trailing minus": ("5.00-", POINT, "-5.00"),
    "a real minus": (f"{MINUS}5.00", POINT, "-5.00"),
    "a real minus behind": (f"5.00{MINUS}", POINT, "-5.00"),
    "a plus": ("+5.00", POINT, "5.00"),
    "zeros are kept": ("+005.1000", POINT, "005.1000"),
    "twenty-five digits": ("+1234567890123456789012345", POINT, "1234567890123456789012345"),
    "a sign before": ("€5", None, "5"),
    "a sign before, spaced": ("€ 5", None, "5"),
    "a sign behind": ("5€", None, "5"),
    "a sign behind, spaced by NBSP": (f"12,50{NBSP}€", COMMA, "12.50"),
    "a code before": ("CHF 1'234.50", POINT, "1234.50"),
    "a code behind": ("1.234,50 EUR", COMMA, "1234.50"),
    "a code without a space": ("USD5", None, "5"),
    "letters that are not ISO code": ("5,00 kr", COMMA, "5.00"),
    "zloty": (f"1{NBSP}234,50 zł", COMMA, "1234.50"),
    "a dollar of a country": ("US$1,234.50", POINT, "1234.50"),
    "a minus before the sign": ("-$5", None, "-5"),
    "a real minus before the sign": (f"{MINUS}$5", None, "-5"),
    "a minus behind the sign": ("$-5", None, "-5"),
    "a minus behind the spaced sign": ("€ -5", None, "-5"),
    "a plus before the sign": ("+$5", None, "5"),
    "brackets around the sign": ("($5)", None, "-5"),
    "brackets behind the sign": ("$(5)", None, "-5"),
    "brackets around number and sign": ("(5,00 €)", COMMA, "-5.00"),
    "brackets before the sign": ("(5,00) €", COMMA, "-5.00"),
    "a trailing minus before the sign": ("5,00- €", COMMA, "-5.00"),
    "a trailing minus behind the sign": ("5€-", None, "-5"),
    "a trailing minus, sign before": ("€5-", None, "-5"),
    "a space after the minus": ("- 5", None, "-5"),
    "a space before the trailing minus": ("1.234,50 -", COMMA, "-1234.50"),
    "a dash for a minus": ("\u20135.00", POINT, "-5.00"),
    "Indian groups": ("1,23,456", POINT, "123456"),
    "Indian groups need no mark": ("-1,23,456", None, "-123456"),
    "Indian groups with decimals": ("₹12,34,567.50", POINT, "1234567.50"),
    "a code in small letters": ("eur 5", None, "5"),
    "a currency by its name": ("12,50 Euro", COMMA, "12.50"),
    "a sign with a point": ("Kr. 1.234,50", COMMA, "1234.50"),
    "a Swiss price": ("Fr. 12.-", POINT, "12.00"),
    "a German price": ("€ 1.234,--", COMMA, "1234.00"),
}


@pytest.mark.parametrize(("cell", "mark", "plain"), WRITTEN.values(), ids=WRITTEN.keys())
def test_an_accepted_number_is_written_plainly(cell, mark, plain):
    assert rewritten(cell, mark=mark) == [plain]
    assert rewritten(cell, None, "5%", mark=mark) == [plain, None, "5%"]


# What the cells prove


@pytest.mark.parametrize(
    "cells",
    [[], [None], ["5", "-12"], ["1 234", "€5", "(5)"], ["1,23,4", "5.", "n/a"], ["1.5.2"]],
    ids=["no cells", "only nulls", "whole numbers", "dressed whole numbers", "junk", "a version"],
)
def test_no_mark_is_claimed_where_there_is_none(cells):
    assert decided(*cells) == NumberDecision(mark=None, because="no cell has a decimal mark")


@pytest.mark.parametrize(
    ("cells", "cell", "because"),
    [
        (["1.234"], "1.234", "'1.234' may be 1.234 or 1234"),
        (["1,234"], "1,234", "'1,234' may be 1234 or 1.234"),
        (["€ 1.234", "5", None], "€ 1.234", "'€ 1.234' may be 1.234 or 1234"),
        (["(100.000)", "n/a"], "(100.000)", "'(100.000)' may be -100.000 or -100000"),
        (["2.345", "1,234"], "1,234", "'1,234' may be 1234 or 1.234"),
        (["1.234", "1,23,4", "5."], "1.234", "'1.234' may be 1.234 or 1234"),
    ],
    ids=["a point", "a comma", "a currency", "brackets", "one of each", "junk beside it"],
)
def test_cells_that_read_both_ways_are_ambiguous(cells, cell, because):
    assert decided(*cells) == NumberDecision(
        mark=None, ambiguous=True, because=because, example=cell
    )


PROOFS = {
    "both marks, comma last": ("1.234,50", COMMA),
    "both marks, point last": ("1,234.50", POINT),
    "both marks and three decimals": ("1.234,567", COMMA),
    "two points": ("1.234.567", COMMA),
    "two commas": ("1,234,567", POINT),
    "one decimal": ("12,5", COMMA),
    "two decimals": ("12.50", POINT),
    "four decimals": ("1,2345", COMMA),
    "four digits before": ("1234.567", POINT),
    "a zero before": ("0,123", COMMA),
    "zeros before": ("00.123", POINT),
    "nothing before": (",123", COMMA),
    "another separator": ("1 234,567", COMMA),
    "a Swiss separator": ("1'234.567", POINT),
    "Indian groups": ("12,34,567", POINT),
    "a dash for decimals": ("12,-", COMMA),
    "a currency around it": ("-12,50 €", COMMA),
    "brackets around it": ("(12.50)", POINT),
}


@pytest.mark.parametrize(("cell", "mark"), PROOFS.values(), ids=PROOFS.keys())
def test_one_cell_that_reads_one_way_proves_the_mark(cell, mark):
    word = {POINT: "point", COMMA: "comma"}[mark]
    because = f"'{cell}' reads only with a decimal {word}"
    expected = NumberDecision(mark=mark, because=because, example=cell)
    assert decided("2.345", "3,456", cell, None, "7", "1,23,4") == expected


def test_evidence_on_both_sides_is_contradictory_whatever_the_majority():
    decision = decided("12,5", *["12.5"] * 9, "1.234")
    assert decision.mark is None
    assert decision.ambiguous
    assert decision.contradictory == ("12.5", "12,5")
    assert decision.because == (
        "'12.5' reads only with a decimal point, '12,5' only with a decimal comma"
    )


@pytest.mark.parametrize(("told", "word"), [(POINT, "point"), (COMMA, "comma")])
def test_what_was_told_settles_it(told, word):
    because = f"the decimal mark was given as a {word}"
    assert decided("12,5", "12.5", "1.234", told=told) == NumberDecision(mark=told, because=because)


# Currencies


@pytest.mark.parametrize(
    "cells",
    [
        [],
        [None],
        ["5", "(5)"],
        ["5 kr"],
        ["ABC 5", "Fr. 5", "5 Rs."],
        ["€", "EUR", "in EUR"],
        ["$5 USD"],
    ],
    ids=["no cells", "nulls", "bare", "kr", "no codes", "no numbers", "named twice"],
)
def test_no_currency_is_claimed_where_no_cell_names_one(cells):
    assert currency_of(pa.array(cells, pa.string())) is None


CURRENCIES = {
    "5 kr": None,
    "5": None,
    "$5": "USD",
    "-$5": "USD",
    "($1,234.50)": "USD",
    "US$ 5": "USD",
    "C$5": "CAD",
    "CA$5": "CAD",
    "A$5": "AUD",
    "AU$5": "AUD",
    "1.234,50 €": "EUR",
    "EUR 5": "EUR",
    "5EUR": "EUR",
    "£5": "GBP",
    "¥5": "JPY",
    "₹5": "INR",
    "5 zł": "PLN",
    "CHF 1'234.50": "CHF",
    "5- SEK": "SEK",
    "eur 5": "EUR",
    "5 Euro": "EUR",
    "SFr. 5": "CHF",
    "S$5": "SGD",
}


def test_a_currency_is_named_by_its_sign_or_its_code():
    cells = [*CURRENCIES, None]
    named = currency_of(pa.array(cells))
    assert dict(zip(cells, named.to_pylist(), strict=True)) == CURRENCIES | {None: None}
    chunked = currency_of(pa.chunked_array([cells[:3], cells[3:]]))
    assert chunked.to_pylist() == named.to_pylist()


def test_every_code_is_three_capitals_and_stands_once():
    assert all(re.fullmatch("[A-Z]{3}", code) for code in currencies._CODES)
    assert len(set(currencies._CODES)) == len(currencies._CODES)
    assert {code for code in currencies._SIGNS.values() if code} <= set(currencies._CODES)


@pytest.mark.parametrize("name", currencies._CURRENCIES)
def test_every_currency_is_taken_off_and_named(name):
    column = pa.array([f"{name}5", f"-{name} 5", f"5 {name}", f"(5{name})", "€1"])
    assert rewrite_numbers(column, None).to_pylist() == ["5", "-5", "5", "-5", "1"]
    assert currency_of(column).to_pylist() == [currencies._CURRENCIES[name]] * 4 + ["EUR"]


# Properties


CONVENTIONS = [
    (",", POINT),
    (".", COMMA),
    (" ", COMMA),
    (NBSP, COMMA),
    (NARROW, COMMA),
    (THIN, POINT),
    ("'", POINT),
    (QUOTE, POINT),
    ("", POINT),
    ("", COMMA),
]
NEGATIVES = ["-{}", "({})", "{}-", f"{MINUS}{{}}", "(€{})", "-{} USD", "${}-", "({}) kr", "£ -{}"]
POSITIVES = ["{}", "+{}", "€{}", "$ {}", "{} CHF", f"{{}}{NBSP}zł", "EUR{}"]
AMOUNTS = st.decimals(
    -(10**12), 10**12, places=4, allow_nan=False, allow_infinity=False
) | st.integers(-(10**9), 10**9).map(Decimal)


def dressed(number, convention, negatives, positives):
    """Write a number in a convention, its sign and currency as in a template."""
    separator, mark = convention
    text = f"{abs(number):,}".replace(",", "_").replace(".", mark).replace("_", separator)
    return (negatives if number.is_signed() else positives).format(text)


@settings(max_examples=50, deadline=None)
@given(
    st.lists(AMOUNTS, max_size=5),
    st.sampled_from(CONVENTIONS),
    st.sampled_from(NEGATIVES),
    st.sampled_from(POSITIVES),
)
@example([Decimal("-1234.5000"), Decimal("0.0001"), Decimal(1234)], CONVENTIONS[1], "({})", "€{}")
def test_a_number_in_any_convention_comes_back_digit_for_digit(amounts, convention, neg, pos):
    proof = f"12{convention[1]}50"
    column = pa.array([dressed(amount, convention, neg, pos) for amount in amounts] + [proof])
    mark = decide_mark(column).mark
    assert mark is convention[1]
    expected = [f"{amount:f}" for amount in amounts] + ["12.50"]
    assert rewrite_numbers(column, mark).to_pylist() == expected


DIGITS = set("0123456789")
CURRENCY_SIGNS = set("€$")


def oracle_undressed(text):
    """Take one currency off and give (negative, rest), or None."""
    places = [place for place, sign in enumerate(text) if sign in CURRENCY_SIGNS]
    if len(places) > 1:
        return None
    if places:
        before, after = text[: places[0]], text[places[0] + 1 :]
        if before in ("", "-", "+", "("):
            text = before + after.removeprefix(" ")
        elif after in ("", "-", ")"):
            text = before.removesuffix(" ") + after
        else:
            return None
    if priced := re.fullmatch("(.*[0-9][.,])--?", text):
        text = f"{priced[1]}00"
    for start, end in ("()", ("", "-"), ("-", ""), ("+", "")):
        if text.startswith(start) and text.endswith(end):
            rest = text[len(start) : len(text) - len(end)]
            return start != "+", rest.removeprefix(" ") if start == "-" else (
                rest.removesuffix(" ") if end == "-" else rest
            )
    return False, text


def oracle(cell, mark):
    """Read one number by hand, or give the cell back; accounts show 0 as a dash behind the currency."""
    if re.fullmatch("[€$] *- *", cell):
        return "0"
    undressed = oracle_undressed(cell)
    if undressed is None:
        return cell
    negative, text = undressed
    whole, found, decimals = text.partition(mark) if mark else (text, "", "")
    if found and not (decimals and set(decimals) <= DIGITS):
        return cell
    if mark is not COMMA and re.fullmatch("[1-9][0-9]?(,[0-9]{2})+,[0-9]{3}", whole):
        whole = whole.replace(",", "")
    separators = set(whole) - DIGITS
    if separators:
        first, *groups = whole.split(min(separators))
        good = (
            len(separators) == 1
            and separators <= ({"'", " ", ".", ","} if mark else {"'", " "})
            and 1 <= len(first) <= 3
            and not first.startswith("0")
            and all(len(group) == 3 for group in groups)
        )
        if not good:
            return cell
        whole = first + "".join(groups)
    if not (whole or found):
        return cell
    return ("-" if negative else "") + (whole or "0") + (f".{decimals}" if found else "")


HOSTILE = st.text("0123456789.,-+()€$ '%eE_x", max_size=8) | st.from_regex(
    r"[-+(]?[€$]? ?[0-9]{0,3}([ ',.][0-9]{3}){0,2}([.,][0-9]{0,3})?[-)]?( ?[€$])?", fullmatch=True
)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.none() | HOSTILE, max_size=8), st.sampled_from([None, POINT, COMMA]))
@example(["1,23,456", "12.-", "- 5", "5 -€", "-5,--", ".-"], POINT)
@example(["€-", "$ - ", "-€", "-€-", "€--", "- €"], COMMA)
@example(["-(5)", "(5)-", "$(5)", "5-€", "€5€", ".5", "5.", "0.123", "1.234.5", "-"], POINT)
def test_rewriting_agrees_with_reading_each_cell_by_hand(cells, mark):
    expected = [cell and refused_as_a_point(oracle(cell, mark), cell, mark) for cell in cells]
    assert rewritten(*cells, mark=mark) == expected


def refused_as_a_point(read, cell, mark):
    """Under a comma, a cell that stayed as it was and looks like 12.50 would pass for that."""
    passes = mark is COMMA and read == cell and re.fullmatch(r"-?[0-9]+[.][0-9]+", cell)
    return f"?{cell}" if passes else read


def test_under_a_comma_a_point_is_refused_and_not_read_as_one():
    cells = ["12.50", "0.123", "1234.567", "12,50"]
    assert rewritten(*cells, mark=COMMA) == ["?12.50", "?0.123", "?1234.567", "12.50"]


@settings(max_examples=50, deadline=None)
@given(st.lists(HOSTILE, max_size=6))
def test_the_decision_agrees_with_reading_each_cell_by_hand(cells):
    reads = {
        mark: {cell for cell in cells if re.fullmatch("-?[0-9]+([.][0-9]+)?", oracle(cell, mark))}
        for mark in DecimalMark
    }
    # A plain 12.50 comes back as itself under a comma, which is not a reading.
    reads[COMMA] -= {cell for cell in cells if "." in cell and oracle(cell, COMMA) == cell}
    marked = {cell for cell in cells if "." in cell or "," in cell}
    point, comma = reads[POINT] - reads[COMMA], reads[COMMA] - reads[POINT]
    decision = decided(*cells)
    assert decision.mark is (
        POINT if point and not comma else COMMA if comma and not point else None
    )
    assert decision.contradictory == ((min(point), min(comma)) if point and comma else None)
    undecided = bool(point) == bool(comma)
    assert decision.ambiguous == (undecided and bool(point or reads[POINT] & marked))
    assert decided(*reversed(cells)) == decision


@settings(max_examples=30, deadline=None)
@given(st.lists(st.none() | HOSTILE, max_size=8), st.integers(0, 8), st.sampled_from(DecimalMark))
def test_chunks_change_nothing(cells, cut, mark):
    whole = pa.array(cells, pa.string())
    parts = pa.chunked_array([whole[:cut], whole[cut:]], pa.string())
    assert decide_mark(parts) == decide_mark(whole)
    answer = rewrite_numbers(parts, mark)
    assert isinstance(answer, pa.ChunkedArray)
    assert answer.to_pylist() == rewritten(*cells, mark=mark)


def test_a_column_without_chunks_is_read():
    column = pa.chunked_array([], pa.string())
    assert decide_mark(column).mark is None
    assert rewrite_numbers(column, COMMA).to_pylist() == []
    assert currency_of(column) is None


# The cost


class CountsCells:
    """Stands in for pyarrow.compute and counts what leaves arrow for Python."""

    def __init__(self):
        self.calls = 0

    def __getattr__(self, name):
        self.calls += 1
        return getattr(pc, name)


@pytest.mark.parametrize("rows", [3, 30_000])
def test_the_number_of_calls_does_not_grow_with_the_rows(monkeypatch, rows):
    counter = CountsCells()
    for room in (numbers, currencies):
        monkeypatch.setattr(room, "pc", counter)
    column = pa.array([f"(€{n % 999 + 1}.{n % 900 + 100},50)" for n in range(rows)])
    assert decide_mark(column).mark is COMMA
    assert rewrite_numbers(column, COMMA)[0].as_py() == "-1100.50"
    assert currency_of(column)[rows - 1].as_py() == "EUR"
    assert counter.calls < 50


@pytest.mark.parametrize("cell", ["12.50", "0.123", "1234.567", "-12.50", "1.2345"])
def test_a_cell_with_a_point_does_not_pass_for_a_number_under_a_told_comma(cell):
    assert rewritten(cell, "1,5", mark=COMMA) == [f"?{cell}", "1.5"]


def test_a_group_under_a_comma_is_a_thousand_and_whole_numbers_stay():
    cells = ["1.234", "12", "-7", None, "x"]
    assert rewritten(*cells, mark=COMMA) == ["1234", "12", "-7", None, "x"]


def test_a_text_that_many_cells_share_counts_as_often():
    texts = pa.array(["12,5", "7", None])
    assert decide_mark(texts, times=pa.array([4, 9, 1])).proofs == (0, 4)
    assert decide_mark(texts).proofs == (0, 1)
