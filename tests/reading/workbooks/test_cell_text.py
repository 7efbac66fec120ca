from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention_cli.reading.workbooks.cell_text import (
    CellForm,
    clock_text,
    form_of,
    is_plain_format,
    number_text,
    serial_text,
)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1001.0, "1001"),
        (-0.0, "0"),
        (0.1 + 0.2, "0.3"),
        (60.565, "60.565"),
        (68.66499999999999, "68.665"),
        (1e15, "1000000000000000"),
        (1e20, "100000000000000000000"),
        (1e-9, "0.000000001"),
        (99999999999999.9, "99999999999999.9"),
        (12345678901234567, "12345678901234600"),
    ],
)
def test_numbers_are_written_in_full_with_at_most_15_digits(number, text):
    assert number_text(number) == text


@given(st.floats(-1e30, 1e30))
def test_a_number_is_the_nearest_decimal_of_15_digits_without_idle_zeros(number):
    text = number_text(number)
    assert "e" not in text
    assert not (text.endswith("0") and "." in text)
    digits = Decimal(text).normalize().as_tuple().digits
    assert len(digits) <= 15
    unit = Decimal(10) ** (Decimal(number).adjusted() - 14) if number else Decimal(1)
    assert abs(Decimal(text) - Decimal(number)) <= unit / 2


@given(st.decimals(-(10**10), 10**10, places=4))
def test_an_amount_of_four_decimals_comes_back_exactly(amount):
    assert Decimal(number_text(float(amount))) == amount


@pytest.mark.parametrize(
    ("code", "number", "form"),
    [
        ("General", 0, CellForm.NUMBER),
        ("0.00", 2, CellForm.NUMBER),
        ('0 "days"', 170, CellForm.NUMBER),
        ("0_d", 170, CellForm.NUMBER),
        ("0.00 USD", 170, CellForm.NUMBER),
        ("# Std", 170, CellForm.NUMBER),
        ("Standard", 170, CellForm.NUMBER),
        ("mm:ss.00", 170, CellForm.CLOCK),
        ("#,##0.00\\ [$USD]", 170, CellForm.NUMBER),
        ("@", 49, CellForm.NUMBER),
        ("mm-dd-yy", 14, CellForm.MOMENT),
        ("[$-409]d\\-mmm", 170, CellForm.MOMENT),
        ("mmm", 170, CellForm.MOMENT),
        ("yyyy;0", 170, CellForm.MOMENT),
        ("General", 31, CellForm.MOMENT),
        ("h:mm", 20, CellForm.CLOCK),
        ("mm:ss", 45, CellForm.CLOCK),
        ("h:mm AM/PM", 18, CellForm.CLOCK),
        ("[h]:mm:ss", 46, CellForm.ELAPSED),
        ("[mm]:ss", 170, CellForm.ELAPSED),
        ("[Red][hh]:mm", 170, CellForm.ELAPSED),
    ],
)
def test_a_format_says_what_a_number_is(code, number, form):
    assert form_of(code, number) is form


@pytest.mark.parametrize(
    "code", ["[>100]0;yyyy", "0;yyyy", "yyyy;0", "g/standard", "B2yyyy", "ddd0"]
)
def test_formats_that_readers_may_take_differently_are_not_plain(code):
    assert not is_plain_format(code)


@pytest.mark.parametrize(
    "code", ["General", "dd.mm.yyyy;@", "[h]:mm", "h:mm AM/PM", "0.0%", '0" d"']
)
def test_formats_of_one_sort_are_plain(code):
    assert is_plain_format(code)


@given(st.datetimes(dt.datetime(1900, 3, 1), dt.datetime(9999, 12, 31)))
def test_a_moment_comes_back_from_its_serial(moment):
    moment = moment.replace(microsecond=0)
    serial = (moment - dt.datetime(1899, 12, 30)) / dt.timedelta(days=1)
    assert serial_text(serial, CellForm.MOMENT) == str(moment).removesuffix(" 00:00:00")


@given(st.integers(0, 10**9))
def test_a_span_of_time_counts_its_hours(milliseconds):
    hours, minutes, seconds = clock_text(milliseconds).split(":")
    total = (int(hours) * 60 + int(minutes)) * 60 + Decimal(seconds)
    assert total * 1000 == milliseconds
    assert len(minutes) == 2


def test_a_serial_beyond_any_number_of_days_is_a_number():
    assert serial_text(1e305, CellForm.MOMENT) == number_text(1e305)
