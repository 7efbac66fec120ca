"""What is asked of a group's frame is what a frame of its rows alone would answer."""

from __future__ import annotations

import narwhals.stable.v2 as nw
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retention_cli.frames import frames
from retention_cli.frames.by_group import GROUP, AllRows, GroupFrame, Groups, once_for_all
from retention_cli.frames.opened import Source

N, ID = nw.col("n"), nw.col("id")
ROWS = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.sampled_from(["a", "b", "c", None]),
        st.one_of(st.none(), st.integers(-3, 3)),
    ),
    max_size=12,
)


def table(rows):
    groups, ids, numbers = zip(*rows, strict=True) if rows else ((), (), ())
    columns = {
        "id": pa.array(ids, pa.string()).dictionary_encode(),
        "n": pa.array(numbers, pa.int64()),
        "_row": pa.array(range(len(rows)), pa.int64()),
        GROUP: pa.array(groups, pa.int64()),
    }
    return pa.table(columns)


def of_groups(rows, backend, groups=None):
    shared = AllRows(frames.from_arrow(table(rows), backend), groups or Groups(4))
    return [GroupFrame(shared, place) for place in range(4)]


def alone(rows, backend, place):
    ours = table([row for row in rows if row[0] == place]).drop_columns(["_row", GROUP])
    places = pa.array([at for at, row in enumerate(rows) if row[0] == place], pa.int64())
    return frames.from_arrow(ours.append_column("_row", places), backend)


def summed_up(frame):
    return frames.grouped(frame, "id", n=N, count=nw.lit(1) + N.fill_null(0) * 0)


ASKED = {
    "filter": lambda one: one.filter(N > 0),
    "filter by two masks": lambda one: one.filter(N > -2, ~ID.is_null()),
    "select": lambda one: one.select("id", (N * 2).alias("n"), m=N + 1),
    "with columns": lambda one: one.with_columns(nw.lit(None, dtype=nw.String).alias("m")),
    "unique": lambda one: one.select("id", "n").unique(),
    "group by": lambda one: one.group_by("id").agg(N.sum(), nw.col("_row").max()),
    "per id": lambda one: frames.per_id(one, key="id", large=N > 1, blank=N.is_null()),
    "grouped": summed_up,
    "grouped by two": lambda one: frames.grouped(one, "id", "n", count=nw.col("_row")),
    "kept": lambda one: frames.kept(one.filter(N > 0)).select("n"),
    "join": lambda one: one.select("id", "n").join(
        summed_up(one.filter(~ID.is_null())), on="id", how="left"
    ),
    "anti join": lambda one: one.select("id").join(
        one.filter(N > 0).select("id"), on="id", how="anti"
    ),
    "among": lambda one: frames.only_among(one, "id", one.filter(N > 1)),
    "stacked": lambda one: frames.stacked(one.filter(N > 0), one.filter(N < 0)),
    # What may look beyond its rows, or is not known here, is done to the group's own.
    "sum": lambda one: one.select(N.sum(), N.count().alias("rows")),
    "one row": lambda one: one.select(nw.lit(1).alias("one")),
    "beside a sum": lambda one: one.with_columns(m=N.max() - N),
    "sorted": lambda one: one.sort("_row").head(2),
    "concat": lambda one: nw.concat([one, one.filter(N > 0)]),
    "group by an expression": lambda one: one.group_by((N * N).alias("m")).agg(N.sum()),
    "unique by a column": lambda one: one.unique("n").select("n"),
    "constrained": lambda one: one.filter(n=1),
}  # fmt: skip


def rows_of(frame):
    return sorted(map(repr, frames.collect(frame).to_pylist()))


@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED)
@settings(max_examples=12)
@given(rows=ROWS)
def test_a_group_answers_as_its_rows_alone(asked, rows):
    for place, one in enumerate(of_groups(rows, "arrow")):
        expected = asked(alone(rows, "arrow", place))
        assert rows_of(asked(one)) == rows_of(expected)
        columns = expected.collect_schema().names()
        assert asked(one).collect_schema().names() == columns
        assert frames.has(asked(one), *columns)


SOME = [(0, "a", 1), (2, "b", -1), (0, "a", 2), (0, None, None), (2, "a", 3), (3, "c", None)]


@pytest.mark.parametrize("name", ASKED)
@pytest.mark.parametrize("library", ["polars", "pandas", "duckdb"])
def test_a_group_answers_alike_on_other_libraries(name, library):
    if (library, name) == ("duckdb", "one row"):
        return  # a literal alone is a row for each row there
    asked = ASKED[name]
    for place, one in enumerate(of_groups(SOME, library)):
        assert rows_of(asked(one)) == rows_of(asked(alone(SOME, "arrow", place)))


@settings(max_examples=15)
@given(rows=ROWS)
def test_parts_of_a_group_are_those_of_its_rows_and_open_to_them(rows):
    source = Source("invoices", ("n",))
    for place, one in enumerate(of_groups(rows, "arrow")):
        found, expected = (
            {
                **frames.parts(frame, key="id", behind=source, large=N > 0, blank=N.is_null()),
                **frames.parts(frame, key="id", times=N.fill_null(2), behind=source, twice=N > 0),
                **frames.summed(frame, key="id", unit="money", behind=source, all=N, twofold=N * 2),
            }
            for frame in (one, alone(rows, "arrow", place))
        )
        assert found == expected
        for name, part in found.items():
            ours, others = part.opens(), expected[name].opens()
            assert ours.members.to_pylist() == others.members.to_pylist()
            assert ours.rows[0].table.to_pylist() == others.rows[0].table.to_pylist()


def test_what_is_asked_of_every_group_is_worked_out_once():
    worked = []

    def asked(frame):
        worked.append(frame)
        return frame.filter(N > 0)

    once = once_for_all(asked)
    groups = of_groups(SOME, "arrow")
    assert [len(rows_of(once(one))) for one in groups] == [2, 0, 1, 0]
    assert len(worked) == 1
    groups[0].rows.groups.forget()
    assert [len(rows_of(once(one))) for one in groups] == [2, 0, 1, 0]
    assert len(worked) == 2


def test_what_cannot_be_shared_is_worked_out_for_each_group():
    once = once_for_all(lambda frame: frame.select(N.sum()))
    assert [frames.collect(once(one))["n"].to_pylist() for one in of_groups(SOME, "arrow")] == [
        *([3], [0], [2], [0]),
    ]


def test_a_frame_of_another_group_is_not_beside():
    one, *_, other = of_groups(SOME, "arrow")
    assert not one.is_beside(other)
    assert not one.is_beside(of_groups(SOME, "arrow")[0])
    joined = one.select("id").join(other.select("id"), on="id", how="inner")
    assert rows_of(joined) == []
    assert rows_of(frames.only_among(one, "id", other)) == []
    assert len(rows_of(frames.stacked(one, other))) == 4
