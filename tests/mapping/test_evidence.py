from __future__ import annotations

import pyarrow as pa
import pytest

from retention_cli.errors import AmbiguousColumnError
from retention_cli.mapping.cells import Cells
from retention_cli.mapping.dates import DateOrder
from retention_cli.mapping.evidence import Source, decided
from retention_cli.mapping.numbers import DecimalMark
from retention_cli.records.base import DAY, DURATION, INSTANT, NUMBER
from retention_cli.settings import Settings


def decisions(*columns, **settings):
    sources = [
        Source(name, name.title(), Cells(pa.array(cells, pa.string())), form)
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
