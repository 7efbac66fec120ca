from __future__ import annotations

import pyarrow as pa
import pytest

from retention_cli.errors import AmbiguousColumnError
from retention_cli.mapping.cells.cells import Cells
from retention_cli.mapping.cells.dates import DateOrder
from retention_cli.mapping.cells.numbers import DecimalMark
from retention_cli.mapping.evidence import Source, decided, for_and_against
from retention_cli.records.base import DAY, DURATION, INSTANT, NUMBER
from retention_cli.settings import Settings


def decisions(*columns, **settings):
    sources = [
        Source(
            name, name.title(), *[Cells(pa.array(cells, pa.string()))], form, Cells(pa.array([]))
        )
        for name, form, cells in columns
    ]
    found = decided(sources, file="a.csv", settings=Settings(**settings))
    return {source.column: source.decision for source in found}


def test_a_column_without_a_form_needs_no_decision():
    assert decisions(("name", None, ["03/04/2025"])) == {"name": None}


def test_a_moment_may_settle_a_day_and_a_number_cannot():
    found = decisions(
        ("seen", DAY, ["03/04/2025"]),
        ("made", INSTANT, ["25/12/2025 10:00"]),
        ("paid", NUMBER, ["1,5"]),
    )
    assert found["seen"].order is DateOrder.DMY
    assert found["paid"].mark is DecimalMark.COMMA


def test_an_amount_without_proof_follows_its_neighbour():
    found = decisions(("amount", NUMBER, ["1.234"]), ("cost", NUMBER, ["0,5"]))
    assert found["amount"].mark is DecimalMark.COMMA
    assert "as in 'Cost'" in found["amount"].because


def test_neighbours_that_disagree_settle_nothing():
    with pytest.raises(AmbiguousColumnError, match=r"a\.csv: c \('C'\): '03/04/2025' may be"):
        decisions(
            ("a", DAY, ["25/12/2025"]), ("b", DAY, ["12/25/2025"]), ("c", DAY, ["03/04/2025"])
        )


def test_a_contradiction_is_not_settled_by_a_neighbour():
    with pytest.raises(AmbiguousColumnError, match="has its day first"):
        decisions(("a", DAY, ["25/12/2025", "12/25/2025"]), ("b", DAY, ["25/12/2025"]))


def test_what_was_told_settles_every_column():
    found = decisions(
        ("a", DAY, ["03/04/2025"]),
        ("b", NUMBER, ["1.234"]),
        date_order="mdy",
        decimal=",",
    )
    assert (found["a"].order, found["b"].mark) == (DateOrder.MDY, DecimalMark.COMMA)


def test_a_duration_without_its_unit_is_refused_with_a_snippet():
    with pytest.raises(AmbiguousColumnError) as caught:
        decisions(("first_response_duration", DURATION, ["15", "20"]))
    assert 'unit = "minutes"' in caught.value.hint


def test_every_column_that_is_not_settled_is_told_with_its_option():
    with pytest.raises(AmbiguousColumnError) as caught:
        decisions(
            ("start", DAY, ["03/04/2025"]),
            ("amount", NUMBER, ["1.234"]),
            ("wait", DURATION, ["90"]),
            ("name", None, ["x"]),
        )
    first, *also = (caught.value, *caught.value.also)
    assert first.message.startswith("a.csv: start ('Start'): '03/04/2025' may be")
    assert [other.message.split(":")[1] for other in also] == [
        " amount ('Amount')",
        " wait ('Wait')",
    ]
    assert ["--date-order" in first.hint, "--decimal" in also[0].hint] == [True, True]
    assert 'unit = "minutes"' in also[1].hint


@pytest.mark.parametrize(
    ("cells", "told", "counts"),
    [
        (["25/12/2025", "26/12/2025", "01/02/2025", "x", None], None, (2, 0)),
        (["12/25/2025", "12/25/2025"], None, (2, 0)),
        (["25/12/2025", "12/25/2025", "12/26/2025"], "dmy", (1, 2)),
        (["25/12/2025", "12/25/2025", "12/26/2025"], "mdy", (2, 1)),
        (["25/12/2025"], "ymd", (None, None)),
    ],
)
def test_cells_are_counted_for_and_against_an_order(cells, told, counts):
    found = decisions(("day", DAY, cells), date_order=told)["day"]
    assert for_and_against(found) == counts


@pytest.mark.parametrize(
    ("cells", "told", "counts"),
    [
        (["1,5", "1,5", "1.234", "7", "x"], None, (2, 0)),
        (["1,5", "1.5", "2.5"], ",", (1, 2)),
        (["1,5", "1.5", "2.5"], ".", (2, 1)),
        (["7"], None, (None, None)),
    ],
)
def test_cells_are_counted_for_and_against_a_mark(cells, told, counts):
    found = decisions(("paid", NUMBER, cells), decimal=told)["paid"]
    assert for_and_against(found) == counts


def test_a_column_that_follows_its_neighbour_has_no_cells_for_it():
    found = decisions(("amount", NUMBER, ["1.234"]), ("cost", NUMBER, ["0,5"]))
    assert for_and_against(found["amount"]) == (0, 0)


def test_words_and_durations_are_decided_by_no_cell():
    found = decisions(("name", None, ["x"]), ("wait", DURATION, ["1:30:00"]))
    assert [for_and_against(one) for one in found.values()] == [(None, None)] * 2


def test_a_contradiction_counts_both_sides():
    with pytest.raises(AmbiguousColumnError) as caught:
        decisions(("day", DAY, ["25/12/2025", "12/25/2025", "12/26/2025"]))
    assert caught.value.message.endswith("its month (1 cell against 2)")
