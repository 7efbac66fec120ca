"""Months without a day."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention_cli.mapping.cells.year_months import first_days


def first(text, **told):
    return first_days(pa.array([text], pa.string()), **told)[0].as_py()


@pytest.mark.parametrize(
    "text",
    [
        *("2025-06", "2025/06", "2025-6", "06/2025", "6.2025", "06-2025", "Jun 2025", "June 2025"),
        *(
            "Jun. 2025",
            "JUNI 2025",
            "juin 2025",
            "junio de 2025",
            "Jun-2025",
            "2025-Jun",
            "2025 June",
        ),
    ],
)
def test_a_month_is_its_first_day(text):
    assert first(text) == "2025-06-01"


@pytest.mark.parametrize(
    "text",
    [
        *("2025-06-30", "30.06.2025", "06/05/2025", "2025-13", "00/2025", "Jun 25", "Juny 2025"),
        *("202506", "2025", "June", "2025-Q2", "KW 23 2025", "0625", ""),
    ],
)
def test_these_cells_are_left_as_they_are(text):
    assert first(text) == text


def test_digits_alone_are_a_month_where_the_column_is_one_of_months():
    assert first("202506", of_months=True) == "2025-06-01"
    assert first("202513", of_months=True) == "202513"
    assert first_days(pa.array([None], pa.string())).to_pylist() == [None]


@given(st.text(st.sampled_from("0123456789-/. JunMai"), max_size=10))
def test_nothing_is_read_but_a_month_that_stands_there(text):
    found = first(text)
    if found != text:
        year, month, day = found.split("-")
        assert (year in text, day) == (True, "01")
        assert month.lstrip("0") in text or any(name in text for name in ("Jun", "Mai", "Ma"))
