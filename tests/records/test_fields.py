"""What one cell may be, held to plain Python that shares no code with the readers."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from retention_cli.records import fields
from retention_cli.records.fields import unscaled
from retention_cli.records.hours import Hours
from retention_cli.records.stamps import Instant

READERS: dict[str, TypeAdapter[Any]] = {
    name: TypeAdapter(getattr(fields, name))
    for name in (
        *("Id", "OptionalId", "Text", "Day", "FilledDay", "Money", "FilledMoney"),
        *("Whole", "Duration", "Currency", "YesNo"),
    )
} | {"Hours": TypeAdapter(Hours), "Instant": TypeAdapter(Instant)}


def read(kind, cell):
    return READERS[kind].validate_python(cell)


def code(kind, cell):
    with pytest.raises(ValidationError) as caught:
        read(kind, cell)
    (found,) = caught.value.errors()
    return found["type"]


@pytest.mark.parametrize("kind", sorted({*READERS} - {"Id", "FilledDay", "FilledMoney"}))
def test_a_blank_cell_is_nothing(kind):
    assert read(kind, None) is None


@pytest.mark.parametrize("kind", ["Id", "FilledDay", "FilledMoney"])
def test_a_cell_that_has_to_be_filled_is_refused_where_it_is_blank(kind):
    assert code(kind, None) == "missing-value"


@pytest.mark.parametrize("kind", READERS)
@pytest.mark.parametrize("value", [5, 5.0, True, date(2025, 1, 1)], ids=str)
def test_only_text_is_read(kind, value):
    assert code(kind, value) == "missing-value"


ACCEPTED = [
    ("Id", "NA", "NA"),
    ("Id", "007", "007"),
    ("Id", " ", " "),
    ("Text", "", ""),
    ("Day", "2024-02-29", date(2024, 2, 29)),
    ("Day", "0001-01-01", date(1, 1, 1)),
    ("Day", "9999-12-31", date(9999, 12, 31)),
    ("Instant", "2025-06-02", datetime(2025, 6, 2)),
    ("Instant", "2025-06-02T23:59:59", datetime(2025, 6, 2, 23, 59, 59)),
    ("Instant", "2025-06-02T02:00:00+02:00", datetime(2025, 6, 2, tzinfo=UTC)),
    ("Instant", "1890-06-02T00:53:28+00:53:28", datetime(1890, 6, 2, tzinfo=UTC)),
    ("Money", "1.5", 15_000),
    ("Money", "-0.0001", -1),
    ("Money", "-0", 0),
    ("Money", "1.50000000000", 15_000),
    ("Money", "99999999999999.9999", 10**18 - 1),
    ("Money", "000000000000000000001", 10_000),
    ("Whole", "7.000", 7),
    ("Whole", "-999999", -999_999),
    ("Hours", "0.33333333", 300_000_000),
    ("Hours", "-1.5", -1_350_000_000),
    ("Duration", "999999999999", 999_999_999_999),
    ("Currency", "XXX", "XXX"),
    ("YesNo", "no", "no"),
]


@pytest.mark.parametrize(("kind", "cell", "value"), ACCEPTED, ids=repr)
def test_what_can_be_read_is_read(kind, cell, value):
    assert read(kind, cell) == value


REFUSED = [
    ("Id", "", "missing-value"),
    ("Id", "a\0", "control-character"),
    ("OptionalId", "\0", "control-character"),
    ("Text", "a\0b", "control-character"),
    *(("Day", cell, "bad-date") for cell in ("2025-02-29", "1900-02-29", "2025-04-31")),
    *(("Day", cell, "bad-date") for cell in ("0000-01-01", "20250101", "2025-1-1", "")),
    *(("Day", cell, "bad-date") for cell in ("2025-01-01\n", " 2025-01-01", "1735689600")),
    *(
        ("Day", cell, "bad-date")
        for cell in ("\uff12\uff10\uff12\uff15-01-01", "2025-W01-1", "today")
    ),
    *(("Instant", cell, "bad-date") for cell in ("2025-06-02 09:00:00", "2025-06-02T24:00:00")),
    *(("Instant", cell, "bad-date") for cell in ("2025-06-02T09:00", "2025-06-02T09:00:00Z")),
    *(("Instant", cell, "bad-date") for cell in ("2025-06-02T09:00:00+24:00", "2025-06-02+02:00")),
    *(("Money", cell, "bad-number") for cell in ("1.", ".5", "1_000", "+1", "--1", "1e3", "")),
    *(
        ("Money", cell, "bad-number")
        for cell in ("NaN", "inf", "0x10", "\u0665", " 5", "5\n", "?5")
    ),
    *(("Money", cell, "too-many-decimals") for cell in ("0.00001", "1.23456")),
    *(("Money", cell, "number-too-large") for cell in ("100000000000000", "-1" + "0" * 14)),
    ("Money", "1" + "0" * 5_000, "number-too-large"),
    *(("Whole", cell, "bad-number") for cell in ("7.5", "1000000", "1.", "\u0667", "", "7.0\n")),
    *(("Hours", cell, "bad-number") for cell in ("1:30", "12345678", "1.")),
    ("Hours", "0.123456789", "too-many-decimals"),
    *(("Duration", cell, "bad-duration") for cell in ("-1", "1.5", "1000000000000", "")),
    *(("Currency", cell, "bad-currency") for cell in ("eur", "EU", "EURO", "EUR\n", "ÄÖÜ")),
    *(("YesNo", cell, "bad-flag") for cell in ("Yes", "1", "yes\n", "")),
]


@pytest.mark.parametrize(("kind", "cell", "said"), REFUSED, ids=lambda value: repr(value)[:30])
def test_what_cannot_be_read_is_refused_with_its_code(kind, cell, said):
    assert code(kind, cell) == said


@settings(deadline=None)
@given(day=st.dates())
def test_every_day_of_the_calendar_is_read_as_it_is(day):
    assert read("Day", day.isoformat()) == day


@settings(deadline=None)
@given(amount=st.decimals(-(10**14) + 1, 10**14 - 1, places=4, allow_nan=False))
def test_an_amount_is_whole_ten_thousandths(amount):
    assert Decimal(read("Money", f"{amount:f}")) == amount.scaleb(4)


@settings(deadline=None)
@given(
    amounts=st.lists(st.none() | st.decimals(-(10**9), 10**9, places=4), max_size=8),
    start=st.integers(0, 8),
)
def test_ten_thousandths_are_taken_from_any_part_of_a_column(amounts, start):
    column = pa.array(amounts, pa.decimal128(14, 4))[start:]
    wanted = [None if one is None else int(one.scaleb(4)) for one in amounts[start:]]
    assert unscaled(column).to_pylist() == wanted
