from __future__ import annotations

import pyarrow as pa
import pytest

from retention_cli.mapping.cells.days_of_parts import days_of_parts


def days(parts, **columns):
    return days_of_parts(
        parts, [pa.array(cells, pa.string()) for cells in columns.values()]
    ).to_pylist()


YEAR_AND_MONTH = {"year": "Y", "month": "M", "day": 1}


@pytest.mark.parametrize(
    ("year", "month", "day"),
    [
        ("2025", "6", "2025-06-01"),
        ("2025", "06", "2025-06-01"),
        ("2025.0", "6.0", "2025-06-01"),
        ("2025", "Juni", "2025-06-01"),
        ("2025", "déc.", "2025 déc. 1"),
        ("2025", None, "2025  1"),
        (None, "6", " 6 1"),
        (None, None, None),
        ("25", "6", "25 6 1"),
        ("2025", "13", "2025-13-01"),
        ("x", "6", "x 6 1"),
    ],
)
def test_a_year_and_a_month_are_a_day_or_stay_what_they_were(year, month, day):
    assert days(YEAR_AND_MONTH, year=[year], month=[month]) == [day]


def test_all_three_may_be_columns_or_the_year_alone():
    assert days({"year": "Y", "month": "M", "day": "D"}, y=["2025"], m=["6"], d=["30"]) == [
        "2025-06-30"
    ]
    assert days({"year": "Y", "month": 1, "day": 1}, year=["2019", None]) == ["2019-01-01", None]
