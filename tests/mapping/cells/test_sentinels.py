"""Nines where nobody answered are no duration."""

from __future__ import annotations

import pyarrow as pa
import pytest

from retention_cli.mapping.cells.cells import Cells
from retention_cli.mapping.cells.sentinels import without_sentinels


@pytest.mark.parametrize(
    ("cells", "kept"),
    [
        (["10", "999999", None], ["10", None, None]),
        (["10", "99999.99", "9999"], ["10", None, None]),
        (["1:30", "999999"], ["1:30", None]),
        (["900", "9999"], ["900", None]),
        (["1000", "9999"], ["1000", "9999"]),
        (["10", "999"], ["10", "999"]),
    ],
)
def test_nines_far_above_all_others_are_blank_and_said(cells, kept):
    for held in (Cells(pa.array(cells)), Cells.of(pa.chunked_array([cells]).dictionary_encode())):
        found, said = without_sentinels(held, "FRT", ())
        assert found.text.to_pylist() == kept
        assert len(said) == (kept != cells)


def test_what_the_settings_name_stands():
    cells = Cells(pa.array(["10", "999999"]))
    assert without_sentinels(cells, "FRT", {"999999": "999999"}) == (cells, ())
