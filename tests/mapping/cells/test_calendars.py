"""Dates of other calendars: told by their years, unless they are ends that stand for none."""

from __future__ import annotations

import pyarrow as pa
import pytest

from retention_cli.mapping.cells.calendars import other_calendar


@pytest.mark.parametrize(
    ("texts", "ends", "name"),
    [
        (["1402/01/05", "1403/05/01"], False, "Persian or Islamic"),
        (["01-06-1446 10:00", None], False, "Persian or Islamic"),
        (["2568-06-15T10:00:00"], False, "Buddhist"),
        (["25680615", "25680616"], False, "Buddhist"),
        (["2081-03-32", "2082-01-01"], False, "Nepali"),
        (["5785-01-10"], False, "Hebrew"),
        (["2568-06-15", "2568-06-16"], True, "Buddhist"),
        (["2500-12-31"], True, None),
        (["2099-12-31", "2090-01-01"], True, None),
        (["2025-06-15", "1402-01-05"], False, None),
        (["1900-01-01", "1999-12-31", "9999-12-31"], False, None),
        (["1402345678", "x", ""], False, None),
    ],
)
def test_most_of_the_years_of_a_column_tell_its_calendar(texts, ends, name):
    found = other_calendar(pa.array(texts, pa.string()), ends=ends)
    assert (name in found) if name else found is None
