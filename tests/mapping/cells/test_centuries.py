from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention_cli.mapping.cells.centuries import with_centuries, year_place


def whole(*days, first=1950, order=None):
    return with_centuries(pa.array(days, pa.string()), first, order).to_pylist()


def test_the_hundred_years_begin_where_they_were_told_to():
    days = ("1.1.49", "1.1.50", "1.1.00")
    assert whole(*days) == ["1.1.2049", "1.1.1950", "1.1.2000"]
    assert whole(*days, first=1900) == ["1.1.1949", "1.1.1950", "1.1.1900"]
    assert whole(*days, first=2000) == ["1.1.2049", "1.1.2050", "1.1.2000"]


def test_every_form_with_its_year_last_is_written_whole():
    days = (
        "5/6/26",
        "05.06.26 14:05",
        "5-Jun-26",
        "5. M\u00e4rz 26",
        "5/6/26, 2:05 PM",
        "5-janv.-26",
    )
    wanted = [day.replace("26", "2026", 1) for day in days]
    assert whole(*days) == whole(*days, order="mdy") == wanted
    assert whole(*days, order="ymd") == wanted


def test_dashes_between_digits_have_their_year_where_the_order_says():
    days = ("24-02-01", "24-02-01 10:00")
    assert whole(*days) == list(days)
    assert whole(*days, order="dmy") == ["24-02-2001", "24-02-2001 10:00"]
    assert whole(*days, order="ymd") == ["2024-02-01", "2024-02-01 10:00"]
    assert whole("24/02/01", "24.02.01", order="ymd") == ["2024/02/01", "24.02.2001"]


@pytest.mark.parametrize("day", ["2024-06-05", "5/6/2026", "5/6", "26", "5/6/126", "x", "5/6/26x"])
def test_whatever_has_no_year_of_two_digits_stays(day):
    assert whole(day, None) == [day, None]


@given(st.dates(), st.integers(1900, 2000))
def test_a_year_comes_back_as_the_one_of_the_hundred_that_ends_so(day, first):
    (found,) = whole(f"{day.day}.{day.month}.{day.year % 100:02}", first=first)
    year = int(found.rpartition(".")[2])
    assert (year % 100, first <= year < first + 100) == (day.year % 100, True)


@pytest.mark.parametrize(
    ("cells", "first"),
    [
        pytest.param(["02-03-11", "02-17-11"], False, id="a month of 17 is none"),
        pytest.param(["02-03-99", "02-03-11"], False, id="a 99th is none"),
        pytest.param(["45-02-13", "11-02-03"], True, id="a 45th is none"),
        pytest.param(["11-2-03", "11-02-28 10:00"], None, id="a month of one digit"),
        pytest.param(["2011-02-17", "x", "02/17/11", None], None, id="no dashes of two digits"),
        pytest.param(["02-17-11", "45-02-13"], None, id="both are proven"),
        pytest.param(["99-99-99"], None, id="no day at all"),
    ],
)
def test_dashed_cells_prove_where_their_year_is(cells, first):
    assert year_place([pa.array(cells, pa.string())], 1950).first is first


def test_a_year_that_nothing_places_is_told_with_all_its_days():
    found = year_place([pa.array(["17-02-11", "24-02-01"]), pa.array(["17-02-11"])], 1950)
    assert (found.open_cell, found.readings) == ("17-02-11", ("2011-02-17", "2017-02-11"))
    assert year_place([pa.array(["17-02-11"]), pa.array(["02-17-11"])], 1950).first is False


@given(
    st.lists(st.dates(), min_size=1),
    st.integers(1900, 2000),
    st.sampled_from(["%y-%m-%d", "%d-%m-%y", "%m-%d-%y"]),
)
def test_a_proof_is_never_wrong(days, first, form):
    within = [
        day.replace(year=first + (day.year - first) % 100, day=min(day.day, 28)) for day in days
    ]
    found = year_place([pa.array([day.strftime(form) for day in within])], first)
    assert found.first in {None, form.startswith("%y")}
