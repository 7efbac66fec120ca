"""Expressions are told apart by what they say; what may look beyond its row is not read."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import narwhals.stable.v2 as nw
import pytest

from retention_cli.frames.expressions import UnreadError, names_a_column, shape, shapes

N, DAY = nw.col("n"), nw.col("day")
DISTINCT = (
    *(N > 3, N > 4, N > 3.0, N > "3", N >= 3, 3 - N, N - 3, nw.col("m") > 3),
    *(N == "x", nw.col("x") == N, nw.lit("x") == N, N.is_null(), ~N.is_null()),
    *(
        nw.col("day") < date(2025, 1, 1),
        nw.col("day") < date(2025, 1, 2),
        N.alias("a"),
        N.alias("b"),
    ),
    *(
        N.cast(nw.Int64),
        N.cast(nw.String),
        N.fill_null(0),
        N.fill_null(1),
        N.fill_null(value=False),
    ),
    *(N.is_in([1, 2]), N.is_in([1]), nw.lit(1), nw.lit(True), nw.lit(1, dtype=nw.Int64)),
    *(nw.when(N > 1).then(N), nw.when(N > 1).then(0), nw.when(N > 1).then(N).otherwise(0)),
    *(nw.coalesce(N, nw.col("m")), nw.coalesce(nw.col("m"), N), nw.col("n", "m")),
    *(nw.concat_str(N, DAY, separator=" "), nw.concat_str(N, DAY, separator="-")),
)
BEYOND_A_ROW = (N.sum(), N.max() + 1, N.rank().over("m"), nw.all(), nw.len(), N.cum_sum())


def test_expressions_that_say_something_else_have_another_shape():
    assert len({shape(one) for one in DISTINCT}) == len(DISTINCT)


def test_an_expression_that_is_written_again_has_the_same_shape():
    one, other = (nw.when(nw.col("n") > 1).then(nw.col("m").fill_null(0)) for _ in range(2))
    assert one is not other
    assert shape(one) == shape(other)


def test_names_are_part_of_what_is_said():
    assert shapes((), {"a": N}) != shapes((), {"b": N})
    assert shapes(("a",), {}) != shapes((), {"a": "a"})
    assert shapes(("a", "b"), {}) != shapes(("a",), {"b": 1})


@pytest.mark.parametrize("expr", BEYOND_A_ROW, ids=str)
def test_what_looks_beyond_its_row_is_not_read(expr):
    with pytest.raises(UnreadError):
        shape(expr)


def test_sums_are_read_where_rows_are_added_up():
    assert shape(N.sum(), adding=True) != shape(N.max(), adding=True)
    with pytest.raises(UnreadError):
        shape(N.rank().over("m"), adding=True)


@pytest.mark.parametrize(
    "value",
    [
        N.is_in(nw.new_series("s", [1], backend="pyarrow")),
        {},
        nw.from_dict({"a": [1]}, backend="pyarrow"),
    ],
    ids=["series", "dict", "frame"],
)
def test_what_cannot_be_compared_is_not_read(value):
    with pytest.raises(UnreadError):
        shape(value)


def test_an_expression_of_a_version_that_keeps_its_steps_elsewhere_is_not_read(monkeypatch):
    strange = N > 3
    monkeypatch.setattr(strange, "_nodes", [SimpleNamespace(called="gt")])
    with pytest.raises(UnreadError):
        shape(strange)


def test_literals_alone_name_no_column():
    assert [names_a_column(one) for one in ("n", N, nw.lit(1) + N, 1 - nw.lit(1), None)] == [
        *(True, True, True, False, False),
    ]
