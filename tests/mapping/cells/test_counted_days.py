"""Moments that are counted, held to datetime."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retention_cli.mapping.cells.counted_days import (
    Since1970,
    counted_since_1970,
    excel_days,
    since_1970,
)


def counted(*cells):
    return counted_since_1970(pa.array(cells, pa.string()))


@pytest.mark.parametrize(
    "cells",
    [
        pytest.param([], id="nothing"),
        pytest.param([None], id="blanks"),
        pytest.param(["20250603"], id="a day run together"),
        pytest.param(["2025060309", "2025063023"], id="days and hours run together"),
        pytest.param(["2506030900"], id="the same with a short year and minutes"),
        pytest.param(["202506030900"], id="a day and its minutes run together"),
        pytest.param(["1748934000", "1748934000000"], id="two units"),
        pytest.param(["1748934000", "2025-06-03"], id="a date among them"),
        pytest.param(["45811"], id="a day of Excel"),
        pytest.param(["17489340000"], id="a number too long for seconds"),
        pytest.param(["-1748934000"], id="before 1970"),
        pytest.param(["1.748934E+12"], id="what a spreadsheet left of one"),
    ],
)
def test_what_is_no_count(cells):
    assert counted(*cells) is None


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(600_000_000, 4_000_000_000), min_size=1, max_size=5),
    st.sampled_from([*Since1970]),
    st.integers(0, 999_999_999),
)
def test_a_count_is_the_moment_that_datetime_gives(seconds, unit, rest):
    cells = [str(second * unit + rest % unit) for second in seconds]
    column = pa.array([*cells, None])
    found = counted_since_1970(column)
    assert found is unit or all(cell[:2] in {"19", "20"} or int(cell[2:4]) <= 12 for cell in cells)
    wanted = [
        f"{datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=second):%Y-%m-%dT%H:%M:%S}Z"
        for second in seconds
    ]
    assert since_1970(column, unit).to_pylist() == [*wanted, None]


@settings(max_examples=60, deadline=None)
@given(st.datetimes(datetime(1900, 3, 1), datetime(9999, 12, 30)))
def test_a_day_of_excel_is_the_one_that_it_shows(moment):
    moment = moment.replace(microsecond=0)
    since = moment - datetime(1899, 12, 30)
    serial = f"{since.days + since.seconds / 86_400:.10f}"
    (cell,) = excel_days(pa.array([serial])).to_pylist()
    assert datetime.fromisoformat(cell) == moment
    (day,) = excel_days(pa.array([str(since.days)])).to_pylist()
    assert date.fromisoformat(day) == moment.date()


@pytest.mark.parametrize("cell", ["60", "0", "-5", "2958466", "45811 days", "2025-06-03", "1e4"])
def test_what_excel_counts_no_day_by_stays(cell):
    assert excel_days(pa.array([cell, None])).to_pylist() == [cell, None]
