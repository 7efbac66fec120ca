"""Dates half-exchanged by a spreadsheet are known by what it left alone."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retention_cli.mapping.cells.exchanged import exchange_in, exchanged_back


def exchange(*cells):
    return exchange_in(pa.array(cells, pa.string()))


@pytest.mark.parametrize(
    "cells",
    [
        pytest.param(["2025-03-06", "2025-06-25"], id="dates alone"),
        pytest.param(["06/03/2025", "06/25/2025"], id="texts alone"),
        pytest.param(["2025-03-16", "2025-03-06", "06/25/2025"], id="a date after the 12th"),
        pytest.param(["2025-03-06", "06/25/2025", "06/11/2025"], id="a text that is two days"),
        pytest.param(["2025-06-06", "06/25/2025"], id="a day that is its own month"),
        pytest.param(["2025-03-06", "25 June 2025"], id="a text with the name of a month"),
        pytest.param(["2025-03-06", "soon", None], id="no text that is a date"),
        pytest.param([], id="nothing"),
    ],
)
def test_what_proves_no_exchange(cells):
    assert exchange(*cells) is None


@pytest.mark.parametrize(
    "cells",
    [
        pytest.param(["2025-03-06", "06/25/2025"], id="month first"),
        pytest.param(["2025-03-06", "25/06/2025"], id="day first"),
        pytest.param(["2025-03-06 10:00:00", "06/25/2025 11:30 PM", None], id="with times"),
        pytest.param(["06.03.2025", "06/25/2025"], id="dates shown with points"),
        pytest.param(["2025-03-06", "25.06.2025", "2025-05-05"], id="texts with points"),
        pytest.param(["2025-03-06", "6-25-25"], id="years of two digits"),
    ],
)
def test_an_exchange_is_found(cells):
    assert exchange(*cells) is not None


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.dates(date(2020, 1, 1), date(2029, 12, 31)), min_size=1, max_size=30),
    st.sampled_from(["%m/%d/%Y", "%d/%m/%Y", "%d-%m-%Y"]),
    st.booleans(),
)
def test_every_column_that_a_spreadsheet_exchanged_comes_back(days, form, timed):
    """It takes a text for a date where that is one in its own order: the other than that of the text."""
    time = " 10:30:00" if timed else ""
    cells = []
    for day in days:
        taken = day.day <= 12
        cells.append(
            (f"{day.year}-{day.day:02}-{day.month:02}" if taken else day.strftime(form)) + time
        )
    column = pa.array(cells)
    left = any(day.day > 12 for day in days)
    told = any(day.day <= 12 and day.day != day.month for day in days)
    assert (exchange_in(column) is not None) == (left and told)
    back = exchanged_back(column).to_pylist()
    for cell, day in zip(back, days, strict=True):
        assert cell == (day.isoformat() if day.day <= 12 else day.strftime(form)) + time
