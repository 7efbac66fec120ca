from __future__ import annotations

from datetime import date

import narwhals.stable.v2 as nw
import pyarrow as pa
import pytest

from retention_cli.frames import frames
from retention_cli.values.measures import Unit

TABLE = pa.table(
    {
        "id": pa.array(["b", "a", None, "a", "c"]),
        "n": pa.array([1, None, 3, 5, None], pa.int64()),
        "day": pa.array([date(2025, 1, 1), None, None, date(1969, 12, 31), None], pa.date32()),
        "nothing": pa.array([None] * 5, pa.string()),
        "yes": pa.array([True, None, False, True, None]),
    }
)
EMPTY = TABLE.slice(0, 0)
LARGE = nw.col("n") > 2


@pytest.fixture
def frame(backend):
    return frames.from_arrow(TABLE, backend)


def test_rows_come_back_with_their_types_and_blanks(frame):
    back = frames.collect(frame)
    assert back.to_pylist() == TABLE.to_pylist()
    for name, column in TABLE.to_pydict().items():
        assert back[name].to_pylist() == column
        same = (back[name].type, TABLE[name].type)
        assert same[0] == same[1] or same == (pa.large_string(), pa.string())


def test_a_library_that_is_not_among_them_is_refused():
    with pytest.raises(ValueError, match="dask is not one of arrow, pandas, polars, duckdb"):
        frames.from_arrow(TABLE, "dask")


def test_columns_that_are_there(frame):
    assert frames.has(frame, "id", "n")
    assert not frames.has(frame, "id", "m")
    assert frames.has(frame)


def test_an_id_is_one_row_and_a_flag_is_true_where_any_of_its_rows_is(frame):
    people = frames.per_id(frame, key="id", large=LARGE, dated=~nw.col("day").is_null())
    assert frames.collect(people.sort("id")).to_pylist() == [
        {"id": "a", "large": True, "dated": True},
        {"id": "b", "large": False, "dated": True},
        {"id": "c", "large": False, "dated": False},
    ]


def test_a_comparison_with_a_blank_is_no_hit(frame):
    found = frames.parts(frame, key="id", large=LARGE, early=nw.col("day") < date(2025, 1, 1))
    assert {name: part.total for name, part in found.items()} == {"large": 2, "early": 1}
    assert all(part.unit is Unit.COUNT for part in found.values())


def test_ids_behind_a_count_are_sorted_and_rows_of_nobody_have_none(frame):
    found = frames.parts(
        frame, key="id", large=LARGE, all=~nw.col("nothing").is_null() | (LARGE | ~LARGE)
    )
    assert found["large"].ids() == ["a"]
    assert found["all"].ids() == ["a", "b"]


def test_ids_are_those_of_their_own_part(frame):
    found = frames.parts(frame, key="id", large=LARGE, small=nw.col("n") < 2)
    assert (found["large"].ids(), found["small"].ids()) == (["a"], ["b"])


def test_blanks_are_left_out_of_a_sum(frame):
    assert frames.totals(frame, all=nw.col("n"), double=nw.col("n") * 2) == {"all": 9, "double": 18}


def test_sums_over_chosen_rows_know_who_is_behind_them(frame):
    found = frames.summed(frame.filter(LARGE), key="id", unit=Unit.MONEY, sum=nw.col("n"))
    assert (found["sum"].total, found["sum"].unit, found["sum"].ids()) == (8, Unit.MONEY, ["a"])
    found = frames.summed(frame, key="id", unit=Unit.MONEY, sum=nw.col("n"))
    assert (found["sum"].total, found["sum"].ids()) == (9, ["a", "b"])


def test_over_no_rows_everything_is_0(backend):
    frame = frames.from_arrow(EMPTY, backend)
    assert frames.totals(frame, all=nw.col("n")) == {"all": 0}
    found = frames.parts(frame, key="id", large=LARGE)
    assert (found["large"].total, found["large"].ids()) == (0, [])
    assert frames.collect(frames.per_id(frame, key="id", large=LARGE)).num_rows == 0
    found = frames.summed(frame.filter(LARGE), key="id", unit=Unit.MONEY, sum=nw.col("n"))
    assert (found["sum"].total, found["sum"].ids()) == (0, [])


def test_totals_are_whole_numbers_of_python(frame):
    found = frames.totals(frame, small=nw.col("n"), large=nw.col("n") * 10**17)
    assert found["large"] == 9 * 10**17
    assert all(type(total) is int for total in found.values())
    assert type(frames.parts(frame, key="id", large=LARGE)["large"].total) is int
    assert found["small"] - 10 == -1
