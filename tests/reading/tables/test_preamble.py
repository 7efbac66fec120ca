from __future__ import annotations

import pytest

from retention_cli.mapping.presets.shapes import KNOWN
from retention_cli.reading.tables.find_header import SAMPLED_ROWS
from retention_cli.reading.tables.preamble import PREAMBLE_ROWS, first_rows

NAMES = ["Date", "Amount", "Currency"]


def first(rows):
    return first_rows(iter(rows), KNOWN, cells_of=lambda row: row)


def test_a_header_among_the_first_rows_needs_no_others():
    rows = [["x"], NAMES, *[["1", "2", "3"]] * 500]
    assert len(first(rows)) == SAMPLED_ROWS + 1


@pytest.mark.parametrize("above", [61, 62, 500, PREAMBLE_ROWS])
def test_a_header_is_looked_for_however_far_down_it_is(above):
    rows = [*[["x", "y"]] * above, NAMES, *[["1", "2", "3"]] * 99]
    assert len(first(rows)) == above + 1 + SAMPLED_ROWS


@pytest.mark.parametrize(
    "further",
    [
        pytest.param([*[["x", "y"]] * 100, ["Date", "Amount"]], id="not wider"),
        pytest.param([*[["x", "y"]] * 100, ["Heute", "Morgen", "Nie"]], id="unknown"),
        pytest.param([["x", "y"]] * (PREAMBLE_ROWS + SAMPLED_ROWS + 2) + [NAMES], id="too far"),
    ],
)
def test_without_one_the_first_rows_are_enough(further):
    assert len(first(further)) == SAMPLED_ROWS + 1
